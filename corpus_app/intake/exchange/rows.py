"""A row as values that JSON holds, and back: every field, also those that come later."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models

from corpus_app.catalog.fields import PARTIES

Values = dict[str, Any]
Row = TypeVar("Row", bound=models.Model)


def dump_row(row: models.Model) -> Values:
    """Return a row's values by field: parties and people by their names, no other rows."""
    found: Values = {}
    for field in row._meta.concrete_fields:
        if field.name in PARTIES or field.related_model is User:
            other = getattr(row, field.name)
            found[field.name] = str(other) if other is not None else None
        elif not field.is_relation and not field.primary_key:
            found[field.name] = getattr(row, field.name)
    return found


def dump_rows(rows: Iterable[models.Model]) -> list[Values]:
    """Return the values of several rows, in their order."""
    return [dump_row(row) for row in rows]


def write_json(values: Values) -> str:
    """Return values as indented JSON, Chinese as it is, times to the microsecond."""
    return json.dumps(values, default=str, ensure_ascii=False, indent=1)


def load_row(model: type[Row], values: Values, leave: Collection[str] = (), **more: Any) -> Row:
    """Store and return a row of the values, and of more: fields that name other rows.

    Raises ValidationError or KeyError where they are none of this model's. People who have no
    account here are left out.
    """
    given: Values = {}
    for field in model._meta.concrete_fields:
        if field.name not in values or field.name in {*more, *leave}:
            continue
        value = values[field.name]
        if field.name in PARTIES and field.is_relation:
            parties = PARTIES[field.name]._default_manager
            given[field.name] = parties.get_or_create(name=value)[0] if value else None
        elif field.related_model is User:
            given[field.name] = User.objects.filter(username=value).first() if value else None
        elif not field.is_relation and not field.primary_key:
            given[field.name] = field.to_python(value)
    row = model(**given, **more)
    fields = model._meta.concrete_fields
    unset = {f.name for f in fields if f.null and getattr(row, f.attname) is None}
    other = {f.name for f in fields if f.is_relation or isinstance(f, models.JSONField)}
    row.clean_fields(unset | other)
    row.save()
    # Times that saving sets are those of the export.
    timed = {name: v for name, v in given.items() if getattr(row, name) != v}
    if timed:
        model._default_manager.filter(pk=row.pk).update(**timed)
    return row
