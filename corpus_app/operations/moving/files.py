"""A corpus's rows as one SQLite file: to be served, or laid into a backup."""

from __future__ import annotations

import tempfile
from pathlib import Path

from corpus_app.database_url import FILE_NAME, describe_file
from corpus_app.operations.moving.copying import copy_rows
from corpus_app.operations.moving.places import describe_present, migrate_database


def make_file(target: Path, *, alone: bool) -> dict[str, int]:
    """Write all rows of the present database to a SQLite file; return how many of each table.

    The file gets its name when it is whole. Raises MoveError.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".move-") as name:
        folder = Path(name)
        migrate_database(folder, "")
        counts = copy_rows(describe_present(), describe_file(folder), alone=alone)
        (folder / FILE_NAME).replace(target)
    return counts
