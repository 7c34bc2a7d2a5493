"""Let the search index follow the database; a failure there never undoes what is stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final

from django.db import transaction

import search
from corpus_app.intake.models import PendingIndexing

logger = logging.getLogger(__name__)

# Speeches indexed under one hold of the index's lock.
PORTION: Final = 20
# Speeches whose notes are asked for in one query.
ASKED: Final = 500


class Gathering:
    """Speeches that wait for the index; a full portion is indexed at once."""

    def __init__(self, portion: int) -> None:
        self._portion = portion
        self._waiting: list[int] = []
        self.failed = False

    def add(self, speech_id: int) -> None:
        """Note one more speech."""
        self._waiting.append(speech_id)
        if len(self._waiting) >= self._portion:
            self.index_all()

    def index_all(self) -> None:
        """Index what waits."""
        waiting, self._waiting = self._waiting, []
        self.failed |= not index_now(waiting)


class Ignoring(Gathering):
    """Takes note of nothing."""

    def add(self, speech_id: int) -> None:
        """Do nothing."""


_gathered: ContextVar[Gathering | None] = ContextVar("gathered", default=None)


def index_on_commit(speech_id: int) -> None:
    """Bring the index in line with the speech's row once the transaction stands.

    The note that it must is part of the transaction, so a kill between the two loses nothing.
    """
    PendingIndexing.objects.create(speech_id=speech_id)
    transaction.on_commit(lambda: _index_or_gather(speech_id))


def index_now(speech_ids: Iterable[int]) -> bool:
    """Bring the index in line with the speeches' rows; return whether that worked."""
    ids = list(dict.fromkeys(speech_ids))
    try:
        for start in range(0, len(ids), ASKED):
            _index_and_settle(ids[start : start + ASKED])
    except Exception:
        # The speech is stored and noted; the worker or check_corpus --repair tries again.
        logger.exception("The index could not follow speeches %s", ids[:20])
        return False
    return True


def _index_and_settle(ids: list[int]) -> None:
    # Asked before: a note made while this runs may be of a change that this does not see.
    pending = PendingIndexing.objects.filter(speech_id__in=ids)
    notes = list(pending.values_list("pk", flat=True))
    search.index_speeches(ids)
    if notes:
        PendingIndexing.objects.filter(pk__in=notes).delete()


def index_pending(*, before: datetime | None = None, portion: int = PORTION) -> bool:
    """Index what was noted (before that time) and never done; return whether all of it worked."""
    notes = PendingIndexing.objects.all()
    if before is not None:
        notes = notes.filter(created_at__lt=before)
    ids = sorted(set(notes.order_by().values_list("speech_id", flat=True)))
    done = [index_now(ids[at : at + portion]) for at in range(0, len(ids), portion)]
    return all(done)


def rebuild_all(progress: Callable[[int, int], None] | None = None) -> None:
    """Build the index anew; what was noted before is then done."""
    notes = list(PendingIndexing.objects.values_list("pk", flat=True))
    search.rebuild_index(progress)
    for start in range(0, len(notes), ASKED):
        PendingIndexing.objects.filter(pk__in=notes[start : start + ASKED]).delete()


@contextmanager
def index_together(portion: int = 100) -> Iterator[Gathering]:
    """Gather the speeches that change inside and index them in portions, one write each."""
    gathering = Gathering(portion)
    token = _gathered.set(gathering)
    try:
        yield gathering
    finally:
        _gathered.reset(token)
        gathering.index_all()


@contextmanager
def leave_index() -> Iterator[None]:
    """Index nothing inside: whoever asks for this rebuilds the index afterwards."""
    token = _gathered.set(Ignoring(portion=1))
    try:
        yield
    finally:
        _gathered.reset(token)


def _index_or_gather(speech_id: int) -> None:
    gathering = _gathered.get()
    if gathering is None:
        index_now([speech_id])
    else:
        gathering.add(speech_id)
