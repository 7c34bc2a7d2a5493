"""Attempts that failed in a row, and how long whoever made them has to wait.

An attempt counts before it is made and is forgiven when it succeeds: a hundred made at the same
moment are a hundred. The counts lie beside those of rates.
"""

from __future__ import annotations

import logging
import math
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError

from corpus_app.access.rates import drop_damaged, open_counts
from corpus_app.access.shared_counts import Counts

# The wait after the first failure too many, and the longest one, in seconds.
FIRST_WAIT: Final = 15
LONGEST_WAIT: Final = 900
# After so many seconds without a failure, those before are forgotten.
MEMORY: Final = 86_400
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS access_failurecount (
    key TEXT PRIMARY KEY, number INTEGER NOT NULL, last REAL NOT NULL
) WITHOUT ROWID
"""
_NOTE: Final = """
INSERT INTO access_failurecount AS had (key, number, last) VALUES (:key, 1, :now)
ON CONFLICT (key) DO UPDATE SET number = had.number + 1, last = excluded.last
"""
_LESSEN: Final = """
UPDATE access_failurecount SET number = CASE WHEN number > 0 THEN number - 1 ELSE 0 END
WHERE key = :key
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AttemptSeries:
    """Whose attempts are counted together, and how many may fail before there is a wait."""

    key: str
    patience: int


def begin_attempt(series: Sequence[AttemptSeries], now: float | None = None) -> int:
    """Count an attempt in each series and return 0, or the seconds to wait, nothing counted.

    Where counting fails (a full disk), the attempt may be made.
    """
    moment = time.time() if now is None else now
    try:
        with open_counts(_TABLE) as base:
            oldest = {"oldest": moment - MEMORY}
            base.execute("DELETE FROM access_failurecount WHERE last < :oldest", oldest)
            wait = max((_measure_wait(base, each, moment) for each in series), default=0)
            if not wait:
                base.executemany(_NOTE, [{"key": each.key, "now": moment} for each in series])
            return wait
    except (sqlite3.Error, DatabaseError, OSError) as error:
        _log.exception("Attempts could not be counted")
        drop_damaged(error)
        return 0


def forgive(ended: Sequence[AttemptSeries], lessened: Sequence[AttemptSeries] = ()) -> None:
    """Forget the series that a success ends; take this one attempt from those it only lessens."""
    try:
        with open_counts(_TABLE) as base:
            forget = "DELETE FROM access_failurecount WHERE key = :key"
            base.executemany(forget, [{"key": each.key} for each in ended])
            base.executemany(_LESSEN, [{"key": each.key} for each in lessened])
    except (sqlite3.Error, DatabaseError, OSError) as error:
        _log.exception("Attempts could not be forgiven")
        drop_damaged(error)


def _measure_wait(base: Counts, series: AttemptSeries, now: float) -> int:
    query = "SELECT number, last FROM access_failurecount WHERE key = :key"
    found = base.execute(query, {"key": series.key}).fetchone()
    if found is None or found[0] < series.patience:
        return 0
    number, last = found
    wait = min(FIRST_WAIT * 2 ** min(number - series.patience, 10), LONGEST_WAIT)
    # A clock that was set back makes nobody wait longer than that.
    return max(0, min(math.ceil(last + wait - now), wait))
