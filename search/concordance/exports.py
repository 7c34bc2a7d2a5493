"""A concordance as a table for other programs, all of its lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from search.concordance.building import locate_lines
from search.concordance.request import ConcordanceRequest
from search.concordance.result import Concordance, ConcordanceLine
from search.presentation.sheets import Cell, Sheet, write_csv
from search.presentation.speech_columns import (
    RowPlace,
    attach_speech_cells,
    list_speech_columns,
)
from search.study.answer import note_grounds, note_query
from search.study.positions import describe_position

SORT_LABELS: Final[dict[str, str | Promise]] = {
    "date": gettext_lazy("日期由远到近"),
    "-date": gettext_lazy("日期由近到远"),
    "left": gettext_lazy("左邻字"),
    "right": gettext_lazy("右邻字"),
    "source": gettext_lazy("来源"),
}
COLLATION_LABELS: Final[dict[str, str | Promise]] = {
    "pinyin": gettext_lazy("拼音"),
    "stroke": gettext_lazy("笔画"),
}
ZONE_LABELS: Final[dict[str, str | Promise]] = {
    "title": gettext_lazy("标题"),
    "subtitle": gettext_lazy("副标题"),
    "text": gettext_lazy("正文"),
}


def export_concordance(request: ConcordanceRequest, site: str = "") -> Sheet:
    """Return all lines of the request, whatever its page, as a sheet; rows can be read once.

    site ("https://host") is put before the addresses of the passages.
    """
    located = locate_lines(request, range(sys.maxsize))
    columns = [
        _("序号"),
        _("上文"),
        _("关键词"),
        _("下文"),
        _("日期"),
        _("标题"),
        *list_speech_columns(),
        _("讲话编号"),
        _("章节号"),
        _("位置"),
        _("起"),
        _("止"),
        _("附近有缺失"),
        _("链接"),
    ]
    rows = _write_rows(located.read_all(), site)
    return Sheet(_write_notes(located.answer), columns, rows, located.answer.drawn)


def write_concordance_csv(request: ConcordanceRequest, site: str = "") -> Iterator[str]:
    """Yield all lines of the request as CSV text, piece by piece."""
    return write_csv(export_concordance(request, site))


def _write_notes(answer: Concordance) -> list[tuple[str, Cell]]:
    request = answer.request
    notes = [
        *note_query(request.search, answer.grounds),
        *([(_("形式"), request.form)] if request.form else []),
        (_("出现次数"), answer.total),
        (_("涉及篇数"), answer.speeches),
        (_("排序"), _describe_sort(request)),
        *note_grounds(answer.grounds),
    ]
    if request.where:
        notes.append((_("位置"), describe_position(request.where)))
    if answer.drawn < answer.total:
        words = _("%(drawn)s 行，种子 %(seed)s")
        notes.append((_("抽样"), words % {"drawn": answer.drawn, "seed": request.seed}))
    return notes


def _describe_sort(request: ConcordanceRequest) -> str:
    words = str(SORT_LABELS[request.sort])
    if request.sort in ("date", "-date"):
        return words
    return _("%(sort)s（按%(order)s）") % {
        "sort": words,
        "order": COLLATION_LABELS[request.collation],
    }


def _write_rows(lines: Iterator[ConcordanceLine], site: str) -> Iterator[list[Cell]]:
    described = attach_speech_cells(lines, _locate)
    for number, (line, cells) in enumerate(described, start=1):
        yield [
            number,
            line.left,
            line.key,
            line.right,
            line.date,
            line.title,
            *cells,
            line.speech_id,
            line.section_key,
            str(ZONE_LABELS[line.zone]),
            line.start,
            line.end,
            _("是") if line.has_gap else "",
            f"{site}{line.address}",
        ]


def _locate(line: ConcordanceLine) -> RowPlace:
    return RowPlace(line.speech_id, line.section_key or "")
