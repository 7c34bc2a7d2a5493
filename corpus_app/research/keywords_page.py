"""The page of keywords: two sets of speeches side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy, gettext_noop

from corpus_app.catalog.models import Speech
from corpus_app.pages.queries import YearRange
from corpus_app.research.collocates_page import offer_numbers
from corpus_app.research.count_table import (
    CountCell,
    CountRow,
    CountTable,
    link_beside,
    list_choices,
    show_count,
    show_measure,
    tell_more,
)
from corpus_app.research.narrowing import Choice, list_levels
from corpus_app.research.study_page import Select, StudyPages, carry_choices, link_lines
from search import (
    FACETS,
    REPEAT_NAMES,
    WHICH_NAMES,
    Keyword,
    Keywords,
    KeywordsRequest,
    SearchRequest,
    export_keywords,
    find_keywords,
    name_reference,
)

_ORDERS: Final = {
    "log-likelihood": gettext_lazy("对数似然值"),
    "log-ratio": gettext_lazy("对数比率"),
    "count": gettext_lazy("次数"),
}
_LEASTS: Final = (1, 2, 3, 5, 10, 20, 50)
# What the fields of a side send themselves.
_FIELDS: Final = ("year", "level")


@dataclass(frozen=True)
class SideFields:
    """The fields of one side; prefix stands before their names, text is that of its query."""

    title: str
    prefix: str
    query_name: str
    text: str
    years: YearRange
    levels: list[Choice]
    level: str
    carried: list[Choice]


@dataclass(frozen=True)
class KeywordsTable(CountTable):
    """The rows, and what was compared with what."""

    sides: list[tuple[str, str]]


def _offer(asked: KeywordsRequest) -> dict[str, object]:
    held = sorted(Speech.objects.real().list_years())
    levels = [("", _("不限")), *list_levels()]
    reference = asked.reference or SearchRequest()
    selects = [
        Select("which", _("哪些词"), asked.which, [(k, str(v)) for k, v in WHICH_NAMES.items()]),
        Select("least", _("至少几次"), str(asked.least), offer_numbers(_LEASTS, asked.least)),
    ]
    repeats = [(key, str(name)) for key, name in REPEAT_NAMES.items()]
    selects.append(Select("repeats", _("重复的句子"), asked.repeats, repeats))
    shown = [select.name for select in selects]
    sent = {name_reference(name) for name in ("q", *_side_names(reference))}
    return {
        "selects": selects,
        "carried": [pair for pair in carry_choices(asked, *shown) if pair[0] not in sent],
        "sides": [
            _make_side(_("甲：看哪些讲话"), "", asked.search, held, levels),
            _make_side(
                _("乙：和哪些比（空白则为其余全部）"), "reference_", reference, held, levels
            ),
        ],
        "orders": list_choices(
            _ORDERS, asked.order, lambda value: "?" + asked.to_querystring(order=value)
        ),
    }


def _side_names(asked: SearchRequest) -> list[str]:
    return [name for name, _value in asked.to_params()]


def _make_side(
    title: str, prefix: str, asked: SearchRequest, held: list[int], levels: list[Choice]
) -> SideFields:
    years = YearRange.of(((year, None) for year in held), asked.year)
    carried = [
        (f"{prefix}{facet}", value)
        for facet in FACETS
        for value in asked.selected(facet)
        if not _is_field(facet, asked, years)
    ]
    if asked.match != "auto":
        carried.append((f"{prefix}match", asked.match))
    level = asked.level[0] if len(asked.level) == 1 else ""
    query = name_reference("q") if prefix else "q"
    return SideFields(title, prefix, query, asked.text, years, levels, level, carried)


def _is_field(facet: str, asked: SearchRequest, years: YearRange) -> bool:
    if facet == "year":
        return bool(years.first or years.last)
    return facet == "level" and len(asked.level) == 1


def _draw(answer: Keywords) -> KeywordsTable:
    request = answer.request
    columns = [
        *(_("词"), _("甲次数"), _("乙次数"), _("甲每百万词"), _("乙每百万词")),
        *(_("甲篇数"), _("乙篇数"), _("对数似然值"), _("对数比率"), _("不均度")),
    ]
    return KeywordsTable(
        columns,
        [_draw_row(row, request) for row in answer.rows],
        [*_remark(answer), *tell_more(len(answer.rows), answer.found)],
        sides=_describe_sides(answer),
    )


def _describe_sides(answer: Keywords) -> list[tuple[str, str]]:
    words = _("%(speeches)s 篇，%(words)s 词")
    sizes = [
        words % {"speeches": f"{side.size.speeches:,}", "words": f"{side.words:,}"}
        for side in (answer.target, answer.reference)
    ]
    return list(zip((_("甲"), _("乙")), sizes, strict=True))


def _remark(answer: Keywords) -> list[str]:
    told = []
    if not answer.target.size.speeches:
        told.append(_("甲里一篇讲话也没有，无从比较。请放宽甲的条件。"))
    elif not answer.reference.size.speeches:
        told.append(
            _("乙里一篇讲话也没有，无从比较。请放宽乙的条件，或为甲加上条件，让其余讲话作乙。")
        )
    elif not answer.rows:
        told.append(_("没有差别足够大的词。可以降低“至少几次”，或换一组讲话来比。"))
    if answer.shared:
        words = _("有 %(shared)s 篇既在甲里又在乙里，两边都计，差别会显得小一些。")
        told.append(words % {"shared": f"{answer.shared:,}"})
    if answer.target.size.speeches == 1 or answer.reference.size.speeches == 1:
        told.append(_("有一边只有一篇，差别可能只是那一篇的话题。"))
    return told


def _draw_row(row: Keyword, request: KeywordsRequest) -> CountRow:
    other = link_beside(request.reference, row.query) if request.reference else ""
    here, there = show_count(row.target), show_count(row.reference)
    return CountRow(
        row.text,
        link_lines(SearchRequest(text=row.query)),
        [
            CountCell(here.shown, link_beside(request.search, row.query) if row.target else ""),
            CountCell(there.shown, other if row.reference else ""),
            show_measure(row.target_rate),
            show_measure(row.reference_rate),
            show_count(row.target_speeches),
            show_count(row.reference_speeches),
            show_measure(row.log_likelihood),
            show_measure(row.log_ratio, 2),
            show_measure(row.unevenness, 2),
        ],
    )


KEYWORDS: Final = StudyPages[KeywordsRequest, Keywords](
    name="keywords",
    named=gettext_noop("用词对比"),
    answer=find_keywords,
    draw=_draw,
    export=export_keywords,
    offer=_offer,
)
