"""The version of what readers are shown: a number in the database that every change draws anew.

It lies in the head of the file (PRAGMA user_version) and changes in the transaction of the
change, so that no process sees one without the other, and a change undone brings back its number.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from corpus_app.shown_tables import is_shown

_WRITE: Final = re.compile(
    r"\s*(?:(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)"
    r"\s+[\"'`\[]?(\w+)",
    re.IGNORECASE,
)
# The head has room for a signed number of 32 bits; 0 is that of a new file.
_BITS: Final = 31


def is_seen(statement: str) -> bool:
    """Tell whether the statement changes what readers may be shown.

    >>> is_seen('UPDATE "catalog_speech" SET "title" = %s'), is_seen("SELECT 1")
    (True, False)
    """
    written = _WRITE.match(statement)
    return written is not None and is_shown(written[1])


class VersionCursor(SQLiteCursorWrapper):
    """A cursor that draws a new version with every change that readers may be shown."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement."""
        if not is_seen(query):
            return super().execute(query, params)
        with self._change(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each of many parameters."""
        if not is_seen(query):
            return super().executemany(query, param_list)
        with self._change(query):
            return super().executemany(query, param_list)

    @contextmanager
    def _change(self, query: str) -> Iterator[None]:
        connection = self.connection
        if connection.in_transaction or "RETURNING" in query:
            # Outside a transaction what returns rows holds its own open until they are fetched.
            yield
            _draw_version(connection)
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            _draw_version(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _draw_version(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {secrets.randbits(_BITS)}")
