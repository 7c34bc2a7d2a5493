"""The rows, numbers, tasks and parts of two speeches as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.research.comparing.page import (
    DEGREE_NAMES,
    KIND_NAMES,
    View,
    choose_rows,
    link_stretch,
    show_number,
)
from corpus_app.research.comparing.rows import ROW_KINDS
from corpus_app.research.comparing.speeches import ComparedSpeech, SpeechComparison
from search import Cell, Sheet, describe_today

_Rows = Iterator[list[Cell]]


def export_comparison(
    comparison: SpeechComparison, view: View, kind: str = "", site: str = ""
) -> Sheet:
    """Return one view of a comparison as a sheet, of rows those of a kind alone where one is given.

    site ("https://host") is put before the addresses.
    """
    columns, list_cells, total = _VIEWS[view](comparison, kind, site)
    return Sheet(_write_notes(comparison), columns, list_cells, total)


def describe_pair(comparison: SpeechComparison) -> str:
    """Return in words what was compared: titles, days, revisions, sizes."""
    sides = (
        (comparison.first, len(comparison.texts.first_sentences)),
        (
            comparison.second,
            len(comparison.texts.second_sentences),
        ),
    )
    words = _("《%(title)s》（%(day)s第 %(revision)d 版，%(characters)d 字，%(sentences)d 句）")
    return _("；").join(words % _describe(side, count) for side, count in sides)


def describe_rule() -> str:
    """Return in a sentence or two how sentences are told to be one."""
    return _(
        "以句为单位，按两句共有的字对的多少（少见的字对分量重，数字一律视为相同）和先后次序对应；"
        "一字不差的是“未改”，次序变了的是“移位”，找不到对应的是“删去”和“新增”。"
        "每一句只算一次。数字按单位和前后文字相同对应。"
    )


def describe_task_rule() -> str:
    """Return in a sentence or two what it means that a task is like something done."""
    return _(
        "任务取自前篇展望部分，与后篇回顾部分的句子逐一比较，只看文字相近，不是落实与否的证明："
        "换了说法的事可能找不到，说法相同的事也可能没有做，须核对原文。"
    )


def _describe(side: ComparedSpeech, sentences: int) -> dict[str, str | int]:
    day = side.speech.date
    return {
        "title": side.speech.title,
        "day": f"{day}，" if day else "",
        "revision": side.revision,
        "characters": side.characters,
        "sentences": sentences,
    }


def _write_notes(comparison: SpeechComparison) -> list[tuple[str, Cell]]:
    notes: list[tuple[str, Cell]] = [
        (_("比对范围"), describe_pair(comparison)),
        (_("规则"), describe_rule()),
        (_("导出日期"), describe_today()),
    ]
    return notes + [(_("提示"), words) for words in comparison.list_notes()]


def _list_rows(comparison: SpeechComparison, kind: str, site: str) -> tuple[list[str], _Rows, int]:
    columns = [_("序号"), _("类别"), _("文字相同"), _("相近程度")]
    for side in (_("前篇"), _("后篇")):
        columns += [side + name for name in (_("文字"), _("章节"), _("起"), _("止"), _("链接"))]
    rows = choose_rows(comparison, kind)

    def cells() -> _Rows:
        for row in rows:
            found: list[Cell] = [
                row.number,
                str(KIND_NAMES[row.kind]),
                _say(row.same),
                row.likeness,
            ]
            for side, span in ((comparison.first, row.first), (comparison.second, row.second)):
                found += _write_stretch(side, span, site)
            yield found

    return columns, cells(), len(rows)


def _write_stretch(side: ComparedSpeech, span: tuple[int, int] | None, site: str) -> list[Cell]:
    if span is None:
        return ["", "", None, None, ""]
    part = side.finder.find(span)
    words = side.text[slice(*span)]
    return [words, part.name if part else "", *span, site + link_stretch(side, span)]


def _say(same: bool) -> str:
    return _("是") if same else _("否")


def _list_numbers(
    comparison: SpeechComparison, _kind: str, site: str
) -> tuple[list[str], _Rows, int]:
    columns = [_("名目"), _("单位"), _("前篇"), _("后篇"), _("前篇数值"), _("后篇数值")]
    columns += [_("变化"), _("前篇链接"), _("后篇链接")]

    def cells() -> _Rows:
        for pair in comparison.numbers:
            shown = show_number(comparison, pair)
            values = float(pair.first.value), float(pair.second.value)
            yield [
                pair.name,
                pair.first.unit,
                *(pair.first.text, pair.second.text),
                *values,
                shown.change,
                *(site + url for url in (shown.first_url, shown.second_url)),
            ]

    return columns, cells(), len(comparison.numbers)


def _list_tasks(
    comparison: SpeechComparison, _kind: str, site: str
) -> tuple[list[str], _Rows, int]:
    columns = [_("前篇任务"), _("后篇相近的话"), _("相近"), _("相近程度")]
    columns += [_("前篇链接"), _("后篇链接")]
    first, second = comparison.first, comparison.second

    def cells() -> _Rows:
        for task in comparison.tasks:
            words, url = first.text[slice(*task.span)], site + link_stretch(first, task.span)
            for one in task.matches:
                there = site + link_stretch(second, one.span)
                degree = str(DEGREE_NAMES[one.degree])
                yield [words, second.text[slice(*one.span)], degree, one.likeness, url, there]
            if not task.matches:
                yield [words, "", "", None, url, ""]

    total = sum(max(1, len(task.matches)) for task in comparison.tasks)
    return columns, cells(), total


def _list_parts(
    comparison: SpeechComparison, _kind: str, _site: str
) -> tuple[list[str], _Rows, int]:
    columns = [_("前篇章节"), _("后篇章节"), *(str(KIND_NAMES[kind]) for kind in ROW_KINDS)]

    def cells() -> _Rows:
        for pair in comparison.sections:
            names = [part.name if part else "" for part in (pair.first, pair.second)]
            yield [*names, *(pair.counts.get(kind, 0) for kind in ROW_KINDS)]

    return columns, cells(), len(comparison.sections)


_VIEWS: Final[dict[View, Callable[[SpeechComparison, str, str], tuple[list[str], _Rows, int]]]] = {
    "rows": _list_rows,
    "numbers": _list_numbers,
    "tasks": _list_tasks,
    "parts": _list_parts,
}
