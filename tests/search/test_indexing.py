from __future__ import annotations

from pathlib import Path

import pytest

import search
from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.models import Speech
from search.index import indexing
from search.index.access import open_arrays, read_index_version
from search.index.checksums import find_index_damage
from tests.search.factories import (
    Part,
    add_revision,
    lose_entry,
    make_speech,
    make_theme,
    tag_section,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def held() -> set[int]:
    arrays = open_arrays()
    return set(arrays.fingerprints) if arrays else set()


def test_nothing_is_missing_before_and_after_a_rebuild() -> None:
    assert search.read_index_state().status == "missing"
    search.rebuild_index()
    state = search.read_index_state()
    assert (state.status, state.speeches, state.sections) == ("fresh", 0, 0)


def test_a_published_speech_is_indexed_and_a_withdrawn_one_taken_out() -> None:
    speech = make_speech(parts=[Part("加强监督", "代表要依法履职。")])
    search.index_speeches([speech.pk])
    assert held() == {speech.pk}
    assert search.read_index_state().is_fresh
    speech.status = Speech.Status.WITHDRAWN
    speech.save()
    search.index_speeches([speech.pk])
    assert held() == set()
    assert search.read_index_state().is_fresh


def test_a_draft_is_not_indexed() -> None:
    search.index_speeches([make_speech(published=False, parts=["代表履职"]).pk])
    assert held() == set()


def test_a_withdrawn_speech_is_gone_from_both_parts() -> None:
    speech = make_speech(parts=["代表履职"])
    search.index_speeches([speech.pk])
    lose_entry(speech)
    assert held() == set()
    assert search.read_index_state().speeches == 0


def test_a_withdrawal_that_was_killed_at_its_end_is_ended_by_the_next_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speech = make_speech()
    search.index_speeches([speech.pk])
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.WITHDRAWN)
    with monkeypatch.context() as killed:
        killed.setattr(indexing, "record_checksums", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            search.index_speeches([speech.pk])
    assert find_index_damage(thorough=True) != []
    search.index_speeches([speech.pk])
    assert find_index_damage(thorough=True) == []
    assert read_index_version()


def test_a_first_speech_does_not_pass_for_a_whole_index() -> None:
    first, _ = make_speech(parts=["代表"]), make_speech(parts=["履职"])
    search.index_speeches([first.pk])
    assert search.read_index_state().status == "stale"
    search.rebuild_index()
    assert search.read_index_state().is_fresh


def test_check_finds_no_difference_after_a_rebuild() -> None:
    make_speech(parts=[Part("一", "甲", [Part("二", "乙")])])
    make_speech(parts=["丙"])
    search.rebuild_index()
    assert search.check_index() == []


def test_check_names_what_is_missing_extra_and_outdated() -> None:
    missing, extra, changed, retagged = (make_speech(parts=["代表"]) for _ in range(4))
    search.rebuild_index()
    lose_entry(missing)
    Speech.objects.filter(pk=extra.pk).update(status=Speech.Status.DRAFT)
    Speech.objects.filter(pk=changed.pk).update(title="改过的标题")
    tag_section(retagged, "1", make_theme("lvzhi", "代表履职"))
    found = {(each.speech_id, each.kind) for each in search.check_index()}
    assert found >= {
        (missing.pk, "missing"),
        (extra.pk, "extra"),
        (changed.pk, "outdated"),
        (retagged.pk, "outdated"),
        (missing.pk, "engine"),
    }
    search.index_speeches([missing.pk, extra.pk, changed.pk, retagged.pk])
    assert search.check_index() == []


def test_a_new_revision_replaces_the_old_one_in_both_parts() -> None:
    speech = make_speech(parts=[Part("旧", "旧文")])
    search.index_speeches([speech.pk])
    add_revision(speech, [Part("新", "新文"), Part("再", "再文")], number=2)
    search.index_speeches([speech.pk])
    assert search.check_index() == []


def test_a_damaged_index_is_told_and_mended_by_a_rebuild(index_folder: Path) -> None:
    make_speech(parts=["代表"])
    search.rebuild_index()
    next(index_folder.glob("arrays/segment-*/codes.npy")).write_bytes(b"")
    (index_folder / "arrays" / "manifest.json").touch()
    from search.index import access

    access._OPENED.arrays = None
    assert search.read_index_state().status == "damaged"
    search.rebuild_index()
    assert search.read_index_state().is_fresh


def test_an_index_of_other_rules_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    search.rebuild_index()
    monkeypatch.setattr("search.index.access.SCHEMA_VERSION", "0")
    assert search.read_index_state().status == "stale"


def test_a_rebuild_tells_its_progress() -> None:
    for _ in range(3):
        make_speech(parts=["代表"])
    told: list[tuple[int, int]] = []
    search.rebuild_index(lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_what_changes_during_a_rebuild_is_in_the_new_index() -> None:
    first = make_speech(parts=["代表"])
    search.rebuild_index()
    late: list[Speech] = []

    def publish_meanwhile(_done: int, _total: int) -> None:
        late.append(make_speech(parts=["履职"]))
        note_changes([late[-1].pk])
        search.follow_changes()
        Speech.objects.filter(pk=first.pk).update(status=Speech.Status.WITHDRAWN)
        note_changes([first.pk])
        search.follow_changes()

    search.rebuild_index(publish_meanwhile)
    assert held() == {late[0].pk}
    assert search.check_index() == []
