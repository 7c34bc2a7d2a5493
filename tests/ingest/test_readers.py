"""Outside readers: each is named with what it is for, or with what its absence means."""

from __future__ import annotations

import shutil

import pytest

from corpus_app.ingest.readers import available_readers, find_reader


def test_it_names_every_reader_with_a_chinese_sentence() -> None:
    readers = available_readers()
    names = {"soffice", "antiword", "rapidocr", "tesseract", "libarchive"}
    assert {reader.name for reader in readers} == names
    for reader in readers:
        assert reader.message.startswith("可以" if reader.found else "未安装")
        assert reader.message.endswith("。")


def test_it_finds_what_is_on_this_machine() -> None:
    assert find_reader("antiword").found == (shutil.which("antiword") is not None)
    if shutil.which("tesseract") is None:
        assert not find_reader("tesseract").found


def test_it_finds_nothing_where_no_program_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    available_readers.cache_clear()
    try:
        found = {reader.name for reader in available_readers() if reader.found}
    finally:
        monkeypatch.undo()
        available_readers.cache_clear()
    assert not found & {"soffice", "antiword", "tesseract"}
