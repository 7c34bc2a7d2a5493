"""Every write on batches by people and programs; the worker's own writes are in claiming."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from corpus_app.batches.models import OPEN_STATES, UNTAKEN_STATES, Batch, BatchFile
from corpus_app.batches.staging import Staged, release_bytes, stage_bytes
from corpus_app.catalog.uploads import read_name
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.tables.cells import is_table_name

PATH_CHARS: Final = 1000
MESSAGE_CHARS: Final = 1000
READY: Final = (Batch.State.WAITING, Batch.State.WORKING)
LEFT: Final = (Batch.State.RECEIVING, *READY, Batch.State.PAUSED)
# Archives that were unpacked, or as far as that went.
OPENED: Final = (
    BatchFile.State.UNPACKED,
    BatchFile.State.REFUSED,
    BatchFile.State.DISCARDED,
)
# What a file is like that shall be worked on anew.
AGAIN: Final = {
    "state": BatchFile.State.WAITING,
    "attempts": 0,
    "worker": "",
    "code": "",
    "message": "",
    "finished_at": None,
}
FINISHED: Final = (Batch.State.DONE, Batch.State.CANCELLED)


@transaction.atomic
def make_batch(
    name: str = "",
    origin: str = Batch.Origin.UPLOAD,
    *,
    user: User | None = None,
    publish: bool = False,
    columns: Mapping[str, str] | None = None,
    limit: str = "",
) -> Batch:
    """Return a new batch that files can be added to; none is worked on before it is closed.

    A blank name is for one that nobody named. columns are those of its tables of speeches, as the
    model has them.
    """
    return Batch.objects.create(
        name=name.strip()[:200],
        origin=origin,
        created_by=user,
        publish=publish,
        limit=limit,
        columns=None if columns is None else dict(columns),
    )


def add_file(batch: Batch, path: str, data: bytes | Iterable[bytes]) -> BatchFile:
    """Return the row of a file added to the batch; its bytes are durable before the row is."""
    portions = [data] if isinstance(data, bytes) else data
    with stage_bytes(portions) as staged, transaction.atomic():
        return insert_file(batch, path, staged)


def insert_file(batch: Batch, path: str, staged: Staged) -> BatchFile:
    """Return the row of staged bytes, which from now on stay; call it in a transaction."""
    staged.put_in_place()
    file = _add_row(batch, path, staged.sha256, staged.size)
    state = Batch.objects.values_list("state", flat=True).get(pk=batch.pk)
    if state == Batch.State.CANCELLED:
        file.state, file.finished_at = BatchFile.State.CANCELLED, timezone.now()
        file.save()
    elif state == Batch.State.DONE:
        # Closed between the sender's look and this: the file must not lie there unseen.
        _reopen(batch)
    return file


@transaction.atomic
def add_refused(batch: Batch, path: str, refusal: RejectedFile, size: int = 0) -> BatchFile:
    """Return the row of a file that was not taken on arrival; its bytes are not kept."""
    file = _add_row(batch, path, "", size)
    file.state = BatchFile.State.REFUSED
    file.code, file.message = refusal.code, refusal.message[:MESSAGE_CHARS]
    file.finished_at = timezone.now()
    file.save()
    return file


@transaction.atomic
def close_batch(batch: Batch) -> None:
    """Let the worker begin: all files are here. A batch that has nothing to do is done."""
    closed = Batch.objects.filter(pk=batch.pk, state=Batch.State.RECEIVING)
    if closed.update(state=Batch.State.WAITING, changed_at=timezone.now()):
        _give_up_pieces(batch)
        finish_if_done(batch.pk)
    batch.refresh_from_db()


@transaction.atomic
def pause_batch(batch: Batch) -> bool:
    """Let the worker take no further file of the batch; return whether there was one to pause."""
    running = Batch.objects.filter(
        pk=batch.pk, state__in=[Batch.State.WAITING, Batch.State.WORKING]
    )
    return _move(batch, running, Batch.State.PAUSED)


@transaction.atomic
def resume_batch(batch: Batch) -> bool:
    """Let the worker go on; return whether the batch was paused."""
    moved = _move(batch, Batch.objects.filter(pk=batch.pk, state=Batch.State.PAUSED), "waiting")
    finish_if_done(batch.pk)
    batch.refresh_from_db()
    return moved


@transaction.atomic
def cancel_batch(batch: Batch) -> bool:
    """Give up the files not begun; what was taken in stays. Return whether any work was left."""
    now = timezone.now()
    running = Batch.objects.filter(pk=batch.pk, state__in=LEFT)
    if not running.update(state=Batch.State.CANCELLED, finished_at=now, changed_at=now):
        return False
    left = [BatchFile.State.WAITING, BatchFile.State.UNMAPPED]
    batch.files.filter(state__in=left).update(state=BatchFile.State.CANCELLED, finished_at=now)
    _give_up_pieces(batch)
    batch.refresh_from_db()
    return True


@transaction.atomic
def map_table(file: BatchFile, columns: Mapping[str, str]) -> bool:
    """Have the rows of a table taken in with these columns, by head; False if it did not wait."""
    waiting = BatchFile.objects.filter(pk=file.pk, state=BatchFile.State.UNMAPPED)
    if not waiting.update(columns=dict(columns), **AGAIN):
        return False
    _reopen(file.batch)
    return True


@transaction.atomic
def drop_table(file: BatchFile) -> None:
    """Leave a table that waits for its columns; a batch of nothing else is given up and seen."""
    now = timezone.now()
    waiting = BatchFile.objects.filter(pk=file.pk, state=BatchFile.State.UNMAPPED)
    waiting.update(state=BatchFile.State.CANCELLED, finished_at=now)
    if not file.batch.files.exclude(state=BatchFile.State.CANCELLED).exists():
        given_up = {"state": Batch.State.CANCELLED, "finished_at": now, "seen_at": now}
        Batch.objects.filter(pk=file.batch_id).update(**given_up)


@transaction.atomic
def retry_files(batch: Batch, file_ids: Iterable[int] | None = None) -> int:
    """Have files tried again that were refused, failed or cancelled; return how many will be.

    All such files of the batch where no ids are given. One that could not be had from its archive
    is tried by unpacking that again; one whose bytes were never kept stays as it is.
    """
    files = _choose_untaken(batch, file_ids)
    packed = files.filter(sha256="", parent__isnull=False)
    archives = set(packed.values_list("parent_id", flat=True))
    again = batch.files.filter(pk__in=archives, state__in=OPENED)
    count = packed.delete()[0]
    count += files.exclude(sha256="").update(**AGAIN)
    again.update(**AGAIN)
    if count:
        _reopen(batch)
    return count


def discard_files(batch: Batch, file_ids: Iterable[int] | None = None) -> int:
    """Throw away the bytes of files that were not taken; return how many files that were."""
    with transaction.atomic():
        files = _choose_untaken(batch, file_ids)
        shas = {sha for pair in files.values_list("sha256", "parent__sha256") for sha in pair}
        count = files.update(state=BatchFile.State.DISCARDED)
    for sha256 in sorted(filter(None, shas)):
        release_bytes(sha256)
    return count


@transaction.atomic
def mark_seen(batch: Batch) -> None:
    """Note that somebody looked at the finished batch: the bell rings for it no more."""
    done = Batch.objects.filter(pk=batch.pk, seen_at=None)
    done.filter(state__in=FINISHED).update(seen_at=timezone.now())
    batch.refresh_from_db()


def finish_if_done(batch_id: int) -> bool:
    """Mark a batch done that has no file left to work on; call it in a transaction."""
    running = Batch.objects.filter(pk=batch_id, state__in=READY)
    if BatchFile.objects.filter(batch=batch_id, state__in=OPEN_STATES).exists():
        return False
    now = timezone.now()
    return bool(running.update(state=Batch.State.DONE, finished_at=now, changed_at=now))


def clip_path(path: str) -> str:
    """Return a path as it can be kept: readable, no NUL, its end kept where it is too long."""
    clean = read_name(path).replace("\x00", "").strip("/") or "unnamed"
    return clean if len(clean) <= PATH_CHARS else "…" + clean[-(PATH_CHARS - 1) :]


def _add_row(batch: Batch, path: str, sha256: str, size: int) -> BatchFile:
    table = is_table_name(path)
    alike = {"position__gte" if table else "position__lt": BatchFile.LAST}
    files = BatchFile.objects.filter(batch=batch, **alike)
    last = files.aggregate(last=Max("position"))["last"] or (BatchFile.LAST if table else 0)
    Batch.objects.filter(pk=batch.pk).update(changed_at=timezone.now())
    return BatchFile.objects.create(
        batch=batch, position=last + 1, path=clip_path(path), sha256=sha256, size=size
    )


def _give_up_pieces(batch: Batch) -> None:
    """Forget the files that came in part; the worker sweeps their pieces."""
    batch.piece_uploads.filter(is_settled=False, sha256="").delete()


def _choose_untaken(batch: Batch, file_ids: Iterable[int] | None) -> QuerySet[BatchFile]:
    files = batch.files.filter(state__in=UNTAKEN_STATES)
    return files if file_ids is None else files.filter(pk__in=list(file_ids))


def _reopen(batch: Batch) -> None:
    finished = Batch.objects.filter(pk=batch.pk, state__in=FINISHED)
    finished.update(
        state=Batch.State.WAITING, finished_at=None, seen_at=None, changed_at=timezone.now()
    )
    batch.refresh_from_db()


def _move(batch: Batch, batches: QuerySet[Batch], state: str) -> bool:
    moved = bool(batches.update(state=state, changed_at=timezone.now()))
    batch.refresh_from_db()
    return moved
