"""A store that release 0.1.0 kept comes up whole under today's code, and its losses are mended."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.upgrade.stores import check, list_lost, manage, read_rows, read_told, run, unpack

STORE = Path(__file__).with_name("store-0.1.0.tar.gz")
# Derived or followed anew: the rules of today weigh, and the registries of today are loaded.
FOLLOWS_TODAY = {
    "catalog_marker",
    "intake_doubt",
    "intake_doubtreason",
    "intake_pendingindexing",
    "intake_signatureband",
    "intake_sketchvalue",
    "slogans_slogan",
    "slogans_sloganvariant",
    # Terms follow the registry where no editor changed them, and tags follow the terms; what
    # editors decided on themes is in tables of its own.
    "themes_sectiontheme",
    "themes_themeterm",
}


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store as release 0.1.0 left it."""
    folder = tmp_path_factory.mktemp("old")
    return unpack(STORE, folder)


@pytest.fixture(scope="module")
def store(old: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store after today's `make run` got it ready; tests change copies."""
    folder = tmp_path_factory.mktemp("today") / "store"
    shutil.copytree(old, folder)
    manage(folder, "bootstrap", "--no-samples")
    return folder


@pytest.fixture(scope="module")
def found(store: Path) -> list[dict[str, Any]]:
    """What check_corpus says of the store."""
    return check(store)


def copy(store: Path, tmp_path: Path) -> Path:
    shutil.copytree(store, tmp_path / "store")
    return tmp_path / "store"


def test_no_table_of_the_old_store_is_empty(old: Path) -> None:
    told = read_told(old)["rows"]
    assert {name: len(rows) for name, rows in read_rows(old).items()} == told
    assert all(told.values())


def test_every_row_that_was_not_derived_is_there_as_it_was(old: Path, store: Path) -> None:
    assert list_lost(read_rows(old), read_rows(store), FOLLOWS_TODAY) == {}


def test_what_follows_today_s_rules_keeps_its_ids_and_what_people_said(
    old: Path, store: Path
) -> None:
    before, after = read_rows(old), read_rows(store)
    for table in ("catalog_marker", "intake_doubt", "slogans_slogan"):
        assert {row["id"] for row in before[table]} <= {row["id"] for row in after[table]}, table
    # A wording that the registry corrected changes places with its variant.
    known = {(row["id"], row["text"]) for row in after["slogans_slogan"]}
    known |= {(row["slogan_id"], row["text"]) for row in after["slogans_sloganvariant"]}
    assert {(row["id"], row["text"]) for row in before["slogans_slogan"]} <= known
    assert {(r["slogan_id"], r["text"]) for r in before["slogans_sloganvariant"]} <= known
    looked = [row for row in before["intake_doubt"] if row["looked_by_id"]]
    kept = {(row["speech_id"], row["looked_at"]) for row in after["intake_doubt"]}
    assert looked
    assert {(row["speech_id"], row["looked_at"]) for row in looked} <= kept
    # What the index had not followed goes on in the log of changes.
    waited = {row["speech_id"] for row in before["intake_pendingindexing"]}
    assert waited <= {row["speech_id"] for row in after["catalog_speechchange"]}
    assert all(row["number"] for row in after["catalog_speechchange"])


def test_nothing_is_left_to_migrate_and_pages_and_search_answer(store: Path) -> None:
    told = json.loads(run(store, "-m", "tests.upgrade.at_the_store", "ask"))
    assert {page: state for page, state in told["pages"].items() if state != 200} == {}
    assert told["found"] == 8
    assert told["unmigrated"] == []


def test_what_waited_for_the_worker_is_taken_in(store: Path, tmp_path: Path) -> None:
    folder = copy(store, tmp_path)
    manage(folder, "run_worker", "--once")
    files = read_rows(folder)["batches_batchfile"]
    assert [row["state"] for row in files] == ["imported", "imported"]


def test_the_check_names_the_losses_of_0_1_0_and_nothing_else(
    old: Path, found: list[dict[str, Any]]
) -> None:
    planted = read_told(old)["planted"]
    assert {one["code"]: one["speech"] for one in found} == planted
    assert len(found) == len(planted)
    ways = (
        "提纲用于当前正文",
        "恢复第 2 版",
        "主题指定",
        "另立为一篇",
        "另立为一篇",
        "点按划出的这些字句",
    )
    assert [way for one, way in zip(found, ways, strict=True) if way not in one["message"]] == []


@pytest.mark.slow
def test_the_repair_and_the_pages_mend_them_all(
    store: Path, found: list[dict[str, Any]], tmp_path: Path
) -> None:
    folder = copy(store, tmp_path)
    mended = [one["code"] for one in check(folder, "--repair") if one["repaired"]]
    assert mended == ["outline_lost"]
    left = [json.dumps(one) for one in found if one["code"] not in mended]
    speakers = run(folder, "-m", "tests.upgrade.at_the_store", "mend", given="\n".join(left))
    assert json.loads(speakers) == {"speech_replaced": "何远川", "speech_dropped": "秦牧野"}
    assert check(folder) == []
