"""Rows of the registry as plain values: read, compared, written, put back just as they were."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import models
from django.db.models import Q, QuerySet

from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.themes.models import Theme, ThemePin, ThemeTerm

Row = dict[str, Any]
# By table and id: "term:17". A row that is not there yet has an id below 0.
Rows = dict[str, Row]

RELATED: Final[Any] = Theme.related.through
# A row stands behind those that it points to.
TABLES: Final[dict[str, Any]] = {
    "theme": Theme,
    "slogan": Slogan,
    "term": ThemeTerm,
    "related": RELATED,
    "variant": SloganVariant,
    "pin": ThemePin,
}


def name_row(table: str, pk: int) -> str:
    """Return the key of a row in Rows."""
    return f"{table}:{pk}"


def read_table(key: str) -> str:
    """Return the table of a row's key."""
    return key.partition(":")[0]


def read_id(key: str) -> int:
    """Return the id of a row's key."""
    return int(key.partition(":")[2])


def read_rows(table: str, condition: Q) -> Rows:
    """Return the rows of the table that fulfil the condition."""
    return {name_row(table, row.pk): read_row(row) for row in _list_rows(table).filter(condition)}


def read_row(row: models.Model) -> Row:
    """Return the fields of a stored row, without its id."""
    fields = row._meta.concrete_fields
    return {field.attname: getattr(row, field.attname) for field in fields if not field.primary_key}


def read_present(keys: Iterable[str]) -> Rows:
    """Return those of the named rows that are there, as they are now."""
    ids: dict[str, list[int]] = {}
    for key in keys:
        ids.setdefault(read_table(key), []).append(read_id(key))
    return {
        key: row
        for table, wanted in ids.items()
        for key, row in read_rows(table, Q(pk__in=wanted)).items()
    }


def digest_rows(rows: Mapping[str, Row]) -> str:
    """Return a sha256 that changes whenever a row does."""
    words = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def digest_registry() -> str:
    """Return a sha256 of all themes, terms, relations, registered slogans and variants."""
    registered = Q(registered=True) | Q(retired=True) | ~Q(merged_into=None)
    rows: Rows = {}
    for table in ("theme", "term", "related", "variant"):
        rows |= read_rows(table, Q())
    return digest_rows(rows | read_rows("slogan", registered))


def write_rows(before: Rows, after: Rows) -> Rows:
    """Make of the stored rows before those after; return them with the ids that new rows got.

    Whoever calls this holds a transaction and knows that before is what is stored.
    """
    for table in reversed(TABLES):
        gone = [key for key in before if read_table(key) == table and key not in after]
        _delete(table, [read_id(key) for key in gone])
    ids: dict[int, int] = {}
    written: Rows = {}
    for table, model in TABLES.items():
        for key in [key for key in after if read_table(key) == table and key not in before]:
            row = _point(table, after[key], ids)
            made = model(pk=None if read_id(key) < 0 else read_id(key), **row)
            made.save(force_insert=True)
            ids[read_id(key)] = made.pk
            written[name_row(table, made.pk)] = row
    for key in [key for key in after if key in before]:
        row = _point(read_table(key), after[key], ids)
        if row != before[key]:
            _update(read_table(key), read_id(key), row)
        written[key] = row
    return written


def _point(table: str, row: Row, ids: Mapping[int, int]) -> Row:
    """Return the row with the real ids of the new rows that it points to."""
    links = {f.attname for f in TABLES[table]._meta.concrete_fields if f.is_relation}
    return {
        name: ids.get(value, value) if name in links and value is not None else value
        for name, value in row.items()
    }


def _list_rows(table: str) -> QuerySet[Any]:
    return TABLES[table]._base_manager.order_by("pk")


def _delete(table: str, ids: list[int]) -> None:
    # One by one: the history of decisions tells each.
    for row in _list_rows(table).filter(pk__in=ids):
        row.delete()


def _update(table: str, pk: int, row: Row) -> None:
    stored = _list_rows(table).get(pk=pk)
    for name, value in row.items():
        setattr(stored, name, value)
    stored.save()
