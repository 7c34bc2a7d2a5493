"""What a correction teaches of a site, and what it does not."""

from __future__ import annotations

import json

import pytest

from corpus_app.catalog.models import Upload
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.site import ProfileValue
from corpus_app.intake.manifests.recording import note_setter
from corpus_app.intake.models import SiteProfile
from corpus_app.intake.profiles.applying import approve_profile
from corpus_app.intake.profiles.exchanging import (
    ProfileFormatError,
    take_profiles,
    write_profiles,
)
from corpus_app.intake.profiles.learning import find_lessons, propose_profile
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.decisions import TableSource
from corpus_app.intake.revisions.revising import revise_text
from tests.intake.profiles.odd_pages import NAMES, SITE, store_odd, store_site
from tests.intake.rereading.older_reading import read, read_current
from tests.site_pages import BOTTOM

pytestmark = pytest.mark.django_db


def test_a_value_typed_that_stands_behind_a_label_teaches_the_label() -> None:
    speech = store_site()[0]
    lessons = find_lessons(speech)
    assert lessons is not None
    assert lessons.site == SITE
    assert lessons.values == (ProfileValue("speaker", "label", "值守："),)


def test_a_value_that_a_table_gave_teaches_nothing() -> None:
    speech = store_site()[0]
    current = read_current(speech)
    note_setter(current, {"speaker": str(speech.speaker)}, TableSource("讲话.xlsx", 2, "0" * 12))
    assert find_lessons(read(speech)) is None
    note_setter(current, {"speaker": "别人"}, TableSource("讲话.xlsx", 2, "0" * 12))
    assert find_lessons(read(speech)) is not None
    Upload.objects.filter(pk=current.upload_id).update(format="row")
    assert find_lessons(read(speech)) is None


def test_a_value_chosen_from_the_raw_text_teaches_its_place() -> None:
    speech = store_odd(1)
    store_site()
    revision = read_current(speech)
    start = revision.raw.index(NAMES[1])
    chosen = {"speaker": {"value": NAMES[1], "set_from": [start, start + 3]}}
    revision.decisions = {"metadata": chosen}
    revision.save()
    editing.correct(speech, {"speaker": NAMES[1]}, {})
    lessons = find_lessons(read(speech))
    assert lessons is not None
    assert lessons.values == (ProfileValue("speaker", "label", "值守："),)


def test_a_value_without_a_label_is_found_by_a_line_that_all_pages_have() -> None:
    speech = store_site(6)[0]
    title = read_current(speech).raw.splitlines()[4]
    editing.correct(speech, {"title": "另一个题目", "speaker": NAMES[1]}, {})
    editing.correct(speech, {"title": title}, {})
    revision = read_current(speech)
    revision.decisions = {
        "metadata": {"title": {"value": title, "set_from": [revision.raw.index(title), 0]}}
    }
    revision.save()
    lessons = find_lessons(read(speech))
    assert lessons is not None
    value = next(value for value in lessons.values if value.name == "title")
    assert (value.relation, value.words, value.distance) == ("below", "早晚两播", 1)


def test_a_line_taken_out_that_other_pages_hold_is_learnt() -> None:
    speech = store_site(2)[0]
    revision = read_current(speech)
    start = revision.raw.index(BOTTOM[1])
    own = "我讲"
    spans = [
        Removed("editor", BOTTOM[1], start, start + len(BOTTOM[1]), "editor"),
        Removed("editor", own, revision.raw.index(own), revision.raw.index(own) + 2, "editor"),
    ]
    revise_text(speech, revision.number, [], spans)
    lessons = find_lessons(read(speech))
    assert lessons is not None
    assert lessons.lines == (BOTTOM[1],)


def test_nothing_is_taught_where_nothing_was_corrected_or_nothing_says_where() -> None:
    speech = store_odd(1)
    assert find_lessons(speech) is None
    editing.correct(speech, {"occasion": "一个哪里也没写的会"}, {})
    assert find_lessons(read(speech)) is None


def test_an_open_proposal_goes_on_and_an_approved_profile_is_its_beginning() -> None:
    speech = store_site()[0]
    first = propose_profile(speech, None)
    assert first is not None
    again = propose_profile(speech, None)
    assert again == first
    assert SiteProfile.objects.count() == 1
    approve_profile(first, None)
    assert find_lessons(read(speech)) is None
    assert propose_profile(read(speech), None) is None


def test_profiles_go_out_and_come_in_as_proposals() -> None:
    profile = propose_profile(store_site()[0], None)
    assert profile is not None
    written = write_profiles([profile])
    profile.delete()
    (taken,) = take_profiles(written.encode(), None)
    assert (taken.site, taken.values, taken.state) == (SITE, profile.values, "proposed")
    assert take_profiles(written.encode(), None) == []


@pytest.mark.parametrize(
    "change",
    [
        {"site": ""},
        {"site": 7},
        {"site": "长" * 300},
        {"values": {}},
        {"values": [{"name": "status", "relation": "label", "words": "值守", "distance": 1}]},
        {"values": [{"name": "title", "relation": "near", "words": "值守", "distance": 1}]},
        {"values": [{"name": "title", "relation": "label", "words": " ", "distance": 1}]},
        {"values": [{"name": "title", "relation": "below", "words": "值守", "distance": 99}]},
        {"values": ["title"]},
        {"lines": [""]},
        {"lines": ["长" * 81]},
        {"lines": 5},
    ],
)
def test_data_that_is_no_profile_is_refused_whole(change: dict[str, object]) -> None:
    good = {"site": "甲", "values": [], "lines": ["值班表"]}
    rows = [good, good | change]
    data = json.dumps({"format": "yanku-site-profiles", "profiles": rows})
    with pytest.raises(ProfileFormatError):
        take_profiles(data.encode(), None)
    assert not SiteProfile.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b'{"profiles": []}', b"[" * 99_999])
def test_a_file_that_is_none_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(ProfileFormatError):
        take_profiles(data, None)
