"""What a reader gives up: it cannot write, reach the network, or start or harm a process."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_app.ingest.sandbox.restraints import _MACHINES
from tests.places import ROOT

START = """
import ctypes, os, resource, signal, socket, subprocess, sys
from corpus_app.ingest.sandbox.restraints import bound_process, forbid_calls
bound_process(30, 2**28)
assert forbid_calls()
"""
HARM = {
    "a socket": "socket.socket()",
    "a socket to this machine": "socket.socket(socket.AF_UNIX)",
    "a new file": "open('made', 'w')",
    "a file changed": "open('kept', 'r+')",
    "a file emptied": "os.open('kept', os.O_RDONLY | os.O_TRUNC)",
    "a file removed": "os.unlink('kept')",
    "a file renamed": "os.rename('kept', 'made')",
    "a file cut": "os.truncate('kept', 0)",
    "a link": "os.link('kept', 'made')",
    "a folder": "os.mkdir('made')",
    "rights changed": "os.chmod('kept', 0)",
    "a program": "os.execv('/bin/true', ['true'])",
    "a process": "os.fork()",
    "another ended": "os.kill(os.getppid(), 9)",
}

known_machine = pytest.mark.skipif(
    platform.machine() not in _MACHINES, reason="the calls of this machine are not known"
)


def run_code(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-B", "-c", START + code]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@known_machine
@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_it_cannot_do_harm(harm: str, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    code = (
        f"try:\n {harm}\nexcept OSError as error: print(type(error).__name__)\nelse: print('done')"
    )
    told = run_code(code, tmp_path)
    assert told.stdout.strip() in {"PermissionError", "BlockingIOError"}, told.stderr
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"kept": "x"}


@known_machine
def test_it_can_read_and_load(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    told = run_code("import wave, sqlite3\nprint(open('kept').read())", tmp_path)
    assert told.stdout == "x\n", told.stderr


def test_memory_ends_where_it_was_bounded(tmp_path: Path) -> None:
    told = run_code("bytes(2**27)\ntry: bytes(2**29)\nexcept MemoryError: print('no')", tmp_path)
    assert told.stdout == "no\n", told.stderr
