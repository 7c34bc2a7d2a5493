"""Turn a field's value into a node; wrong values are refused with what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.text.folding import fold
from search.errors import QueryError
from search.query.fields import FIELD_LABELS, TEXT_FIELDS
from search.query.nodes import (
    DateRange,
    Everything,
    FieldCode,
    FieldText,
    Leaf,
    Phrase,
    Prefix,
    SloganNamed,
    ThemeNamed,
    Words,
)
from search.query.periods import read_period

COMPLETENESS: Final[dict[str, str]] = {
    "complete": "完整",
    "gapped": "中间有缺失",
    "truncated": "结尾缺失",
}
_CODES: Final[dict[str, Mapping[str, str]]] = {
    "level": LEVELS,
    "genre": GENRES,
    "completeness": COMPLETENESS,
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
}


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
