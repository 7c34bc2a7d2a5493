"""A breakdown as a table for other programs: one row for each combination of values."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from search.breakdown.result import Breakdown, GroupCounts
from search.presentation.sheets import Cell, Sheet
from search.query.fields import FIELD_LABELS
from search.study.answer import note_grounds, note_query


def export_breakdown(answer: Breakdown) -> Sheet:
    """Return the breakdown as a sheet; its last row is all together."""
    columns = [
        *(str(FIELD_LABELS[key]) for key in answer.request.by),
        _("出现次数"),
        _("每万字次数"),
        _("篇数"),
        _("所查篇数"),
        _("所查字数"),
    ]
    return Sheet(_write_notes(answer), columns, _write_rows(answer), len(answer.rows) + 1)


def _write_notes(answer: Breakdown) -> list[tuple[str, Cell]]:
    by = _("、").join(str(FIELD_LABELS[key]) for key in answer.request.by)
    notes: list[tuple[str, Cell]] = [
        *note_query(answer.request.search, answer.grounds),
        (_("分组"), by),
        *note_grounds(answer.grounds),
    ]
    if answer.overlaps:
        notes.append((_("提示"), _("一篇讲话可以有几个主题，各行之和大于合计")))
    return notes


def _write_rows(answer: Breakdown) -> Iterator[list[Cell]]:
    for row in answer.rows:
        yield [*(value.label for value in row.values), *_write_figures(row.figures)]
    blanks = [""] * (len(answer.request.by) - 1)
    yield [_("合计"), *blanks, *_write_figures(answer.total)]


def _write_figures(figures: GroupCounts) -> list[Cell]:
    rate = None if figures.rate is None else round(figures.rate, 4)
    return [figures.occurrences, rate, figures.speeches, figures.searched, figures.characters]
