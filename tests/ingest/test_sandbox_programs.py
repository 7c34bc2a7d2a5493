"""Processes for risky files: each bound stops them with its own message, nothing stays behind."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.process import Bounds, open_folder, run_program

MEGABYTE = 1024 * 1024
BOUNDS = Bounds(seconds=30, memory_bytes=300 * MEGABYTE, file_bytes=MEGABYTE)
HASTY = Bounds(seconds=1, memory_bytes=300 * MEGABYTE)


def run_code(code: str, bounds: Bounds = BOUNDS) -> bytes:
    with open_folder() as folder:
        return run_program([sys.executable, "-c", code], folder, bounds)


@pytest.mark.parametrize(
    ("code", "bound", "message"),
    [
        ("import time; time.sleep(60)", "too_large", "用时"),
        ("while True: pass", "too_large", "用时"),
        ("import sys\ntry: x = bytes(10**9)\nexcept MemoryError: sys.exit(87)",
         "too_large", "内存"),
        ("import sys, os, signal; signal.signal(25, signal.SIG_DFL)\n"
         "open('a', 'wb').write(bytes(2 * 10**6))", "too_large", "数据过多"),
        ("import os; os.abort()", "damaged", "损坏"),
        ("raise SystemExit(3)", "damaged", "损坏"),
    ],
)  # fmt: skip
def test_it_stops_at_each_bound_with_its_own_message(code: str, bound: str, message: str) -> None:
    with pytest.raises(RejectedFile, match=message) as refused:
        run_code(code, HASTY if message == "用时" else BOUNDS)
    assert refused.value.code == bound


def test_it_returns_what_the_program_prints() -> None:
    assert run_code("print('好')") == "好\n".encode()


def test_it_hands_on_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_SECRET_KEY", "secret")
    assert b"secret" not in run_code("import os; print(os.environ)")


def test_it_kills_what_the_program_started(tmp_path: Path) -> None:
    sign = str(tmp_path / "sign")
    child = f"import time; time.sleep(600); {sign!r}"
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])"
    run_code(code)
    # It is killed by then, but the system may still list it for a moment.
    deadline = time.monotonic() + 30
    while list_commands(sign) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not list_commands(sign)


def list_commands(words: str) -> list[str]:
    """Return the command lines of all living processes that hold the words."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            lines.append(path.read_bytes().decode(errors="replace"))
    return [line for line in lines if words in line]


def test_it_leaves_no_folder_behind() -> None:
    with open_folder() as folder:
        (folder / "file").write_bytes(b"x")
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
