"""The warm process of the sandbox: lost, replaced, shared with nobody, and gone with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.sandbox.client import Client, client
from corpus_app.ingest.sandbox.parsing import parse_file
from tests.batches.processes import is_alive, list_children, wait_until
from tests.ingest.test_sandbox import FLOOD, SPEECH, find_server, parse_flood
from tests.places import ROOT

pytestmark = pytest.mark.usefixtures("read_afresh")


def count_open(folder: str) -> int:
    return len(list(Path(folder).iterdir()))


@pytest.fixture
def own_client() -> Iterator[Client]:
    started = Client()
    yield started
    started.end()


PARENT = """
import sys, threading, time
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.sandbox.client import client
from corpus_app.ingest.sandbox.parsing import parse_file
page = sys.stdin.buffer.read()
threading.Thread(target=lambda: parse_file(page, "a.html", Limits(seconds=50))).start()
while client._server is None:
    time.sleep(0.01)
print(client._server.pid, flush=True)
time.sleep(60)
"""


def test_a_lost_warm_process_is_replaced() -> None:
    parse_file(SPEECH.encode(), "a.txt")
    lost = find_server()
    os.kill(lost, signal.SIGKILL)
    assert parse_file(SPEECH.encode(), "a.txt").text
    assert find_server() != lost
    assert not Path(f"/proc/{lost}").exists()


def test_a_warm_process_lost_in_the_middle_costs_no_file() -> None:
    page = ("<p>" + "讲话。" * 30 + "</p>") * 3000
    drafts: list[Draft] = []
    parse_file(SPEECH.encode(), "a.txt")
    reading = threading.Thread(target=lambda: drafts.append(parse_file(page.encode(), "a.html")))
    reading.start()
    wait_until(lambda: list_children(find_server()), 10, "a reader")
    os.kill(find_server(), signal.SIGKILL)
    reading.join()
    assert len(drafts) == 1


def test_nothing_is_left_behind() -> None:
    parse_file(SPEECH.encode(), "a.txt")
    before = count_open("/dev/fd")
    for _ in range(20):
        parse_file(SPEECH.encode(), "a.txt")
        with pytest.raises(RejectedFile):
            parse_file(b"Rar!\x1a\x07\x00" + bytes(90), "a.rar")
    parse_flood()
    assert count_open("/dev/fd") == before
    wait_until(lambda: not list_children(find_server()), 5, "no readers")
    assert count_open(f"/proc/{find_server()}/fd") < 10


def test_the_warm_process_is_given_neither_sockets_nor_secrets(
    own_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORPUS_SECRET_KEY", "secret")
    read, write = os.pipe()
    os.set_inheritable(write, True)
    own_client.ask([b""], 5)
    server = own_client._server
    assert server is not None
    assert b"secret" not in Path(f"/proc/{server.pid}/environ").read_bytes()
    given = {path.readlink() for path in Path(f"/proc/{server.pid}/fd").iterdir()}
    assert Path(f"/proc/self/fd/{write}").readlink() not in given
    os.close(read)
    os.close(write)


def test_a_killed_parent_takes_the_warm_process_and_its_readers_along() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=pipe, stdout=pipe
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write(FLOOD)
        parent.stdin.close()
        server = int(parent.stdout.readline())
        wait_until(lambda: list_children(server), 20, "a reader")
        readers = list_children(server)
        parent.kill()
    wait_until(lambda: not any(map(is_alive, [server, *readers])), 5, "all gone")


def test_a_killed_warm_process_takes_its_readers_along() -> None:
    parse_file(SPEECH.encode(), "a.txt")
    reading = threading.Thread(target=parse_flood, args=(2,))
    reading.start()
    wait_until(lambda: list_children(find_server()), 10, "a reader")
    readers = list_children(find_server())
    os.kill(find_server(), signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, readers)), 5, "readers gone")
    reading.join()


def test_a_forked_copy_of_a_process_gets_a_warm_process_of_its_own() -> None:
    parse_file(SPEECH.encode(), "a.txt")
    before = find_server()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            same = parse_file(SPEECH.encode(), "a.txt") == parse_bytes(SPEECH.encode(), "a.txt")
            code = 0 if same and find_server() != before else 2
            client.end()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert parse_file(SPEECH.encode(), "a.txt").text
    assert find_server() == before
