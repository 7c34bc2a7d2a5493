"""What a report said was to be done, beside what a later one says was done.

Likeness of words is no proof: a task may be done in other words, or not done in the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np

from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.research.rules import read_rules
from corpus_app.text.likeness import find_like
from corpus_app.text.numerals import read_year
from corpus_app.text.paragraphs import list_paragraphs
from corpus_app.text.sentences import list_forms
from corpus_app.text.spans import Span

PartKind = Literal["review", "outlook"]
Degree = Literal["close", "alike", "slight"]
# From so much likeness on; half of a shorter sentence that stands in a longer one is as good.
DEGREES: Final[tuple[tuple[float, Degree], ...]] = (
    (0.5, "close"),
    (0.3, "alike"),
    (0.2, "slight"),
)
_LEAST: Final = 0.2
_HELD: Final = 0.6
# Sentences of the later report that are shown beside a task.
_MOST_SHOWN: Final = 2
# Shorter ones are headings and set phrases.
_LEAST_FORM: Final = 8
_YEAR: Final = re.compile(r"[0-9０-９〇零一二三四五六七八九]{4}(?=年)")


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A stretch of a report that looks back or ahead; named is whether a heading says so."""

    kind: PartKind
    span: Span
    named: bool = True


@dataclass(frozen=True, slots=True)
class TaskMatch:
    """A sentence of the later report that is like a task."""

    span: Span
    likeness: float
    degree: Degree


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence of the older report's outlook, and what the later report says like it."""

    span: Span
    matches: tuple[TaskMatch, ...]


def find_parts(text: str, sections: Sequence[OutlineSection], year: int | None) -> list[ReportPart]:
    """Return the parts of a report that look back and ahead, by its headings.

    year is that of the report. Without a heading that looks ahead, a paragraph that begins so
    (今年，要…) begins what lies ahead, and what stands before looks back.
    """
    parts: list[ReportPart] = []
    end = 0
    for section in sections:
        kind = read_heading(section.heading, year)
        if kind is not None and section.start >= end:
            parts.append(ReportPart(kind, Span(section.start, section.end)))
            end = section.end
    if not any(part.kind == "outlook" for part in parts):
        begin = _find_opening(text, end)
        if begin is not None:
            parts.append(ReportPart("outlook", Span(begin, len(text)), named=False))
    if not any(part.kind == "review" for part in parts):
        ahead = min((part.span.start for part in parts), default=len(text))
        parts.append(ReportPart("review", Span(0, ahead), named=False))
    return parts


def read_heading(heading: str, year: int | None) -> PartKind | None:
    """Return whether a heading looks back or ahead; None for neither, and for both.

    >>> read_heading("2024年工作安排", 2024), read_heading("过去一年工作回顾", None)
    ('outlook', 'review')
    """
    rules = read_rules("comparing")["parts"]
    ahead = any(word in heading for word in rules["outlook"])
    back = any(word in heading for word in rules["review"])
    if ahead != back:
        return "outlook" if ahead else "review"
    years = [read_year(found) for found in _YEAR.findall(heading)]
    if not ahead and years and year and any(word in heading for word in rules["of_year"]):
        return "outlook" if (years[-1] or 0) >= year else "review"
    return None


def list_tasks(
    first: tuple[str, Sequence[Span], Sequence[ReportPart]],
    second: tuple[str, Sequence[Span], Sequence[ReportPart]],
) -> list[Task]:
    """Return the tasks of the first report with what the second's review says like them.

    Of each report its text, sentences and parts are given.
    """
    tasks, forms = _choose_sentences(*first, "outlook")
    done, done_forms = _choose_sentences(*second, "review")
    like = find_like(forms, done_forms, least=0.1)
    shares = np.maximum(like.likeness, _HELD * like.held[0])
    found: dict[int, list[TaskMatch]] = {}
    for row in np.argsort(-shares, kind="stable").tolist():
        share = float(shares[row])
        matches = found.setdefault(int(like.first[row]), [])
        if share >= _LEAST and len(matches) < _MOST_SHOWN:
            span = done[int(like.second[row])]
            matches.append(TaskMatch(span, round(share, 3), _name_degree(share)))
    return [Task(span, tuple(found.get(at, ()))) for at, span in enumerate(tasks)]


def _name_degree(share: float) -> Degree:
    return next(name for least, name in DEGREES if share >= least)


def _choose_sentences(
    text: str, sentences: Sequence[Span], parts: Sequence[ReportPart], kind: PartKind
) -> tuple[list[Span], list[str]]:
    """Return the sentences of the parts of a kind, headings left out, and their forms."""
    spans = [part.span for part in parts if part.kind == kind]
    inside = [
        one
        for one in sentences
        if any(start <= one.start and one.end <= end for start, end in spans)
        if text[one.end - 1] in "。；！;!”’）"
    ]
    forms = list_forms(text, inside)
    kept = [at for at, form in enumerate(forms) if len(form) >= _LEAST_FORM]
    return [inside[at] for at in kept], [forms[at] for at in kept]


def _find_opening(text: str, low: int) -> int | None:
    """Return where a paragraph behind a place begins that says what shall be done."""
    for start, end in list_paragraphs(text):
        if start >= low and _opening().match(text, start, end):
            return start
    return None


@cache
def _opening() -> re.Pattern[str]:
    rules = read_rules("comparing")["parts"]
    openings, shall = ("|".join(map(re.escape, rules[n])) for n in ("outlook_openings", "shall"))
    return re.compile(rf"\s*(?:{openings}|[0-9]{{4}}年)[^。\n]{{0,40}}?(?:{shall})")
