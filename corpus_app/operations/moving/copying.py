"""Rows from one database to another, in one transaction, read back before it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import DatabaseError, connections, models, transaction
from django.db.utils import ConnectionHandler, load_backend
from django.utils.translation import gettext as _
from psycopg import IsolationLevel

from corpus_app.operations.moving.errors import MoveError
from corpus_app.operations.moving.tables import (
    Row,
    Table,
    TableSum,
    list_tables,
    read_numbers,
    read_rows,
    sum_table,
    write_numbers,
)
from corpus_app.postgresql.base import WRITERS

SOURCE: Final = "moving_source"
TARGET: Final = "moving_target"
# Rows that are written in one go, and characters: what comes first.
_ROWS, _CHARS = 200, 2_000_000
# What migrations put into an empty database; the source's own takes its place.
_OF_MIGRATIONS: Final = {
    *("django_migrations", "django_content_type"),
    *("auth_permission", "auth_group", "auth_group_permissions"),
}
_OWN: Final = {"corpus_version"}


def copy_rows(source: dict[str, Any], target: dict[str, Any], *, alone: bool) -> dict[str, int]:
    """Copy all rows between databases with the same tables; return how many of each table.

    The databases are as Django's settings describe them. What is read is of one moment; alone:
    nobody writes to the source meanwhile. It counts as a whole or not at all: killed, or where the
    target has other rows than were read, it leaves the target empty. Raises MoveError.
    """
    with _open(SOURCE, source), _open(TARGET, target):
        refuse_used(TARGET)
        try:
            with _hold_source(alone=alone), transaction.atomic(using=TARGET):
                return _copy_all()
        except DatabaseError as error:
            raise MoveError(_("数据库不接受：%(reason)s") % {"reason": error}) from error


def find_used(alias: str) -> str:
    """Return a table of the database that holds anything of anybody's, "" where it is empty."""
    base = connections[alias]
    own = {table._meta.db_table for table in list_tables()} | _OWN
    with base.cursor() as cursor:
        there = set(base.introspection.table_names(cursor))
        for table in sorted(there - _OF_MIGRATIONS - _OWN):
            if table not in own:
                return table
            cursor.execute(f"SELECT 1 FROM {base.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                return table
    return ""


def refuse_used(alias: str) -> None:
    """Raise MoveError where the database is not empty."""
    if table := find_used(alias):
        raise MoveError(_("目标数据库不是空的（表 %(table)s），没有移动。") % {"table": table})


def check_empty(target: dict[str, Any]) -> None:
    """Raise MoveError where the database can't be reached or is not empty."""
    with _open(TARGET, target):
        refuse_used(TARGET)


def _copy_all() -> dict[str, int]:
    tables = list_tables()
    with connections[TARGET].cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(
                f"DELETE FROM {connections[TARGET].ops.quote_name(table._meta.db_table)}"
            )
    counts = {}
    for table in tables:
        total = TableSum()
        for rows in _portion(total.follow(read_rows(table, SOURCE))):
            _write(table, rows)
        name = table._meta.db_table
        if sum_table(table, TARGET) != total.read():
            raise MoveError(_("表 %(table)s 读回来与原来不同，没有移动。") % {"table": name})
        counts[name] = total.count
    write_numbers(TARGET, read_numbers(SOURCE))
    return counts


def _portion(rows: Iterator[Row]) -> Iterator[list[Row]]:
    taken: list[Row] = []
    chars = 0
    for row in rows:
        taken.append(row)
        chars += sum(len(value) for value in vars(row).values() if isinstance(value, str | bytes))
        if len(taken) >= _ROWS or chars >= _CHARS:
            yield taken
            taken, chars = [], 0
    if taken:
        yield taken


def _write(table: Table, rows: list[Row]) -> None:
    """Write rows as they are: no time of change is set anew, no number given."""
    fields = table._meta.local_concrete_fields
    most = max(1, connections[TARGET].ops.bulk_batch_size(fields, rows))
    manager: Any = models.QuerySet(table, using=TARGET)
    for start in range(0, len(rows), most):
        manager._insert(rows[start : start + most], fields=fields, using=TARGET, raw=True)


@contextmanager
def _open(alias: str, described: dict[str, Any]) -> Iterator[None]:
    options = dict(described.get("OPTIONS", {}))
    if described["ENGINE"] == "corpus_app.postgresql":
        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    settings = ConnectionHandler({"default": described | {"OPTIONS": options}}).settings["default"]
    # Under a name of its own, and none that others would close or wait for.
    connections[alias] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    try:
        connections[alias].ensure_connection()
        yield
    except DatabaseError as error:
        raise MoveError(_("连不上数据库：%(reason)s") % {"reason": error}) from error
    finally:
        connections[alias].close()
        del connections[alias]


@contextmanager
def _hold_source(*, alone: bool) -> Iterator[None]:
    base: Any = connections[SOURCE]
    if base.vendor == "postgresql":
        base.takes_turns = False
        if alone:
            # Of the whole connection, for what is read must begin when the last writer has ended.
            with base.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [WRITERS])
    with transaction.atomic(using=SOURCE):
        yield
