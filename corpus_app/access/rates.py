"""How often someone has asked lately, counted across all processes of the server.

A counter in memory would count each process by itself, and the corpus's own database would make
readers wait for its writers. So the counts lie in a small SQLite file in the cache folder, one
row for everyone who asked, written by one statement; nothing is lost when it is deleted.
"""

from __future__ import annotations

import logging
import math
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

FILE_NAME: Final = "rates.sqlite3"
# One request in so many sweeps out the rows of those who have gone.
_SWEEP_EVERY: Final = 500
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS counts (
    key TEXT PRIMARY KEY, started REAL NOT NULL, ends REAL NOT NULL, number INTEGER NOT NULL
) WITHOUT ROWID
"""
_COUNT: Final = """
INSERT INTO counts VALUES (:key, :now, :ends, 1)
ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN ends <= :now OR started > :now THEN 1 ELSE number + 1 END,
    ends = CASE WHEN ends <= :now OR started > :now THEN :ends ELSE ends END,
    started = CASE WHEN ends <= :now OR started > :now THEN :now ELSE started END
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
    except (sqlite3.Error, OSError) as error:
        _log.exception("Requests could not be counted")
        drop_damaged(error)
        number, ends = 1, moment + rate.seconds
    wait = max(1, math.ceil(ends - moment))
    return Standing(rate, max(rate.requests - number, 0), wait, number > rate.requests)


@contextmanager
def open_counts() -> Iterator[sqlite3.Connection]:
    """Give the file of counts, its write lock held; what is done inside is kept at the end."""
    folder = Path(settings.CACHE_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / FILE_NAME, timeout=5, isolation_level=None)) as base:
        base.execute("PRAGMA synchronous=OFF")
        # The write lock at once: a reader that turns writer would fail instead of waiting.
        base.execute("BEGIN IMMEDIATE")
        yield base
        base.execute("COMMIT")


def drop_damaged(error: Exception) -> None:
    """Delete the file where a power cut has damaged it; the next request makes it anew."""
    damaged = isinstance(error, sqlite3.DatabaseError)
    if damaged and not isinstance(error, sqlite3.OperationalError):
        (Path(settings.CACHE_DIR) / FILE_NAME).unlink(missing_ok=True)


def _count(key: str, rate: Rate, now: float) -> tuple[int, float]:
    with open_counts() as base:
        base.execute(_TABLE)
        values = {"key": key, "now": now, "ends": now + rate.seconds}
        number, ends = base.execute(_COUNT, values).fetchone()
        if random.randrange(_SWEEP_EVERY) == 0:
            base.execute("DELETE FROM counts WHERE ends <= ?", (now,))
    return number, ends
