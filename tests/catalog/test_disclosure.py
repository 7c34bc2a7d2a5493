"""Readers see the states of a text that stood while it was published, editors all of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from corpus_app.catalog.models import Speech
from corpus_app.catalog.revisions import list_visible_revisions
from corpus_app.desk.shortcodes import encode_place
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.joining import absorb
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db

CORRECTED = WORK_CONFERENCE.replace("二十二个站点", "二十三个站点")


def list_numbers(speech: Speech) -> list[int]:
    revisions = list_visible_revisions(speech, AnonymousUser())
    return sorted(revisions.values_list("number", flat=True))


def come_again(name: str = "a.txt") -> None:
    assert import_bytes(CORRECTED.encode(), name).status == "imported"


def test_what_editors_worked_on_before_publishing_stays_theirs() -> None:
    speech = store(WORK_CONFERENCE, "a.txt", draft=True)
    come_again()
    speech.refresh_from_db()
    editing.publish(speech)
    assert list_numbers(speech) == [2]
    assert enter("").get(f"/speeches/{speech.pk}/?rev=1").status_code == 404
    assert enter("editor").get(f"/speeches/{speech.pk}/?rev=1").status_code == 200


def test_a_state_once_published_stays_readable_after_a_revision() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    come_again()
    speech.refresh_from_db()
    assert list_numbers(speech) == [1, 2]
    assert enter("").get(f"/speeches/{speech.pk}/?rev=1").status_code == 200


def test_the_text_of_a_draft_that_was_merged_is_not_disclosed() -> None:
    into = store(WORK_CONFERENCE, "a.txt")
    outcome = import_bytes(CORRECTED.encode(), "b.txt", draft=True)
    assert outcome.speech is not None
    draft = Speech.objects.get(pk=outcome.speech)
    code = encode_place(draft.current_id or 0, 0, 20)
    from corpus_app.catalog.joining import absorb_speech

    absorb_speech(draft, into)
    assert list_numbers(into) == [1]
    assert into.revisions.count() == 2
    client = enter("")
    assert client.get(f"/speeches/{into.pk}/?rev=2").status_code == 404
    assert client.get(f"/api/v1/speeches/{into.pk}/text?revision=2").status_code == 404
    assert client.get(f"/p/{code}/").status_code == 404
    assert client.get(f"/desk/cite/?speech={into.pk}&rev=2").status_code == 404
    assert "rev=2" not in client.get(f"/speeches/{into.pk}/").content.decode()


def test_a_merged_text_that_becomes_the_current_one_is_disclosed() -> None:
    into = store(WORK_CONFERENCE, "a.txt")
    outcome = import_bytes(CORRECTED.encode(), "b.txt", draft=True)
    merged = absorb(Speech.objects.get(pk=outcome.speech), into).speech
    assert merged.current is not None
    merged.current.refresh_from_db()
    assert merged.current.public_since is not None
    assert list_numbers(merged) == [1, 2]


def test_withdrawing_and_publishing_again_discloses_nothing_more() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    editing.withdraw(speech)
    come_again()
    speech.refresh_from_db()
    editing.publish(speech)
    assert list_numbers(speech) == [1, 2]
