"""What can be suggested, and the form in which texts are compared with what is typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from corpus_app.text.chars import write_text
from corpus_app.text.folding import fold_with_offsets

Kind = Literal["slogan", "theme", "organisation", "title"]
# The order in which equally good matches are offered: set expressions are what most readers
# are after, and titles are so many that they would push everything else out.
KINDS: Final[tuple[Kind, ...]] = ("slogan", "theme", "organisation", "title")


@dataclass(frozen=True, slots=True)
class Offer:
    """A text to offer; weight says how often it is met, url_id leads to its page ("" to none)."""

    text: str
    kind: Kind
    weight: int = 1
    url_id: str = ""


@dataclass(frozen=True, slots=True)
class MatchForm:
    """The letters of a text as they are compared, and for each its place in the text."""

    chars: str
    origins: tuple[int, ...]


def read_match_form(text: str) -> MatchForm:
    """Return the folded letters, digits and characters of a text in lower case, no signs.

    read_match_form("“四个機關”").chars == "四个机关"; nobody types the quotation marks.
    """
    folded = fold_with_offsets(text)
    kept = [
        (_lower_char(char), int(origin))
        for char, origin in zip(write_text(folded.codes), folded.offsets, strict=True)
        if char.isalnum()
    ]
    return MatchForm("".join(char for char, _ in kept), tuple(place for _, place in kept))


def merge_entries(entries: Iterable[Offer]) -> list[Offer]:
    """Return the entries with one for each text and kind, weights added up.

    Where the merged ones have different pages, the url_id is "": none of them is the one meant.
    """
    merged: dict[tuple[str, str], Offer] = {}
    for entry in entries:
        key = entry.kind, entry.text
        known = merged.get(key)
        merged[key] = _join_entries(known, entry) if known else entry
    return list(merged.values())


def _join_entries(known: Offer, more: Offer) -> Offer:
    page = known.url_id if known.url_id == more.url_id else ""
    return replace(known, weight=known.weight + more.weight, url_id=page)


def _lower_char(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char
