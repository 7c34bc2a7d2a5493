"""Follow the log of changes: what this host or another changed comes into this host's index."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Final, Protocol

from django.http import HttpRequest, HttpResponse

from corpus_app.catalog.changes import list_changes_after, number_changes
from corpus_app.catalog.leases import LeaseLostError
from search.arrays.manifest import WAIT_SECONDS, LockedError, hold_lock
from search.errors import EngineUnreachableError
from search.index.access import write_lock
from search.index.indexing import index_here
from search.index.lag import is_behind, look_again
from search.index.position import (
    IndexPosition,
    find_position,
    is_lost,
    read_position,
    write_position,
)
from search.index.shared_engine import find_shared_engine, keeps_arrays

logger = logging.getLogger(__name__)

# Changes that are followed under one hold of an index's lock.
PORTION: Final = 100
# What a reader's request follows of other hosts' changes; more is left to the worker.
_BESIDE: Final = 20
# What no other speech would fare better with.
_HELD_UP: Final = (EngineUnreachableError, LeaseLostError, LockedError)


class Follower(Protocol):
    """An index with the place in the log that it has come to."""

    def hold(self, wait_seconds: float) -> AbstractContextManager[None]:
        """Be the one who writes; raise LockedError where another is for too long."""

    def read_position(self) -> IndexPosition:
        """Return how far the index is."""

    def index(self, speech_ids: list[int]) -> None:
        """Bring the index up to date with the speeches."""

    def write_position(self, position: IndexPosition) -> None:
        """Note how far the index is, once all before it is in it."""


class OwnIndex:
    """What lies in this host's data folder."""

    def hold(self, wait_seconds: float) -> AbstractContextManager[None]:
        """Hold the lock of all writers of this host."""
        return hold_lock(write_lock(), wait_seconds)

    def read_position(self) -> IndexPosition:
        """Return what lies with the index."""
        return read_position()

    def index(self, speech_ids: list[int]) -> None:
        """Bring it up to date."""
        index_here(speech_ids)

    def write_position(self, position: IndexPosition) -> None:
        """Lay it with the index."""
        write_position(position)


def follow_changes(
    *, most: int | None = None, again: bool = False, wait_seconds: float = WAIT_SECONDS
) -> bool:
    """Bring the index in line with all changes that stand, or with so many; tell if that is all.

    Where hosts share an engine, one of them brings it in line, whoever comes first, and the others
    find that there is nothing left.

    again: try once more what failed before. Raises what the index raises; the rest stays to be
    followed. Where the log does not reach back to where the index is, it does nothing.
    """
    number_changes()
    engine = find_shared_engine()
    try:
        is_all = True
        if keeps_arrays():
            is_all = _follow(OwnIndex(), most, wait_seconds, again=again)
        if engine is not None:
            is_all = _follow(engine, most, wait_seconds, again=again) and is_all
        return is_all
    finally:
        look_again()


def _follow(index: Follower, most: int | None, wait_seconds: float, *, again: bool) -> bool:
    done = 0
    while True:
        size = PORTION if most is None else min(PORTION, most - done)
        if size <= 0:
            return False
        with index.hold(wait_seconds):
            followed = _follow_portion(index, size, again=again and not done)
        if followed is None or followed < size:
            return followed is not None
        done += followed


def _follow_portion(index: Follower, size: int, *, again: bool) -> int | None:
    """Follow so many changes; return how many there were, None where the log does not reach."""
    position = index.read_position()
    if is_lost(position):
        return None
    changes = list_changes_after(position.number, size)
    ids = {change.speech_id for change in changes}
    failed = set(position.failed) - ids
    asked = ids | failed if again else ids
    if asked:
        left = _index_all(index, sorted(asked)) | (failed - asked)
        new = find_position(changes[-1], left) if changes else replace(position, failed=(*left,))
        index.write_position(new)
    return len(changes)


def _index_all(index: Follower, ids: list[int]) -> set[int]:
    """Index the speeches; return those that could not be. Raises where none could."""
    try:
        index.index(ids)
    except _HELD_UP:
        raise
    except Exception:
        if len(ids) == 1:
            raise
        logger.exception("The index could not follow some of the speeches %s", ids[:20])
        return _index_singly(index, ids)
    return set()


def _index_singly(index: Follower, ids: list[int]) -> set[int]:
    failed = set()
    for each in ids:
        try:
            index.index([each])
        except _HELD_UP:
            raise
        except Exception as error:
            failed.add(each)
            if len(failed) == len(ids):
                raise
            logger.warning("Speech %s could not be indexed: %s", each, error)
    return failed


class FollowingMiddleware:
    """Bring in what other hosts changed a moment ago, before a page is asked of the index."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, from an index as new as can be had without waiting for a writer."""
        try:
            if is_behind():
                follow_changes(most=_BESIDE, wait_seconds=0)
        except LockedError:
            pass  # another process of this host is at it, or another host
        except Exception:
            # Readers get what there is, and a word that it is not the newest.
            logger.exception("The index could not follow other hosts")
        return self._get_response(request)
