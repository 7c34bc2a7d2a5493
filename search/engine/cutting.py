"""Cut runs of text into words, in several processes where that is worth it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.pool import Pool
from typing import Final

from search.analysis import cut_for_index, load_segmenter

# Fewer characters than this are cut before another process has woken up.
_WORTH_SHARING: Final = 20_000
_CHUNK: Final = 500


def cut_run(run: str) -> tuple[str, ...]:
    """Return the words of a run and the words inside them."""
    return tuple(word.text for word in cut_for_index(run))


class RunCutter:
    """Cuts runs, by the pool's processes if there is a pool."""

    def __init__(self, pool: Pool | None = None) -> None:
        self._pool = pool

    def cut(self, runs: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the words of each run."""
        if self._pool is None or sum(map(len, runs)) < _WORTH_SHARING:
            return [cut_run(run) for run in runs]
        return self._pool.map(cut_run, runs, _CHUNK)


@contextmanager
def open_cutter() -> Iterator[RunCutter]:
    """Yield a cutter with a process for every core, as long as forking is safe.

    A process with threads must not be forked: a lock held by another thread would stay locked.
    """
    cores = len(os.sched_getaffinity(0))
    if cores < 2 or threading.active_count() > 1:
        yield RunCutter()
        return
    load_segmenter()  # before the fork, so that the dictionary is shared
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        yield RunCutter(pool)
