"""The files behind paths."""

import os
from pathlib import Path

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import DEFAULT_LIMITS
from corpus_app.intake.importing.folders import list_files, read_file


def test_files_come_in_order_each_once_and_hidden_ones_not_at_all(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".git/x", "a/.y"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    listed = list_files([str(tmp_path / "b.txt"), str(tmp_path)])
    assert [str(path.relative_to(tmp_path)) for path in listed] == ["b.txt", "a/1.txt", "a/2.txt"]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert list_files([str(tmp_path)]) == [tmp_path / "a.txt"]


def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(DEFAULT_LIMITS.file_bytes + 1)
    for name, code in (("none", "unsupported"), ("pipe", "unsupported"), ("huge.txt", "too_large")):
        with pytest.raises(RejectedFile) as refused:
            read_file(tmp_path / name)
        assert refused.value.code == code
        assert refused.value.message
