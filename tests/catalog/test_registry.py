"""Following a registry file."""

from pathlib import Path

import pytest

from corpus_app.catalog.registry import (
    is_loaded,
    merge_value,
    note_loaded,
    read_last_entries,
    read_registry,
    read_told,
)


def test_an_untouched_value_follows_and_an_edited_one_stays() -> None:
    assert merge_value("old", "old", "new") == "new"
    assert merge_value("old", "edited", "new") == "edited"
    assert merge_value(None, "edited", "new") == "edited"


@pytest.mark.parametrize("text", ["{}", '["x"]', "not json"])
def test_a_file_that_is_no_list_of_objects_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "registry.json"
    path.write_text(text)
    with pytest.raises(ValueError):
        read_registry(path)


@pytest.mark.django_db
def test_what_was_loaded_last_is_remembered() -> None:
    entries = [{"slug": "a", "terms": ["代表"]}]
    assert not is_loaded("x", entries)
    assert read_last_entries("x") == []
    note_loaded("x", entries, ["一句话"])
    assert is_loaded("x", [{"terms": ["代表"], "slug": "a"}])
    assert not is_loaded("x", [{"slug": "a", "terms": []}])
    assert read_last_entries("x") == entries
    assert read_told("x") == ["一句话"]
