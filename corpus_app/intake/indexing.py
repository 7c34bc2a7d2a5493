"""Let the search index follow the database; a failure there never undoes what is stored."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

import search

logger = logging.getLogger(__name__)


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
    """Bring the index in line with the speech's row once the transaction stands."""
    transaction.on_commit(lambda: _index_or_gather(speech_id))


def index_now(speech_ids: Iterable[int]) -> bool:
    """Bring the index in line with the speeches' rows; return whether that worked."""
    ids = list(dict.fromkeys(speech_ids))
    try:
        if ids:
            search.index_speeches(ids)
    except Exception:
        # The speech is stored; the index says that it lags, and check_corpus --repair mends it.
        logger.exception("The index could not follow speeches %s", ids[:20])
        return False
    return True


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
