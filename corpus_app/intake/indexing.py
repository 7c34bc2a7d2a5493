"""Let the search index follow the database; a failure there never undoes what is stored."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import transaction

import search
from corpus_app.catalog.changes import note_changes

logger = logging.getLogger(__name__)

# Changes that the worker gathers before it indexes them.
PORTION: Final = 20
# Of changes that wait, others' with one's own, so many at most are followed before going on.
BESIDE: Final = 1000


class Gathering:
    """Changes that wait for the index; a full portion is indexed at once."""

    def __init__(self, portion: int) -> None:
        self._portion = portion
        self._waiting = 0
        self.failed = False

    def add(self) -> None:
        """Note one more change."""
        self._waiting += 1
        if self._waiting >= self._portion:
            self.index_all()

    def index_all(self) -> None:
        """Index what waits."""
        if self._waiting:
            self._waiting = 0
            self.failed |= not index_now()


class Ignoring(Gathering):
    """Takes note of nothing."""

    def add(self) -> None:
        """Do nothing."""


_gathered: ContextVar[Gathering | None] = ContextVar("gathered", default=None)


def index_on_commit(speech_id: int) -> None:
    """Bring the index in line with the speech's row once the transaction stands.

    The note that it must is part of the transaction, so a kill between the two loses nothing.
    """
    note_changes([speech_id])
    transaction.on_commit(_index_or_gather)


def index_now(*, most: int | None = BESIDE, again: bool = False) -> bool:
    """Let the index follow what changed (so many changes, None for all); tell if that worked.

    again: try once more what could not be indexed before.
    """
    try:
        search.follow_changes(most=most, again=again)
    except Exception:
        # What changed is stored and noted; the worker or check_corpus --repair tries again.
        logger.exception("The index could not follow what changed")
        return False
    return True


def index_pending() -> bool:
    """Index all that was noted and never done; return whether that worked."""
    return index_now(most=None, again=True)


@contextmanager
def index_together(portion: int = 100) -> Iterator[Gathering]:
    """Gather the changes made inside and index them in portions, one write each."""
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


def _index_or_gather() -> None:
    gathering = _gathered.get()
    if gathering is None:
        index_now()
    else:
        gathering.add()
