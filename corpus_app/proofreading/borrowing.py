"""What of a draft stands in published speeches: borrowed, quoted as such, or formula.

None of it is a fault. What is marked as somebody's words is for the check of quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.proofreading.findings import DraftFinding, DraftSources, EvidencePassage
from corpus_app.proofreading.rules import read_rules
from corpus_app.text.spans import Span, merge_spans
from search import LocatedReuse, ReusedPassage, list_left, locate_in_draft, read_passages

# Longer drafts are compared up to here: more than any speech has.
MOST_COMPARED: Final = 100_000
# Characters, besides formulas and quotations, from which a passage is told as borrowed.
_LEAST: Final = 24
# What is quoted between marks, however short.
_MARKED: Final = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》")
_MOST_FINDINGS: Final = 500
# Passages read for these: several speeches may have the same words.
_MOST_READ: Final = 1_000
_MOST_PROOFS: Final = 3

Mask = npt.NDArray[np.bool_]


def compare_draft(text: str) -> DraftSources:
    """Return what of the text stands in speeches that whoever asks may see."""
    located = locate_in_draft(text[:MOST_COMPARED])
    quoted = _mark(located, _list_quoted(located.text.text))
    borrowed = _find_borrowed(located, quoted)
    formulas = list(islice(_find_formulas(located, quoted), _MOST_FINDINGS))
    taken = located.mark_label("borrowing") | located.mark_label("common_source")
    in_corpus = taken | located.formula | located.mark_label("short_parallel")
    size = max(1, len(located.text))
    told = _mark(located, [Span(one.start, one.end) for one in borrowed])
    own = told & taken & ~quoted
    return DraftSources(
        findings=tuple(sorted([*borrowed, *formulas], key=lambda f: (f.start, f.end))),
        characters=len(located.text),
        borrowed=float(own.sum()) / size,
        quoted=float((in_corpus & quoted).sum()) / size,
        formula=float((located.formula & ~quoted & ~own).sum()) / size,
        versions=tuple(
            EvidencePassage("", one.title, one.date, one.address, one.speech_id)
            for one in list_left(located)
        ),
    )


@cache
def _load_reporting() -> re.Pattern[str]:
    """Return what is told as somebody's words without marks: from 指出 to the sentence's end."""
    verbs = "|".join(read_rules("quotations")["reporting"])
    return re.compile(rf"(?:{verbs})(?:过|到|的)?[，：:,](?P<said>[^。！？\n“”]+)")


def _list_quoted(text: str) -> list[Span]:
    """Return what is marked as somebody's words, or as a title."""
    marked = (match.span() for match in _MARKED.finditer(text))
    said = (match.span("said") for match in _load_reporting().finditer(text))
    return merge_spans([*marked, *said])


def _mark(located: LocatedReuse, spans: Sequence[Span]) -> Mask:
    """Return which of the compared characters stand in the spans of the text."""
    marks = np.zeros(len(located.text), dtype=np.bool_)
    for start, end in spans:
        marks[slice(*located.text.find_content_span(start, end))] = True
    return marks


def _find_borrowed(located: LocatedReuse, quoted: Mask) -> list[DraftFinding]:
    """Return the borrowed stretches, each with its likeliest source first.

    Of passages over the same words the one with most characters of its own is told.
    """
    free = ~(quoted | located.formula)
    rows = located.list_rows(["borrowing", "common_source"])
    table = located.labelled.passages
    sizes = np.array([free[slice(*_get_span(located, row))].sum() for row in rows.tolist()])
    rows, sizes = rows[sizes >= _LEAST], sizes[sizes >= _LEAST]
    # The oldest of several that have as much of it: the others may have it from there.
    days = located.corpus.last_days[table.second_text[rows]]
    order = np.lexsort((np.where(days == 0, np.iinfo(np.int32).max, days), -sizes))
    chosen: list[list[ReusedPassage]] = []
    for one in read_passages(located, rows[order][:_MOST_READ]):
        home = _find_home(chosen, one)
        if home is None:
            chosen.append([one])
        elif len(home) < _MOST_PROOFS:
            home.append(one)
    return [_tell_borrowed(passages) for passages in chosen[:_MOST_FINDINGS]]


def _get_span(located: LocatedReuse, row: int) -> tuple[int, int]:
    table = located.labelled.passages
    return int(table.first_start[row]), int(table.first_end[row])


def _find_home(chosen: list[list[ReusedPassage]], one: ReusedPassage) -> list[ReusedPassage] | None:
    """Return the passages over most of the same words, None where there are none."""
    for passages in chosen:
        shared = min(passages[0].end, one.end) - max(passages[0].start, one.start)
        if 2 * shared >= one.end - one.start:
            return passages
    return None


def _tell_borrowed(passages: Sequence[ReusedPassage]) -> DraftFinding:
    first = passages[0]
    altered = round(first.altered * 100)
    words = f"改动约 {altered}%" if altered else "一字未改"
    also = f"；另有 {len(passages) - 1} 篇也有" if len(passages) > 1 else ""
    message = f"与《{first.source.title}》相同 {first.chars} 字，{words}{also}。"
    proofs = tuple(
        EvidencePassage(
            one.other_text,
            one.source.title,
            one.source.date,
            one.address,
            one.source.speech_id,
            one.section_key,
            one.other_start,
            one.other_end,
        )
        for one in passages
    )
    return DraftFinding("borrowed", first.start, first.end, first.text, message, None, 0.9, proofs)


def _find_formulas(located: LocatedReuse, quoted: Mask) -> Iterator[DraftFinding]:
    """Yield the formulas that are not marked as somebody's words."""
    for one in located.list_formulas():
        marked = quoted[slice(*located.text.find_content_span(*one.span))]
        if 2 * int(marked.sum()) <= len(marked):
            message = "五个以上来源都有这样的话。"
            yield DraftFinding("formula", one.start, one.end, one.text, message)
