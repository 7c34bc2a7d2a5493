"""Quality flags as they are kept: they follow changes of a speech, shared texts and the rules."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Gap, Kinship, Speech
from corpus_app.catalog.models.marker import set_marker
from corpus_app.intake.checking import check_everything
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import Doubt, DoubtReason
from corpus_app.intake.quality.flags import (
    MARKER,
    flag_outline,
    flag_text,
    has_current_flags,
    is_doubtful,
    mark_looked,
    refresh_flags,
    refresh_missing,
    unmark_looked,
)
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.joining import absorb
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.ingest.shared_texts import SHARED, needs_shared

pytestmark = pytest.mark.django_db


def read_flags(speech: Speech) -> tuple[int, set[str]]:
    doubt = Doubt.objects.get(speech=speech)
    return doubt.score, set(doubt.reasons.values_list("code", flat=True))


def test_an_import_weighs_the_speech() -> None:
    clean = store(WORK_CONFERENCE)
    assert not is_doubtful(clean)
    cut = store(TRAINING[: TRAINING.index("最后，") - 12], "b.txt", draft=True)
    assert is_doubtful(cut)
    assert "truncated" in read_flags(cut)[1]


def test_two_like_texts_are_both_doubtful_and_name_one_another() -> None:
    first = store(WORK_CONFERENCE, "a.txt", draft=True)
    second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
    others = dict(
        DoubtReason.objects.filter(code="near_duplicate").values_list("doubt__speech", "other")
    )
    assert others == {first.pk: second.pk, second.pk: first.pk}


def test_a_nearer_text_that_comes_later_is_named_instead() -> None:
    first = store(WORK_CONFERENCE, "a.txt", draft=True)
    store(WORK_CONFERENCE.replace("代表", "委员"), "b.txt", draft=True)
    nearest = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "c.txt", draft=True)
    assert DoubtReason.objects.get(doubt__speech=first, code="near_duplicate").other == nearest
    assert "doubts_outdated" not in {finding.code for finding in check_everything()}


def test_a_decision_on_two_like_texts_settles_the_flag() -> None:
    first = store(WORK_CONFERENCE, "a.txt", draft=True)
    second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
    Kinship.objects.update_or_create(
        speech=first,
        other=second,
        defaults={"kind": "near", "share": 1, "other_share": 1, "decision": "both"},
    )
    refresh_flags(second)
    assert "near_duplicate" not in read_flags(second)[1]


@pytest.mark.parametrize("way", ["merge", "delete"])
def test_a_gone_twin_leaves_no_doubt_behind(way: str) -> None:
    first = store(WORK_CONFERENCE, "a.txt", draft=True)
    second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
    if way == "merge":
        absorb(second, first)
    else:
        editing.delete(second)
    first.refresh_from_db()
    assert not is_doubtful(first)
    assert "near_duplicate" not in read_flags(first)[1]


def test_a_correction_takes_its_reason_away() -> None:
    speech = store(WORK_CONFERENCE[WORK_CONFERENCE.index("同志们") :], draft=True)
    assert {"no_title", "no_date"} <= read_flags(speech)[1]
    values = read_fields(speech) | {"title": "在会上的讲话", "delivered": "2023-05"}
    editing.correct(speech, values, {})
    assert not {"no_title", "no_date"} & read_flags(speech)[1]


def test_a_speech_that_was_looked_at_stays_so_until_a_new_reason_comes() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    user = User.objects.create_user("editor")
    mark_looked(speech, user)
    editing.correct(speech, {"place": "青芜县城"}, {})
    assert Doubt.objects.get().looked_by == user
    editing.correct(speech, {"delivered": ""}, {})
    assert Doubt.objects.get().looked_at is None
    mark_looked(speech, user)
    unmark_looked(speech)
    assert Doubt.objects.get().looked_at is None


def test_what_was_never_weighed_is_doubtful_and_weighed_at_the_next_start() -> None:
    speech = store(WORK_CONFERENCE)
    Doubt.objects.all().delete()
    assert is_doubtful(speech)
    assert refresh_missing() == 1
    assert refresh_missing() == 0
    assert not is_doubtful(speech)


def test_other_rules_weigh_everything_anew() -> None:
    store(WORK_CONFERENCE)
    refresh_missing()
    set_marker(MARKER, "older rules")
    Doubt.objects.update(score=99)
    assert refresh_missing() == 1
    assert Doubt.objects.get().score < 99


def test_the_check_finds_and_mends_outdated_flags() -> None:
    speech = store(WORK_CONFERENCE)
    Doubt.objects.update(score=99)
    assert "doubts_outdated" in {finding.code for finding in check_everything()}
    call_command("check_corpus", "--repair", verbosity=0)
    assert read_flags(speech)[0] < 99
    assert "doubts_outdated" not in {finding.code for finding in check_everything()}


@needs_shared
def test_of_the_real_files_those_with_faults_need_an_eye() -> None:
    doubtful = []
    for path in sorted((SHARED / "seeds").iterdir()):
        outcome = import_bytes(path.read_bytes(), path.name, draft=True)
        doubtful.append(is_doubtful(Speech.objects.get(pk=outcome.speech or 0)))
    # The cut one without a title, the pay-walled one, the one with words of the site inside its
    # sentences and the one with 4864 hidden characters.
    assert doubtful == [True, False, True, True, True]


def test_flags_of_the_outline_leave_those_of_the_text() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    revision = speech.current
    assert revision is not None
    Gap.objects.create(revision=revision, kind="hidden", offset=5)
    _score, before = read_flags(speech)
    flag_outline(speech, revision)
    assert read_flags(speech)[1] == before | {"gap"}
    assert has_current_flags(speech, revision)
    Gap.objects.all().delete()
    flag_text(speech, revision)
    assert read_flags(speech)[1] == before | {"gap"}
    flag_outline(speech, revision)
    assert read_flags(speech)[1] == before
