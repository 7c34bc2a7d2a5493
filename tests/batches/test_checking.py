"""check_corpus looks at the staged bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

import search
from corpus_app.batches.models import BatchFile
from corpus_app.batches.staging import list_staged, locate_staged, stage_bytes
from corpus_app.intake.checking import Finding, check_everything
from tests.batches.sending import send, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_staging() -> Iterator[None]:
    for path in list_staged():
        path.unlink()
    search.rebuild_index()
    yield
    for path in list_staged():
        path.unlink()


def find(*, repair: bool = False) -> list[Finding]:
    return [each for each in check_everything(repair=repair) if each.area == "staging"]


def leave(content: bytes, *, age: float) -> str:
    with stage_bytes([content]) as staged:
        staged.put_in_place()
    then = time.time() - age
    os.utime(locate_staged(staged.sha256), (then, then))
    return staged.sha256


def test_files_that_wait_and_files_that_were_refused_are_as_they_should_be() -> None:
    send({"坏.docx": b"PK\x03\x04 no zip"})
    work()
    send()
    assert find() == []


def test_missing_and_changed_bytes_are_told_and_cannot_be_mended() -> None:
    send({"a.txt": "甲", "b.txt": "乙"})
    first, second = BatchFile.objects.order_by("position")
    locate_staged(first.sha256).unlink()
    locate_staged(second.sha256).write_bytes(b"other")
    found = find(repair=True)
    assert [(each.code, each.repaired) for each in found] == [
        ("staged_missing", False),
        ("staged_changed", False),
    ]
    assert "a.txt" in found[0].message


def test_bytes_that_nobody_knows_are_set_aside_and_not_deleted() -> None:
    sha256 = leave(b"unknown", age=7200)
    assert [each.code for each in find()] == ["staged_unclaimed"]
    assert [each.repaired for each in find(repair=True)] == [True]
    assert find() == []
    aside = locate_staged(sha256).parent.parent / "unreferenced" / sha256
    assert aside.read_bytes() == b"unknown"


def test_bytes_that_are_settled_are_removed() -> None:
    send()
    sha256 = leave("甲".encode(), age=7200)
    BatchFile.objects.filter(position=1).update(sha256=sha256, state="duplicate")
    assert [each.repaired for each in find(repair=True)] == [True]
    assert not locate_staged(sha256).exists()


def test_bytes_that_came_a_moment_ago_may_precede_their_row() -> None:
    leave(b"just now", age=5)
    assert find() == []
