"""An archive becomes one row for each file in it."""

from __future__ import annotations

from corpus_app.batches.models import BatchFile


def is_archive_name(path: str) -> bool:
    return False


def unpack_file(file: BatchFile) -> None:
    raise NotImplementedError
