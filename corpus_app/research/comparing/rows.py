"""Two texts as rows: sentences that stayed, were reworded, moved, went or came."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from corpus_app.text.chars import squeeze
from corpus_app.text.pairing import SentencePair, pair_sentences
from corpus_app.text.sentences import list_forms, list_sentences
from corpus_app.text.spans import Span

RowKind = Literal["kept", "reworded", "moved", "dropped", "new"]
ROW_KINDS: Final[tuple[RowKind, ...]] = ("kept", "reworded", "moved", "dropped", "new")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A stretch of the first text, of the second, or of both; number counts from 1.

    A stretch is a sentence, or some in a row that became one or came of one. likeness is 0 where
    one side has nothing; a row that moved may be reworded too: same tells.
    """

    number: int
    kind: RowKind
    first: Span | None
    second: Span | None
    likeness: float = 0.0
    same: bool = False


@dataclass(frozen=True)
class ComparedTexts:
    """Two texts and their rows: every sentence of each stands in exactly one row.

    The rows follow the second text; what it lacks stands where the first text has it.
    """

    first: str
    second: str
    first_sentences: tuple[Span, ...]
    second_sentences: tuple[Span, ...]
    rows: tuple[ComparedRow, ...]

    @cached_property
    def counts(self) -> dict[RowKind, int]:
        """Return how many rows there are of each kind."""
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in ROW_KINDS}

    def cut_first(self, row: ComparedRow) -> str:
        """Return the words of a row in the first text."""
        return self.first[slice(*row.first)] if row.first else ""

    def cut_second(self, row: ComparedRow) -> str:
        """Return the words of a row in the second text."""
        return self.second[slice(*row.second)] if row.second else ""


def compare_sentences(first: str, second: str) -> ComparedTexts:
    """Return two texts compared, sentence by sentence."""
    sentences = list_sentences(first), list_sentences(second)
    forms = list_forms(first, sentences[0]), list_forms(second, sentences[1])
    pairs = pair_sentences(*forms)
    rows = []
    for number, pair in enumerate(_order_rows(pairs, *map(len, sentences)), start=1):
        spans = [_join(side, part) for side, part in zip(sentences, pair[:2], strict=True)]
        rows.append(_make_row(number, spans, pair[2], (first, second)))
    return ComparedTexts(first, second, tuple(sentences[0]), tuple(sentences[1]), tuple(rows))


_Parts = tuple[range | None, range | None, SentencePair | None]


def _order_rows(pairs: list[SentencePair], first: int, second: int) -> Iterator[_Parts]:
    """Yield the sentences of both texts, pairs together, in the order of the second.

    What the second lacks comes before what follows it in the first.
    """
    taken = {at for pair in pairs for at in pair.first}
    left = [at for at in range(first) if at not in taken]
    by_start = {pair.second.start: pair for pair in pairs}
    at = before = 0
    while at < second:
        pair = by_start.get(at)
        if pair is not None and not pair.moved:
            following = bisect_right(left, pair.first.start)
            yield from ((range(n, n + 1), None, None) for n in left[before:following])
            before = following
        if pair is None:
            yield None, range(at, at + 1), None
        else:
            yield pair.first, pair.second, pair
        at = pair.second.stop if pair else at + 1
    yield from ((range(n, n + 1), None, None) for n in left[before:])


def _join(sentences: list[Span], part: range | None) -> Span | None:
    if part is None:
        return None
    return Span(sentences[part.start].start, sentences[part.stop - 1].end)


def _make_row(
    number: int,
    spans: list[Span | None],
    pair: SentencePair | None,
    texts: tuple[str, str],
) -> ComparedRow:
    first, second = spans
    if pair is None or first is None or second is None:
        return ComparedRow(number, "dropped" if first else "new", first, second)
    same = squeeze(texts[0][slice(*first)]) == squeeze(texts[1][slice(*second)])
    kind: RowKind = "moved" if pair.moved else "kept" if same else "reworded"
    return ComparedRow(number, kind, first, second, round(pair.likeness, 3), same)
