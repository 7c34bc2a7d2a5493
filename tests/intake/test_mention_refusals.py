"""A mention that an editor refused counts nowhere, and whatever becomes of the text it stays so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.slogans import find_slogans
from corpus_app.intake.checking.speeches import Register
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.revisions.editing import readmit_mention, refuse_mention
from corpus_app.intake.revisions.joining import absorb, list_joinings, part
from corpus_app.intake.revisions.restoring import restore_revision
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.slogans.mentions import drop_unmentioned, has_current_mentions, record_all
from corpus_app.slogans.models import MentionRefusal, Slogan
from corpus_app.slogans.querysets import find_uses, list_counted_slogans
from search import rebuild_index
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.scraped import current, take
from tests.search.asking import ask

pytestmark = pytest.mark.django_db

Act = Callable[[Speech], object]
WORDS = "四个机关"


@pytest.fixture
def speech() -> Speech:
    """A speech of which one of two mentions of a slogan is refused."""
    speech = store(WORK_CONFERENCE.replace("二十二个", f"{WORDS}二十二个"), "a.txt")
    revision = current(speech)
    first = revision.mentions.filter(slogan__text=WORDS).order_by("start")[0]
    assert refuse_mention(revision, first.start, first.end)
    return speech


def reload(speech: Speech) -> Speech:
    return Speech.objects.get(pk=speech.pk)


def list_places(speech: Speech) -> list[tuple[int, int]]:
    rows = current(reload(speech)).mentions.filter(slogan__text=WORDS)
    return sorted(rows.values_list("start", "end"))


def list_refused(speech: Speech) -> list[str]:
    revision = current(reload(speech))
    return [revision.text[r.start : r.end] for r in revision.mention_refusals.all()]


def cut_before(speech: Speech) -> None:
    revision = current(speech)
    revise_text(speech, revision.number, [], [take(revision.raw, "同志们：")])


def remove_and_restore(speech: Speech) -> None:
    revision = current(speech)
    at = revision.raw.index(WORDS)
    span = Removed("editor", WORDS, at, at + len(WORDS), "editor")
    revise_text(speech, revision.number, [], [span])
    restore_revision(reload(speech), 1, current(reload(speech)).number)


def read_again(speech: Speech) -> None:
    import_bytes(speech_text().replace("，常委会", "，区常委会").encode(), "a.txt")


def import_again(speech: Speech) -> None:
    import_bytes(speech_text().encode(), "a.txt")


def speech_text() -> str:
    return WORK_CONFERENCE.replace("二十二个", f"{WORDS}二十二个")


def join_and_part(speech: Speech) -> None:
    other = store(speech_text().replace("二十二个", "二十三个"), "b.txt", draft=True)
    absorb(reload(speech), other)
    part(list_joinings(reload(speech))[0])


def be_joined(speech: Speech) -> None:
    other = store(speech_text().replace("二十二个", "二十三个"), "b.txt", draft=True)
    absorb(reload(speech), other)


def repair(speech: Speech) -> None:
    record_all()
    call_command("check_corpus", "--repair", verbosity=0)


@pytest.mark.parametrize(
    "act",
    [cut_before, remove_and_restore, read_again, import_again, join_and_part, be_joined, repair],
)
def test_it_stays_whatever_becomes_of_the_text(speech: Speech, act: Act) -> None:
    before = len(list_places(speech))
    act(speech)
    assert list_refused(speech) == [WORDS]
    assert len(list_places(speech)) == before
    revision = current(reload(speech))
    assert has_current_mentions(revision, find_slogans(revision.text), Register())


def test_it_goes_along_into_the_speech_that_takes_its_own_in(speech: Speech) -> None:
    kept = store(speech_text().replace("二十二个", "二十三个"), "b.txt", draft=True)
    Speech.objects.filter(pk=kept.pk).update(status="published")
    Speech.objects.filter(pk=speech.pk).update(status="draft")
    absorb(reload(kept), reload(speech))
    assert not Speech.objects.filter(pk=speech.pk).exists()
    assert list_refused(kept) == [WORDS]


def test_it_is_out_of_counts_first_use_and_search() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    slogan = Slogan.objects.get(text=WORDS)
    Slogan.objects.filter(pk=slogan.pk).update(registered=True)
    rebuild_index()
    assert ask(f"提法:{WORDS}").total == 1
    (mention,) = slogan.mentions.all()
    refuse_mention(current(speech), mention.start, mention.end)
    rebuild_index()
    assert not ask(f"提法:{WORDS}").total
    assert not find_uses([slogan.pk])
    assert list_counted_slogans().get(pk=slogan.pk).mention_count == 0


def test_taken_back_it_counts_again(speech: Speech) -> None:
    revision = current(speech)
    refusal = MentionRefusal.objects.get(revision=revision)
    before = len(list_places(speech))
    assert readmit_mention(revision, refusal.start, refusal.end)
    assert len(list_places(speech)) == before + 1
    assert not readmit_mention(revision, refusal.start, refusal.end)


def test_what_an_older_revision_refused_stays_taken_back(speech: Speech) -> None:
    cut_before(speech)
    revision = current(reload(speech))
    refusal = MentionRefusal.objects.get(revision=revision)
    readmit_mention(revision, refusal.start, refusal.end)
    restore_revision(reload(speech), 1, revision.number)
    assert list_refused(speech) == []


def test_where_nothing_was_found_nothing_is_refused(speech: Speech) -> None:
    assert not refuse_mention(current(speech), 0, 3)


def test_an_unregistered_slogan_all_of_which_was_refused_can_be_taken_back() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    (mention,) = Slogan.objects.get(text=WORDS).mentions.all()
    refuse_mention(current(speech), mention.start, mention.end)
    record_all()
    drop_unmentioned()
    assert Slogan.objects.filter(text=WORDS).exists()
    assert not list_places(speech)


def post(client: Client, speech: Speech, action: str, place: tuple[int, int], base: int = 1):
    start, end = place
    values = {"action": action, "start": start, "end": end, "base": base}
    slogan = Slogan.objects.get(text=WORDS)
    return client.post(
        f"/intake/{speech.pk}/mentions/", {**values, "slogan": slogan.pk}, follow=True
    )


def test_an_editor_refuses_and_takes_back_on_the_slogans_page(
    admin_client: Client, speech: Speech
) -> None:
    place = list_places(speech)[0]
    address = Slogan.objects.get(text=WORDS).get_absolute_url()
    assert "排除这一处" in admin_client.get(address).content.decode()
    answer = post(admin_client, speech, "refuse", place)
    assert "已排除这一处" in answer.content.decode()
    assert len(list_refused(speech)) == 2
    post(admin_client, speech, "readmit", place)
    assert len(list_refused(speech)) == 1
    assert post(admin_client, speech, "nonsense", place).status_code == 404


def test_on_an_outdated_page_nothing_is_refused(admin_client: Client, speech: Speech) -> None:
    place = list_places(speech)[0]
    cut_before(speech)
    answer = post(admin_client, speech, "refuse", place)
    assert "已有变动" in answer.content.decode()
    assert len(list_refused(speech)) == 1


def test_readers_see_no_form_and_no_refusal(client: Client, speech: Speech) -> None:
    page = client.get(Slogan.objects.get(text=WORDS).get_absolute_url()).content.decode()
    assert "排除" not in page
