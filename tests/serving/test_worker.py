"""The server answers readers whatever slow clients do; they are let go after their time."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.batches.processes import Server, prepare_folder, run_server, wait_until
from tests.serving.slow_clients import (
    HALF_HEAD,
    TLS_HELLO,
    WHOLE,
    Crowd,
    ask,
    gather,
    read_all,
    time_reader,
    write_post,
)
from tests.thoroughness import spare

# A reader is answered in a few hundredths; the fault was 45 seconds and more.
A_SECOND = 1.0
HEAD_SECONDS, BODY_SECONDS, SEND_SECONDS = 3, 3, 3
CLOSE = b"Host: 127.0.0.1\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    more = {
        "CORPUS_WORKER": "0",
        "CORPUS_HEAD_SECONDS": str(HEAD_SECONDS),
        "CORPUS_BODY_SECONDS": str(BODY_SECONDS),
        "CORPUS_SEND_SECONDS": str(SEND_SECONDS),
    }
    return prepare_folder(tmp_path_factory.mktemp("serving") / "var", **more)


@pytest.fixture(scope="module")
def server(env: dict[str, str]) -> Iterator[Server]:
    with run_server(env) as started:
        wait_until(started.is_answering, 60, "an answer")
        yield started


@pytest.fixture
def crowd(server: Server) -> Iterator[Crowd]:
    with gather(server.port) as found:
        yield found


HALF_OPEN = {
    "half a head": (HALF_HEAD, b""),
    "a head byte by byte": (HALF_HEAD, b"x"),
    "a head line by line": (HALF_HEAD, b"\r\nX-More: 1"),
    "a long request line": (b"GET /search/?q=" + b"%E8" * 2000, b"%A8"),
    "TLS": (TLS_HELLO, b""),
    "nothing at all": (b"", b""),
    "a request answered, then nothing": (WHOLE, b""),
    "a request answered, then half a head": (WHOLE + HALF_HEAD, b""),
}


@pytest.mark.parametrize("kind", spare(HALF_OPEN, "half a head"))
def test_two_hundred_half_open_connections_stop_nobody(
    server: Server, crowd: Crowd, kind: str
) -> None:
    crowd.join(200, *HALF_OPEN[kind])
    assert time_reader(server.url, crowd.dribble) < A_SECOND
    ends = time.monotonic() + HEAD_SECONDS + 30
    while crowd.count_open() and time.monotonic() < ends:
        crowd.dribble()
        time.sleep(0.3)
    assert crowd.count_open() == 0


SLOW_BODIES = {
    "by length": (write_post(100_000) + b"a=", b"x"),
    "by length, nothing sent": (write_post(100_000), b""),
    "in chunks": (
        write_post(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"5\r\na",
        b"x",
    ),
    "to a place for uploads": (write_post(20_000_000, "/api/v1/uploads"), b"x"),
    "promised first": (
        write_post(100_000).replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"),
        b"",
    ),
}


@pytest.mark.parametrize("kind", spare(SLOW_BODIES, "by length"))
def test_fifty_slow_bodies_stop_nobody(server: Server, crowd: Crowd, kind: str) -> None:
    crowd.join(50, *SLOW_BODIES[kind])
    assert time_reader(server.url, crowd.dribble) < A_SECOND
    ends = time.monotonic() + BODY_SECONDS + 30
    while crowd.count_open() and time.monotonic() < ends:
        crowd.dribble()
        time.sleep(0.3)
    assert crowd.count_open() == 0


@pytest.mark.slow
def test_clients_that_do_not_close_their_end_stop_nobody(server: Server, crowd: Crowd) -> None:
    crowd.join(40, b"GET /healthz HTTP/1.1\r\n" + CLOSE)
    assert time_reader(server.url) < A_SECOND
    wait_until(lambda: crowd.count_open() == 0, 15, "the end of all")


def test_a_late_head_is_told_so(server: Server) -> None:
    answer = ask(server.port, HALF_HEAD)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert "请求超时" in answer.decode()


@pytest.mark.slow
def test_a_steady_slow_upload_arrives_whole(server: Server) -> None:
    """Three times as long as any pause may be, at a rate that is allowed."""
    body = b"username=" + b"x" * 60_000
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as found:
        found.sendall(write_post(len(body)))
        step = len(body) // (BODY_SECONDS * 6) + 1
        for at in range(0, len(body), step):
            found.sendall(body[at : at + step])
            time.sleep(0.5)
        # No token of the form: the application has read the body and says so.
        assert found.recv(65536).startswith(b"HTTP/1.1 403 ")


def test_a_body_in_chunks_reaches_the_application(server: Server) -> None:
    head = write_post(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    answer = ask(server.port, head + b"3\r\na=b\r\n0\r\n\r\n" + b"GET / HTTP/1.1\r\n" + CLOSE)
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert b"HTTP/1.1 200 OK" in answer


def test_the_client_is_told_to_go_on_once(server: Server) -> None:
    head = write_post(3).replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as found:
        found.sendall(head)
        assert found.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
        found.sendall(b"a=b" + b"GET /healthz HTTP/1.1\r\n" + CLOSE)
        answer = read_all(found)
        assert answer.startswith(b"HTTP/1.1 403 ")
        assert b"100 Continue" not in answer


def test_requests_sent_together_are_answered_in_turn(server: Server) -> None:
    several = WHOLE * 5 + b"GET /nowhere/ HTTP/1.1\r\n" + CLOSE
    answer = ask(server.port, several)
    assert answer.count(b"HTTP/1.1 200 OK") == 5
    assert answer.rindex(b"HTTP/1.1 404 ") > answer.rindex(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("sign", ["言", "𠀀"])
def test_the_longest_query_allowed_is_answered(server: Server, sign: str) -> None:
    path = f"/search/?q={quote(sign * 2000)}"
    head = f"GET {path} HTTP/1.1\r\nReferer: {server.url}{path}\r\n".encode()
    assert ask(server.port, head + CLOSE).startswith(b"HTTP/1.1 200 OK")


def test_an_address_in_raw_chinese_is_answered_as_the_encoded_one(server: Server) -> None:
    raw = ask(server.port, "GET /search/?q=言库 HTTP/1.1\r\n".encode() + CLOSE)
    assert raw.startswith(b"HTTP/1.1 200 OK")
    assert 'value="言库"'.encode() in raw


def test_an_address_in_another_encoding_is_refused_in_chinese(server: Server) -> None:
    answer = ask(server.port, "GET /search/?q=言库 HTTP/1.1\r\n".encode("gbk") + CLOSE)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "须按 UTF-8 编码" in answer.decode()


def test_too_long_an_address_gets_a_page(server: Server) -> None:
    line = f"GET /search/?q={quote('言' * 10_000)} HTTP/1.1\r\n".encode()
    answer = ask(server.port, line + CLOSE)
    assert answer.startswith(b"HTTP/1.1 414 ")
    text = answer.decode()
    assert "地址过长" in text
    assert "2000 字" in text
    assert "回首页" in text


def test_too_large_a_body_is_refused_before_it_is_sent(server: Server) -> None:
    answer = ask(server.port, write_post(10**13, "/api/v1/uploads"))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
        b"\x00\x01\x02",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_at_once(server: Server, request_bytes: bytes) -> None:
    # Not 408, which it would be told once its time was over.
    assert ask(server.port, request_bytes).startswith(b"HTTP/1.1 400 ")


@pytest.mark.slow
def test_more_connections_than_allowed_make_room_for_readers(env: dict[str, str]) -> None:
    with run_server({**env, "CORPUS_CONNECTIONS": "20", "CORPUS_HEAD_SECONDS": "60"}) as server:
        wait_until(server.is_answering, 60, "an answer")
        with gather(server.port) as crowd:
            crowd.join(200, HALF_HEAD)
            assert time_reader(server.url) < A_SECOND
            wait_until(lambda: crowd.count_open() <= 40, 10, "room")
            assert crowd.count_open() >= 10


@pytest.mark.slow
def test_an_upload_on_its_way_outlives_what_makes_room(env: dict[str, str]) -> None:
    with run_server({**env, "CORPUS_CONNECTIONS": "20", "CORPUS_BODY_SECONDS": "60"}) as server:
        wait_until(server.is_answering, 60, "an answer")
        with (
            gather(server.port) as crowd,
            socket.create_connection(("127.0.0.1", server.port), timeout=20) as upload,
        ):
            upload.sendall(write_post(100) + b"x" * 50)
            time.sleep(1.5)
            crowd.join(100, HALF_HEAD)
            time.sleep(1.5)
            crowd.join(100, b"")
            upload.sendall(b"x" * 50)
            assert upload.recv(65536).startswith(b"HTTP/1.1 403 ")


@pytest.mark.slow
def test_a_stop_lets_a_request_end_and_does_not_wait_for_the_silent(env: dict[str, str]) -> None:
    with run_server(env) as server:
        wait_until(server.is_answering, 60, "an answer")
        with (
            gather(server.port) as crowd,
            socket.create_connection(("127.0.0.1", server.port), timeout=20) as upload,
        ):
            crowd.join(20, b"")
            upload.sendall(write_post(4) + b"a=")
            time.sleep(0.5)
            os.kill(server.process.pid, signal.SIGTERM)
            time.sleep(0.5)
            upload.sendall(b"bc")
            answer = read_all(upload)
            assert answer.startswith(b"HTTP/1.1 403 ")
            assert b"Connection: close" in answer
            server.process.wait(timeout=20)


@pytest.mark.slow
def test_slow_bodies_make_room_for_readers(env: dict[str, str]) -> None:
    with run_server({**env, "CORPUS_CONNECTIONS": "20", "CORPUS_BODY_SECONDS": "60"}) as server:
        wait_until(server.is_answering, 60, "an answer")
        with gather(server.port) as crowd:
            crowd.join(100, write_post(100) + b"x")
            time.sleep(1)
            assert time_reader(server.url) < A_SECOND
