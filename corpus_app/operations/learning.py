"""Words used alike, learnt beside the worker when the corpus changed enough."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

from search import IndexProblem, is_learning_due, read_index_version

_running: dict[str, subprocess.Popen[bytes]] = {}
_seen: set[str | None] = set()


def learn_when_due() -> None:
    """Start a process that learns if the index changed and enough of it; come back at once."""
    process = _running.get("learning")
    if process is not None and process.poll() is None:
        return
    version = read_index_version()
    if version is None or version in _seen:
        return
    _seen.clear()
    _seen.add(version)
    try:
        due = is_learning_due()
    except IndexProblem:  # the worker repairs it
        return
    if due:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "learn_similar_words"]
        _running["learning"] = subprocess.Popen(
            [*command, "--if-due"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
