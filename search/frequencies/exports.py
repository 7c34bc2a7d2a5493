"""Collocates, keywords, strings and forms as tables for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from search.frequencies.collocates import Collocates
from search.frequencies.forms import Forms
from search.frequencies.keywords import Keywords, KeywordSide
from search.frequencies.ngrams import Ngrams
from search.presentation.notes import describe_coverage, describe_filters
from search.presentation.sheets import Cell, Sheet
from search.study.answer import note_grounds, note_query

Labels = Mapping[str, str | Promise]

MEASURE_NAMES: Final[Labels] = {
    "log-likelihood": gettext_lazy("对数似然值"),
    "logdice": gettext_lazy("logDice"),
    "mi": gettext_lazy("互信息（MI）"),
    "count": gettext_lazy("次数"),
}
SIDE_NAMES: Final[Labels] = {
    "both": gettext_lazy("左右两侧"),
    "left": gettext_lazy("左侧"),
    "right": gettext_lazy("右侧"),
}
WHICH_NAMES: Final[Labels] = {
    "more": gettext_lazy("用得更多的"),
    "less": gettext_lazy("用得更少的"),
    "new": gettext_lazy("新出现的"),
    "gone": gettext_lazy("不再出现的"),
}
REPEAT_NAMES: Final[Labels] = {
    "once": gettext_lazy("重复的句子只计一次"),
    "all": gettext_lazy("重复的句子逐次计"),
}
UNIT_NAMES: Final[Labels] = {"word": gettext_lazy("词"), "char": gettext_lazy("字串（不分词）")}
_PLACES: Final = 3


def export_collocates(answer: Collocates) -> Sheet:
    """Return the collocates of an answer as a sheet."""
    request = answer.request
    notes: list[tuple[str, Cell]] = [
        *note_query(request.search, answer.grounds),
        (_("出现次数"), answer.occurrences),
        (_("统计单位"), str(UNIT_NAMES[request.of])),
        (_("左右范围"), f"{SIDE_NAMES[request.side]} {request.window}"),
        (_("至少"), request.least),
        (_("排序"), str(MEASURE_NAMES[request.measure])),
        (_("搭配总数"), answer.found),
        *note_grounds(answer.grounds),
    ]
    columns = [
        *(_("搭配"), _("次数"), _("预期次数"), _("篇数"), _("语料中总次数")),
        *(str(MEASURE_NAMES[name]) for name in ("log-likelihood", "logdice", "mi")),
        _("检索式"),
    ]
    rows: list[list[Cell]] = [
        [
            *(row.text, row.count, round(row.expected, _PLACES), row.speeches, row.total),
            *(round(value, _PLACES) for value in (row.log_likelihood, row.logdice, row.mi)),
            row.query,
        ]
        for row in answer.rows
    ]
    return Sheet(notes, columns, rows, len(rows))


def export_keywords(answer: Keywords) -> Sheet:
    """Return the keywords of an answer as a sheet."""
    request = answer.request
    notes: list[tuple[str, Cell]] = [
        (_("甲"), _describe_side(answer.target, describe_filters(request.search))),
        (_("乙"), describe_reference(answer)),
        (_("两边都有的篇数"), answer.shared),
        (_("哪些词"), str(WHICH_NAMES[request.which])),
        (_("重复的句子"), str(REPEAT_NAMES[request.repeats])),
        (_("至少"), request.least),
        (_("词的总数"), answer.found),
        *note_grounds(answer.grounds),
    ]
    columns = [
        *(_("词"), _("甲次数"), _("乙次数"), _("甲每百万词"), _("乙每百万词")),
        *(_("甲篇数"), _("乙篇数"), _("对数似然值"), _("对数比率"), _("不均度（DP）")),
        _("检索式"),
    ]
    rows: list[list[Cell]] = [
        [
            *(row.text, row.target, row.reference),
            *(round(rate, _PLACES) for rate in (row.target_rate, row.reference_rate)),
            *(row.target_speeches, row.reference_speeches),
            *(round(v, _PLACES) for v in (row.log_likelihood, row.log_ratio, row.unevenness)),
            row.query,
        ]
        for row in answer.rows
    ]
    return Sheet(notes, columns, rows, len(rows))


def describe_reference(answer: Keywords) -> str:
    """Return what the reference of an answer is, in words."""
    asked = answer.request.reference
    if asked is None:
        return _("其余全部讲话（%(size)s）") % {"size": describe_coverage(answer.reference.size)}
    return _describe_side(answer.reference, describe_filters(asked))


def _describe_side(side: KeywordSide, filters: str) -> str:
    words = _("%(understood)s；筛选：%(filters)s；%(size)s，%(words)d 词")
    return words % {
        "understood": side.understood,
        "filters": filters,
        "size": describe_coverage(side.size),
        "words": side.words,
    }


def export_ngrams(answer: Ngrams) -> Sheet:
    """Return the strings of an answer as a sheet."""
    request = answer.request
    sizes = request.sizes
    notes: list[tuple[str, Cell]] = [
        *note_query(request.search, answer.grounds),
        (_("子库"), describe_coverage(answer.counted)),
        (_("统计单位"), str(UNIT_NAMES[request.unit])),
        (_("长度"), f"{sizes[0]}—{sizes[-1]}"),
        (_("合并"), _("只是更长的串的一部分的，不列") if request.fold == "yes" else _("不合并")),
        (_("至少"), request.least),
        (_("总数"), answer.found),
        *note_grounds(answer.grounds),
    ]
    columns = [_("字串"), _("长度"), _("次数"), _("篇数"), _("每百万字"), _("检索式")]
    rows: list[list[Cell]] = [
        [row.text, row.size, row.count, row.speeches, round(row.rate, _PLACES), row.query]
        for row in answer.rows
    ]
    return Sheet(notes, columns, rows, len(rows))


def export_forms(answer: Forms) -> Sheet:
    """Return the forms of an answer as a sheet."""
    notes: list[tuple[str, Cell]] = [
        *note_query(answer.request.search, answer.grounds),
        (_("出现次数"), answer.occurrences),
        (_("涉及篇数"), answer.speeches),
        (_("形式总数"), answer.found),
        *note_grounds(answer.grounds),
    ]
    columns = [_("形式"), _("次数"), _("篇数"), _("占比")]
    rows: list[list[Cell]] = [
        [row.text, row.count, row.speeches, round(row.share, _PLACES + 1)] for row in answer.rows
    ]
    return Sheet(notes, columns, rows, len(rows))
