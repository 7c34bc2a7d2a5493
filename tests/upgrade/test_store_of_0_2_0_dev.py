"""A store that the version before kept comes up whole, with every row, file and page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.operations.stores import read_files
from tests.upgrade.stores import check, list_lost, manage, read_rows, read_told, run, unpack

STORE = Path(__file__).with_name("store-0.2.0.dev.tar.gz")
# Notes on the house, what the index owed, and what follows the registries and rules of today.
FOLLOWS_TODAY = {
    *("catalog_marker", "intake_pendingindexing", "intake_doubt", "intake_doubtreason"),
    *("slogans_slogan", "slogans_sloganvariant", "themes_sectiontheme", "themes_themeterm"),
    # In tables of other names.
    *("intake_sketchvalue", "intake_signatureband"),
}


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store as its commit left it."""
    return unpack(STORE, tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def store(old: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store after today's `make run` got it ready."""
    folder = tmp_path_factory.mktemp("today") / "store"
    shutil.copytree(old, folder)
    manage(folder, "bootstrap", "--no-samples")
    return folder


def test_every_row_and_file_of_the_version_before_is_there(old: Path, store: Path) -> None:
    before, after = read_rows(old), read_rows(store)
    told = read_told(old)["rows"]
    assert {name: len(rows) for name, rows in before.items()} == told
    assert all(told.values())
    assert list_lost(before, after, FOLLOWS_TODAY) == {}
    for table, now, dropped in (
        ("intake_sketchvalue", "intake_sampledshingle", 20),
        ("intake_signatureband", "intake_minhashband", 0),
    ):
        wanted = {(row["signature_id"], row["value"] >> dropped) for row in before[table]}
        assert {(row["signature_id"], row["value"]) for row in after[now]} == wanted
    kept = {row["text"]: row["note"] for row in after["slogans_slogan"]}
    assert kept["最大公约数"] == "编辑所记"
    assert "编辑所加的词" in {row["text"] for row in after["themes_themeterm"]}
    assert read_files(store) == read_files(old)


@pytest.mark.slow
def test_its_pages_answer_and_its_checks_are_clean(store: Path) -> None:
    told = json.loads(run(store, "-m", "tests.upgrade.at_the_store", "ask"))
    assert {page: state for page, state in told["pages"].items() if state != 200} == {}
    assert told["unmigrated"] == []
    assert told["found"] == 4
    check(store, "--repair")
    assert check(store) == []
