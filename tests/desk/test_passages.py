"""Passages: what a request names, and what it must not get."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Gap, Speech, SpeechAlias
from corpus_app.catalog.services import withdraw_speech
from corpus_app.desk.passages import (
    AskedPassage,
    MissingPassageError,
    PassageError,
    find_passage,
    read_asked,
)
from tests.desk.baskets import revise, take

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_a_section_comes_with_its_heading_and_its_way_from_the_top(speech: Speech) -> None:
    passage = take(speech, "2.1")
    assert passage.words.startswith("一是办好代表家站")
    assert passage.path[0].startswith("二、发展全过程人民民主")
    assert len(passage.path) == 2


def test_chosen_words_are_held_by_the_deepest_section(speech: Speech) -> None:
    passage = take(speech, words="面对面听取意见")
    assert passage.words == "面对面听取意见"
    assert passage.key == "2.1"


def test_words_across_a_border_are_held_by_the_section_above(speech: Speech) -> None:
    assert take(speech, words="意见。\n二是办好民生实事").key == "2"


def test_white_space_at_the_ends_is_left_out(speech: Speech) -> None:
    assert speech.current
    text = speech.current.text
    start = text.index("\n一、")
    passage = find_passage(AskedPassage(speech.pk, start=start, end=start + 4), NOBODY)
    assert passage.words == text[start + 1 : start + 4].strip()


def test_characters_may_be_counted_without_white_space(speech: Speech) -> None:
    assert speech.current
    squeezed = "".join(speech.current.text.split())
    at = squeezed.index("面对面听取意见")
    asked = AskedPassage(speech.pk, start=at, end=at + 7, inked=True)
    assert find_passage(asked, NOBODY).words == "面对面听取意见"


def test_without_a_section_the_whole_speech_is_meant(speech: Speech) -> None:
    passage = find_passage(AskedPassage(speech.pk), NOBODY)
    assert speech.current
    assert passage.words == speech.current.text.strip()
    assert passage.key == ""


def test_an_older_revision_is_cited_as_it_was(speech: Speech) -> None:
    assert speech.current
    old = speech.current.text
    revise(speech, old.replace("二十二个站点", "三十个站点"))
    words = find_passage(AskedPassage(speech.pk, "2.1", revision=1), NOBODY).words
    assert "二十二个站点" in words
    assert "三十个站点" in find_passage(AskedPassage(speech.pk, "2.1"), NOBODY).words


def test_a_gap_inside_is_marked_where_it_is(speech: Speech) -> None:
    assert speech.current
    at = speech.current.text.index("面对面听取意见")
    Gap.objects.create(revision=speech.current, kind="hidden", offset=at, hidden_chars=30)
    passage = take(speech, "2.1")
    assert "〔此处原文缺失 30 字〕面对面听取意见" in passage.marked_words
    assert "〔" not in passage.words


@pytest.mark.parametrize("key", ["1", "2"])
def test_a_gap_between_two_sections_is_told_with_either(speech: Speech, key: str) -> None:
    assert speech.current
    border = speech.current.sections.get(key="2").start
    assert speech.current.text[border - 1] == "\n"
    Gap.objects.create(revision=speech.current, kind="paywall", offset=border, hidden_chars=1260)
    assert [gap.hidden_chars for gap in take(speech, key).gaps] == [1260]
    assert take(speech, key).marked_words.count("〔此处原文缺失 1260 字〕") == 1


def test_a_gap_elsewhere_is_not_told(speech: Speech) -> None:
    assert speech.current
    border = speech.current.sections.get(key="2").start
    Gap.objects.create(revision=speech.current, kind="paywall", offset=border, hidden_chars=1260)
    assert take(speech, "2.2").gaps == ()


def test_a_merged_speech_is_found_by_its_old_number(speech: Speech) -> None:
    SpeechAlias.objects.create(old_id=speech.pk + 500, speech=speech)
    assert find_passage(AskedPassage(speech.pk + 500, "1"), NOBODY).speech == speech


@pytest.mark.parametrize(
    "asked",
    [AskedPassage(10**10), AskedPassage(1, "9.9"), AskedPassage(1, revision=7)],
    ids=["speech", "key", "rev"],
)
def test_what_does_not_exist_is_missing(speech: Speech, asked: AskedPassage) -> None:
    known = AskedPassage(speech.pk if asked.speech == 1 else asked.speech, asked.section)
    with pytest.raises(MissingPassageError):
        find_passage(
            AskedPassage(known.speech, known.section, revision=asked.revision or None), NOBODY
        )


def test_a_withdrawn_speech_is_missing_for_readers(speech: Speech) -> None:
    withdraw_speech(speech)
    with pytest.raises(MissingPassageError):
        find_passage(AskedPassage(speech.pk, "1"), NOBODY)
    assert find_passage(AskedPassage(speech.pk, "1"), User(is_superuser=True, is_active=True))


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"speech": "x"},
        {"speech": "1", "start": "3"},
        {"speech": "1", "start": "9", "end": "3"},
        {"speech": "1", "start": "-1", "end": "3"},
        {"speech": "9" * 30},
    ],
)
def test_what_cant_be_read_is_told(params: dict[str, str]) -> None:
    with pytest.raises(PassageError, match="。"):
        read_asked(params)


@pytest.mark.parametrize("inked", [True, False])
def test_characters_beyond_the_text_are_told(speech: Speech, inked: bool) -> None:
    asked = AskedPassage(speech.pk, start=10, end=10**6, inked=inked)
    with pytest.raises(PassageError, match="超出"):
        find_passage(asked, NOBODY)


def test_only_white_space_is_no_passage(speech: Speech) -> None:
    assert speech.current
    at = speech.current.text.index("\n")
    with pytest.raises(PassageError, match="没有文字"):
        find_passage(AskedPassage(speech.pk, start=at, end=at + 1), NOBODY)


def test_a_passage_costs_the_same_few_queries_wherever_it_is(speech: Speech) -> None:
    counts = []
    for key in ("1", "2.1", ""):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_passage(AskedPassage(speech.pk, key), NOBODY)
        counts.append(len(queries))
    assert counts == [3, 3, 3]
