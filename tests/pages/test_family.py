"""The other texts of one speech on its reading page."""

import pytest
from django.test import Client

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake import editing
from corpus_app.intake.filling.merging import fill_gaps
from corpus_app.intake.revising import revise_text
from corpus_app.pages.family import list_family, list_filled
from tests.catalog.speeches import store
from tests.intake.kinship.texts import COPY, DIGEST, FULL, NOTES

pytestmark = pytest.mark.django_db


def publish(text: str, name: str) -> Speech:
    speech = store(text, name)
    editing.publish(speech)
    return speech


def read(speech: Speech) -> str:
    return Client().get(f"/speeches/{speech.pk}/").content.decode()


def test_whole_and_digest_lead_to_one_another() -> None:
    full, digest = publish(FULL, "a.txt"), publish(DIGEST, "b.txt")
    assert [(r.speech, r.label) for r in list_family(full)] == [(digest, "摘编或节本")]
    assert [(r.speech, r.label) for r in list_family(digest)] == [(full, "全文")]
    assert f'href="/speeches/{digest.pk}/"' in read(full)
    assert "同一讲话的其他文本" in read(digest)


def test_drafts_and_what_is_not_of_one_family_are_not_shown() -> None:
    full, digest = publish(FULL, "a.txt"), publish(DIGEST, "b.txt")
    editing.hold_back(digest)
    assert list_family(full) == []
    editing.publish(digest)
    Kinship.objects.update(decision="unrelated")
    assert list_family(full) == []


def test_notes_are_shown_once_an_editor_has_said_so() -> None:
    full, notes = publish(FULL, "a.txt"), publish(NOTES, "b.txt")
    assert list_family(full) == []
    Kinship.objects.update(decision="both")
    assert [(r.speech, r.label) for r in list_family(full)] == [(notes, "学习体会、报道等")]
    assert [r.label for r in list_family(notes)] == ["所谈讲话"]


def test_a_filled_text_says_which_paragraphs_come_from_elsewhere() -> None:
    full, copy = store(FULL, "a.txt"), store(COPY, "b.txt")
    merged = fill_gaps(copy, full).speech
    page = read(merged)
    assert merged.current is not None
    first = merged.current.text[: merged.current.text.index("二是落实请示")].count("\n") + 1
    assert f"第 {first} 至 " in page
    assert "据另一来源补入" in page
    assert "补入" not in read(publish(DIGEST, "c.txt"))


def test_an_edited_merged_text_still_says_what_was_filled_in() -> None:
    full, copy = store(FULL, "a.txt"), store(COPY, "b.txt")
    merged = fill_gaps(copy, full).speech
    assert merged.current is not None
    before = list_filled(merged.current)
    edited = revise_text(merged, merged.current.number, [(0, 17)], [])
    assert [part.last - part.first for part in list_filled(edited)] == [
        part.last - part.first for part in before
    ]
