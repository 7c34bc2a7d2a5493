"""An answer on its way out: kept for a client that reads slowly, so that no thread waits for it."""

from __future__ import annotations

import select
import socket
import time
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Final

from corpus_app.serving.incoming import MEMORY_BYTES
from corpus_app.serving.limits import ConnectionLimits

# An answer may run so far ahead of its reader; then its thread waits after all.
AHEAD_BYTES: Final = 64 * 1024 * 1024
_STEP: Final = 256 * 1024


class OutgoingAnswer:
    """Stands where gunicorn writes to a socket: sends what the client takes, keeps the rest.

    Used by one thread at a time: by the one that makes the answer, then by the main one.
    """

    def __init__(self, sock: socket.socket, limits: ConnectionLimits) -> None:
        self._sock, self._limits = sock, limits
        self._kept: SpooledTemporaryFile[bytes] | None = None
        self._sent_of_kept = self._kept_bytes = 0
        self._since = self._last = time.monotonic()
        self._sent = 0

    @property
    def held(self) -> int:
        """How many bytes are kept on disk or in memory."""
        return self._kept_bytes

    def begin(self) -> None:
        """Count seconds and bytes for another answer."""
        self._since = self._last = time.monotonic()
        self._sent = 0

    def sendall(self, data: bytes) -> None:
        """Send or keep the bytes; raise OSError when the client is gone or reads nothing."""
        if self._kept is None or self.flush():
            data = data[self._send(data) :]
        if data:
            self._keep(data)
        while self._kept_bytes - self._sent_of_kept > AHEAD_BYTES:
            waiting = select.poll()
            waiting.register(self._sock, select.POLLOUT)
            waiting.poll(1000)
            self.flush()
            if self.is_late(time.monotonic()):
                raise TimeoutError("the client does not read its answer")

    def flush(self) -> bool:
        """Send of what is kept as much as the client takes; return whether all of it is sent."""
        while self._kept is not None and self._sent_of_kept < self._kept_bytes:
            self._kept.seek(self._sent_of_kept)
            data = self._kept.read(_STEP)
            sent = self._send(data)
            self._sent_of_kept += sent
            if sent < len(data):
                return False
        self.drop()
        return True

    def is_late(self, now: float) -> bool:
        """Return whether the client takes what is kept too slowly."""
        limits = self._limits
        if now - self._last > limits.send_seconds:
            return True
        return now - self._since > limits.send_seconds + self._sent / limits.body_rate

    def drop(self) -> None:
        """Let go of what is kept."""
        if self._kept is not None:
            self._kept.close()
        self._kept, self._sent_of_kept, self._kept_bytes = None, 0, 0

    def _send(self, data: bytes) -> int:
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            return 0
        self._sent += sent
        self._last = time.monotonic()
        return sent

    def _keep(self, data: bytes) -> None:
        if self._kept is None:
            self._kept = SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115  (closed in drop)
        self._kept.seek(self._kept_bytes)
        self._kept.write(data)
        self._kept_bytes += len(data)

    # What else gunicorn asks of a socket, when an application breaks off amid its answer.

    def gettimeout(self) -> float:
        """Return 0: nothing here waits."""
        return 0.0

    def settimeout(self, seconds: float | None) -> None:
        """Change nothing: nothing here waits."""

    def recv(self, size: int) -> bytes:
        """Return nothing: the request is read elsewhere."""
        return b""

    def shutdown(self, how: int) -> None:
        """End the answer amid its body, as far as it was sent."""
        with suppress(OSError):
            self._sock.shutdown(how)
        self.drop()

    def close(self) -> None:
        """Leave the closing to the connection."""
