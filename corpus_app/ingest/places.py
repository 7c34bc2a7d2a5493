"""Where in the raw text each character of the clean text stands."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.spans import iter_kept


class TextPlaces:
    """The way between places in a text and places in the raw text that it was made from.

    It rests on nothing but the promise that raw without the removed spans is the text, white
    space aside, and so holds for texts laid out by older rules too.
    """

    def __init__(self, raw: str, removed: Iterable[Removed], text: str) -> None:
        """Raises ValueError where the promise is broken."""
        signs = array("L", list_kept(raw, removed))
        inside = array("L", (place for place, sign in enumerate(text) if not sign.isspace()))
        if len(signs) != len(inside) or any(
            raw[a] != text[b] for a, b in zip(signs, inside, strict=True)
        ):
            raise ValueError("the text does not follow from the raw text")
        self._raw, self._text = signs, inside

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of raw from the first to the last word sign of text[start:end].

        What was removed between the two lies inside it. Without a sign it is empty, at the
        next sign's place.
        """
        return _carry(self._text, self._raw, start, end)

    def sign_at(self, start: int) -> int:
        """Return how many word signs stand before this place in the text."""
        return bisect_left(self._text, start)

    def find_signs(self, first: int, stop: int) -> tuple[int, int]:
        """Return the stretch of raw from one word sign to before another, counted from 0.

        Raises ValueError where there are no such signs.
        """
        if not 0 <= first < stop <= len(self._raw):
            raise ValueError("no such signs")
        return self._raw[first], self._raw[stop - 1] + 1

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of text that is left of raw[start:end]; empty where nothing is."""
        return _carry(self._raw, self._text, start, end)


def list_kept(raw: str, removed: Iterable[Removed]) -> list[int]:
    """Return the places of all characters that are neither removed nor white space."""
    kept = iter_kept(len(raw), removed)
    return [place for a, b in kept for place in range(a, b) if not raw[place].isspace()]


def _carry(from_: Sequence[int], to: Sequence[int], start: int, end: int) -> tuple[int, int]:
    first, stop = bisect_left(from_, start), bisect_left(from_, end)
    if first < stop:
        return to[first], to[stop - 1] + 1
    place = to[first] if first < len(to) else (to[-1] + 1 if to else 0)
    return place, place
