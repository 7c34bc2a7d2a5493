"""Bytes that wait."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from corpus_app.batches.models import BatchFile
from corpus_app.batches.staging import (
    PASSING,
    list_staged,
    locate_staged,
    read_portions,
    release_bytes,
    stage_bytes,
)
from corpus_app.catalog.shared_files import STAGED
from tests.batches.sending import send

pytestmark = pytest.mark.django_db


def test_bytes_put_in_place_are_found_by_their_sha256() -> None:
    with stage_bytes([b"ab", b"c"]) as staged:
        staged.put_in_place()
    assert staged.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert staged.size == 3
    assert locate_staged(staged.sha256).read_bytes() == b"abc"
    locate_staged(staged.sha256).unlink()


def test_bytes_not_put_in_place_leave_nothing() -> None:
    with stage_bytes([b"passing"]) as staged:
        assert staged.temporary.is_file()
    assert not locate_staged(staged.sha256).exists()
    assert not list(Path(settings.STAGING_DIR).glob(f"{PASSING}*"))


@pytest.mark.parametrize("state", ["waiting", "working", "refused", "failed", "cancelled"])
def test_bytes_that_a_row_needs_are_not_removed(state: str) -> None:
    file = send({"a.txt": "甲"}).files.get()
    BatchFile.objects.update(state=state)
    assert not release_bytes(file.sha256)
    assert locate_staged(file.sha256).is_file()


@pytest.mark.parametrize("state", ["imported", "duplicate", "near_duplicate", "discarded"])
def test_bytes_that_are_settled_are_removed(state: str) -> None:
    file = send({"a.txt": "甲"}).files.get()
    BatchFile.objects.update(state=state)
    assert release_bytes(file.sha256)
    assert not locate_staged(file.sha256).exists()


def test_bytes_set_aside_are_kept_but_listed_no_more() -> None:
    with stage_bytes([b"nobody's"]) as staged:
        staged.put_in_place()
    STAGED.set_aside(locate_staged(staged.sha256))
    assert locate_staged(staged.sha256) not in list_staged()
    kept = Path(settings.STAGING_DIR) / "unreferenced" / staged.sha256
    assert kept.read_bytes() == b"nobody's"


def test_a_file_is_read_in_portions(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * (2 * 1024 * 1024 + 5))
    assert [len(portion) for portion in read_portions(file)] == [1024 * 1024, 1024 * 1024, 5]
