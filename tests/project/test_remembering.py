"""What the sandbox has answered is asked once, and what a bound broke off is asked again."""

from __future__ import annotations

from typing import cast

from corpus_app.ingest.sandbox.client import Client
from tests.remembering import RememberingClient


class CountingClient:
    """Answers with what it was asked and how often it was asked anything."""

    def __init__(self, code: int) -> None:
        self.code, self.count = code, 0

    def ask(self, parts: list[bytes], seconds: int) -> tuple[bytes, int]:
        self.count += 1
        return b"%d:" % self.count + b"".join(parts), self.code


def remember(code: int) -> tuple[CountingClient, RememberingClient]:
    asked = CountingClient(code)
    return asked, RememberingClient(cast(Client, asked))


def test_the_same_request_is_asked_once_and_any_other_anew() -> None:
    asked, client = remember(0)
    first = client.ask([b"a", b"b"], 5)
    assert client.ask([b"a", b"b"], 5) == first == (b"1:ab", 0)
    assert client.ask([b"a", b"c"], 5) == (b"2:ac", 0)
    assert client.ask([b"a", b"b"], 6) == (b"3:ab", 0)
    assert asked.count == 3


def test_an_answer_that_was_broken_off_is_not_kept() -> None:
    asked, client = remember(-9)
    assert client.ask([b"a"], 5) != client.ask([b"a"], 5)
    assert asked.count == 2
