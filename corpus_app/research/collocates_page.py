"""The page of collocates."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _, gettext_noop

from corpus_app.research.count_table import (
    CountRow,
    CountTable,
    list_choices,
    show_count,
    show_measure,
    tell_more,
)
from corpus_app.research.study_page import (
    Select,
    StudyPages,
    carry_choices,
    link_lines,
    tell_limits,
)
from search import (
    MEASURE_NAMES,
    SIDE_NAMES,
    UNIT_NAMES,
    Collocate,
    Collocates,
    CollocatesRequest,
    SearchRequest,
    export_collocates,
    find_collocates,
)

_WINDOWS: Final = (1, 2, 3, 5, 10, 15, 20)
_LEASTS: Final = (1, 2, 3, 5, 10, 20, 50)
_SIZES: Final = (1, 2, 3, 4)


def _offer(asked: CollocatesRequest) -> dict[str, object]:
    selects = [
        Select("of", _("统计单位"), asked.of, [(k, str(v)) for k, v in UNIT_NAMES.items()]),
        Select("window", _("左右各多少"), str(asked.window), offer_numbers(_WINDOWS, asked.window)),
        Select("side", _("哪一侧"), asked.side, [(k, str(v)) for k, v in SIDE_NAMES.items()]),
        Select("least", _("至少几次"), str(asked.least), offer_numbers(_LEASTS, asked.least)),
    ]
    if asked.of == "char":
        options = offer_numbers(_SIZES, asked.size)
        selects.insert(1, Select("size", _("几个字"), str(asked.size), options))
    shown = [select.name for select in selects]
    measures = list_choices(
        MEASURE_NAMES, asked.measure, lambda value: "?" + asked.to_querystring(measure=value)
    )
    return {
        "selects": selects,
        "carried": carry_choices(asked, *shown),
        "measures": measures,
    }


def offer_numbers(numbers: tuple[int, ...], chosen: int) -> list[tuple[str, str]]:
    """Return numbers as value and word, the one chosen by hand among them."""
    return [(str(number), str(number)) for number in sorted({*numbers, chosen})]


def _draw(answer: Collocates) -> CountTable:
    remarks = tell_limits(answer.occurrences, 0)
    if answer.skipped:
        words = _("近旁的字串太多，只算了出现最多的；另有 %(skipped)s 个更少见的没有算。")
        remarks.append(words % {"skipped": f"{answer.skipped:,}"})
    if answer.occurrences and not answer.rows:
        remarks.append(_("没有明显常在一起的。可以放宽左右范围、降低“至少几次”，或改按次数排列。"))
    columns = [
        *(_("搭配"), _("次数"), _("预期"), _("篇数"), _("总次数")),
        *(str(MEASURE_NAMES[name]) for name in ("log-likelihood", "logdice", "mi")),
    ]
    return CountTable(
        columns,
        [_draw_row(row, answer.request.search) for row in answer.rows],
        [*remarks, *tell_more(len(answer.rows), answer.found)],
    )


def _draw_row(row: Collocate, asked: SearchRequest) -> CountRow:
    return CountRow(
        row.text,
        link_lines(asked.change(text=row.query)),
        [
            show_count(row.count),
            show_measure(row.expected),
            show_count(row.speeches),
            show_count(row.total),
            show_measure(row.log_likelihood),
            show_measure(row.logdice, 2),
            show_measure(row.mi, 2),
        ],
    )


COLLOCATES: Final = StudyPages[CollocatesRequest, Collocates](
    name="collocates",
    named=gettext_noop("搭配"),
    answer=find_collocates,
    draw=_draw,
    export=export_collocates,
    offer=_offer,
)
