"""Uploads beyond all limits never reach the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from corpus_app.ingest import limits

SMALL = 3 * limits.MEGABYTE


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = limits.Limits(file_bytes=SMALL, archive_bytes=2 * SMALL)
    monkeypatch.setattr(limits, "_current", bounds)


def receive(size: int, name: str) -> tuple[int | None, int]:
    """Return the size that the received file tells, and how many bytes it holds."""
    file = SimpleUploadedFile(name, b"x" * size)
    request: HttpRequest = RequestFactory().post("/", {"file": file})
    found = request.FILES["file"]
    assert isinstance(found, UploadedFile)
    with found:
        return found.size, len(found.read())


@pytest.mark.parametrize("size", [0, 1, limits.MEGABYTE, SMALL])
def test_a_file_within_its_limit_arrives_whole(size: int) -> None:
    assert receive(size, "讲话.txt") == (size, size)


def test_a_file_beyond_its_limit_tells_its_size_and_holds_nothing() -> None:
    assert receive(SMALL + 1, "讲话.txt") == (SMALL + 1, 0)


def test_an_archive_has_a_limit_of_its_own() -> None:
    assert receive(SMALL + 1, "讲话.zip") == (SMALL + 1, SMALL + 1)
    assert receive(2 * SMALL + 1, "讲话.zip") == (2 * SMALL + 1, 0)


def test_nothing_of_a_file_beyond_its_limit_stays_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    receive(4 * SMALL, "讲话.txt")
    assert not list(tmp_path.iterdir())
