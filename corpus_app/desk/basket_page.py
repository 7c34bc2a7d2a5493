"""A basket as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.desk.duplicates import Duplicate, GatheredBefore, find_duplicates
from corpus_app.desk.journal import find_last_change
from corpus_app.desk.models import Basket, Entry
from corpus_app.desk.sources import PassageChange, SourcedEntry, find_changes, list_entries
from corpus_app.text.chars import count_chars


@dataclass(frozen=True)
class ShownEntry:
    """An entry with its number among the passages and what is to be said.

    The number is 0 for a heading and for what may not be read.
    """

    entry: Entry
    number: int
    source: SourcedEntry
    repeats: list[str] = field(default_factory=list)
    change: PassageChange | None = None

    @property
    def paragraphs(self) -> list[str]:
        """Return the words by paragraph."""
        return [line for line in self.entry.words.splitlines() if line.strip()]


@dataclass(frozen=True)
class BasketPage:
    """The entries in order, how many are passages, and which change can be undone."""

    basket: Basket
    entries: list[ShownEntry]
    passages: int
    characters: int
    undo_label: str
    # Passages of speeches that are not for whoever reads the basket.
    left_out: int = 0

    @property
    def shared_path(self) -> str:
        """Return the address under which others read the basket, "" while it is not shared."""
        token = self.basket.token
        return reverse("basket_shared", args=[token]) if token else ""


def build_basket_page(basket: Basket, *, own: bool = False) -> BasketPage:
    """Return the page of a basket, for its owner with a word on what may not be read."""
    sourced = list_entries(basket, own=own)
    listed = sourced if own else [one for one in sourced if one.is_readable]
    numbered = number_passages(listed)
    repeats = find_duplicates([_gather(one.entry, number) for one, number in numbered if number])
    change = find_last_change(basket)
    passages = [one.entry for one, number in numbered if number]
    changes = find_changes(passages) if own else {}
    return BasketPage(
        basket=basket,
        entries=[
            ShownEntry(
                one.entry,
                number,
                one,
                _tell_repeats(repeats.get(number, [])),
                changes.get(one.entry.pk),
            )
            for one, number in numbered
        ],
        passages=len(passages),
        characters=sum(count_chars(entry.words) for entry in passages),
        undo_label=change.label if change else "",
        left_out=sum(not one.is_readable for one in sourced),
    )


def number_passages(entries: Sequence[SourcedEntry]) -> list[tuple[SourcedEntry, int]]:
    """Return each entry with its number among the passages that may be read; others have 0."""
    numbered = []
    count = 0
    for one in entries:
        is_passage = one.entry.kind == Entry.Kind.PASSAGE and one.is_readable
        count += is_passage
        numbered.append((one, count if is_passage else 0))
    return numbered


def describe_repeats(basket: Basket, entry: Entry) -> list[str]:
    """Return a sentence on each earlier passage that the entry repeats."""
    numbered = number_passages(list_entries(basket, own=True))
    gathered = [_gather(one.entry, number) for one, number in numbered if number]
    number = next((number for one, number in numbered if one.entry.pk == entry.pk), 0)
    return _tell_repeats(find_duplicates(gathered).get(number, []))


def _gather(entry: Entry, number: int) -> GatheredBefore:
    return GatheredBefore(number, entry.revision_id, entry.start, entry.end, entry.words)


def _tell_repeats(duplicates: Sequence[Duplicate]) -> list[str]:
    sentences = {
        "same": _("与第 %(number)d 条是同一处。"),
        "overlap": _("与第 %(number)d 条有重叠。"),
        "words": _("与第 %(number)d 条文字相同，出处不同。"),
        "alike": _("与第 %(number)d 条文字大体相同。"),
    }
    return [sentences[one.kind] % {"number": one.number} for one in duplicates]
