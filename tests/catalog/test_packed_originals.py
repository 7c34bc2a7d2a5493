"""Originals lie packed where that is smaller, and come back as they came."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, strategies as st
from zstandard import ZstdDecompressor

from corpus_app.catalog import uploads
from tests.thoroughness import draw

TEXT = ("各位代表：\n" + "我们要坚持和完善人民代表大会制度。\n" * 20).encode()
SHA = uploads.hash_bytes(TEXT)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return tmp_path / "uploads" / SHA[:2]


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_text_lies_as_a_frame_that_any_zstd_reads(folder: Path) -> None:
    uploads.keep_bytes(SHA, TEXT)
    uploads.keep_bytes(SHA, TEXT)
    assert list_names(folder) == [f"{SHA}.zst"]
    frame = (folder / f"{SHA}.zst").read_bytes()
    assert len(frame) < len(TEXT) / 4
    assert ZstdDecompressor().decompress(frame) == TEXT
    assert [uploads.read_sha256(path) for path in uploads.list_stored_files()] == [SHA]
    assert uploads.read_bytes(SHA) == TEXT


def test_what_packing_does_not_shrink_lies_as_it_came(folder: Path) -> None:
    # A frame that came as a file is no frame of ours.
    uploads.keep_bytes(SHA, TEXT)
    came = (folder / f"{SHA}.zst").read_bytes()
    sha256 = uploads.hash_bytes(came)
    uploads.keep_bytes(sha256, came)
    assert uploads.locate_bytes(sha256).name == sha256
    assert uploads.read_bytes(sha256) == came


@draw(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(1, 40), st.booleans())
def test_any_bytes_come_back_whether_packed_at_once_or_later(
    piece: bytes, times: int, later: bool
) -> None:
    data = piece * times
    sha256 = uploads.hash_bytes(data)
    if later:
        uploads.write_bytes(uploads.locate_bytes(sha256).with_name(sha256), data)
        for path in uploads.list_unpacked():
            uploads.pack_stored(path)
    else:
        uploads.keep_bytes(sha256, data)
    assert uploads.read_bytes(sha256) == data


def test_an_older_store_is_packed_once_and_what_is_damaged_is_let_be(folder: Path) -> None:
    uploads.write_bytes(folder / SHA, TEXT)
    damaged = "00" + "1" * 62
    uploads.write_bytes(uploads.locate_bytes(damaged), TEXT)
    assert uploads.read_bytes(SHA) == TEXT
    uploads.keep_bytes(SHA, TEXT)
    assert list_names(folder) == [SHA]
    out = StringIO()
    call_command("pack_originals", stdout=out)
    call_command("pack_originals", stdout=out)
    told = out.getvalue().splitlines()
    assert [line[:12] for line in told] == ["压缩了 1 个原始文件，", "压缩了 0 个原始文件，"]
    assert list_names(folder.parent) == sorted([damaged, f"{SHA}.zst"])
    assert uploads.read_bytes(SHA) == TEXT


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [halve, flip_bit, Path.touch, Path.unlink])
def test_whoever_was_killed_between_the_two_files_lost_nothing(
    harm: Callable[[Path], None], folder: Path
) -> None:
    uploads.keep_bytes(SHA, TEXT)
    uploads.write_bytes(folder / SHA, TEXT)
    harm(folder / f"{SHA}.zst")
    assert uploads.read_bytes(SHA) == TEXT
    call_command("pack_originals", stdout=StringIO())
    assert list_names(folder) == [f"{SHA}.zst"]
    assert uploads.read_bytes(SHA) == TEXT


def test_a_full_disk_leaves_the_file_as_it_came(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads.write_bytes(folder / SHA, TEXT)

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        uploads.pack_stored(folder / SHA)
    assert list_names(folder) == [SHA]


@pytest.mark.parametrize("harm", [halve, flip_bit])
def test_a_broken_frame_is_never_read_as_something_else(
    harm: Callable[[Path], None], folder: Path
) -> None:
    uploads.keep_bytes(SHA, TEXT)
    harm(folder / f"{SHA}.zst")
    with pytest.raises(uploads.BrokenOriginalError):
        uploads.read_bytes(SHA)
