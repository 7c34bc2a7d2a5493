"""What a connection may take, in seconds and bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus_app import env

MEGABYTE: Final = 1024 * 1024
# A query of 2,000 characters that each take 12 bytes in an address, with filters beside it.
LINE_BYTES: Final = 32 * 1024
# Request line and fields together: an address comes again as Referer, cookies beside it.
HEAD_BYTES: Final = 96 * 1024
HEAD_FIELDS: Final = 100
# Bodies and answers under way in one process, in largest bodies.
HELD_BODIES: Final = 4


@dataclass(frozen=True)
class ConnectionLimits:
    """Bounds of one connection: seconds, bytes, bytes a second; connections of one process."""

    head_seconds: float
    body_seconds: float
    body_rate: int
    send_seconds: float
    body_bytes: int
    connections: int

    @property
    def held_bytes(self) -> int:
        """What all connections of a process may hold on disk together."""
        return self.body_bytes * HELD_BODIES


def read_limits() -> ConnectionLimits:
    """Return the bounds that CORPUS_… variables set; raise ImproperlyConfigured for a wrong one."""
    return ConnectionLimits(
        head_seconds=env.read_int("CORPUS_HEAD_SECONDS", 10, low=1, high=600),
        body_seconds=env.read_int("CORPUS_BODY_SECONDS", 20, low=1, high=3_600),
        body_rate=env.read_int("CORPUS_BODY_RATE", 1_000, low=1, high=MEGABYTE),
        send_seconds=env.read_int("CORPUS_SEND_SECONDS", 60, low=1, high=3_600),
        body_bytes=env.read_int("CORPUS_BODY_MB", 1_024, low=1, high=MEGABYTE) * MEGABYTE,
        connections=env.read_int("CORPUS_CONNECTIONS", 1_000, low=16, high=20_000),
    )
