"""A file of several speeches is split into drafts, loses nothing, and is made whole by one undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Kinship, Revision, Speech, Upload
from corpus_app.catalog.uploads import list_stored_files, read_upload
from corpus_app.ingest.limits import get_limits, set_limits
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.splitting import (
    SplittingError,
    list_beginnings,
    list_parts,
    list_wholes,
    split,
    undo_split,
)
from corpus_app.intake.models import Doubt, DoubtReason, SplitPart
from corpus_app.intake.revisions import editing
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.ingest.test_collections import BODY

pytestmark = pytest.mark.django_db
THIRD = f"在枫岭县代表工作推进会上的讲话\n（2022年3月4日）\n枫岭县人大常委会主任 顾云舟\n\n{BODY}"
SEVERAL = f"讲话选编，供内部学习\n\n{WORK_CONFERENCE}\n{TRAINING}\n{THIRD}"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"


def read(pk: int) -> Speech:
    return Speech.objects.select_related("current__upload").get(pk=pk)


def gather(*, draft: bool = True, data: bytes = SEVERAL.encode(), name: str = "选编.txt") -> Speech:
    outcome = import_bytes(data, name, draft=draft)
    assert outcome.speech
    return read(outcome.speech)


def split_all(speech: Speech, user: User | None = None) -> list[Speech]:
    assert speech.current
    split(speech, speech.current.pk, [one.cut for one in list_beginnings(speech.current)], user)
    return [one.speech for one in list_parts(speech) if one.speech]


def describe(speech: Speech) -> tuple[object, ...]:
    """Return all of the speech, and of the corpus, that splitting and its undoing must not lose."""
    speech = read(speech.pk)
    assert speech.current
    flags = DoubtReason.objects.filter(doubt__speech=speech).order_by("code", "pk")
    state = (speech.current.pk, speech.current.text, speech.current.raw, speech.status)
    reasons = list(flags.values_list("code", "weight", "other"))
    counts = [m.objects.count() for m in (Speech, Revision, Upload, Kinship, Doubt, SplitPart)]
    files = [path.name for path in list_stored_files()]
    return (*state, read_fields(speech), reasons, counts, files)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SEVERAL.encode(), "选编.txt"),
        (SEVERAL.replace("\n", "\r\n").encode("gb18030"), "选编.txt"),
        (("<p>" + SEVERAL.replace("\n", "</p>\n<p>") + "</p>").encode(), "选编.html"),
    ],
)
def test_each_part_is_a_draft_with_a_head_of_its_own_and_together_they_are_all_of_the_raw_text(
    data: bytes, name: str
) -> None:
    speech = gather(data=data, name=name)
    assert speech.current
    parts = split_all(speech)
    heads = [(p.speaker.name if p.speaker else "", p.delivered, p.status) for p in parts]
    assert heads == [
        ("林知远", "2023-05-06", "draft"),
        ("苏晚晴", "2021-09-03", "draft"),
        ("顾云舟", "2022-03-04", "draft"),
    ]
    raws = [p.current.raw for p in parts if p.current]
    assert "".join(raws) == speech.current.raw
    rows = list(SplitPart.objects.all())
    assert [speech.current.raw[row.start : row.end] for row in rows] == raws
    assert "".join(read_upload(row.upload).decode() for row in rows) == speech.current.raw
    assert read_upload(speech.current.upload) == data


def test_every_part_says_from_which_file_and_stretch_it_comes() -> None:
    speech = gather()
    for part in split_all(speech):
        (row,) = list_wholes(part)
        assert part.current
        assert (row.whole, row.revision.upload.name) == (speech, "选编.txt")
        assert row.end - row.start == len(part.current.raw)
    assert list_wholes(speech) == []


def test_the_split_draft_is_withdrawn_and_the_same_file_is_still_a_duplicate() -> None:
    speech = gather()
    split_all(speech)
    assert read(speech.pk).status == "withdrawn"
    again = import_bytes(SEVERAL.encode(), "选编.txt", draft=True)
    assert (again.status, again.speech) == ("duplicate", speech.pk)


def test_a_published_speech_stays_until_somebody_withdraws_it() -> None:
    speech = gather()
    editing.publish(speech)
    parts = split_all(read(speech.pk))
    assert read(speech.pk).status == "published"
    assert {part.status for part in parts} == {"draft"}
    undo_split(speech, None)
    assert read(speech.pk).status == "published"


def test_that_a_part_stands_in_the_whole_is_no_doubt() -> None:
    speech = gather()
    for part in split_all(speech):
        assert not DoubtReason.objects.filter(doubt__speech=part, other=speech).exists()


@pytest.mark.parametrize("status", ["draft", "published", "withdrawn"])
def test_one_undo_brings_everything_back_as_it_was(
    status: str,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    speech = gather()
    acts = {"draft": editing.hold_back, "published": editing.publish, "withdrawn": editing.withdraw}
    acts[status](speech)
    before = describe(speech)
    for _time in range(2):
        split_all(read(speech.pk))
        assert describe(speech) != before
        with django_capture_on_commit_callbacks(execute=True):
            assert undo_split(speech, None) == []
        assert describe(speech) == before


def test_a_part_that_somebody_worked_on_stays_after_the_undo() -> None:
    speech = gather()
    first, second, third = split_all(speech)
    editing.correct(first, {"occasion": "青芜县人大工作会议（第二场）"}, {})
    editing.publish(third)
    assert undo_split(speech, None) == [first, third]
    assert not Speech.objects.filter(pk=second.pk).exists()
    assert (read(speech.pk).status, read(first.pk).status) == ("draft", "draft")
    assert read(third.pk).status == "published"


def test_a_part_that_is_known_already_is_that_speech_and_no_second_one() -> None:
    known = store(TRAINING, "培训班.txt")
    speech = gather()
    assert known in split_all(speech)
    assert Speech.objects.count() == 4
    undo_split(speech, None)
    assert set(Speech.objects.all()) == {known, speech}
    assert not known.copies.exists()


@pytest.mark.parametrize("again", [TRAINING, TRAINING.replace("\n\n", "\n\n\n")])
def test_a_speech_that_stands_twice_in_the_file_is_one_and_undone_as_one(again: str) -> None:
    speech = gather(data=f"{WORK_CONFERENCE}\n{TRAINING}\n{again}\n{THIRD}".encode())
    before = describe(speech)
    parts = split_all(speech)
    assert len(parts) == 4
    assert parts[1] == parts[2]
    assert undo_split(speech, None) == []
    assert describe(speech)[:-1] == before[:-1]


def test_only_the_chosen_beginnings_part_the_text() -> None:
    speech = gather()
    assert speech.current
    cut = list_beginnings(speech.current)[-1].cut
    assert split(speech, speech.current.pk, [cut], None) == 2
    assert [(row.start, row.end) for row in SplitPart.objects.all()] == [
        (0, cut),
        (cut, len(speech.current.raw)),
    ]


def test_no_beginning_an_unknown_one_another_text_and_a_second_time_are_refused() -> None:
    speech = gather()
    assert speech.current
    cuts = [one.cut for one in list_beginnings(speech.current)]
    for base, chosen in ((0, cuts), (speech.current.pk, []), (speech.current.pk, [7])):
        with pytest.raises(SplittingError):
            split(speech, base, chosen, None)
    split_all(speech)
    with pytest.raises(SplittingError):
        split(read(speech.pk), speech.current.pk, cuts, None)
    undo_split(speech, None)
    with pytest.raises(SplittingError):
        undo_split(speech, None)


def test_a_part_that_cannot_be_read_is_named_and_everything_is_as_it_was() -> None:
    speech = gather()
    before, limits = describe(speech), get_limits()
    longest = len(speech.current.raw) // 3 if speech.current else 0
    set_limits(replace(limits, text_chars=longest))
    try:
        with pytest.raises(SplittingError, match="第 1 篇读不出来：全文有"):
            split_all(speech)
    finally:
        set_limits(limits)
    assert describe(speech) == before


def test_a_speech_alone_in_its_file_has_nothing_to_split() -> None:
    speech = read(store(WORK_CONFERENCE, draft=True).pk)
    assert speech.current
    assert list_beginnings(speech.current) == []
