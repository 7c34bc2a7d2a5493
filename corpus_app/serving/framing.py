"""Where the head of a request ends, and where a body in chunks does (RFC 9112)."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.serving.limits import HEAD_BYTES, LINE_BYTES

# A lone LF ends no line, but a head that uses it must not wait for an end that never comes:
# it is handed over, and gunicorn refuses it.
_HEAD_END: Final = re.compile(rb"\n\r?\n")
_CHUNK_LINE: Final = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r\n")
# The first byte of a method, or of the empty line that may stand before one.
_FIRST: Final = re.compile(rb"[A-Za-z\r]")
# What an address on the wire must not hold as it is (RFC 3986).
_RAW: Final = re.compile(rb"[\x80-\xff]")


class Refused(Exception):  # noqa: N818  (an answer, like Http404)
    """A request that is answered without asking the application; status is the HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def find_head_end(head: bytearray, fresh: int) -> int | None:
    """Return the offset behind a request's head, of which the last fresh bytes just came.

    None while it is unfinished; raises Refused for what cannot become a head, or is too long.
    """
    if not _FIRST.match(head):
        raise Refused(400)
    found = _HEAD_END.search(head, max(0, len(head) - fresh - 2))
    end = found.end() if found else None
    line = head.find(b"\n", 2, LINE_BYTES + 2)
    if line < 0 and len(head) > LINE_BYTES:
        raise Refused(414)
    if (end or len(head)) > HEAD_BYTES:
        raise Refused(431)
    return end


def encode_target(head: bytes) -> bytes:
    """Return the head with an address that was typed in characters written as browsers write it.

    Raises Refused where its bytes are no UTF-8: then nobody can say which characters were meant.
    """
    line, end, fields = head.partition(b"\n")
    method, blank, target = line.partition(b" ")
    if target.isascii():
        return head
    try:
        target.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400) from None
    written = _RAW.sub(lambda found: b"%%%02X" % found[0][0], target)
    return b"".join((method, blank, written, end, fields))


class ChunkedEnd:
    """Follows a body in chunks to its end, without keeping it."""

    def __init__(self) -> None:
        self.is_reached = False
        self._left = 0
        self._line = bytearray()
        self._trailer: int | None = None

    def follow(self, data: bytes) -> int:
        """Return how many of the bytes belong to the body; raise Refused where it is broken."""
        at = 0
        while at < len(data) and not self.is_reached:
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
                at += step
                continue
            newline = data.find(b"\n", at) + 1
            end = newline or len(data)
            self._line += data[at:end]
            at = end
            if len(self._line) > LINE_BYTES:
                raise Refused(400)
            if newline:
                self._read_line(bytes(self._line))
                self._line.clear()
        return at

    def _read_line(self, line: bytes) -> None:
        if self._trailer is not None:
            self._trailer += len(line)
            self.is_reached = line == b"\r\n"
            if self._trailer > HEAD_BYTES:
                raise Refused(431)
            return
        found = _CHUNK_LINE.fullmatch(line)
        if not found:
            raise Refused(400)
        size = int(found[1], 16)
        if size:
            self._left = size + len(b"\r\n")
        else:
            self._trailer = 0
