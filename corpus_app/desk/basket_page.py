"""A basket as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.desk.duplicates import Duplicate, GatheredBefore, find_duplicates
from corpus_app.desk.journal import find_last_change
from corpus_app.desk.models import Basket, Entry
from corpus_app.desk.querysets import list_entries
from corpus_app.text.chars import count_chars


@dataclass(frozen=True)
class ShownEntry:
    """An entry with its number among the passages (0 for a heading) and what is to be said."""

    entry: Entry
    number: int
    repeats: list[str] = field(default_factory=list)
    is_revised: bool = False

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

    @property
    def shared_path(self) -> str:
        """Return the address under which others read the basket, "" while it is not shared."""
        token = self.basket.token
        return reverse("basket_shared", args=[token]) if token else ""


def build_basket_page(basket: Basket) -> BasketPage:
    """Return the page of a basket."""
    entries = list_entries(basket)
    numbered = number_passages(entries)
    repeats = find_duplicates([_gather(entry, number) for entry, number in numbered if number])
    change = find_last_change(basket)
    passages = [entry for entry, number in numbered if number]
    return BasketPage(
        basket=basket,
        entries=[
            ShownEntry(entry, number, _tell_repeats(repeats.get(number, [])), _is_revised(entry))
            for entry, number in numbered
        ],
        passages=len(passages),
        characters=sum(count_chars(entry.words) for entry in passages),
        undo_label=change.label if change else "",
    )


def number_passages(entries: Sequence[Entry]) -> list[tuple[Entry, int]]:
    """Return each entry with its number among the passages; headings have 0."""
    numbered = []
    count = 0
    for entry in entries:
        is_passage = entry.kind == Entry.Kind.PASSAGE
        count += is_passage
        numbered.append((entry, count if is_passage else 0))
    return numbered


def describe_repeats(basket: Basket, entry: Entry) -> list[str]:
    """Return a sentence on each earlier passage that the entry repeats."""
    numbered = number_passages(list_entries(basket))
    gathered = [_gather(one, number) for one, number in numbered if number]
    number = next((number for one, number in numbered if one.pk == entry.pk), 0)
    return _tell_repeats(find_duplicates(gathered).get(number, []))


def _gather(entry: Entry, number: int) -> GatheredBefore:
    return GatheredBefore(number, entry.revision_id, entry.start, entry.end, entry.words)


def _is_revised(entry: Entry) -> bool:
    speech = entry.speech
    return speech is not None and speech.current_id != entry.revision_id


def _tell_repeats(duplicates: Sequence[Duplicate]) -> list[str]:
    sentences = {
        "same": _("与第 %(number)d 条是同一处。"),
        "overlap": _("与第 %(number)d 条有重叠。"),
        "words": _("与第 %(number)d 条文字相同，出处不同。"),
        "alike": _("与第 %(number)d 条文字大体相同。"),
    }
    return [sentences[one.kind] % {"number": one.number} for one in duplicates]
