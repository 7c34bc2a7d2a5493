"""Counts of requests and of failures for all hosts together, in the database that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from django.db import connection

# A value's name in a statement, as SQLite writes it.
_NAMED: Final = re.compile(r":(\w+)")


class Counts(Protocol):
    """Runs statements, whose values are named, on the tables of counts."""

    def execute(self, statement: str, values: Mapping[str, Any], /) -> Any:
        """Run a statement; rows are fetched from what is returned."""

    def executemany(self, statement: str, values: Iterable[Mapping[str, Any]], /) -> Any:
        """Run a statement for each of the values."""


class SharedCounts:
    """Runs them on the shared database."""

    def execute(self, statement: str, values: Mapping[str, Any], /) -> Any:
        """Run a statement; rows are fetched from the cursor that is returned."""
        cursor = connection.cursor()
        cursor.execute(_NAMED.sub(r"%(\1)s", statement), values)
        return cursor

    def executemany(self, statement: str, values: Iterable[Mapping[str, Any]], /) -> None:
        """Run a statement for each of the values."""
        for each in values:
            self.execute(statement, each)
