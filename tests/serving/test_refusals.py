"""What is said without the application: a page, or a problem to programs."""

from __future__ import annotations

import json

import pytest

from corpus_app.serving.limits import ConnectionLimits
from corpus_app.serving.refusals import Refusals

LIMITS = ConnectionLimits(10, 20, 1_000, 60, 64 * 1024 * 1024, 1_000)


@pytest.fixture(scope="module")
def refusals() -> Refusals:
    return Refusals(LIMITS)


def read_answer(answer: bytes) -> tuple[str, dict[str, str], str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *fields = head.decode("ascii").split("\r\n")
    return first, dict(each.split(": ", 1) for each in fields), body.decode()


@pytest.mark.parametrize("status", [400, 408, 413, 414, 431, 503, 507])
def test_every_refusal_is_a_page_of_its_true_length(refusals: Refusals, status: int) -> None:
    first, fields, body = read_answer(refusals.write(status, b"GET /search/?q="))
    assert first.startswith(f"HTTP/1.1 {status} ")
    assert int(fields["Content-Length"]) == len(body.encode())
    assert fields["Connection"] == "close"
    assert fields["Content-Type"].startswith("text/html")
    assert "<h1>" in body


def test_the_page_says_what_the_limit_is(refusals: Refusals) -> None:
    assert "64 MB" in read_answer(refusals.write(413, b"POST / HTTP/1.1\r\n"))[2]


def test_a_program_is_told_as_a_problem(refusals: Refusals) -> None:
    _, fields, body = read_answer(refusals.write(414, b"GET /api/v1/search?q="))
    assert fields["Content-Type"] == "application/problem+json"
    problem = json.loads(body)
    assert problem["status"] == 414
    assert problem["title"] == "地址过长"


def test_an_english_reader_gets_the_page_in_english(refusals: Refusals) -> None:
    head = b"GET / HTTP/1.1\r\nAccept-Language: en-GB,zh;q=0.5\r\n"
    assert '<html lang="en">' in read_answer(refusals.write(408, head))[2]
    assert '<html lang="zh-hans">' in read_answer(refusals.write(408, b"GET / HTTP/1.1\r\n"))[2]


def test_an_answer_to_head_has_no_body(refusals: Refusals) -> None:
    assert read_answer(refusals.write(414, b"HEAD /search/?q="))[2] == ""
