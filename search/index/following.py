"""Follow the log of changes: what this host or another changed comes into this host's index."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse

from corpus_app.catalog.changes import list_changes_after, number_changes
from search.arrays.manifest import WAIT_SECONDS, LockedError, hold_lock
from search.index.access import write_lock
from search.index.indexing import index_speeches
from search.index.position import (
    find_position,
    is_behind,
    is_lost,
    look_again,
    read_position,
    write_position,
)

logger = logging.getLogger(__name__)

# Changes that are followed under one hold of the index's lock.
PORTION: Final = 100
# What a reader's request follows of other hosts' changes; more is left to the worker.
_BESIDE: Final = 20


def follow_changes(
    *, most: int | None = None, again: bool = False, wait_seconds: float = WAIT_SECONDS
) -> bool:
    """Bring the index in line with all changes that stand, or with so many; tell if that is all.

    again: try once more what failed before. Raises what the index raises; the rest stays to be
    followed. Where the log does not reach back to where the index is, it does nothing.
    """
    number_changes()
    done = 0
    try:
        while True:
            size = PORTION if most is None else min(PORTION, most - done)
            if size <= 0:
                return False
            with hold_lock(write_lock(), wait_seconds):
                followed = _follow_portion(size, again=again and not done)
            if followed is None or followed < size:
                return followed is not None
            done += followed
    finally:
        look_again()


def _follow_portion(size: int, *, again: bool) -> int | None:
    """Follow so many changes; return how many there were, None where the log does not reach."""
    position = read_position()
    if is_lost(position):
        return None
    changes = list_changes_after(position.number, size)
    ids = {change.speech_id for change in changes}
    failed = set(position.failed) - ids
    asked = ids | failed if again else ids
    if asked:
        left = _index_all(sorted(asked)) | (failed - asked)
        new = find_position(changes[-1], left) if changes else replace(position, failed=(*left,))
        write_position(new)
    return len(changes)


def _index_all(ids: list[int]) -> set[int]:
    """Index the speeches; return those that could not be. Raises where none could."""
    try:
        index_speeches(ids)
    except LockedError:
        raise
    except Exception:
        if len(ids) == 1:
            raise
        logger.exception("The index could not follow some of the speeches %s", ids[:20])
        return _index_singly(ids)
    return set()


def _index_singly(ids: list[int]) -> set[int]:
    failed = set()
    for each in ids:
        try:
            index_speeches([each])
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
            pass  # another process of this host is at it
        except Exception:
            # Readers get what there is, and a word that it is not the newest.
            logger.exception("The index could not follow other hosts")
        return self._get_response(request)
