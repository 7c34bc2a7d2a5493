"""Bytes that wait for their turn, under their sha256; a row claims them or nobody needs them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from corpus_app.batches.models import OPEN_STATES, UNTAKEN_STATES, BatchFile
from corpus_app.catalog.shared_files import PASSING, STAGED
from corpus_app.catalog.uploads import sync_folder

# Bytes of files in these states may lie nowhere else.
NEEDING: Final = (*OPEN_STATES, *UNTAKEN_STATES, BatchFile.State.UNMAPPED)
PORTION: Final = 1024 * 1024


def locate_staged(sha256: str) -> Path:
    """Return the path where staged bytes with this sha256 lie, fetched if another host has them."""
    return STAGED.find(f"{sha256[:2]}/{sha256}")


@dataclass(frozen=True)
class Staged:
    """Bytes written and synced under a passing name; put_in_place makes them stay."""

    sha256: str
    size: int
    temporary: Path

    def put_in_place(self) -> None:
        """Give the bytes their lasting name; in a transaction with their row none can slip off."""
        path = STAGED.root / self.sha256[:2] / self.sha256
        path.parent.mkdir(exist_ok=True)
        if self.temporary.exists() or not path.exists():
            self.temporary.replace(path)
        sync_folder(path.parent)
        STAGED.share(path)


@contextmanager
def stage_bytes(portions: Iterable[bytes]) -> Iterator[Staged]:
    """Yield the bytes staged; those not put in place inside are removed."""
    root = Path(settings.STAGING_DIR)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=root, prefix=PASSING)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for portion in portions:
                digest.update(portion)
                size += len(portion)
                file.write(portion)
            file.flush()
            os.fsync(file.fileno())
        yield Staged(digest.hexdigest(), size, Path(name))
    finally:
        Path(name).unlink(missing_ok=True)


def read_staged(sha256: str) -> bytes:
    """Return staged bytes; raise FileNotFoundError where they are missing."""
    return locate_staged(sha256).read_bytes()


def read_portions(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes a megabyte at a time."""
    with path.open("rb") as file:
        while portion := file.read(PORTION):
            yield portion


def is_needed(sha256: str) -> bool:
    """Return whether a file that is not taken in yet has these bytes, or lies within them."""
    files = BatchFile.objects.filter(sha256=sha256)
    # A member of an archive that could not be had can be tried again from the archive alone.
    within = files.filter(members__sha256="", members__state__in=UNTAKEN_STATES)
    # A table is read for each file of its batch, tried again or for the first time.
    beside = files.filter(position__gte=BatchFile.LAST, batch__files__state__in=NEEDING)
    return files.filter(state__in=NEEDING).exists() or within.exists() or beside.exists()


@transaction.atomic
def release_bytes(sha256: str) -> bool:
    """Remove staged bytes that no file needs any more; return whether they were removed."""
    # The transaction takes the write lock, so nobody is between these bytes and a new row.
    if not sha256 or is_needed(sha256):
        return False
    STAGED.remove(STAGED.root / sha256[:2] / sha256)
    return True


def list_staged() -> list[Path]:
    """Return every staged file, half-written ones left out."""
    return STAGED.list_files()
