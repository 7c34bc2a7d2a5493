"""Kinds of values that addresses take, with their bounds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _, gettext_noop
from ninja import Field
from pydantic import AfterValidator, WithJsonSchema

from corpus_app.catalog.days import DAY_KINDS
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from search import COMPLETENESS, KEYS, names_value, read_position

MAX_ID: Final = 2**63 - 1


def _one_of(codes: Collection[str]) -> Any:
    """Return a validator that takes the codes alone."""
    words = "、".join(codes)

    def check(value: str) -> str:
        if value not in codes:
            raise ValueError(_("只能是 %(codes)s") % {"codes": words})
        return value

    return AfterValidator(check)


def _list_codes(codes: Collection[str]) -> Any:
    return WithJsonSchema({"type": "string", "enum": list(codes)})


Level = Annotated[str, _one_of(LEVELS), _list_codes(LEVELS)]
Genre = Annotated[str, _one_of(GENRES), _list_codes(GENRES)]
Completeness = Annotated[str, _one_of(COMPLETENESS), _list_codes(COMPLETENESS)]
DayKind = Annotated[str, _one_of(DAY_KINDS), _list_codes(DAY_KINDS)]
Year = Annotated[int, Field(ge=1, le=9999)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
SpeechId = Annotated[int, Field(ge=1, le=MAX_ID, description=gettext_noop("讲话编号"))]
SloganId = Annotated[int, Field(ge=1, le=MAX_ID, description=gettext_noop("提法编号"))]
SectionKey = Annotated[str, Field(description=gettext_noop("章节号，如 1.2"))]
ThemeSlug = Annotated[str, Field(description=gettext_noop("主题网址名"))]


def _check_condition(value: str) -> str:
    if not names_value(value):
        raise ValueError(_("应写作 键:值，键只能是 %(codes)s") % {"codes": "、".join(KEYS)})
    return value


def _check_position(value: str) -> str:
    if value and read_position(value) is None:
        raise ValueError(_("应写作 part:opening、part:2 或 tenth:1"))
    return value


Position = Annotated[
    str,
    AfterValidator(_check_position),
    WithJsonSchema({"type": "string", "pattern": "^((part|tenth):[a-z0-9]{1,9})?$"}),
]
Condition = Annotated[
    str,
    Field(min_length=3, max_length=220),
    AfterValidator(_check_condition),
    WithJsonSchema({"type": "string", "pattern": f"^({'|'.join(KEYS)}):.{{0,200}}$"}),
]
