"""The concordance page: lines with links, and every choice as an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.catalog.addresses import link_speech
from corpus_app.pages.downloads import Download, list_downloads
from corpus_app.pages.query_reading import ShownReading, show_reading
from corpus_app.research.study_page import Select
from search import Concordance, ConcordanceLine, ConcordanceRequest, SearchRequest

CONTEXTS: Final = (10, 15, 20, 30, 40, 50, 60)
SAMPLES: Final = (50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class LinkedLine:
    """A line with the address that leads to its key, marked in the speech."""

    line: ConcordanceLine
    url: str


@dataclass(frozen=True)
class ConcordancePage:
    """A page of lines; width names the style sheet's class for so much context."""

    answer: Concordance
    lines: list[LinkedLine]
    pager: Page[int]
    downloads: list[Download]
    width: str
    reading: ShownReading

    @property
    def querystring(self) -> str:
        """Return the parameters without the page."""
        return self.answer.request.to_querystring(page=1)

    @property
    def unformed(self) -> str:
        """Return the parameters without a form, for the places of every wording."""
        return self.answer.request.to_querystring(form="")

    @property
    def is_sample(self) -> bool:
        """Tell whether fewer lines are shown than there are."""
        return self.answer.drawn < self.answer.total


def build_concordance_page(answer: Concordance) -> ConcordancePage:
    """Return the page of an answer."""
    request = answer.request
    per_page = request.per_page or max(answer.drawn, 1)

    def link(way: str) -> str:
        return "?" + request.to_querystring(search=request.search.change(match=way))

    return ConcordancePage(
        answer=answer,
        lines=[_link_line(line, request.search) for line in answer.lines],
        pager=Paginator(range(answer.drawn), per_page).get_page(request.page),
        downloads=list_downloads(reverse("concordance_export"), request.to_querystring(page=1)),
        reading=show_reading(answer.runs, request.search.match, link),
        width=f"kwic-{-(-request.context // 10) * 10}",
    )


def list_selects(request: ConcordanceRequest) -> list[Select]:
    """Return the fields for context, order and sample."""
    return [
        Select("sort", _("排序"), request.sort, list(_name_sorts().items())),
        Select("collation", _("字序"), request.collation, list(_name_collations().items())),
        Select("context", _("左右字数"), str(request.context), _offer(CONTEXTS, request.context)),
        Select(
            "sample",
            _("抽样"),
            str(request.sample or ""),
            [("", _("全部")), *_offer(SAMPLES, request.sample)],
        ),
    ]


def _offer(numbers: tuple[int, ...], chosen: int | None) -> list[tuple[str, str]]:
    """Return the numbers as value and word, with the one chosen by hand among them."""
    every = {*numbers, chosen} - {None}
    return [(str(number), str(number)) for number in sorted(n for n in every if n)]


def _name_sorts() -> dict[str, str]:
    return {
        "date": _("从旧到新"),
        "-date": _("从新到旧"),
        "left": _("左邻字"),
        "right": _("右邻字"),
        "source": _("来源"),
    }


def _name_collations() -> dict[str, str]:
    return {"pinyin": _("拼音"), "stroke": _("笔画")}


def _link_line(line: ConcordanceLine, asked: SearchRequest) -> LinkedLine:
    url = link_speech(
        line.speech_id, line.section_key, query=asked.text, match=asked.match, span=line.span
    )
    return LinkedLine(line, url)
