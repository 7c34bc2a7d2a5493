"""The passages that a speech shares as a table for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from search.presentation.notes import describe_coverage, describe_today
from search.presentation.sheets import Cell, Sheet
from search.presentation.speech_columns import (
    RowPlace,
    attach_speech_cells,
    list_speech_columns,
)
from search.reuse.labels import TOLD, Label
from search.reuse.located import LocatedReuse
from search.reuse.reading import iterate_passages
from search.reuse.result import ReusedPassage

LABEL_NAMES: Final[dict[Label, str | Promise]] = {
    "borrowing": gettext_lazy("借用"),
    "common_source": gettext_lazy("同出一源"),
    "short_parallel": gettext_lazy("短句相同"),
    "formula": gettext_lazy("套语"),
}
DIRECTION_NAMES: Final[dict[str, str | Promise]] = {
    "from": gettext_lazy("彼先此后"),
    "to": gettext_lazy("此先彼后"),
    "": gettext_lazy("先后不明"),
}


def export_reuse(located: LocatedReuse, labels: Sequence[str] = TOLD, site: str = "") -> Sheet:
    """Return the passages of some labels as a sheet, read once.

    site ("https://host") is put before the addresses of the passages.
    """
    rows = located.list_rows(labels)
    columns = [
        _("序号"),
        _("类别"),
        _("先后"),
        _("本文文字"),
        _("起"),
        _("止"),
        _("字数"),
        _("套语以外字数"),
        _("改动比例"),
        _("彼文文字"),
        _("彼文起"),
        _("彼文止"),
        _("彼文日期"),
        _("彼文标题"),
        *list_speech_columns(),
        _("讲话编号"),
        _("章节号"),
        _("共同来源的讲话编号"),
        _("链接"),
    ]
    cells = _write_rows(iterate_passages(located, rows), site)
    return Sheet(_write_notes(located), columns, cells, len(rows))


def _write_rows(passages: Iterator[ReusedPassage], site: str) -> Iterator[list[Cell]]:
    def locate(one: ReusedPassage) -> RowPlace:
        return RowPlace(one.source.speech_id, one.section_key or "")

    for number, (one, cells) in enumerate(attach_speech_cells(passages, locate), start=1):
        yield [
            number,
            str(LABEL_NAMES[one.label]),
            str(DIRECTION_NAMES[one.direction]),
            one.text,
            one.start,
            one.end,
            one.chars,
            one.own,
            one.altered,
            one.other_text,
            one.other_start,
            one.other_end,
            one.source.date,
            one.source.title,
            *cells,
            one.source.speech_id,
            one.section_key or "",
            one.common,
            f"{site}{one.address}",
        ]


def _write_notes(located: LocatedReuse) -> list[tuple[str, Cell]]:
    notes: list[tuple[str, Cell]] = [
        (_("规则"), describe_rule()),
        (_("比对范围"), describe_coverage(located.searched)),
        (_("导出日期"), describe_today()),
    ]
    if located.found.left_out:
        words = _("相同文字较少的另外 %(count)d 篇没有比对")
        notes.append((_("提示"), words % {"count": located.found.left_out}))
    return notes


def describe_rule() -> str:
    """Return in a sentence or two how passages are told apart."""
    return _(
        "同一单位同一年的文稿算一个来源，同一讲话的各种文本算一个来源。"
        "一处文字见于五个以上来源的，是套语；除去套语，连续或稍有改动的相同文字有 24 字以上的，"
        "是借用；12 至 23 字的，是短句相同。比双方都早的第三篇也有的，是同出一源。"
        "只比字，不比标点和空白；先后只看讲话日期，同日或日期不详的不说先后。"
    )
