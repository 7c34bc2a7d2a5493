"""A spread as a table for other programs: first places, years and headings, a row each."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from corpus_app.catalog.days import name_day_kind
from search.presentation.sheets import Cell, Sheet
from search.query.fields import FIELD_LABELS
from search.spread.result import FirstSeen, OutlinePoint, SpeechPoint, Spread
from search.study.answer import note_grounds, note_query


def export_spread(answer: Spread) -> Sheet:
    """Return the spread as a sheet."""
    columns = [
        _("类别"),
        _("名称"),
        _("日期"),
        _("日期性质"),
        _("比最早的晚几天（至少）"),
        _("比最早的晚几天（至多）"),
        _("可能同样早的篇数"),
        _("早于此的篇数"),
        _("出现次数"),
        _("篇数"),
        _("所查篇数"),
        _("所查字数"),
        _("提纲中的次序"),
        _("同级提纲数"),
        _("标题"),
        _("讲话编号"),
        _("章节号"),
    ]
    return Sheet(_write_notes(answer), columns, list(_write_rows(answer)))


def _write_notes(answer: Spread) -> list[tuple[str, Cell]]:
    turns = answer.turns
    return [
        *note_query(answer.request.search, answer.grounds),
        (_("没有日期的篇数"), answer.undated),
        (_("兴起之年"), turns.rise if turns else _("看不出")),
        (_("最高之年"), turns.peak if turns else _("看不出")),
        (_("消退之年"), (turns.fading or _("没有消退")) if turns else _("看不出")),
        *note_grounds(answer.grounds),
    ]


def _write_rows(answer: Spread) -> Iterator[list[Cell]]:
    if answer.first is not None:
        yield _write_first(_("首见"), "", answer.first)
    for one in (*answer.levels, *answer.places):
        yield _write_first(str(FIELD_LABELS[one.key]), one.label, one)
    for year in answer.years:
        figures = [year.occurrences, year.speeches, year.searched, year.characters]
        yield [_("年份"), str(year.year), *[None] * 6, *figures, *[None] * 5]
    for body in answer.ranks:
        for point in body.points:
            yield _write_heading(body.organisation, point)


def _write_first(kind: str, label: str, one: FirstSeen) -> list[Cell]:
    least, most = one.lag or (None, None)
    figures = [one.occurrences, one.speeches, one.searched, None, None, None]
    day, place = _write_point(one.point)
    return [kind, label, *day, least, most, one.rivals, one.earlier, *figures, *place]


def _write_heading(organisation: str, one: OutlinePoint) -> list[Cell]:
    day, place = _write_point(one.speech)
    return [
        _("提纲"),
        f"{organisation}：{one.heading}",
        *day,
        *[None] * 8,
        one.rank,
        one.count,
        *place,
    ]


def _write_point(point: SpeechPoint | None) -> tuple[list[Cell], list[Cell]]:
    if point is None:
        return ["", ""], ["", None, ""]
    day: list[Cell] = [point.day.value, name_day_kind(point.day.kind)]
    return day, [point.title, point.speech_id, point.section_key]
