"""Real processes on a data folder of their own: the server, and jobs forked off a program."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.places import ROOT

# How much slower than alone a process may be among others.
BUSY = 5


def make_environment(folder: Path, **more: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CORPUS_", "DJANGO_"))}
    return {**clean, "CORPUS_DATA_DIR": str(folder), "CORPUS_LOG_LEVEL": "CRITICAL", **more}


def prepare_folder(folder: Path, **more: str) -> dict[str, str]:
    """Make the data folder ready without samples; return its environment."""
    shutil.copytree(_prepare_pattern(), folder)
    return make_environment(folder, **more)


@functools.cache
def _prepare_pattern() -> Path:
    """Return a folder that bootstrap got ready, once for all tests of this process."""
    kept = tempfile.TemporaryDirectory(prefix="yanku-pattern-")
    atexit.register(kept.cleanup)
    folder = Path(kept.name, "var")
    command = [sys.executable, "manage.py", "bootstrap", "--no-samples"]
    env = make_environment(folder)
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return folder


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def list_children(process: int) -> list[int]:
    """Return the children of all the process's threads."""
    found: list[int] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, path.read_text().split())
    return found


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def is_locked(path: Path) -> bool:
    """Tell whether a process holds the lock file."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def wait_until(met: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for what a quiet machine does in these seconds; a busy one is given more."""
    deadline = time.monotonic() + seconds * BUSY
    while not met():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


class Server:
    """The site as `make run` serves it."""

    def __init__(self, env: dict[str, str], application: str = "corpus_app.wsgi") -> None:
        self.port = find_free_port()
        self._application = application
        self.url = f"http://127.0.0.1:{self.port}"
        self._env = {**env, "PORT": str(self.port)}
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        return subprocess.Popen(
            [*command, self._application],
            cwd=ROOT,
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def is_answering(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/login/", timeout=2):
                return True
        except OSError:
            return False

    def list_workers(self) -> list[int]:
        return list_children(self.process.pid)

    def kill(self) -> None:
        """End the server as a loss of power would: all its processes at once."""
        for process in (self.process.pid, *self.list_workers()):
            kill(process)
        self.process.wait()

    def leave_and_come_back(self) -> None:
        """End as on an orderly stop, every request answered, and start anew."""
        self.process.terminate()
        self.process.wait()
        self.process = self._start()

    def restart(self) -> None:
        self.kill()
        self.process = self._start()


class Forker:
    """Starts jobs of tests.batches.forking."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.batches.forking"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._read() == "ready"

    def start(self, job: str, target: Path | str = "") -> int:
        """Start a job and return its process id."""
        assert self._program.stdin is not None
        self._program.stdin.write(f"{job} {target}\n")
        self._program.stdin.flush()
        return int(self._read())

    def ask(self, job: str, seconds: float = 60) -> Any:
        """Do a job and return what it has to say."""
        self._count += 1
        target = self._folder / f"said-{self._count}.json"
        process = self.start(job, target)
        wait_until(lambda: target.exists() or not is_alive(process), seconds, job)
        return json.loads(target.read_text("utf-8"))

    def end(self) -> None:
        assert self._program.stdin is not None
        for process in list_children(self._program.pid):
            kill(process)
        self._program.stdin.close()
        self._program.wait()
        assert self._program.stdout is not None
        self._program.stdout.close()

    def _read(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()


@contextlib.contextmanager
def run_server(env: dict[str, str], application: str = "corpus_app.wsgi") -> Iterator[Server]:
    server = Server(env, application)
    try:
        yield server
    finally:
        server.kill()


@contextlib.contextmanager
def run_forker(env: dict[str, str], folder: Path) -> Iterator[Forker]:
    forker = Forker(env, folder)
    try:
        yield forker
    finally:
        forker.end()


def send_files(
    url: str, token: str, files: dict[str, bytes], fields: dict[str, str] | None = None
) -> dict[str, Any] | None:
    """Send files as a program does; return the answer, or None where there was none."""
    request = make_sending(url, token, files, fields or {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except (OSError, ValueError, urllib.error.URLError):
        return None


def make_sending(
    url: str, token: str, files: dict[str, bytes], fields: dict[str, str]
) -> urllib.request.Request:
    """Return the request by which a program sends files."""
    border = "----border"
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'name="files"; filename="{name}"', data) for name, data in files.items()]
    body = b"".join(
        f"--{border}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
        for head, data in parts
    )
    return urllib.request.Request(
        f"{url}/api/v1/uploads",
        body + f"--{border}--\r\n".encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={border}",
        },
    )
