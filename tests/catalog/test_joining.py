"""Speeches that absorb others and give them back."""

import pytest

from corpus_app.batches.models import Batch, BatchFile
from corpus_app.catalog.joining import absorb_speech, describe_speech, restore_speech
from corpus_app.catalog.models import Speech, SpeechAlias
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def test_revisions_are_appended_and_the_present_text_stays() -> None:
    into, gone = store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")
    current, moved = into.current_id, gone.current_id
    assert absorb_speech(gone, into) == [moved]
    into.refresh_from_db()
    assert into.current_id == current
    assert list(into.revisions.order_by("number").values_list("pk", "number")) == [
        (current, 1),
        (moved, 2),
    ]
    assert SpeechAlias.objects.get().old_id == gone.pk


def test_a_speech_does_not_absorb_itself() -> None:
    speech = store(WORK_CONFERENCE)
    with pytest.raises(ValueError, match="itself"):
        absorb_speech(speech, speech)


def test_files_of_a_batch_go_along_and_come_back() -> None:
    into, gone = store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")
    batch = Batch.objects.create(name="一批")
    file = BatchFile.objects.create(
        batch=batch, position=1, path="b.txt", size=1, speech=gone, of=into
    )
    state = describe_speech(gone)
    absorb_speech(gone, into)
    file.refresh_from_db()
    assert (file.speech, file.of) == (into, into)
    restore_speech(state, into)
    file.refresh_from_db()
    assert (file.speech_id, file.of_id) == (gone.pk, into.pk)


def test_a_speech_whose_id_or_texts_are_gone_is_not_restored() -> None:
    into, gone = store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")
    state = describe_speech(gone)
    with pytest.raises(ValueError, match="taken"):
        restore_speech(state, into)
    absorb_speech(gone, into)
    into.revisions.exclude(pk=into.current_id).delete()
    with pytest.raises(ValueError, match="no revision"):
        restore_speech(state, into)
    assert Speech.objects.count() == 1
