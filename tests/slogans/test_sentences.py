"""Where the full parallel sentences of a revision are kept."""

from __future__ import annotations

import pytest

from corpus_app.slogans.models import ParallelSentence
from corpus_app.slogans.sentences import has_current_sentences, store_sentences
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db

SENTENCE = "既要让群众说得上话，又要让群众办得成事。"


def test_a_stored_speech_has_its_sentences_each_on_its_deepest_section() -> None:
    speech = store(WORK_CONFERENCE.replace("二十二个", f"{SENTENCE}二十二个", 1))
    revision = speech.current
    assert revision is not None
    (row,) = ParallelSentence.objects.filter(words__endswith=SENTENCE)
    assert revision.text[row.start : row.end] == row.words
    assert [revision.text[start:end] for start, end in row.members] == [
        "既要让群众说得上话",
        "又要让群众办得成事。",
    ]
    assert row.member_count == 2
    assert row.section is not None
    assert row.section.start <= row.start < row.end <= row.section.end


def test_storing_again_gives_the_same_and_a_lost_row_is_noticed() -> None:
    speech = store(WORK_CONFERENCE.replace("二十二个", f"{SENTENCE}二十二个", 1))
    revision = speech.current
    assert revision is not None
    count = ParallelSentence.objects.filter(revision=revision).count()
    assert store_sentences(revision) == count
    assert has_current_sentences(revision)
    ParallelSentence.objects.all().delete()
    assert not has_current_sentences(revision)
