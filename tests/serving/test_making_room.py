"""Which connection goes where there are as many as may be."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator

import pytest
from gunicorn.config import Config

from corpus_app.serving.connections import Connection, Doing, choose_to_close
from corpus_app.serving.limits import ConnectionLimits
from corpus_app.serving.worker import allow_files
from tests.serving.slow_clients import HALF_HEAD, write_post

LIMITS = ConnectionLimits(10, 20, 1_000, 60, 1_000_000, 1_000)


class Room:
    """Connections in the order in which they came."""

    def __init__(self) -> None:
        self.all: list[Connection] = []
        self._ends: list[socket.socket] = []

    def add(self, peer: str, doing: Doing, data: bytes = b"") -> Connection:
        ours, theirs = socket.socketpair()
        conn = Connection(Config(), ours, (peer, 1), ("127.0.0.1", 8000), LIMITS)
        conn.turn_to(doing)
        conn.since = float(len(self.all))
        if data:
            conn.incoming.take(data, 0.0)
        self._ends.append(theirs)
        self.all.append(conn)
        return conn

    def close(self) -> None:
        for each in (*self.all, *self._ends):
            each.close()


@pytest.fixture
def room() -> Iterator[Room]:
    found = Room()
    yield found
    found.close()


def test_the_longest_half_head_of_the_busiest_address_goes(room: Room) -> None:
    room.add("10.0.0.9", Doing.READING, HALF_HEAD)
    first = room.add("10.0.0.1", Doing.READING, HALF_HEAD)
    room.add("10.0.0.1", Doing.READING, HALF_HEAD)
    room.add("10.0.0.1", Doing.WAITING)
    assert choose_to_close(room.all) is first


def test_uploads_stay_while_half_heads_are_many(room: Room) -> None:
    upload = room.add("10.0.0.1", Doing.READING, write_post(9) + b"a")
    for _ in range(3):
        room.add("10.0.0.1", Doing.READING, HALF_HEAD)
    assert choose_to_close(room.all) is room.all[1]
    assert upload.is_under_way


def test_of_many_slow_bodies_the_one_that_got_least_far_goes(room: Room) -> None:
    room.add("10.0.0.1", Doing.READING, write_post(900) + b"a" * 500)
    least = room.add("10.0.0.1", Doing.READING, write_post(900) + b"a")
    room.add("10.0.0.1", Doing.READING, write_post(900) + b"a" * 300)
    room.add("10.0.0.1", Doing.WAITING)
    assert choose_to_close(room.all) is least


def test_what_is_being_answered_never_goes(room: Room) -> None:
    room.add("10.0.0.1", Doing.RUNNING)
    assert choose_to_close(room.all) is None
    assert choose_to_close([]) is None


def test_a_process_asks_for_the_files_it_needs() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    hard = min(4_000, before[1]) if before[1] != resource.RLIM_INFINITY else 4_000
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        assert allow_files(500) == 500
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert 500 * 2 < soft <= hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
