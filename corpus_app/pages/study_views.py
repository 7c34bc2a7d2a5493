"""The views of one query, as data: each is a row, wherever it is linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from corpus_app.pages.queries import Option
from search import ConcordanceRequest, SearchRequest, TrendRequest


def _write_plain(asked: SearchRequest) -> str:
    return asked.change(page=1).to_querystring()


def _write_without_sort(asked: SearchRequest) -> str:
    return asked.change(page=1, sort="relevance").to_querystring()


def _write_concordance(asked: SearchRequest) -> str:
    return ConcordanceRequest(asked).to_querystring()


def _write_trend(asked: SearchRequest) -> str:
    expressions = (asked.text,) if asked.text else ()
    return TrendRequest(expressions, filters=replace(asked, text="")).to_querystring()


@dataclass(frozen=True)
class StudyView:
    """A view: name is that of its address, tells one sentence on what it shows.

    write gives the parameters by which it is asked for what a search asks for. Of a view that
    needs no query the text says which speeches are looked at, if it is given.
    """

    name: str
    label: str | Promise
    tells: str | Promise
    write: Callable[[SearchRequest], str] = _write_without_sort
    needs_query: bool = True

    def link(self, asked: SearchRequest) -> str:
        """Return the address of the view of a search."""
        querystring = self.write(asked)
        return f"{reverse(self.name)}?{querystring}" if querystring else reverse(self.name)


VIEWS: Final = {
    view.name: view
    for view in (
        StudyView("search", gettext_lazy("检索"), gettext_lazy("哪些讲话、哪些段落"), _write_plain),
        StudyView(
            "concordance",
            gettext_lazy("语境"),
            gettext_lazy("每一处的上下文，逐行排列"),
            _write_concordance,
        ),
        StudyView("trends", gettext_lazy("趋势"), gettext_lazy("逐年逐月的消长"), _write_trend),
        StudyView(
            "breakdown", gettext_lazy("分布"), gettext_lazy("各年份、级别、讲话人、单位各有多少")
        ),
        StudyView(
            "dispersion", gettext_lazy("散布"), gettext_lazy("在讲话的哪一部分，集中还是分散")
        ),
        StudyView("spread", gettext_lazy("源流"), gettext_lazy("首见何处，怎样传开，何时兴衰")),
        StudyView("collocates", gettext_lazy("搭配"), gettext_lazy("常和哪些词一起出现")),
        StudyView("forms", gettext_lazy("形式"), gettext_lazy("检索式匹配到哪些写法")),
        StudyView(
            "keywords",
            gettext_lazy("用词对比"),
            gettext_lazy("一组讲话与另一组相比，多用哪些词"),
            needs_query=False,
        ),
        StudyView(
            "ngrams",
            gettext_lazy("词表"),
            gettext_lazy("一组讲话里的词和反复出现的字串"),
            needs_query=False,
        ),
    )
}


def list_views(asked: SearchRequest, current: str = "") -> list[Option]:
    """Return all views of a search as links, current the one that is shown."""
    return [Option(str(v.label), v.name == current, v.link(asked)) for v in VIEWS.values()]


def list_other_views(asked: SearchRequest, current: str) -> list[Option]:
    """Return the views of a query beside the current one; none without a query."""
    if not asked.text:
        return []
    return [
        Option(str(view.label), current=False, url=view.link(asked))
        for view in VIEWS.values()
        if view.needs_query and view.name != current
    ]
