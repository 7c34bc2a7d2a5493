"""Received bytes on disk."""

from pathlib import Path

import pytest

from corpus_app.catalog import uploads
from corpus_app.catalog.models import Upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads_folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


def test_bytes_lie_under_their_sha256_and_come_back_unchanged(uploads_folder: Path) -> None:
    data = "同志们：\n".encode("gb18030")
    upload = uploads.keep_upload(data, "讲话.txt", file_format="txt", encoding="gb18030")
    path = uploads_folder / upload.sha256[:2] / upload.sha256
    assert path.read_bytes() == data
    assert uploads.read_upload(upload) == data
    assert (upload.name, upload.size) == ("讲话.txt", len(data))


def test_the_same_bytes_are_kept_once(uploads_folder: Path) -> None:
    first = uploads.keep_upload(b"abc", "a.txt")
    second = uploads.keep_upload(b"abc", "b.txt")
    assert first == second
    assert Upload.objects.count() == 1
    assert len(uploads.list_stored_files()) == 1


def test_missing_bytes_are_written_again(uploads_folder: Path) -> None:
    upload = uploads.keep_upload(b"abc", "a.txt")
    uploads.locate_bytes(upload.sha256).unlink()
    uploads.keep_upload(b"abc", "a.txt")
    assert uploads.read_upload(upload) == b"abc"


def test_a_failed_write_leaves_no_file(
    uploads_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(uploads.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        uploads.keep_upload(b"abc", "a.txt")
    assert [path for path in uploads_folder.rglob("*") if path.is_file()] == []
    assert not Upload.objects.exists()


def test_bytes_that_a_row_claims_are_not_dropped() -> None:
    upload = uploads.keep_upload(b"abc", "a.txt")
    uploads.drop_unclaimed_bytes(upload.sha256)
    assert uploads.read_upload(upload) == b"abc"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\讲话\\稿.docx", "稿.docx"),
        ("", "unnamed"),
        ("nul\x00.txt", "nul.txt"),
    ],
)
def test_a_name_is_the_last_part_of_a_path(name: str, kept: str) -> None:
    assert uploads.clip_name(name) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    name = uploads.clip_name("长" * 400 + ".docx")
    assert len(name) == 255
    assert name.endswith("….docx")


def test_a_name_in_an_old_encoding_is_read() -> None:
    listed = "讲话稿.txt".encode("gb18030").decode("utf-8", "surrogateescape")
    assert uploads.clip_name(listed) == "讲话稿.txt"
    assert uploads.clip_name("讲话稿.txt") == "讲话稿.txt"
