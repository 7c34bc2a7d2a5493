"""A corpus's rows in a server's database, out of a SQLite file or another server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus_app.database_url import describe_server
from corpus_app.operations.moving.copying import check_empty, copy_rows
from corpus_app.operations.moving.places import migrate_database


def fill_server(
    source: dict[str, Any], address: str, folder: Path, *, alone: bool
) -> dict[str, int]:
    """Copy all rows to the empty database at the address; return how many of each table.

    source is as Django's settings describe one, with today's tables. Raises MoveError.
    """
    target = describe_server(address)
    check_empty(target)
    migrate_database(folder, address)
    return copy_rows(source, target, alone=alone)
