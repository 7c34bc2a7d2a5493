"""The other texts of one speech on its reading page."""

import pytest
from django.test import Client

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.filling.merging import fill_gaps
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.pages.related_texts import RelatedSpeech, collect_related, list_filled
from tests.catalog.speeches import store
from tests.intake.text_reuse.texts import COPY, DIGEST, FULL, NOTES

pytestmark = pytest.mark.django_db


def publish(text: str, name: str) -> Speech:
    speech = store(text, name)
    editing.publish(speech)
    return speech


def list_versions(speech: Speech) -> list[RelatedSpeech]:
    return collect_related(speech).versions


def list_related(speech: Speech) -> list[RelatedSpeech]:
    return collect_related(speech).related


def read(speech: Speech) -> str:
    return Client().get(f"/speeches/{speech.pk}/").content.decode()


def test_whole_and_digest_lead_to_one_another() -> None:
    full, digest = publish(FULL, "a.txt"), publish(DIGEST, "b.txt")
    assert [(r.speech, r.label) for r in list_versions(full)] == [(digest, "摘编或节本")]
    assert [(r.speech, r.label) for r in list_versions(digest)] == [(full, "全文")]
    assert f'href="/speeches/{digest.pk}/"' in read(full)
    assert "同一讲话的其他文本" in read(digest)


def test_drafts_and_what_is_not_of_one_family_are_not_shown() -> None:
    full, digest = publish(FULL, "a.txt"), publish(DIGEST, "b.txt")
    editing.hold_back(digest)
    assert list_versions(full) == []
    editing.publish(digest)
    Kinship.objects.update(decision="unrelated")
    assert list_versions(full) == []


def test_notes_are_shown_once_an_editor_has_said_so() -> None:
    full, notes = publish(FULL, "a.txt"), publish(NOTES, "b.txt")
    assert list_versions(full) == []
    assert list_related(full) == []
    Kinship.objects.update(decision="both")
    assert list_versions(full) == []
    assert [(r.speech, r.label) for r in list_related(full)] == [(notes, "学习体会、报道等")]
    assert [r.label for r in list_related(notes)] == ["所谈讲话"]
    assert "同一讲话的其他文本" not in read(full)


OTHER_HEAD = FULL.replace("2023年5月6日", "2021年4月2日").replace("林知远", "苏晚晴")
BARE = FULL.partition("同志们：")[2]


def test_the_same_words_under_a_head_that_contradicts_are_a_related_text() -> None:
    first, second = publish(FULL, "a.txt"), publish(OTHER_HEAD, "b.txt")
    assert list_versions(first) == []
    (related,) = list_related(first)
    assert (related.speech, related.label) == (second, "")
    assert related.share > 95
    page = read(first)
    assert "相关文本" in page
    assert f"相同文字占本文 {related.share}%" in page
    assert "同一讲话的其他文本" not in page


def test_a_head_that_says_nothing_proves_no_same_speech_until_an_editor_does() -> None:
    full, bare = publish(FULL, "a.txt"), publish(f"讲话\n\n{BARE[:-40]}", "b.txt")
    assert (list_versions(full), [r.speech for r in list_related(full)]) == ([], [bare])
    Kinship.objects.update(decision="both")
    assert [r.speech for r in list_versions(full)] == [bare]


def test_no_editor_makes_one_speech_of_heads_that_contradict() -> None:
    first, second = publish(FULL, "a.txt"), publish(OTHER_HEAD, "b.txt")
    Kinship.objects.update(decision="both")
    assert (list_versions(first), [r.speech for r in list_related(first)]) == ([], [second])


def test_a_resolution_is_no_other_text_of_the_report_it_adopts() -> None:
    body = FULL.partition("\n\n")[2]
    report = publish(
        f"政府工作报告\n——2023年1月9日在江东省第十届人民代表大会第一次会议上\n\n{body}", "a.txt"
    )
    title = "江东省第十届人民代表大会第一次会议关于政府工作报告的决议\n（2023年1月12日）"
    resolution = publish(f"{title}\n\n{body[: len(body) // 2]}", "b.txt")
    assert Kinship.objects.filter(kind="part").exists()
    assert list_versions(report) == list_versions(resolution) == []


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
