"""How often someone has asked lately, counted across all processes of the site.

A counter in memory would count each process by itself, and the corpus's own SQLite would make
readers wait for its writers. So the counts lie in a small SQLite file in the cache folder, one
row for everyone who asked, written by one statement; nothing is lost when it is deleted. Where
hosts share a database they lie there (access/shared_counts.py), for all hosts together.
"""

from __future__ import annotations

import logging
import math
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction

from corpus_app.access.shared_counts import Counts, SharedCounts

FILE_NAME: Final = "rates.sqlite3"
# One request in so many sweeps out the rows of those who have gone.
_SWEEP_EVERY: Final = 500
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS access_requestcount (
    key TEXT PRIMARY KEY, started REAL NOT NULL, ends REAL NOT NULL, number INTEGER NOT NULL
) WITHOUT ROWID
"""
_COUNT: Final = """
INSERT INTO access_requestcount AS had (key, started, ends, number) VALUES (:key, :now, :ends, 1)
ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN had.ends <= :now OR had.started > :now THEN 1 ELSE had.number + 1 END,
    ends = CASE WHEN had.ends <= :now OR had.started > :now THEN :ends ELSE had.ends END,
    started = CASE WHEN had.ends <= :now OR had.started > :now THEN :now ELSE had.started END
RETURNING number, ends
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a rate; wait is the seconds until all of it is there again."""

    rate: Rate
    left: int
    wait: int
    exceeded: bool = False


def count_request(key: str, rate: Rate, now: float | None = None) -> Standing:
    """Count a request of whoever key names and return what is left.

    The span of a rate begins with the first request. Where counting fails (a full disk), the
    request is let through: the limit protects the server, it must not close it.
    """
    moment = time.time() if now is None else now
    try:
        number, ends = _count(key, rate, moment)
    except (sqlite3.Error, DatabaseError, OSError) as error:
        _log.exception("Requests could not be counted")
        drop_damaged(error)
        number, ends = 1, moment + rate.seconds
    wait = max(1, math.ceil(ends - moment))
    return Standing(rate, max(rate.requests - number, 0), wait, number > rate.requests)


@contextmanager
def open_counts(table: str) -> Iterator[Counts]:
    """Give the counts, alone with them; what is done inside is kept at the end.

    table: the statement that makes the table where they lie in the file.
    """
    if settings.SHARED_DATABASE:
        with transaction.atomic():
            yield SharedCounts()
        return
    folder = Path(settings.CACHE_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / FILE_NAME, timeout=5, isolation_level=None)) as base:
        base.execute("PRAGMA synchronous=OFF")
        # The write lock at once: a reader that turns writer would fail instead of waiting.
        base.execute("BEGIN IMMEDIATE")
        base.execute(table)
        yield base
        base.execute("COMMIT")


def drop_damaged(error: Exception) -> None:
    """Delete the file where a power cut has damaged it; the next request makes it anew."""
    damaged = isinstance(error, sqlite3.DatabaseError)
    if damaged and not isinstance(error, sqlite3.OperationalError):
        (Path(settings.CACHE_DIR) / FILE_NAME).unlink(missing_ok=True)


def _count(key: str, rate: Rate, now: float) -> tuple[int, float]:
    # One statement needs no transaction, in which it would wait for those who write texts.
    shared = settings.SHARED_DATABASE
    with nullcontext(SharedCounts()) if shared else open_counts(_TABLE) as base:
        values = {"key": key, "now": now, "ends": now + rate.seconds}
        number, ends = base.execute(_COUNT, values).fetchone()
        if random.randrange(_SWEEP_EVERY) == 0:
            base.execute("DELETE FROM access_requestcount WHERE ends <= :now", {"now": now})
    return number, ends
