"""Writes on speeches."""

import dataclasses
import datetime as dt

import pytest

from corpus_app.catalog import services
from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.joining import absorb_speech
from corpus_app.catalog.models import Organisation, Revision, Section, Speech, SpeechAlias
from corpus_app.catalog.relocation import resolve_alias
from corpus_app.catalog.revisions import Descent, append_revision
from corpus_app.catalog.uploads import keep_upload
from corpus_app.ingest.draft import Draft, PartialDate
from corpus_app.ingest.pipeline import parse_bytes
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

pytestmark = pytest.mark.django_db


def parse(text: str, name: str = "speech.txt") -> Draft:
    return parse_bytes(text.encode(), name)


def store(draft: Draft, **options: bool) -> Speech:
    upload = keep_upload(draft.raw.encode(), draft.file, file_format=draft.format)
    return services.store_draft(draft, upload, **options)


def test_a_draft_is_stored_whole() -> None:
    draft = parse(WORK_CONFERENCE)
    speech = store(draft)
    assert speech.title == "在青芜县人大工作会议上的讲话"
    assert (speech.date_start, speech.date_end) == (dt.date(2023, 5, 6), dt.date(2023, 5, 6))
    assert speech.status == "draft"
    revision = speech.current
    assert revision is not None
    assert (revision.raw, revision.text) == (draft.raw, draft.text)
    assert revision.removed == draft.to_json()["removed"]
    stored = revision.sections.order_by("position").select_related("parent")
    assert [
        (s.key, s.parent.key if s.parent else None, s.kind, s.ordinal, s.start, s.end)
        for s in stored
    ] == [(s.id, s.parent, s.kind, s.ordinal, s.start, s.end) for s in draft.sections]
    assert {s.depth for s in stored if s.parent is None} == {0}


def test_the_same_text_has_the_same_section_keys() -> None:
    first = store(parse(WORK_CONFERENCE))
    second = services.store_draft(parse(WORK_CONFERENCE), keep_upload(b"other", "b.txt"))
    keys = [
        list(Section.objects.filter(revision__speech=s).values_list("key")) for s in (first, second)
    ]
    assert keys[0] == keys[1]
    assert len(keys[0]) > 6


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("half-way")

    draft = parse(WORK_CONFERENCE)
    upload = keep_upload(b"x", "x.txt")
    monkeypatch.setattr("corpus_app.catalog.revisions._store_gaps", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        services.store_draft(draft, upload)
    assert not Speech.objects.exists()
    assert not Section.objects.exists()
    assert not Organisation.objects.exists()


def test_what_is_too_long_is_shortened_and_said() -> None:
    draft = parse(WORK_CONFERENCE)
    long = "关于" + "很" * 400 + "长的题目"
    draft.metadata = dataclasses.replace(draft.metadata, title=long, speaker="名" * 250)
    speech = store(draft)
    assert len(speech.title) == 300
    assert speech.speaker is not None
    assert len(speech.speaker.name) == 200
    assert speech.current is not None
    said = [n["message"] for n in speech.current.notices if n["code"] == "field_unfit"]
    assert len(said) == 2
    assert any(long in message for message in said)
    assert speech.current.metadata["title"] == long


def test_a_wrong_date_or_address_is_not_taken_and_said() -> None:
    draft = parse(WORK_CONFERENCE)
    dates = {
        "delivered": PartialDate("2023-02-30", "day"),
        "published": PartialDate("2022-06", "month"),
    }
    draft.metadata = dataclasses.replace(
        draft.metadata, dates=dates, source_url="javascript:alert(1)"
    )
    speech = store(draft)
    assert (speech.delivered, speech.source_url) == ("", "")
    assert (speech.date, speech.date_end) == ("2022-06", dt.date(2022, 6, 30))
    assert speech.current is not None
    assert len([n for n in speech.current.notices if n["code"] == "field_unfit"]) == 2


def test_a_speech_without_title_takes_the_file_s_name() -> None:
    draft = parse(WORK_CONFERENCE, "无题的稿子.txt")
    draft.metadata = dataclasses.replace(draft.metadata, title=None)
    speech = store(draft)
    assert (speech.title, speech.title_inferred) == ("无题的稿子", True)


def test_a_correction_becomes_the_next_revision_and_the_old_one_stays() -> None:
    speech = store(parse(WORK_CONFERENCE), publish=True)
    old = speech.current
    corrected = parse(WORK_CONFERENCE.replace("二十二个站点", "二十三个站点"))
    revision = services.revise_speech(speech, corrected, keep_upload(b"2", "b.txt"), "改正站点数")
    speech.refresh_from_db()
    assert old is not None
    assert (revision.number, speech.current, speech.status) == (2, revision, "published")
    assert "二十三个站点" in revision.text
    old.refresh_from_db()
    assert "二十二个站点" in old.text
    assert revision.reason == "改正站点数"


def test_a_revision_keeps_what_a_person_corrected_and_follows_the_rest() -> None:
    speech = store(parse(WORK_CONFERENCE))
    services.correct_metadata(speech, {"speaker_role": "县人大常委会党组书记"})
    changed = WORK_CONFERENCE.replace("（2023年5月6日）", "（2023年5月8日）")
    services.revise_speech(speech, parse(changed), keep_upload(b"2", "b.txt"))
    speech.refresh_from_db()
    assert speech.speaker_role == "县人大常委会党组书记"
    assert speech.delivered == "2023-05-08"
    assert speech.date_start == dt.date(2023, 5, 8)


def test_correcting_sets_parties_and_the_period() -> None:
    speech = store(parse(WORK_CONFERENCE))
    values = {"organisation": "青芜县人大常委会", "delivered": "2023-06", "title": "新题目"}
    assert services.correct_metadata(speech, values) == ["delivered", "organisation", "title"]
    speech.refresh_from_db()
    assert str(speech.organisation) == "青芜县人大常委会"
    assert speech.date_end == dt.date(2023, 6, 30)
    assert not speech.title_inferred
    assert services.correct_metadata(speech, values) == []


def test_correcting_refuses_an_unknown_field() -> None:
    speech = store(parse(WORK_CONFERENCE))
    with pytest.raises(ValueError, match="status"):
        services.correct_metadata(speech, {"status": "published"})


def test_publishing_again_keeps_the_first_date() -> None:
    speech = store(parse(WORK_CONFERENCE))
    services.publish_speech(speech)
    first = speech.published_at
    services.withdraw_speech(speech)
    assert speech.status == "withdrawn"
    services.publish_speech(speech)
    assert (speech.published_at, speech.status) == (first, "published")


def test_an_absorbed_speech_becomes_a_revision_and_its_address_leads_on() -> None:
    kept = store(parse(WORK_CONFERENCE), publish=True)
    draft = parse(WORK_CONFERENCE.replace("每月开放两天", "每月开放三天"))
    other = services.store_draft(draft, keep_upload(b"2", "b.txt"))
    older = services.store_draft(parse(TRAINING), keep_upload(b"3", "c.txt"))
    SpeechAlias.objects.create(old_id=999, speech=other)
    gone, current = other.pk, kept.current_id
    moved = absorb_speech(other, kept)
    kept.refresh_from_db()
    assert (kept.current_id, kept.status) == (current, "published")
    assert list(kept.revisions.filter(pk__in=moved).values_list("number", flat=True)) == [2]
    assert not Speech.objects.filter(pk=gone).exists()
    assert resolve_alias(gone) == resolve_alias(999) == kept.pk
    assert resolve_alias(older.pk) is None


def test_a_speech_cannot_absorb_itself() -> None:
    speech = store(parse(WORK_CONFERENCE))
    with pytest.raises(ValueError, match="itself"):
        absorb_speech(speech, speech)


def test_fields_are_read_as_text() -> None:
    speech = store(parse(WORK_CONFERENCE))
    assert read_fields(speech)["speaker"] == "林知远"
    assert read_fields(speech)["organisation"] == (
        speech.organisation.name if speech.organisation else ""
    )


def test_an_appended_revision_keeps_file_and_parsed_metadata_of_its_base() -> None:
    speech = store(parse(WORK_CONFERENCE))
    base = speech.current
    assert base is not None
    decisions = {"removed": [], "kept": [{"start": 0, "end": 2}]}
    descent = Descent(Revision.Origin.EDITED, base, decisions)
    revision = append_revision(speech, parse("同志们：\n大家好。"), descent, "校订")
    assert (revision.number, revision.origin, revision.based_on) == (2, "edited", base)
    assert (revision.upload, revision.decisions) == (base.upload, decisions)
    assert revision.metadata["title"] == base.metadata["title"] == speech.title
    assert speech.current == revision


def test_an_appended_revision_must_name_its_base() -> None:
    speech = store(parse(WORK_CONFERENCE))
    with pytest.raises(ValueError, match="based on"):
        append_revision(speech, parse(WORK_CONFERENCE), Descent(), "校订")
