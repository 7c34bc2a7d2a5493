"""The real site over a PostgreSQL that restarts under load, and one that takes over from it."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.batches.processes import (
    Server,
    find_free_port,
    make_environment,
    make_sending,
    run_server,
    wait_until,
)
from tests.operations.stores import manage
from tests.places import ROOT
from tests.settings import SERVER_URL

CONTROL = shlex.split(os.environ.get("POSTGRES_CONTROL", ""))
SAMPLE = sorted((ROOT / "fixtures/speeches").iterdir())[0]
PAGES = ("/", "/speeches/", "/search/?q=%E4%BB%A3%E8%A1%A8", "/slogans/", "/api/v1/speeches")


class Cluster:
    """A server of its own: a copy of another one, or what stands by for it."""

    def __init__(self, port: int, *, stands_by: bool) -> None:
        (at,) = [at for at, word in enumerate(CONTROL) if Path(word).name == "pg_ctl"]
        self._as, self._programs = CONTROL[:at], Path(CONTROL[at]).parent
        shared = Path(CONTROL[at + 2])
        self.folder = shared.with_name(f"copy-{uuid.uuid4().hex}")
        self.port = find_free_port()
        copy = ["-h", "127.0.0.1", "-p", str(port), "-U", "yanku", "-c", "fast"]
        self._run("pg_basebackup", *copy, *(["-R"] if stands_by else []))
        self.control("-o", f"-p {self.port}", "-l", f"{self.folder}.log", "start")

    def control(self, *words: str) -> None:
        """Have pg_ctl do something and wait for it."""
        self._run("pg_ctl", "-w", *words)

    def _run(self, program: str, *words: str) -> None:
        command = [*self._as, str(self._programs / program), "-D", str(self.folder), *words]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)


class Address:
    """A port that leads to a server, and at a failover to another one."""

    def __init__(self, port: int) -> None:
        self._to, self._open = port, list[socket.socket]()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def lead_to(self, port: int) -> None:
        """Send who comes from now on to that port, and who is there away."""
        self._to, gone, self._open = port, self._open, []
        for each in gone:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Take nobody any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.lead_to(0)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _who = self._listening.accept()
                try:
                    there = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    here.close()
                    continue
                self._open += [here, there]
                for ends in ((here, there), (there, here)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        source.close()


def read_status(request: str | urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def read_pages(server: Server) -> set[int]:
    return {read_status(server.url + page) for page in PAGES}


@contextmanager
def asking(server: Server) -> Iterator[list[int]]:
    """Have three readers ask for pages all the time; the list has what they were answered."""
    statuses: list[int] = []
    over = threading.Event()

    def read_on() -> None:
        while not over.is_set():
            statuses.extend(read_status(server.url + page) for page in PAGES)

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        yield statuses
    finally:
        over.set()
        for reader in readers:
            reader.join()


def count_drafts(server: str) -> int:
    with psycopg.connect(server) as connected:
        return len(connected.execute("SELECT 1 FROM catalog_speech").fetchall())


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.skipif(not SERVER_URL, reason="no PostgreSQL here (make test-postgres)")
def test_a_restart_under_load_and_a_failover_need_nobodys_hand(tmp_path: Path) -> None:
    shared = int(SERVER_URL.rpartition(":")[2].partition("/")[0])
    first = Cluster(shared, stands_by=False)
    address = Address(first.port)
    place = f"postgresql://yanku@127.0.0.1:{first.port}"
    with psycopg.connect(f"{place}/postgres", autocommit=True) as connected:
        connected.execute("CREATE DATABASE site")
    server_of = f"postgresql://yanku@127.0.0.1:{address.port}/site"
    env = make_environment(tmp_path, CORPUS_DATABASE_URL=server_of)
    manage(tmp_path, "bootstrap", "--no-samples", CORPUS_DATABASE_URL=server_of)
    said = manage(tmp_path, "create_api_token", "editor", CORPUS_DATABASE_URL=server_of)
    token = said.split()[-1]
    second = None
    try:
        with run_server(env) as server:
            wait_until(server.is_answering, 30, "an answer")
            assert read_pages(server) == {200}
            with asking(server) as statuses:
                first.control("-m", "fast", "restart")
                wait_until(lambda: read_pages(server) == {200}, 10, "all pages after a restart")
            assert set(statuses) <= {200, 503}
            second = Cluster(first.port, stands_by=True)
            with asking(server) as statuses:
                first.control("-m", "immediate", "stop")
                address.lead_to(second.port)
                wait_until(lambda: read_pages(server) == {200}, 10, "pages from what stands by")
            assert set(statuses) <= {200, 503}
            sending = make_sending(server.url, token, {"一.txt": SAMPLE.read_bytes()}, {})
            assert read_status(sending) == 503
            second.control("promote")
            wait_until(lambda: read_status(sending) == 202, 10, "a file is taken")
            wait_until(lambda: count_drafts(server_of), 30, "the worker takes it in")
    finally:
        address.end()
        for each in (first, second):
            if each is not None:
                with suppress(subprocess.CalledProcessError):
                    each.control("-m", "immediate", "stop")
