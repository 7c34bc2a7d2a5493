"""Answers reach slow readers whole, and hold no thread meanwhile."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from tests.batches.processes import Server, prepare_folder, run_server, wait_until
from tests.serving.large_answers import PIECE, SIZE
from tests.serving.slow_clients import ask, read_all, time_reader

pytestmark = pytest.mark.slow

SEND_SECONDS = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    more = {"CORPUS_WORKER": "0", "CORPUS_SEND_SECONDS": str(SEND_SECONDS)}
    env = prepare_folder(tmp_path_factory.mktemp("answers") / "var", **more)
    with run_server(env, "tests.serving.large_answers") as started:
        wait_until(started.is_answering, 60, "an answer")
        yield started


def open_slow_reader(port: int, path: str) -> socket.socket:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.connect(("127.0.0.1", port))
    found.settimeout(20)
    found.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    return found


@pytest.mark.parametrize("path", ["/streamed", "/file"])
def test_clients_that_never_read_stop_nobody_and_are_let_go(server: Server, path: str) -> None:
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(open_slow_reader(server.port, path)) for _ in range(20)]
        time.sleep(1)
        assert time_reader(server.url) < 1
        time.sleep(SEND_SECONDS + 3)
        for found in slow:
            # What the system holds of it can still be read; the rest never comes.
            assert len(read_all(found)) < SIZE


@pytest.mark.parametrize("path", ["/streamed", "/file"])
def test_a_steady_slow_reader_gets_everything(server: Server, path: str) -> None:
    """Twice as long as any pause may be, at megabytes a second."""
    with open_slow_reader(server.port, path) as found:
        answer, started = bytearray(), time.monotonic()
        while data := found.recv(65_536):
            answer += data
            ahead = len(answer) / SIZE * SEND_SECONDS * 2 - (time.monotonic() - started)
            time.sleep(max(0.0, ahead))
    assert answer.count(b"x") >= SIZE


def test_an_answer_that_breaks_off_is_not_made_to_look_whole(server: Server) -> None:
    answer = ask(server.port, b"GET /broken HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert PIECE in answer
    assert not answer.endswith(b"0\r\n\r\n")
    assert b"HTTP/1.1 500" not in answer
