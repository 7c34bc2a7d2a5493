"""What the worker sees to besides files: dead workers' claims, the index, forgotten bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

import search
from corpus_app.batches.claiming import take_back_claims
from corpus_app.batches.models import Batch, BatchFile, PieceUpload
from corpus_app.batches.pieces.clearing import clear_uploads, settle_whole
from corpus_app.batches.rereading import take_back_items
from corpus_app.batches.services import close_batch
from corpus_app.batches.staging import is_needed, list_staged, release_bytes
from corpus_app.catalog.changes import prune_changes
from corpus_app.catalog.shared_files import ORIGINALS, PASSING, STAGED
from corpus_app.intake.checking.uploads import set_aside_unclaimed
from corpus_app.intake.indexing import index_pending

# A batch whose sender went away in the middle of sending is worked on all the same.
DESERTED: Final = timedelta(hours=1)
# Bytes precede their row; younger ones may still be on their way in.
FORGOTTEN_SECONDS: Final = 3600.0
_COPIES_SECONDS: Final = 86_400.0
# Of packages above this one, which add theirs when the program starts.
_CHORES: Final[list[Callable[[], object]]] = []


class Rhythm:
    """Says when something that recurs is due."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    def is_due(self) -> bool:
        """Return whether the time has come; then the next span begins."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True


_COPIES: Final = Rhythm(_COPIES_SECONDS)


def add_chore(chore: Callable[[], object]) -> None:
    """Have the worker do this too, every half minute; it must come back at once."""
    if chore not in _CHORES:
        _CHORES.append(chore)


def recover() -> None:
    """Pick up what processes that were killed left behind."""
    take_back_claims()
    take_back_items()
    set_aside_unclaimed()
    index_pending()
    search.repair_index()
    settle_whole()
    sweep_staging()


def keep_up() -> None:
    """See that nothing is left lying while this worker runs."""
    take_back_claims()
    take_back_items()
    index_pending()
    search.repair_index()
    prune_changes()
    settle_whole()
    clear_uploads()
    search.tidy_index()
    close_deserted()
    if _COPIES.is_due():
        drop_old_copies()
    for chore in _CHORES:
        chore()


def close_deserted() -> None:
    """Let batches be worked on whose files stopped coming; the inbox sees to its own."""
    left = Batch.objects.filter(
        state=Batch.State.RECEIVING, changed_at__lt=timezone.now() - DESERTED
    )
    # Of a file that came in part the rest may still come, until its pieces are cleared.
    partly = PieceUpload.objects.filter(is_settled=False, is_expired=False, batch__isnull=False)
    left = left.exclude(pk__in=partly.values("batch"))
    for batch in left.exclude(origin=Batch.Origin.INBOX):
        close_batch(batch)


def sweep_staging() -> None:
    """Remove staged bytes that are settled, and set aside old ones that no row knows."""
    for path in sorted({*list_staged(), *STAGED.list_here()}):
        if is_needed(path.name):
            continue
        if BatchFile.objects.filter(sha256=path.name).exists():
            release_bytes(path.name)
        elif is_forgotten(path):
            STAGED.set_aside(path)
    for path in Path(settings.STAGING_DIR).glob(f"{PASSING}*"):
        if is_forgotten(path):
            path.unlink(missing_ok=True)


def is_forgotten(path: Path) -> bool:
    """Return whether the file is too old to be still on its way in."""
    return STAGED.read_age(path) >= FORGOTTEN_SECONDS


def drop_old_copies() -> None:
    """Free this host of what it fetched or shared long ago and can fetch again."""
    for folder in (ORIGINALS, STAGED):
        folder.drop_old_copies()
