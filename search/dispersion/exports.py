"""A dispersion as a table for other programs: a row for each part and each tenth."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from search.dispersion.result import Dispersion
from search.presentation.sheets import Cell, Sheet
from search.study.answer import note_grounds, note_query

_DECIMALS = 4


def export_dispersion(answer: Dispersion) -> Sheet:
    """Return the dispersion as a sheet."""
    columns = [
        _("分法"),
        _("位置"),
        _("出现次数"),
        _("占比"),
        _("篇数"),
        _("该部分字数"),
        _("每万字次数"),
    ]
    return Sheet(_write_notes(answer), columns, list(_write_rows(answer)))


def _write_notes(answer: Dispersion) -> list[tuple[str, Cell]]:
    return [
        *note_query(answer.request.search, answer.grounds),
        (_("出现次数"), answer.total),
        (_("涉及篇数"), answer.speeches),
        (_("偏离度 DP（Gries 2008）"), _round(answer.dp)),
        (_("标准化偏离度 DPnorm（Lijffijt、Gries 2012）"), _round(answer.dp_norm)),
        *note_grounds(answer.grounds),
    ]


def _write_rows(answer: Dispersion) -> Iterator[list[Cell]]:
    for kind, slices in ((_("按部分"), answer.parts), (_("按十分位"), answer.tenths)):
        for one in slices:
            share = one.occurrences / answer.total if answer.total else None
            figures = [one.occurrences, _round(share), one.speeches, one.characters]
            yield [kind, one.label, *figures, _round(one.rate)]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
