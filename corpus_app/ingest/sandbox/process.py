"""Run another program on a file from outside: bounded, in a private folder, killed as a group."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE, Limits

ROOT = Path(__file__).resolve().parents[3]
# What a worker answers when it meets a bound; other programs die or fail in their own ways.
OUT_OF_MEMORY, OUT_OF_DISK = 87, 88
KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "LIBARCHIVE")


class TimeUpError(RejectedFile):
    """A file whose reading took longer than it may."""

    def __init__(self, seconds: int) -> None:
        message = f"读取文件用时超过 {seconds} 秒的上限，已停止；请另存为 .docx 或 .txt 后再上传。"
        super().__init__("too_large", message)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may take: wall-clock and CPU seconds, address space, bytes of one file."""

    seconds: int
    memory_bytes: int
    file_bytes: int = 512 * MEGABYTE

    @classmethod
    def of(cls, limits: Limits) -> Bounds:
        """Return the bounds that a file's limits set for a process."""
        return cls(limits.seconds, limits.memory_bytes)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Yield a folder that only this user can read; it is gone with all its files afterwards."""
    with tempfile.TemporaryDirectory(prefix="yanku-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def run_worker(module: str, arguments: Sequence[str], folder: Path, bounds: Bounds) -> bytes:
    """Return what a Python module of the project prints; see run_program."""
    command = [sys.executable, "-P", "-B", "-X", "utf8", "-m", module]
    return run_program([*command, *arguments], folder, bounds)


def run_program(command: Sequence[str], folder: Path, bounds: Bounds) -> bytes:
    """Return what the command prints, run in the folder; RejectedFile for each bound it meets.

    A program that fails in any other way is a "damaged" file.
    """
    output = folder / "printed"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            _launch(command, bounds),
            cwd=folder,
            env=make_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _wait(process, bounds)
    judge_ending(process.returncode, bounds)
    return output.read_bytes()


def _launch(command: Sequence[str], bounds: Bounds) -> list[str]:
    launcher = Path(__file__).with_name("launcher.py")
    figures = (os.getpid(), bounds.memory_bytes, bounds.seconds, bounds.file_bytes)
    return [sys.executable, "-I", "-S", "-B", str(launcher), *map(str, figures), *command]


def make_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a program that is at home in the folder.

    Nothing of the server's goes along: it holds the secret key.
    """
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    private = {"HOME": str(folder), "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    return {**kept, **private, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def _wait(process: subprocess.Popen[bytes], bounds: Bounds) -> None:
    try:
        process.wait(timeout=bounds.seconds)
    except subprocess.TimeoutExpired:
        _kill_group(process)
        raise TimeUpError(bounds.seconds) from None
    finally:
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """What the program started dies with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def judge_ending(code: int, bounds: Bounds) -> None:
    """Raise the RejectedFile that a process's exit code stands for; 0 stands for none.

    A code below zero is a signal's, as subprocess has it.
    """
    if code == 0:
        return
    if code in {-signal.SIGXCPU, -signal.SIGALRM}:
        raise TimeUpError(bounds.seconds)
    if code in {OUT_OF_DISK, -signal.SIGXFSZ}:
        raise RejectedFile("too_large", "读取文件时产生的数据过多，超过上限，已停止。")
    if code in {OUT_OF_MEMORY, -signal.SIGKILL}:
        limit = bounds.memory_bytes // MEGABYTE
        raise RejectedFile("too_large", f"读取文件所需内存超过 {limit} MB 的上限，已停止。")
    raise RejectedFile("damaged", "文件已损坏：读取程序无法处理其内容。")
