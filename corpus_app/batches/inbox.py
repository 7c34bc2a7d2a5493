"""The watched folder: what is laid there becomes a batch of drafts."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.batches.models import Batch
from corpus_app.batches.presence import Turn, take_turn
from corpus_app.batches.receiving import is_litter
from corpus_app.batches.services import add_refused, clip_path, close_batch, insert_file, make_batch
from corpus_app.batches.staging import read_portions, stage_bytes
from corpus_app.ingest.draft import RejectedFile

# A file that nobody wrote to for so long is whole.
SETTLED_SECONDS: Final = 3.0
# A folder is waited for until all of it is whole, but not for ever.
LONGEST_WAIT_SECONDS: Final = 60.0


@dataclass(frozen=True, order=True)
class InboxFile:
    """A file in the inbox and when (in seconds since 1970) it was last written to."""

    path: Path
    touched: float


# What could not be taken, as it was then; nobody is told of it twice.
_troubled: set[InboxFile] = set()


def watch_inbox() -> Batch | None:
    """Move the files that are whole into a batch and return it; None where there are none."""
    with take_turn("inbox") as turn:
        if turn is None:
            return None
        found = sorted(set(_list_inbox()) - _troubled)
        return _take_files(settled, turn) if (settled := _choose_settled(found)) else None


def _list_inbox() -> Iterator[InboxFile]:
    root = Path(settings.INBOX_DIR)
    root.mkdir(parents=True, exist_ok=True)
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not is_litter(name) and name[0] != ".")
        for name in sorted(files):
            path = Path(folder, name)
            if is_litter(name) or name.startswith("."):
                continue
            with suppress(OSError):
                status = path.lstat()
                # A link may lead anywhere; the inbox takes what lies in it.
                if stat.S_ISREG(status.st_mode):
                    yield InboxFile(path, max(status.st_mtime, status.st_ctime))


def _choose_settled(found: list[InboxFile]) -> list[InboxFile]:
    now = time.time()
    settled = [each for each in found if now - each.touched >= SETTLED_SECONDS]
    if len(settled) == len(found):
        return settled
    waited = max((now - each.touched for each in settled), default=0.0)
    return settled if waited >= LONGEST_WAIT_SECONDS else []


def _take_files(found: list[InboxFile], turn: Turn) -> Batch:
    batch = _open_batch()
    for each in found:
        try:
            _take_file(batch, each.path, turn)
        except OSError as error:
            _note_trouble(batch, each, error)
    close_batch(batch)
    return batch


def _note_trouble(batch: Batch, found: InboxFile, error: OSError) -> None:
    """Say on the batch that a file stays where it is; it is looked at again once it changes."""
    _troubled.add(found)
    message = _("无法取走（%(reason)s），文件仍在收件夹中。") % {"reason": error.strerror or error}
    name = str(found.path.relative_to(settings.INBOX_DIR))
    add_refused(batch, name, RejectedFile("damaged", message))


def _open_batch() -> Batch:
    """Return the batch that a worker which died was filling, else a new one."""
    left = Batch.objects.filter(origin=Batch.Origin.INBOX, state=Batch.State.RECEIVING).first()
    if left is not None:
        return left
    return make_batch(origin=Batch.Origin.INBOX)


def _take_file(batch: Batch, path: Path, turn: Turn) -> None:
    root = Path(settings.INBOX_DIR)
    name = str(path.relative_to(root))
    with stage_bytes(read_portions(path)) as staged, transaction.atomic():
        # One that took so long that another host went on with the folder has lost its turn.
        turn.confirm()
        # A worker that died between row and removal left the file: it is not taken twice.
        known = batch.files.filter(path=clip_path(name), sha256=staged.sha256)
        if not known.exists():
            insert_file(batch, name, staged)
    path.unlink()
    _remove_empty(path.parent, root)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
