"""The loop that takes files in behind the pages, one at a time."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from corpus_app.batches.claiming import claim_next
from corpus_app.batches.inbox import watch_inbox
from corpus_app.batches.presence import beat, hold_presence
from corpus_app.batches.processing import process_file
from corpus_app.batches.rereading import read_next
from corpus_app.batches.upkeep import Rhythm, keep_up, recover
from corpus_app.ingest.limits import get_limits
from corpus_app.intake.background import do_step
from corpus_app.intake.indexing import PORTION, Gathering, index_now, index_together
from corpus_app.outages import describe_outage, name_outage
from corpus_app.storage_trouble import describe_storage_trouble, find_storage_trouble

logger = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
INBOX_SECONDS: Final = 2.0
INDEX_SECONDS: Final = 5.0
UPKEEP_SECONDS: Final = 30.0
# How often a worker that waits for room on the disk looks again.
ROOM_SECONDS: Final = 5.0
# Beyond what reading a file or an archive may take, the process is thought to be stuck.
GRACE_SECONDS: Final = 240
# A worker that has nothing to do comes round every second.
IDLE_BEAT_SECONDS: Final = 60
# An index that is built anew, or a large inbox.
LONG_BEAT_SECONDS: Final = 3600
# How much the worker steps back behind the server's processes.
NICENESS: Final = 10


def run_worker(stop: threading.Event, *, once: bool = False) -> int:
    """Work until stop is set, or (once) until nothing waits; return how many files were done.

    Where the database goes away it waits and begins anew: what it held is taken back then.
    """
    while True:
        try:
            return _work_present(stop, once=once)
        except (OperationalError, InterfaceError) as error:
            outage = name_outage(error)
            if once or outage is None:
                raise
            logger.error("%s (%s)", describe_outage(outage), error)
            connection.close()
            if stop.wait(ROOM_SECONDS):
                return 0


def _work_present(stop: threading.Event, *, once: bool) -> int:
    with hold_presence() as token:
        if not _wait_for_room(stop, once=once):
            return 0
        beat(LONG_BEAT_SECONDS)
        recover()
        with index_together(PORTION) as gathering:
            return _work(token, gathering, stop, once=once)


def _work(token: str, gathering: Gathering, stop: threading.Event, *, once: bool) -> int:
    inbox, index, upkeep = Rhythm(INBOX_SECONDS), Rhythm(INDEX_SECONDS), Rhythm(UPKEEP_SECONDS)
    done = 0
    upkeep.is_due()
    while not stop.is_set():
        if not _wait_for_room(stop, once=once):
            break
        if inbox.is_due():
            _try(watch_inbox)
        if upkeep.is_due():
            _try(keep_up)
        file = claim_next(token)
        if file is not None:
            with watch_time():
                process_file(file)
            done += 1
        idle = file is None and not _do_other(token)
        if idle or index.is_due():
            beat(LONG_BEAT_SECONDS)
            gathering.index_all()
            if settings.SHARED_DATABASE:
                index_now()
        if idle:
            if once:
                break
            close_old_connections()
            stop.wait(IDLE_SECONDS)
    return done


def _wait_for_room(stop: threading.Event, *, once: bool) -> bool:
    """Begin nothing while the disk takes no writing; return whether there is work to go on with."""
    while True:
        beat(IDLE_BEAT_SECONDS)
        trouble = find_storage_trouble()
        if trouble is None:
            return True
        if once:
            logger.error(describe_storage_trouble(trouble))
            return False
        # One that was opened meanwhile reads only.
        close_old_connections()
        if stop.wait(ROOM_SECONDS):
            return False


def _do_other(token: str) -> bool:
    """Read one stored original again, or do a portion of other rooms' work; files come first."""
    with watch_time():
        return read_next(token) or do_step()


def _try(step: Callable[[], object]) -> None:
    """Do what recurs; a failure there must not keep files waiting."""
    beat(LONG_BEAT_SECONDS)
    try:
        step()
    except Exception:
        logger.exception("%s failed", step)


@contextmanager
def watch_time() -> Iterator[None]:
    """End the process if what is inside hangs; the file is then taken back by its claim.

    A signal would not reach a loop inside a regular expression; this watcher needs no lock.
    """
    limits = get_limits()
    seconds = max(limits.seconds, limits.archive_seconds) + GRACE_SECONDS
    beat(seconds)
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__ or sys.stderr)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def step_back() -> None:
    """Let the server's processes go first on the processor."""
    os.nice(NICENESS)
