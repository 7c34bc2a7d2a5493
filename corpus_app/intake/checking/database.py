"""The database as SQLite itself judges it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from corpus_app.intake.checking.finding import Finding

# So many of the faults that SQLite names are told.
TOLD: Final = 5


def check_database(*, repair: bool) -> Iterator[Finding]:
    """Yield what is wrong in the database's own structure; nothing of it is mended here.

    Raises DatabaseError where it can't be opened.
    """
    for fault in list_faults():
        yield report_damage(fault)


def report_damage(reason: object) -> Finding:
    """Return the finding for a database that can't be read, with the way out."""
    message = _("数据库已损坏（%(reason)s）。请停止服务，用最近的备份恢复（manage.py restore）")
    return Finding("database", "database_damaged", message % {"reason": reason})


def list_faults() -> list[str]:
    """Return the faults in pages, cells, keys and indexes; raises DatabaseError where none opens.

    Other databases than SQLite see to that themselves.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA quick_check({TOLD})")
        faults = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, target, _number in cursor.fetchmany(TOLD):
            faults.append(f"{table}[{row}] → {target}")
    return faults[:TOLD]
