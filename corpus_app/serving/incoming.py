"""A request on its way in: kept until it is all here, so that no thread waits for it."""

from __future__ import annotations

import io
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    NoMoreData,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.http.parser import RequestParser

from corpus_app.serving.framing import ChunkedEnd, Refused, encode_target, find_head_end
from corpus_app.serving.limits import ConnectionLimits

# What of a body or an answer is held in memory; the rest lies in a file without a name.
MEMORY_BYTES: Final = 64 * 1024


class _Source:
    """What gunicorn's parser reads in place of a socket: bytes that are all here."""

    def __init__(self, head: bytes) -> None:
        self.file: IO[bytes] = io.BytesIO(head)

    def recv(self, size: int) -> bytes:
        return self.file.read(size)


class IncomingRequest:
    """One request, from its first byte to its last; the head is read by gunicorn's own parser."""

    def __init__(self, cfg: Any, client: Any, limits: ConnectionLimits, now: float) -> None:
        self.request: Any = None
        self.parser: Any = None
        self.is_complete = False
        self.is_begun = False
        self.received = 0
        self._cfg, self._client, self._limits = cfg, client, limits
        self._head = bytearray()
        self._source: _Source | None = None
        self._chunks: ChunkedEnd | None = None
        self._length = 0
        self._since = self._last = now

    @property
    def head(self) -> bytes:
        """What came of the head."""
        return bytes(self._head)

    @property
    def wants_word(self) -> bool:
        """Whether the client waits for "100 Continue" before it sends the body."""
        return bool(
            self.request is not None
            and self.request._expected_100_continue
            and not self.received
            and not self.is_complete
        )

    def take(self, data: bytes, now: float) -> bytes:
        """Take bytes in and return those behind the request's end.

        Raises Refused, one of gunicorn's errors of parsing, or OSError of a full disk.
        """
        if not self.is_begun:
            self.is_begun, self._since = True, now
        self._last = now
        if self.request is None:
            self._head += data
            end = find_head_end(self._head, len(data))
            if end is None:
                return b""
            data = bytes(self._head[end:])
            del self._head[end:]
            self._since = now
            self._read_head()
        rest = self._take_body(data)
        if self.is_complete and self._source is not None:
            self._source.file.seek(0)
        return rest

    def is_late(self, now: float) -> bool:
        """Return whether the request takes longer than it may."""
        limits, waited = self._limits, now - self._since
        if self.request is None:
            return waited > limits.head_seconds
        pause = now - self._last > limits.body_seconds
        return pause or waited > limits.body_seconds + self.received / limits.body_rate

    def is_spent(self) -> bool:
        """Return whether the parser took all there was, as it must where both agree on the end."""
        return self._source is None or not (
            self.parser.unreader.buf.getvalue() or self._source.file.read(1)
        )

    def close(self) -> None:
        """Let go of the body."""
        if self._source is not None:
            self._source.file.close()

    def _read_head(self) -> None:
        self._source = _Source(encode_target(bytes(self._head)))
        self.parser = RequestParser(self._cfg, self._source, self._client)
        try:
            request = next(self.parser)
        except LimitRequestLine:
            raise Refused(414) from None
        except LimitRequestHeaders:
            raise Refused(431) from None
        except (UnsupportedTransferCoding, ExpectationFailed):
            raise
        except (NoMoreData, StopIteration, ParseException):
            raise Refused(400) from None
        reader = request.body.reader
        if isinstance(reader, ChunkedReader):
            self._chunks = ChunkedEnd()
        else:
            self._length = reader.length
        if self._length > self._limits.body_bytes:
            raise Refused(413)
        self._source.file = SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115  (closed in close)
        self.request = request

    def _take_body(self, data: bytes) -> bytes:
        if self._chunks is not None:
            size = self._chunks.follow(data)
            self.is_complete = self._chunks.is_reached
        else:
            size = min(len(data), self._length - self.received)
            self.is_complete = self.received + size == self._length
        self.received += size
        if self.received > self._limits.body_bytes:
            raise Refused(413)
        if size and self._source is not None:
            self._source.file.write(data[:size])
        return data[size:]
