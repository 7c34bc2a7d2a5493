"""What people decided on slogans outlives whatever becomes of the speeches that have them.

This is what stands in the register; refused mentions are in test_mention_refusals.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.revisions.joining import absorb, list_joinings, part
from corpus_app.intake.revisions.restoring import restore_revision
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.slogans.mentions import drop_unmentioned, record_all
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.slogans.registry import list_decided, load_slogans
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.scraped import current, take

pytestmark = pytest.mark.django_db

Act = Callable[[Speech], object]
QUOTED = "民有所呼、我有所应"
REGISTERED = "代表轮流坐班"
WORDING = "面对面听取意见"


@pytest.fixture
def speech() -> Speech:
    """A speech of which a slogan is registered, one annotated, one has a wording of its own."""
    speech = store(WORK_CONFERENCE, "a.txt", draft=True)
    Slogan.objects.filter(text=QUOTED).update(note="出自本县", standard="民有所呼，我有所应")
    Slogan.objects.filter(text="四个机关").update(registered=True)
    slogan = Slogan.objects.create(text=REGISTERED, kind="quoted", registered=True)
    SloganVariant.objects.create(slogan=slogan, text=WORDING)
    record_all()
    return speech


def read_decided() -> list[Any]:
    rows = Slogan.objects.exclude(registered=False, note="").order_by("text")
    variants = SloganVariant.objects.order_by("text").values_list("slogan__text", "text")
    return [list(rows.values_list("text", "registered", "standard", "note")), list(variants)]


def read_mentioned(speech: Speech) -> set[tuple[str, str]]:
    revision = current(Speech.objects.get(pk=speech.pk))
    rows = revision.mentions.select_related("slogan")
    return {(row.slogan.text, revision.text[row.start : row.end]) for row in rows}


def remove_words(speech: Speech) -> None:
    revision = current(speech)
    revise_text(speech, revision.number, [], [take(revision.raw, f"“{QUOTED}”")])


def remove_and_restore(speech: Speech) -> None:
    remove_words(speech)
    record_all()
    restore_revision(speech, 1, current(Speech.objects.get(pk=speech.pk)).number)


def read_again(speech: Speech) -> None:
    import_bytes(WORK_CONFERENCE.replace("，常委会", "，区常委会").encode(), "a.txt", draft=True)


def import_again(speech: Speech) -> None:
    import_bytes(WORK_CONFERENCE.encode(), "a.txt", draft=True)


def join_and_part(speech: Speech) -> None:
    other = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
    absorb(Speech.objects.select_related("current").get(pk=speech.pk), other)
    part(list_joinings(Speech.objects.get(pk=speech.pk))[0])


def repair(speech: Speech) -> None:
    call_command("check_corpus", "--repair", verbosity=0)


@pytest.mark.parametrize(
    "act", [remove_words, remove_and_restore, read_again, import_again, join_and_part, repair]
)
def test_they_stay_and_count_whatever_becomes_of_the_text(speech: Speech, act: Act) -> None:
    before = read_decided()
    act(speech)
    record_all()
    drop_unmentioned()
    assert read_decided() == before
    wanted = {(REGISTERED, REGISTERED), (REGISTERED, WORDING), ("四个机关", "四个机关")}
    assert wanted <= read_mentioned(speech)


def test_a_slogan_that_somebody_annotated_outlives_its_last_mention(speech: Speech) -> None:
    speech.delete()
    Slogan.objects.create(text="两个联系", kind="counted")
    record_all()
    left = Slogan.objects.filter(registered=False)
    assert [slogan.text for slogan in left] == [QUOTED]
    assert list_decided(left[0]) == ["standard", "note"]


ENTRY: dict[str, Any] = {
    "text": "四个机关",
    "kind": "counted",
    "members": [],
    "variants": [],
    "standard": "",
    "source": None,
    "sourced": False,
    "note": "",
}


def test_what_was_taken_out_of_the_register_does_not_come_back_with_its_file() -> None:
    store(WORK_CONFERENCE, "a.txt", draft=True)
    load_slogans([ENTRY])
    Slogan.objects.filter(text="四个机关").update(registered=False)
    load_slogans([{**ENTRY, "note": "新备注"}])
    assert not Slogan.objects.get(text="四个机关").registered
    Slogan.objects.filter(text="四个机关").delete()
    record_all()
    load_slogans([{**ENTRY, "note": "又一备注"}])
    assert not Slogan.objects.get(text="四个机关").registered


def test_the_file_leaves_what_was_said_of_a_slogan_before_it_was_registered() -> None:
    store(WORK_CONFERENCE, "a.txt", draft=True)
    Slogan.objects.filter(text="四个机关").update(note="编辑的备注")
    load_slogans([{**ENTRY, "note": "文件的备注", "standard": "文件的写法"}])
    slogan = Slogan.objects.get(text="四个机关")
    assert (slogan.registered, slogan.note, slogan.standard) == (True, "编辑的备注", "文件的写法")


@pytest.mark.parametrize("formerly", ["", "四类机关"])
def test_a_wording_of_the_file_leaves_what_was_said_of_it(formerly: str) -> None:
    store(WORK_CONFERENCE, "a.txt", draft=True)
    Slogan.objects.filter(text="四个机关").update(note="编辑的备注")
    entry = {**ENTRY, "text": formerly or "人大四个机关"}
    load_slogans([entry])
    changed = {"text": "四个机关", "formerly": formerly} if formerly else {"variants": ["四个机关"]}
    load_slogans([{**entry, **changed}])
    assert Slogan.objects.get(text="四个机关").note == "编辑的备注"
