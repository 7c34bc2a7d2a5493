"""The tables of a corpus, those first that others refer to, and what the rows of one come to."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any, Final

from django.apps import apps
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

Table = type[models.Model]
# Its values by their columns' names, as the table holds them: what is packed stays so.
Row = SimpleNamespace
# Rows that are read in one go: a text has a million characters, and a row may have three.
_AT_ONCE: Final = 25


def list_tables() -> list[Table]:
    """Return the models of all tables, each behind those that its rows refer to.

    Two that refer to each other stand in either order: keys are compared at the end.
    """
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    ordered: dict[Table, None] = {MigrationRecorder.Migration: None}
    seen: set[Table] = set()

    def add(model: Table) -> None:
        if model in seen:
            return
        seen.add(model)
        for field in model._meta.local_concrete_fields:
            if field.is_relation and isinstance(field.related_model, type):
                add(field.related_model)
        ordered[model] = None

    for model in sorted(found, key=lambda model: model._meta.db_table):
        add(model)
    return list(ordered)


def read_rows(table: Table, alias: str) -> Iterator[Row]:
    """Yield all rows of a table by their keys, few at a time."""
    names = [field.attname for field in table._meta.local_concrete_fields]
    rows: models.QuerySet[models.Model] = models.QuerySet(table, using=alias)
    for values in rows.order_by("pk").values_list(*names).iterator(chunk_size=_AT_ONCE):
        yield SimpleNamespace(**dict(zip(names, values, strict=True)))


class TableSum:
    """How many rows went by, and a digest of all their values in their order."""

    def __init__(self) -> None:
        self.count = 0
        self._digest = hashlib.sha256()

    def add(self, row: Row) -> None:
        """Take a row in."""
        self.count += 1
        for each in vars(row).values():
            value = _write(each)
            self._digest.update(f"{len(value)}:".encode())
            self._digest.update(value)

    def follow(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, each taken in."""
        for row in rows:
            self.add(row)
            yield row

    def read(self) -> tuple[int, str]:
        """Return the count and the digest in hexadecimal digits."""
        return self.count, self._digest.hexdigest()


def sum_table(table: Table, alias: str) -> tuple[int, str]:
    """Return the count and the digest of a table as a database holds it."""
    total = TableSum()
    for row in read_rows(table, alias):
        total.add(row)
    return total.read()


def _write(value: Any) -> bytes:
    if isinstance(value, bytes | memoryview):
        return b"b" + bytes(value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dict | list):
        return b"j" + json.dumps(value).encode()
    return f"{type(value).__name__[0]}{value}".encode("utf-8", "surrogatepass")


def read_numbers(alias: str) -> dict[str, int]:
    """Return the last number that each table has given to a row, 0 where none."""
    base = connections[alias]
    with base.cursor() as cursor:
        if base.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        found = {}
        for table, sequence in _list_sequences(cursor):
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
            (found[table],) = cursor.fetchone()
        return found


def write_numbers(alias: str, numbers: dict[str, int]) -> None:
    """Let each table go on behind the number it gave last, so that none is given twice."""
    base = connections[alias]
    with base.cursor() as cursor:
        if base.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
            rows = [(table, number) for table, number in numbers.items() if number]
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", rows)
            return
        for table, sequence in _list_sequences(cursor):
            last = numbers.get(table, 0)
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])


def _list_sequences(cursor: Any) -> list[tuple[str, str]]:
    """Return PostgreSQL's tables that number their rows, each with what counts them."""
    tables = [
        (model._meta.db_table, field.column)
        for model in list_tables()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.AutoField)
    ]
    found = []
    for table, column in tables:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        found.append((table, cursor.fetchone()[0]))
    return found
