"""The page of word lists and strings."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _, gettext_lazy, gettext_noop

from corpus_app.research.collocates_page import offer_numbers
from corpus_app.research.count_table import (
    CountRow,
    CountTable,
    link_beside,
    list_choices,
    show_count,
    show_measure,
    tell_more,
)
from corpus_app.research.study_page import Select, StudyPages, carry_choices
from search import (
    NGRAM_SIZES,
    UNIT_NAMES,
    Ngram,
    Ngrams,
    NgramsRequest,
    SearchRequest,
    count_ngrams,
    export_ngrams,
)

_FOLDS: Final = {"yes": gettext_lazy("合并"), "no": gettext_lazy("不合并")}
_LEASTS: Final = (2, 3, 5, 10, 20, 50, 100)


def _offer(asked: NgramsRequest) -> dict[str, object]:
    sizes = NGRAM_SIZES[asked.unit]
    ranges = [f"{low}..{sizes[-1]}" for low in sizes[:-1]]
    known = {"": _("通常"), **{str(size): str(size) for size in sizes}}
    known |= {value: value.replace("..", "—") for value in ranges}
    known.setdefault(asked.n, asked.n.replace("..", "—"))
    selects = [
        Select("unit", _("统计单位"), asked.unit, [(k, str(v)) for k, v in UNIT_NAMES.items()]),
        Select("n", _("几个词（字）"), asked.n, list(known.items())),
        Select("least", _("至少几次"), str(asked.least), offer_numbers(_LEASTS, asked.least)),
    ]
    folds = list_choices(_FOLDS, asked.fold, lambda value: "?" + asked.to_querystring(fold=value))
    carried = carry_choices(asked, *(select.name for select in selects))
    return {"selects": selects, "carried": carried, "folds": folds}


def _draw(answer: Ngrams) -> CountTable:
    remarks = []
    if answer.too_large:
        words = _(
            "所选讲话有 %(size)s 字，超过一次能统计字串的 300 万字。"
            "请用年份、级别、单位等条件缩小，或只看单个的词（长度选 1）。"
        )
        remarks.append(words % {"size": f"{answer.counted.characters:,}"})
    elif answer.counted.speeches == 1:
        remarks.append(_("只有一篇讲话，以下各数只说明这一篇。"))
    elif answer.counted.speeches and not answer.rows:
        remarks.append(_("没有出现这么多次的字串，请降低“至少几次”。"))
    return CountTable(
        [_("字串"), _("长度"), _("次数"), _("篇数"), _("每百万字")],
        [_draw_row(row, answer.request.search) for row in answer.rows],
        [*remarks, *tell_more(len(answer.rows), answer.found)],
    )


def _draw_row(row: Ngram, asked: SearchRequest) -> CountRow:
    cells = [show_count(row.size), show_count(row.count), show_count(row.speeches)]
    return CountRow(row.text, link_beside(asked, row.query), [*cells, show_measure(row.rate)])


NGRAMS: Final = StudyPages[NgramsRequest, Ngrams](
    name="ngrams",
    named=gettext_noop("词表"),
    answer=count_ngrams,
    draw=_draw,
    export=export_ngrams,
    offer=_offer,
)
