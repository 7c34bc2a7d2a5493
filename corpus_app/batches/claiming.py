"""Who works on which file: claims, what becomes of them, and those of workers that died."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.presence import list_present
from corpus_app.batches.services import MESSAGE_CHARS, READY, finish_if_done
from corpus_app.catalog.uploads import drop_unclaimed_bytes


class ClaimLostError(Exception):
    """The file is no longer this worker's: what it did with it must not stand."""


def claim_next(token: str) -> BatchFile | None:
    """Return the next file, now this worker's, or None where nothing waits.

    Files come in the order they were sent, those that a worker died on behind all others.
    """
    waiting = BatchFile.objects.filter(state=BatchFile.State.WAITING, batch__state__in=READY)
    ordered = waiting.order_by("attempts", "batch_id", "position", "pk")
    while (found := ordered.values_list("pk", flat=True).first()) is not None:
        if _claim(found, token):
            return BatchFile.objects.select_related("batch__created_by").get(pk=found)
    return None


def settle_file(file: BatchFile, state: str, **values: Any) -> None:
    """Write down what became of a claimed file; raise ClaimLostError where it is another's.

    Call it in the transaction that stores what the file became.
    """
    values["message"] = values.get("message", "")[:MESSAGE_CHARS]
    settled = _find_claimed(file).update(state=state, finished_at=timezone.now(), **values)
    if not settled:
        raise ClaimLostError(file.path)
    finish_if_done(file.batch_id)


@transaction.atomic
def give_back(file: BatchFile, code: str, message: str, *, blameless: bool = False) -> bool:
    """Let a file whose handling was broken off be tried again, or fail where that was enough.

    blameless: this try does not count, for the disk was full. Returns False where the file was
    settled or given back by another meanwhile.
    """
    held = _find_claimed(file)
    gone = {"worker": "", "finished_at": timezone.now()}
    if Batch.objects.filter(pk=file.batch_id, state=Batch.State.CANCELLED).exists():
        given = held.update(state=BatchFile.State.CANCELLED, **gone)
    elif file.attempts >= settings.FILE_ATTEMPTS and not blameless:
        failed = {"code": code, "message": message[:MESSAGE_CHARS]}
        given = held.update(state=BatchFile.State.FAILED, **failed, **gone)
    else:
        tries = F("attempts") - (1 if blameless else 0)
        given = held.update(
            state=BatchFile.State.WAITING, worker="", claimed_at=None, attempts=tries
        )
    finish_if_done(file.batch_id)
    return bool(given)


def take_back_claims() -> int:
    """Free the files of workers that are dead, on whatever host; return how many there were.

    A file that was held by several that died is not tried again: it may be what kills them.
    """
    working = list(BatchFile.objects.filter(state=BatchFile.State.WORKING))
    # Looked up after the claims: whoever made one was living by then.
    living = set(list_present())
    dead = [file for file in working if file.worker not in living]
    message = _("处理这个文件时，后台程序连续 %(count)d 次中断，已停止尝试；可重试或清除。")
    return sum(_take_back(file, message % {"count": file.attempts}) for file in dead)


@transaction.atomic
def _take_back(file: BatchFile, message: str) -> bool:
    # Nobody else can claim the file before its bytes are gone.
    if not give_back(file, "crashed", message):
        return False
    drop_unclaimed_bytes(file.sha256)
    return True


def _claim(file_id: int, token: str) -> bool:
    now = timezone.now()
    with transaction.atomic():
        claimed = BatchFile.objects.filter(
            # The state of the file stands outside of what a join would ask before it waits.
            pk=file_id,
            state=BatchFile.State.WAITING,
            batch__in=Batch.objects.filter(state__in=READY),
        ).update(
            state=BatchFile.State.WORKING,
            worker=token,
            claimed_at=now,
            attempts=F("attempts") + 1,
        )
        if claimed:
            Batch.objects.filter(files=file_id, state=Batch.State.WAITING).update(
                state=Batch.State.WORKING, changed_at=now
            )
    return bool(claimed)


def _find_claimed(file: BatchFile) -> QuerySet[BatchFile]:
    return BatchFile.objects.filter(pk=file.pk, state=BatchFile.State.WORKING, worker=file.worker)
