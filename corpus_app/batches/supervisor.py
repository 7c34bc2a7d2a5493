"""Keeps one worker running beside the server, for as long as the server runs.

Used in gunicorn's master process, which must not load Django for it: standard library alone.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
LOOK_SECONDS: Final = 0.5
# A worker that ends sooner than this is started again later and later.
SOON_SECONDS: Final = 10.0
LONGEST_PAUSE: Final = 60.0


class WorkerSupervisor(threading.Thread):
    """Starts the worker and starts it again when it dies; the worker itself follows the server."""

    def __init__(self) -> None:
        super().__init__(name="worker-supervisor", daemon=True)
        self._over = threading.Event()
        self._worker: int | None = None
        self._pause = LOOK_SECONDS

    def run(self) -> None:
        """Look after the worker until the server ends."""
        while not self._over.is_set():
            started = time.monotonic()
            worker = self._worker = self._start()
            while worker and is_running(worker) and not self._over.wait(LOOK_SECONDS):
                pass
            soon = time.monotonic() - started < SOON_SECONDS
            self._pause = min(self._pause * 2, LONGEST_PAUSE) if soon else LOOK_SECONDS
            self._over.wait(self._pause)

    def _start(self) -> int | None:
        """Return the new worker's process, None where the system gives none at this moment."""
        try:
            return start_worker()
        except OSError as error:
            print(f"The worker could not be started: {error}", file=sys.stderr, flush=True)
            return None

    def end(self) -> None:
        """Tell the worker to finish its file and go."""
        self._over.set()
        if self._worker is not None and is_running(self._worker):
            os.kill(self._worker, signal.SIGTERM)


def start_worker() -> int:
    """Return the process id of a new worker.

    Not by subprocess: that waits on a pipe, which a process that the server forks at the same
    moment would hold open for ever. The server's sockets are closed in the worker, so that a
    killed server's port is free at once.
    """
    command = [sys.executable, str(ROOT / "manage.py"), "run_worker"]
    arguments = [*command, "--parent", str(os.getpid())]
    closing = [(os.POSIX_SPAWN_CLOSE, number) for number in list_inheritable()]
    return os.posix_spawn(sys.executable, arguments, os.environ, file_actions=closing)


def is_running(process: int) -> bool:
    """Return whether this child still runs; the server's own reaper may have collected it."""
    try:
        return os.waitpid(process, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False


def list_inheritable() -> list[int]:
    """Return the open files, beside input and outputs, that a new program would be given."""
    found = []
    for name in os.listdir("/dev/fd"):  # noqa: PTH208  (numbers, not paths)
        with suppress(OSError):
            if int(name) > 2 and os.get_inheritable(int(name)):
                found.append(int(name))
    return found
