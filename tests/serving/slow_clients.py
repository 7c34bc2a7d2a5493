"""Clients that keep a server waiting, on this machine alone."""

from __future__ import annotations

import contextlib
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HALF_HEAD = b"GET /search/?q=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: te"
# The first bytes of a TLS ClientHello, with a CRLF nowhere in them.
TLS_HELLO = bytes([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]) + b"\x07" * 64
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def write_post(length: int, path: str = "/login/") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode()


@dataclass
class Crowd:
    """Open sockets, each of which has sent something and sends more at every turn."""

    port: int
    sockets: list[tuple[socket.socket, bytes]] = field(default_factory=list)

    def join(self, count: int, first: bytes, more: bytes = b"") -> None:
        for _ in range(count):
            found = socket.create_connection(("127.0.0.1", self.port), timeout=20)
            with contextlib.suppress(OSError):
                found.sendall(first)
            self.sockets.append((found, more))

    def dribble(self) -> None:
        for found, more in self.sockets:
            with contextlib.suppress(OSError):
                found.sendall(more)

    def count_open(self) -> int:
        """Return how many the server has not closed; what it answered is read and dropped."""
        return sum(not is_closed(found) for found, _ in self.sockets)

    def leave(self) -> None:
        for found, _ in self.sockets:
            found.close()


def is_closed(found: socket.socket) -> bool:
    found.setblocking(False)
    try:
        while found.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def gather(port: int) -> Iterator[Crowd]:
    crowd = Crowd(port)
    try:
        yield crowd
    finally:
        crowd.leave()


def time_reader(url: str, meanwhile: Callable[[], None] = lambda: None) -> float:
    """Return the seconds that another reader waits for a page: the best of some tries."""
    best = float("inf")
    for _ in range(12):
        meanwhile()
        started = time.monotonic()
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{url}/search/", timeout=10) as a,
        ):
            assert a.status == 200
            best = min(best, time.monotonic() - started)
        if best < 0.5:
            break
    return best


def ask(port: int, request: bytes, seconds: float = 20) -> bytes:
    """Return all that the server answers to the bytes until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as found:
        found.sendall(request)
        return read_all(found)


def read_all(found: socket.socket) -> bytes:
    answer = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while data := found.recv(65536):
            answer += data
    return bytes(answer)
