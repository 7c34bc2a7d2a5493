"""A web host of the cluster: a data folder, its server, and who reads and edits there."""

from __future__ import annotations

import http.cookiejar
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
# Seconds that a server or a job may take on a busy machine.
PATIENCE: Final = 180


class TroubleError(Exception):
    """Something of the cluster is not as it should be."""


class OutageError(TroubleError):
    """A host answers 503: something that it needs is out of reach."""


@dataclass(frozen=True)
class Answer:
    """What a host said to a request, and after how many seconds."""

    status: int
    text: str
    seconds: float


def wait_until(met: Callable[[], object], seconds: float, what: str) -> None:
    """Ask again and again until it is met; raise TroubleError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not met():
        if time.monotonic() > deadline:
            raise TroubleError(f"not within {seconds:g} s: {what}")
        time.sleep(0.3)


@dataclass
class Host:
    """A data folder with its server on a port of the loopback, and a browser's cookies."""

    name: str
    folder: Path
    port: int
    settings: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    @property
    def url(self) -> str:
        """Return the address without a stroke at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Return the file that the server and jobs write to."""
        return self.folder.with_suffix(".log")

    def manage(self, *words: str) -> str:
        """Run a command of manage.py here and return what it says; raise TroubleError."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        with self.log.open("a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode:
            raise TroubleError(f"host {self.name}: manage.py {words[0]} failed:\n{done.stderr}")
        return done.stdout.strip()

    def start(self) -> None:
        """Start the server; it answers as soon as `wait` returns."""
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "corpus_app.wsgi"],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                # Ctrl+C is for who started all: he ends the rest in order.
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait for the first page."""
        wait_until(self._serves, PATIENCE, f"host {self.name} serves")

    def stop(self) -> None:
        """End the server and all it started."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(
        self, path: str, data: bytes | None = None, head: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the answer to a request with a browser's cookies; status 0 where there is none."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        request = urllib.request.Request(self.url + path, data, dict(head or {}))
        begun = time.monotonic()
        try:
            with opener.open(request, timeout=60) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        except OSError as error:
            status, body = 0, str(error).encode()
        return Answer(status, body.decode(errors="replace"), time.monotonic() - begun)

    def read(self, path: str) -> Any:
        """Return the JSON at a path; raise OutageError for 503, TroubleError for what else."""
        answer = self.ask(path)
        if answer.status != 200:
            kind = OutageError if answer.status == 503 else TroubleError
            raise kind(f"host {self.name}: {path}: {answer.status} {answer.text[:300]}")
        return json.loads(answer.text)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form as a browser does, with the token of its page."""
        self.ask(path)
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "") or ""
        fields = {**fields, "csrfmiddlewaretoken": token}
        data = urllib.parse.urlencode(fields).encode()
        return self.ask(path, data, {"Referer": self.url + path})

    def count(self, words: str) -> int:
        """Return how many speeches a reader finds the words in."""
        found = self.read(f"/api/v1/search?unit=speech&q={urllib.parse.quote(words)}")
        return int(found["total"])

    def _serves(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise TroubleError(f"host {self.name} ended:\n{read_end(self.log)}")
        return self.ask("/login/").status == 200

    def _environment(self) -> dict[str, str]:
        own = {k: v for k, v in os.environ.items() if not k.startswith(("CORPUS_", "DJANGO_"))}
        folders = {"CORPUS_DATA_DIR": str(self.folder), "PORT": str(self.port)}
        return {**own, **self.settings, **folders}


def read_end(log: Path) -> str:
    """Return the last lines of a log, "" where there is none."""
    return log.read_text("utf-8", "replace")[-2000:] if log.is_file() else ""
