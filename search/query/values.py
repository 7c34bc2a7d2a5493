"""A field's value, a period among them, made a node; a wrong one is refused with what is right."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.days import DAY_KINDS
from corpus_app.ingest.dates import DATE, FIRST_YEAR, LAST_YEAR, read_match
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.text.chars import squeeze
from corpus_app.text.equality import list_alike, list_equal
from corpus_app.text.folding import fold
from search.errors import QueryError
from search.query.fields import FIELD_LABELS, TEXT_FIELDS
from search.query.nodes import (
    DateRange,
    Everything,
    FieldCode,
    FieldText,
    InSubcorpus,
    Leaf,
    Phrase,
    Prefix,
    SloganNamed,
    ThemeNamed,
    Words,
)

# A hyphen parts year and month; any longer dash parts two dates.
_DASHES: Final = re.escape("".join(set(list_equal("-")) - set(list_alike("-"))))
_RANGE: Final = re.compile(
    rf"[{re.escape(list_equal('.'))}]{{2,}}|[{list_equal('…')}]+"
    rf"|[{re.escape(list_equal('~'))}至]|[{_DASHES}]+"
)
_YEAR: Final = re.compile(r"\d{4}")
COMPLETENESS: Final[dict[str, str]] = {
    "complete": "完整",
    "gapped": "中间有缺失",
    "truncated": "结尾缺失",
}
_CODES: Final[dict[str, Mapping[str, str]]] = {
    "level": LEVELS,
    "genre": GENRES,
    "completeness": COMPLETENESS,
    "date_kind": DAY_KINDS,
}
# What people type beside the labels that pages show.
_OTHER_NAMES: Final[dict[str, dict[str, str]]] = {
    "level": {
        "国家级": "national",
        "全国级": "national",
        "国家": "national",
        "地市级": "prefecture",
        "设区的市级": "prefecture",
        "区县级": "county",
        "县区级": "county",
        "区级": "county",
        "乡镇级": "township",
        "镇级": "township",
    },
    "genre": {},
    "completeness": {"缺失": "gapped", "有缺失": "gapped", "截断": "truncated"},
    "date_kind": {
        "讲话": "delivered",
        "发布": "published",
        "发表": "published",
        "发布日期": "published",
        "更新": "updated",
    },
}


@dataclass(frozen=True, slots=True)
class DayRange:
    """First and last day, None where it is open."""

    first: datetime.date | None
    last: datetime.date | None


def read_period(text: str, position: int) -> DayRange:
    """Return the period that a query's date stands for; raise QueryError if it is none.

    2022-06 is all of June; 2021..2023 three years; 2021.. and ..2020 are open.
    """
    parts = [fold(part) for part in _RANGE.split(squeeze(text))]
    if len(parts) == 1:
        return _read_moment(parts[0], position)
    if len(parts) != 2 or not any(parts):
        raise QueryError(position, _("日期范围应写作 2021..2023"))
    first = _read_moment(parts[0], position).first if parts[0] else None
    last = _read_moment(parts[1], position).last if parts[1] else None
    if first and last and first > last:
        raise QueryError(position, _("日期范围的起点晚于终点"))
    return DayRange(first, last)


def _read_moment(value: str, position: int) -> DayRange:
    written = _read_written(value)
    if written is None:
        message = _("认不出日期“%(text)s”，请写作 2022、2022-06 或 2022-06-30")
        raise QueryError(position, message % {"text": value})
    year, month, day = written
    if month is None:
        return DayRange(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    if day is None:
        last_day = calendar.monthrange(year, month)[1]
        return DayRange(datetime.date(year, month, 1), datetime.date(year, month, last_day))
    return DayRange(datetime.date(year, month, day), datetime.date(year, month, day))


def _read_written(value: str) -> tuple[int, int | None, int | None] | None:
    if _YEAR.fullmatch(value):
        year = int(value)
        return (year, None, None) if FIRST_YEAR <= year <= LAST_YEAR else None
    match = DATE.fullmatch(value)
    found = read_match(match) if match else None
    if found is None:
        return None
    year, *rest = (int(part) for part in found.value.split("-"))
    month, day = (*rest, None, None)[:2]
    return (year, month, day)


def make_field_leaf(field: str, value: Leaf, position: int) -> Leaf:
    """Return the leaf for a value found in a field; position is the value's in the query."""
    if not isinstance(value, Phrase | Words | Prefix):
        if isinstance(value, Everything):
            raise QueryError(position, _("“%(field)s”后面要写内容") % _label(field))
        raise QueryError(position, _("字段里不能再用字段或邻近检索"))
    if field in TEXT_FIELDS:
        # A name is one string: 讲话人:王三 must not find 三王.
        loose = isinstance(value, Words) and bool(value.words) and field != "speaker"
        words = value.words if isinstance(value, Words) and loose else ()
        return FieldText(field, value.text, words)
    if field == "date":
        period = read_period(value.text, position)
        return DateRange(period.first, period.last)
    if field == "theme":
        return ThemeNamed(value.text.strip())
    if field == "slogan":
        return SloganNamed(value.text.strip())
    if field == "subcorpus":
        return InSubcorpus(value.text.strip(), position=position)
    return _make_code(field, value.text, position)


def _label(field: str) -> dict[str, str]:
    return {"field": str(FIELD_LABELS[field])}


def _make_code(field: str, text: str, position: int) -> FieldCode:
    labels = _CODES[field]
    wanted = fold(text).lower()
    for code, label in labels.items():
        if wanted in (code, label, label.removesuffix("级"), label.removesuffix("讲话")):
            return FieldCode(field, code, label)
    other = _OTHER_NAMES[field].get(wanted)
    if other is not None:
        return FieldCode(field, other, labels[other])
    message = _("没有名为“%(text)s”的%(field)s，可用：%(choices)s")
    choices = "、".join(labels.values())
    raise QueryError(position, message % {"text": text, "choices": choices, **_label(field)})
