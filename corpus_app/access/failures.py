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

from corpus_app.access.rates import drop_damaged, open_counts

# The wait after the first failure too many, and the longest one, in seconds.
FIRST_WAIT: Final = 15
LONGEST_WAIT: Final = 900
# After so many seconds without a failure, those before are forgotten.
MEMORY: Final = 86_400
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS failures (
    key TEXT PRIMARY KEY, number INTEGER NOT NULL, last REAL NOT NULL
) WITHOUT ROWID
"""
_NOTE: Final = """
INSERT INTO failures VALUES (?, 1, ?)
ON CONFLICT (key) DO UPDATE SET number = number + 1, last = excluded.last
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
        with open_counts() as base:
            base.execute(_TABLE)
            base.execute("DELETE FROM failures WHERE last < ?", (moment - MEMORY,))
            wait = max((_measure_wait(base, each, moment) for each in series), default=0)
            if not wait:
                base.executemany(_NOTE, [(each.key, moment) for each in series])
            return wait
    except (sqlite3.Error, OSError) as error:
        _log.exception("Attempts could not be counted")
        drop_damaged(error)
        return 0


def forgive(ended: Sequence[AttemptSeries], lessened: Sequence[AttemptSeries] = ()) -> None:
    """Forget the series that a success ends; take this one attempt from those it only lessens."""
    try:
        with open_counts() as base:
            base.execute(_TABLE)
            base.executemany("DELETE FROM failures WHERE key = ?", [(each.key,) for each in ended])
            lesser = "UPDATE failures SET number = max(number - 1, 0) WHERE key = ?"
            base.executemany(lesser, [(each.key,) for each in lessened])
    except (sqlite3.Error, OSError) as error:
        _log.exception("Attempts could not be forgiven")
        drop_damaged(error)


def _measure_wait(base: sqlite3.Connection, series: AttemptSeries, now: float) -> int:
    query = "SELECT number, last FROM failures WHERE key = ?"
    found = base.execute(query, (series.key,)).fetchone()
    if found is None or found[0] < series.patience:
        return 0
    number, last = found
    wait = min(FIRST_WAIT * 2 ** min(number - series.patience, 10), LONGEST_WAIT)
    # A clock that was set back makes nobody wait longer than that.
    return max(0, min(math.ceil(last + wait - now), wait))
