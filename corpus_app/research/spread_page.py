"""The page of an expression's life: first seen, levels and places in time, course, headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.addresses import link_speech
from corpus_app.research.charts import Panel, build_panels
from corpus_app.research.multiples import Multiples
from corpus_app.research.study_page import (
    StudyPages,
    carry_choices,
    link_lines,
    tell_limits,
)
from search import (
    FirstSeen,
    OutlinePoint,
    OutlineRank,
    Period,
    Point,
    SearchRequest,
    Series,
    SpeechPoint,
    Spread,
    SpreadRequest,
    SpreadYear,
    answer_spread,
    export_spread,
)

_LONG: Final = 90
_MONTH: Final = 30.44


@dataclass(frozen=True)
class ShownFirst:
    """A group's first speech with the address of its passage, and that of all its lines."""

    first: FirstSeen
    url: str
    lines_url: str
    lag: str
    doubt: str


@dataclass(frozen=True)
class ShownYear:
    """A year with the address of its lines, "" where it has none."""

    year: SpreadYear
    url: str


@dataclass(frozen=True)
class ShownHeading:
    """A heading with the address of its section."""

    point: OutlinePoint
    url: str


@dataclass(frozen=True)
class ShownBody:
    """The headings of one body."""

    organisation: str
    headings: list[ShownHeading]


@dataclass(frozen=True)
class SpreadPage:
    """A spread as it is shown."""

    first: ShownFirst | None
    first_words: list[str]
    levels: list[ShownFirst]
    places: list[ShownFirst]
    panels: list[Panel]
    years: list[ShownYear]
    course: list[str]
    bodies: list[ShownBody]
    remarks: list[str]
    is_empty: bool


def draw_page(answer: Spread) -> SpreadPage:
    """Return the page of an answer."""
    years = [ShownYear(year, _link_year(answer, year)) for year in answer.years]
    return SpreadPage(
        first=_show_first(answer, answer.first) if answer.first else None,
        first_words=_describe_first(answer),
        levels=[_show_first(answer, one) for one in answer.levels],
        places=[_show_first(answer, one) for one in answer.places],
        panels=_draw_years(answer, years),
        years=years,
        course=_describe_course(answer),
        bodies=[_show_body(answer, body) for body in answer.ranks],
        remarks=tell_limits(answer.total, answer.speeches),
        is_empty=not answer.total,
    )


def link_point(answer: Spread, point: SpeechPoint) -> str:
    """Return the address of the passage, its words marked."""
    search = answer.request.search
    return link_speech(point.speech_id, point.section_key, query=search.text, match=search.match)


def _show_first(answer: Spread, one: FirstSeen) -> ShownFirst:
    lines = answer.find_places(one.key, one.value) if one.key else answer.request.search
    return ShownFirst(
        first=one,
        url=link_point(answer, one.point) if one.point else "",
        lines_url=link_lines(lines),
        lag=describe_lag(one.lag),
        doubt=_describe_doubt(one),
    )


def describe_lag(lag: tuple[int, int] | None) -> str:
    """Return how much later than the first of all: 同时, 晚 12 天, 晚 3—4 个月, 先后不明."""
    if lag is None:
        return ""
    least, most = lag
    if most <= 0:
        return _("最早")
    if least <= 0:
        return _("先后不明，至多晚 %(span)s") % {"span": _spell_days(most)}
    spans = {"least": _spell_days(least), "most": _spell_days(most)}
    if spans["least"] == spans["most"]:
        return _("晚 %(most)s") % spans
    return _("晚 %(least)s至 %(most)s") % spans


def _spell_days(days: int) -> str:
    if days < _LONG:
        return _("%(days)d 天") % {"days": days}
    return _("%(months)d 个月") % {"months": round(days / _MONTH)}


def _describe_doubt(one: FirstSeen) -> str:
    """Return what makes a first place doubtful, in words."""
    if one.point is None:
        return _("有这个说法的都没有日期")
    if one.rivals:
        return _("另有 %(count)d 篇可能同样早") % {"count": one.rivals}
    return ""


def _describe_first(answer: Spread) -> list[str]:
    """Return how far the first place can be trusted."""
    first = answer.first
    if first is None or first.point is None:
        return [_("有这个说法的讲话都没有日期，说不出首见。")]
    words = [_("所查文稿中有 %(count)d 篇确定早于此。") % {"count": first.earlier}]
    if first.is_thin:
        words.append(_("不足三篇，不能说此前没有这个说法。"))
    if first.rivals:
        words.append(
            _("另有 %(count)d 篇的日期不够具体，可能同样早或更早。") % {"count": first.rivals}
        )
    if first.point.day.kind != "delivered":
        words.append(_("这一篇的讲话日期不详，用的是发表或更新日期，讲话只会更早。"))
    if answer.undated:
        words.append(_("没有日期的 %(count)d 篇不在内。") % {"count": answer.undated})
    return words


def _describe_course(answer: Spread) -> list[str]:
    """Return when it rose, peaked and faded, or why that can't be told."""
    turns = answer.turns
    if turns is None:
        return [_("看不出兴衰：至少要有三个年份各不少于 3 篇、10,000 字，且合计出现不少于 10 次。")]
    words = [
        _("%(peak)d 年最高（每万字次数）；从 %(rise)d 年起达到最高时的一半。")
        % {"peak": turns.peak, "rise": turns.rise}
    ]
    if turns.fading is None:
        words.append(_("此后没有持续降到一半以下。"))
    else:
        words.append(_("从 %(year)d 年起降到一半以下，没有再回升。") % {"year": turns.fading})
    return words


def _link_year(answer: Spread, year: SpreadYear) -> str:
    if not year.occurrences:
        return ""
    return link_lines(answer.find_places("year", str(year.year)))


def _draw_years(answer: Spread, years: list[ShownYear]) -> list[Panel]:
    """Return the chart of the rates of all years."""
    if not answer.total or not answer.years:
        return []
    title = _("每万字次数，逐年")
    none = Point(0, 0, None, None)
    points = [_make_point(year) for year in answer.years]
    total = Point(answer.total, answer.speeches, None, None)
    series = Series(title, "", True, points, none, none, total)
    periods = [
        Period(str(year.year), year.searched, year.characters, year.is_thin)
        for year in answer.years
    ]
    urls = {(title, str(shown.year.year)): shown.url for shown in years}
    drawn = Multiples(periods, [series], urls)
    return build_panels(drawn, "rate", drawn.link)


def _make_point(year: SpreadYear) -> Point:
    if not year.searched:
        return Point(None, None, None, None)
    return Point(year.occurrences, year.speeches, year.rate, year.speeches / year.searched)


def _show_body(answer: Spread, body: OutlineRank) -> ShownBody:
    shown = [ShownHeading(one, link_point(answer, one.speech)) for one in body.points]
    return ShownBody(body.organisation, shown)


def offer_choices(asked: SpreadRequest) -> dict[str, object]:
    """Return what the form sends along, and an example where nothing is asked."""
    example = SpreadRequest(SearchRequest(text="代表家站"))
    return {"carried": carry_choices(asked), "example": "?" + example.to_querystring()}


SPREAD: Final = StudyPages(
    name="spread",
    named="源流",
    answer=answer_spread,
    draw=draw_page,
    export=export_spread,
    offer=offer_choices,
)
