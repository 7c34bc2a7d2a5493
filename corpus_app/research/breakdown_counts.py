"""The figures of a breakdown as a page shows them: which, and where their places are."""

from __future__ import annotations

from corpus_app.research.points import Measure
from corpus_app.research.study_page import link_lines
from search import Breakdown, GroupCounts, KeyValue, Point

CellTable = dict[tuple[str, ...], GroupCounts]
_NO_TEXT = Point(None, None, None, None)


def read_cells(answer: Breakdown) -> CellTable:
    """Return the figures by the values that they are of."""
    return {tuple(value.value for value in row.values): row.figures for row in answer.rows}


def choose_measure(answer: Breakdown) -> Measure:
    """Return what is shown: speeches where there is nothing else to count."""
    return answer.request.measure if answer.has_key else "speeches"


def make_point(figures: GroupCounts | None) -> Point:
    """Return the figures as a point of a chart; no text is no zero."""
    if figures is None or not figures.searched:
        return _NO_TEXT
    share = figures.speeches / figures.searched
    return Point(figures.occurrences, figures.speeches, figures.rate, share)


def link_figure(answer: Breakdown, figures: GroupCounts | None, *places: KeyValue) -> str:
    """Return the address of what a figure counts, lines or speeches, "" where that is none."""
    if figures is None or not figures.speeches:
        return ""
    has_lines = answer.has_key and choose_measure(answer) != "speeches"
    return link_lines(answer.find_places(*places), has_key=has_lines)
