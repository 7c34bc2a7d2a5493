"""Heads and chunked bodies end where gunicorn's own parser says, however they are cut."""

from __future__ import annotations

import contextlib
import time
from urllib.parse import unquote

import pytest
from gunicorn.config import Config
from hypothesis import given, strategies as st

from corpus_app.serving.framing import ChunkedEnd, Refused, find_head_end
from corpus_app.serving.incoming import IncomingRequest
from corpus_app.serving.limits import HEAD_BYTES, LINE_BYTES, ConnectionLimits

LIMITS = ConnectionLimits(10, 20, 1_000, 60, 1_000_000, 1_000)
NEXT = b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n"


def write_chunks(pieces: list[bytes], extension: bytes, trailer: bytes) -> bytes:
    chunks = b"".join(b"%x%s\r\n%s\r\n" % (len(p), extension, p) for p in pieces if p)
    return chunks + b"0\r\n" + trailer + b"\r\n"


def cut(data: bytes, steps: list[int]) -> list[bytes]:
    found, at = [], 0
    for step in steps:
        found.append(data[at : at + step])
        at += step
    return [part for part in [*found, data[at:]] if part]


def feed(request: bytes, steps: list[int]) -> tuple[IncomingRequest, bytes]:
    """Return the request as it was taken in, and what came behind it."""
    incoming = IncomingRequest(Config(), ("127.0.0.1", 1), LIMITS, 0.0)
    rest = b""
    for part in cut(request, steps):
        rest = rest + part if incoming.is_complete else incoming.take(part, 0.0)
    return incoming, rest


cuts = st.lists(st.integers(1, 40), max_size=60)


@given(
    pieces=st.lists(st.binary(max_size=50), max_size=6),
    extension=st.sampled_from([b"", b";a=b", b" ;a"]),
    trailer=st.sampled_from([b"", b"X-Sum: 1\r\n"]),
    steps=cuts,
)
def test_a_chunked_body_ends_where_it_ends(
    pieces: list[bytes], extension: bytes, trailer: bytes, steps: list[int]
) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = write_chunks(pieces, extension, trailer)
    incoming, rest = feed(head + body + NEXT, steps)
    assert incoming.is_complete
    assert rest == NEXT
    assert incoming.request.body.read() == b"".join(pieces)
    assert incoming.parser.finish_body()
    assert incoming.is_spent()
    incoming.close()


@given(body=st.binary(max_size=200), steps=cuts)
def test_a_body_of_known_length_ends_where_it_ends(body: bytes, steps: list[int]) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
    incoming, rest = feed(head + body + NEXT, steps)
    assert rest == NEXT
    assert incoming.request.body.read() == body
    assert incoming.is_spent()
    incoming.close()


@given(cuts)
def test_a_request_without_a_body_ends_with_its_head(steps: list[int]) -> None:
    incoming, rest = feed(NEXT + NEXT, steps)
    assert incoming.is_complete
    assert incoming.request.path == "/next"
    assert rest == NEXT
    incoming.close()


@given(st.text(st.characters(min_codepoint=33, exclude_categories=["Z", "C"]), max_size=40))
def test_an_address_in_raw_characters_is_the_one_that_browsers_write(words: str) -> None:
    raw = words.replace("#", "").replace("%", "")
    head = f"GET /search/?q={raw} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    incoming, _rest = feed(head, [])
    assert unquote(incoming.request.query, errors="strict") == f"q={raw}"
    incoming.close()


@pytest.mark.parametrize(
    "line",
    [
        "GET /search/?q=言库 HTTP/1.1".encode("gbk"),
        b"GET /search/?q=a b HTTP/1.1",
        "取 / HTTP/1.1".encode()[1:],
        b"GET / HTTP/9.9",
        b"GET",
    ],
)
def test_a_line_that_cannot_be_read_is_refused_in_our_own_words(line: bytes) -> None:
    incoming = IncomingRequest(Config(), ("127.0.0.1", 1), LIMITS, 0.0)
    with pytest.raises(Refused) as refused:
        incoming.take(line + b"\r\nHost: a\r\n\r\n", 0.0)
    assert refused.value.status == 400


@given(st.binary(max_size=80))
def test_no_bytes_do_more_than_end_or_be_refused(data: bytes) -> None:
    for follow in (ChunkedEnd().follow, lambda d: find_head_end(bytearray(d), len(d))):
        with contextlib.suppress(Refused):
            end = follow(data)
            assert end is None or 0 <= end <= len(data)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * LINE_BYTES, 414),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * (HEAD_BYTES // 6), 431),
        (b"\x16\x03\x01", 400),
    ],
)
def test_a_head_without_end_is_refused(head: bytes, status: int) -> None:
    with pytest.raises(Refused) as refused:
        find_head_end(bytearray(head), len(head))
    assert refused.value.status == status


def test_a_head_byte_by_byte_is_late_after_its_time_however_it_comes() -> None:
    incoming = IncomingRequest(Config(), ("127.0.0.1", 1), LIMITS, 0.0)
    for second in range(10):
        incoming.take(b"G", float(second))
        assert not incoming.is_late(float(second))
    assert incoming.is_late(10.1)


def make_upload() -> IncomingRequest:
    incoming = IncomingRequest(Config(), ("127.0.0.1", 1), LIMITS, 0.0)
    incoming.take(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n", 0.0)
    return incoming


def test_a_body_above_the_rate_is_never_late() -> None:
    incoming = make_upload()
    for second in range(0, 400, 2):
        incoming.take(b"x" * 2_100, float(second))
        assert not incoming.is_late(second + 1.9)
    incoming.close()


def test_a_body_below_the_rate_is_late() -> None:
    incoming = make_upload()
    late = []
    for second in range(40):
        incoming.take(b"x", float(second))
        late.append(incoming.is_late(float(second)))
    assert late.index(True) == 21
    incoming.close()


def test_a_body_that_pauses_is_late_however_fast_it_began() -> None:
    incoming = make_upload()
    incoming.take(b"x" * 800_000, 1.0)
    assert not incoming.is_late(20.9)
    assert incoming.is_late(21.1)
    incoming.close()


def test_a_large_chunked_body_is_followed_fast() -> None:
    body = write_chunks([b"x"] * 100_000, b"", b"")
    started = time.process_time()
    assert ChunkedEnd().follow(body) == len(body)
    assert time.process_time() - started < 2
