"""One client's connection, and what it is doing."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from typing import Any, Final

from corpus_app.serving.incoming import IncomingRequest
from corpus_app.serving.limits import ConnectionLimits
from corpus_app.serving.outgoing import OutgoingAnswer

# How long a client may take to close its end after the answer that closes ours.
LEAVE_SECONDS: Final = 2.0


class Doing(Enum):
    """What a connection is doing."""

    WAITING = "waits for the first byte of a request"
    READING = "reads a request"
    RUNNING = "is answered by a thread"
    SENDING = "sends what is left of an answer"
    LEAVING = "waits for the client to close its end"


class Connection:
    """A client's socket; the names that gunicorn uses are kept (sock, client, server, parser)."""

    def __init__(
        self, cfg: Any, found: socket.socket, client: Any, server: Any, limits: ConnectionLimits
    ) -> None:
        found.setblocking(False)
        self.cfg, self.client, self.server = cfg, client, server
        self.socket, self.limits = found, limits
        self.sock = OutgoingAnswer(found, limits)
        self.doing = Doing.WAITING
        self.since = time.monotonic()
        self.deadline = self.since + limits.head_seconds
        self.incoming = IncomingRequest(cfg, client, limits, self.since)
        self.rest = b""
        self.is_kept = False
        self.is_open = True

    @property
    def peer(self) -> str:
        """The address that connections are counted by."""
        return str(self.client[0]) if isinstance(self.client, tuple) and self.client else ""

    @property
    def held(self) -> int:
        """The bytes that the connection holds on disk or in memory."""
        return self.incoming.received + self.sock.held

    @property
    def is_under_way(self) -> bool:
        """Whether the head of a request has come, or an answer is being sent."""
        has_head = self.doing is Doing.READING and self.incoming.request is not None
        return has_head or self.doing in (Doing.RUNNING, Doing.SENDING)

    def turn_to(self, doing: Doing, seconds: float = 0.0) -> None:
        """Note what the connection does from now on, and until when where that is known."""
        self.doing = doing
        self.since = time.monotonic()
        self.deadline = self.since + seconds

    def expect_another(self, seconds: float) -> None:
        """Wait for the next request on the same connection."""
        self.incoming.close()
        self.turn_to(Doing.WAITING, seconds)
        self.incoming = IncomingRequest(self.cfg, self.client, self.limits, self.since)

    def is_late(self, now: float) -> bool:
        """Return whether the client takes longer than it may for what it is doing."""
        if self.doing is Doing.READING:
            return self.incoming.is_late(now)
        if self.doing is Doing.SENDING:
            return self.sock.is_late(now)
        return self.doing is not Doing.RUNNING and now > self.deadline

    def close(self) -> None:
        """Close the socket and let go of all that is held."""
        self.is_open = False
        self.incoming.close()
        self.sock.drop()
        with suppress(OSError):
            self.socket.close()


def choose_to_close(connections: Iterable[Connection]) -> Connection | None:
    """Return the connection that makes room for another, None where all are being answered.

    It is one of the address with the most. Those that have brought no request yet and those whose
    body or answer is under way each have a right to half the room: of the former goes the one
    that waits longest, of the latter the one that got least far.
    """
    loose = [each for each in connections if each.doing is not Doing.RUNNING]
    if not loose:
        return None
    shares = Counter(each.peer for each in loose)
    most = max(shares.values())
    crowd = [each for each in loose if shares[each.peer] == most]
    early = [each for each in crowd if not each.is_under_way]
    if len(early) * 2 >= len(crowd):
        return min(early, key=lambda each: each.since)
    return min(set(crowd) - set(early), key=lambda each: (each.held, each.since))
