"""The way back to an earlier text or to earlier metadata."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

import search
from corpus_app.catalog.models import Speaker, Speech
from corpus_app.intake.checking.outline import find_outline_faults, is_traceable
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.outline.acts import merge
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.restoring import (
    UnknownStateError,
    restore_metadata,
    restore_revision,
)
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.review.outline_desk import read_stored
from corpus_app.slogans.models import Mention
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db
CORRECTED = WORK_CONFERENCE.replace("二十二个站点", "二十三个站点")


def correct_text() -> Speech:
    """Return a speech whose second revision is a corrected file."""
    speech = store(WORK_CONFERENCE, "a.txt")
    assert store(CORRECTED, "a.txt").pk == speech.pk
    speech.refresh_from_db()
    return speech


def list_sections(speech: Speech) -> list[tuple[object, ...]]:
    assert speech.current is not None
    rows = speech.current.sections.order_by("position")
    return list(rows.values_list("key", "kind", "marker", "heading", "start", "end"))


def test_an_earlier_text_becomes_a_new_revision_that_says_so() -> None:
    speech = correct_text()
    user = User.objects.create_user("editor")
    revision = restore_revision(speech, 1, 2, user)
    first = speech.revisions.get(number=1)
    assert (revision.number, revision.origin, revision.based_on) == (3, "restored", first)
    assert (revision.text, revision.raw, revision.removed) == (first.text, first.raw, first.removed)
    assert (revision.created_by, revision.upload) == (user, first.upload)
    assert "第 1 版" in revision.reason
    speech.refresh_from_db()
    assert speech.current == revision
    assert not list(find_outline_faults(revision))
    assert is_traceable(revision)
    assert Mention.objects.filter(revision=revision).exists()


def test_the_way_back_leads_forth_again() -> None:
    speech = correct_text()
    restore_revision(speech, 1, 2)
    revision = restore_revision(speech, 2, 3)
    assert "二十三个站点" in revision.text
    assert speech.revisions.count() == 4


def test_an_outline_is_restored_with_what_people_decided_on_it() -> None:
    speech = store(WORK_CONFERENCE)
    before = list_sections(speech)
    assert speech.current is not None
    text = speech.current.text
    edited = revise_outline(speech, 1, merge(text, read_stored(speech.current), 4))
    restored = restore_revision(speech, 1, 2)
    assert restored.decisions == {}
    speech.refresh_from_db()
    assert list_sections(speech) == before
    again = restore_revision(speech, 2, 3)
    assert again.decisions == edited.decisions == {"outline": True}


def test_metadata_and_pins_stay_when_a_text_is_restored() -> None:
    speech = correct_text()
    theme = Theme.objects.create(slug="a", name="机关")
    ThemePin.objects.create(theme=theme, speech=speech, section_key="3", decision="pin")
    editing.correct(speech, {"title": "改过的题目"}, {})
    restore_revision(speech, 1, 2)
    speech.refresh_from_db()
    assert speech.title == "改过的题目"
    assert ThemePin.objects.get().section_key == "3"


def test_a_restored_text_is_found_again(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    speech = correct_text()
    search.rebuild_index()
    with django_capture_on_commit_callbacks(execute=True):
        restore_revision(speech, 1, 2)
    assert search.check_index() == []


@pytest.mark.parametrize(
    ("number", "base", "refusal"),
    [
        (1, 1, OutdatedError),
        (1, 99, OutdatedError),
        (2, 2, NothingChangedError),
        (7, 2, UnknownStateError),
        (0, 2, UnknownStateError),
    ],
)
def test_a_wrong_way_back_changes_nothing(number: int, base: int, refusal: type[Exception]) -> None:
    speech = correct_text()
    with pytest.raises(refusal):
        restore_revision(speech, number, base)
    assert speech.revisions.count() == 2


def test_earlier_metadata_comes_back_and_is_recorded_with_its_reason() -> None:
    speech = store(WORK_CONFERENCE)
    values = {"title": "改过的题目", "speaker": "苏晚晴", "delivered": "2022", "source": "某网"}
    moment = speech.history.first().history_id
    editing.correct(speech, values, {})
    assert restore_metadata(speech, moment) == ["title", "delivered", "speaker", "source"]
    speech.refresh_from_db()
    assert (speech.title, str(speech.speaker)) == ("在青芜县人大工作会议上的讲话", "林知远")
    assert (speech.delivered, str(speech.date_start), speech.source) == (
        "2023-05-06",
        "2023-05-06",
        None,
    )
    assert "恢复" in speech.history.first().history_change_reason


def test_status_and_text_stay_when_metadata_is_restored() -> None:
    speech = correct_text()
    moment = speech.history.first().history_id
    editing.correct(speech, {"title": "改过的题目"}, {})
    editing.withdraw(speech)
    restore_metadata(speech, moment)
    speech.refresh_from_db()
    assert (speech.status, speech.current and speech.current.number) == ("withdrawn", 2)


def test_a_party_deleted_since_is_left_as_it_is() -> None:
    speech = store(WORK_CONFERENCE)
    moment = speech.history.first().history_id
    editing.correct(speech, {"speaker": "苏晚晴", "title": "改过的题目"}, {})
    Speaker.objects.get(name="林知远").delete()
    assert restore_metadata(speech, moment) == ["title"]
    speech.refresh_from_db()
    assert str(speech.speaker) == "苏晚晴"


def test_anothers_record_is_refused_and_an_equal_one_does_nothing() -> None:
    speech, other = store(WORK_CONFERENCE), store("同志们：\n大家好。今天讲两句话。")
    with pytest.raises(UnknownStateError):
        restore_metadata(speech, other.history.first().history_id)
    with pytest.raises(NothingChangedError):
        restore_metadata(speech, speech.history.first().history_id)
