"""What the pages tell about batches: how far each is, and what became of its files."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from corpus_app.batches.models import OPEN_STATES, UNTAKEN_STATES, Batch, BatchFile

# Enough of the last files that a slow one among them does not decide.
PACE_FILES: Final = 40
RUNNING = (Batch.State.RECEIVING, Batch.State.WAITING, Batch.State.WORKING, Batch.State.PAUSED)
FINISHED = (Batch.State.DONE, Batch.State.CANCELLED)


@dataclass(frozen=True)
class StateCount:
    """A state of files with how many of a batch are in it."""

    state: str
    label: str
    count: int


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is."""

    batch: Batch
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many files there are, archives that were unpacked not counted."""
        return sum(self.counts.values()) - self.counts.get(BatchFile.State.UNPACKED, 0)

    @property
    def done(self) -> int:
        """How many files nothing more will happen to."""
        left = (*OPEN_STATES, BatchFile.State.UNMAPPED)
        return self.total - sum(self.counts.get(state, 0) for state in left)

    @property
    def percent(self) -> int:
        """Done of all, in whole percent; a batch without files has none."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def untaken(self) -> int:
        """How many files were not taken and wait for someone's word."""
        return sum(self.counts.get(state, 0) for state in UNTAKEN_STATES)

    @property
    def is_running(self) -> bool:
        """Whether the counts may still change by themselves."""
        return self.batch.state in RUNNING

    @property
    def is_new(self) -> bool:
        """Whether the bell rings for it."""
        return self.batch.state in FINISHED and self.batch.seen_at is None

    @property
    def state_label(self) -> str:
        """The batch's state in words; one that is done but for tables says for what it waits."""
        waits = self.batch.state == Batch.State.DONE and self.counts.get(BatchFile.State.UNMAPPED)
        return str(BatchFile.State.UNMAPPED.label if waits else self.batch.get_state_display())

    def list_states(self) -> list[StateCount]:
        """Return the states that files are in, in the order of a file's way."""
        return [
            StateCount(state.value, str(state.label), self.counts[state])
            for state in BatchFile.State
            if self.counts.get(state)
        ]


@dataclass(frozen=True)
class Bell:
    """What the bell in the header tells."""

    unseen: int = 0
    running: int = 0


def measure_batches(batches: Iterable[Batch]) -> list[BatchProgress]:
    """Return each batch with its progress, in the order given; one query for all."""
    batches = list(batches)
    counts: dict[int, Counter[str]] = {batch.pk: Counter() for batch in batches}
    rows = BatchFile.objects.filter(batch__in=batches).order_by()
    for batch, state, count in rows.values_list("batch", "state").annotate(Count("pk")):
        counts[batch][state] = count
    return [BatchProgress(batch, dict(counts[batch.pk])) for batch in batches]


def estimate_minutes(progress: BatchProgress) -> int | None:
    """Return about how many minutes the files left will take, by the pace of the last ones.

    None where nobody works on the batch or too few files are done to tell.
    """
    if progress.batch.state != Batch.State.WORKING:
        return None
    ended = BatchFile.objects.filter(batch=progress.batch, finished_at__isnull=False)
    found = ended.order_by("-finished_at").values_list("finished_at", flat=True)[:PACE_FILES]
    times = [time for time in found if time is not None]
    if len(times) < PACE_FILES // 4:
        return None
    seconds = (timezone.now() - times[-1]).total_seconds() / len(times)
    return math.ceil(seconds * (progress.total - progress.done) / 60)


def list_batches() -> QuerySet[Batch]:
    """Return all batches with who sent them, the newest first."""
    return Batch.objects.select_related("created_by")


def list_files(batch: Batch, state: str = "") -> QuerySet[BatchFile]:
    """Return the batch's files as they came, those of one state where it is named."""
    files = batch.files.select_related("speech", "of", "parent").order_by("position", "pk")
    return files.filter(state=state) if state in BatchFile.State.values else files


def read_bell(user: User | AnonymousUser) -> Bell:
    """Return how many of the user's batches, and of those nobody sent, are finished and unseen."""
    mine = Batch.objects.filter(Q(created_by=user.pk) | Q(created_by=None))
    found = mine.filter(Q(state__in=RUNNING) | Q(seen_at=None)).aggregate(
        unseen=Count("pk", filter=Q(state__in=FINISHED, seen_at=None)),
        running=Count("pk", filter=Q(state__in=RUNNING)),
    )
    return Bell(**found)


def describe_batches(request: HttpRequest) -> dict[str, Any]:
    """Return the bell; it is counted only where a page draws it."""
    return {"bell": SimpleLazyObject(lambda: read_bell(request.user))}
