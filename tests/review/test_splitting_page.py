"""An editor splits a file of several speeches on its review page, and takes it back there."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.splitting import list_beginnings
from corpus_app.intake.models import SplitPart
from corpus_app.intake.revisions import editing
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.intake.test_splitting import SEVERAL, gather

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"


def come_again() -> Client:
    """Return the browser of the editor, who may have been here before."""
    known = User.objects.filter(username="editor").first()
    if known is None:
        return enter("editor")
    client = Client()
    client.force_login(known)
    return client


def look(speech: Speech) -> str:
    page = come_again().get(f"/intake/{speech.pk}/").content.decode()
    return re.sub(r"\s+", " ", html.unescape(page))


def post(speech: Speech, **values: object) -> str:
    """Post as the editor; return what the page says then."""
    response = come_again().post(f"/intake/{speech.pk}/split/", values)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    return " ".join(map(str, get_messages(response.wsgi_request)))


def split(speech: Speech, **values: object) -> str:
    assert speech.current
    cuts = [one.cut for one in list_beginnings(speech.current)]
    return post(speech, **{"action": "split", "base": speech.current.pk, "cut": cuts} | values)


def test_the_panel_lists_each_beginning_with_its_place_and_first_words() -> None:
    speech = gather()
    page = look(speech)
    assert "文件里似有几篇讲话" in page
    assert page.count('name="cut"') == 2
    assert speech.current
    for one in list_beginnings(speech.current):
        assert f'value="{one.cut}" checked' in page
        assert f"{one.title} " in page
        assert f"正文第 {one.place} 字起：{one.words}……" in page


def test_splitting_leads_to_the_parts_and_they_lead_back() -> None:
    speech = gather()
    assert split(speech) == "已分为 3 篇，各篇均为草稿，请逐篇校核后发布。"
    page = look(speech)
    assert "已分为 3 篇" in page
    assert "文件里似有几篇讲话" not in page
    for row in SplitPart.objects.select_related("upload"):
        revision = row.upload.revisions.get()
        assert f'href="/intake/{revision.speech_id}/"' in page
        part = look(revision.speech)
        stretch = f"原文的第 {row.start + 1}—{row.end} 字"
        assert f"本篇由“选编.txt”第 1 版分出，是其{stretch}" in part
        assert stretch.replace("的", "") in page
        assert f'href="/intake/{speech.pk}/"' in part


def test_the_undo_stands_where_the_parts_are_listed() -> None:
    speech = gather()
    split(speech)
    assert 'value="undo"' in look(speech)
    assert post(speech, action="undo") == "已撤销分篇，本篇恢复原状。"
    assert Speech.objects.get() == speech
    assert "文件里似有几篇讲话" in look(speech)
    assert post(speech, action="undo") == "本篇没有分过篇，或已经撤销。"


def test_the_undo_names_what_stays() -> None:
    speech = gather()
    split(speech)
    part = Speech.objects.exclude(pk=speech.pk).earliest("pk")
    editing.publish(part)
    assert f"《{part.title}》已发布或改动过，仍各为一篇" in post(speech, action="undo")


def test_the_page_of_a_published_speech_says_that_it_stays_for_the_time_being() -> None:
    speech = gather()
    editing.publish(speech)
    assert "本篇仍在线上，待您发布各篇后再撤回。" in look(speech)
    split(speech)
    assert "本篇仍在线上。各篇校核发布以后，请撤回本篇。" in look(speech)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"cut": []}, "请至少选一处，从那里起另成一篇。"),
        ({"cut": [3]}, "请至少选一处，从那里起另成一篇。"),
        ({"base": 1 + 2**70}, "正文已有新的版本，请核对后再分篇。"),
    ],
)
def test_what_cannot_be_split_is_said_and_nothing_is_done(
    values: dict[str, object], message: str
) -> None:
    speech = gather()
    assert split(speech, **values) == message
    assert Speech.objects.count() == 1


@pytest.mark.parametrize(
    "values", [{}, {"action": "burn"}, {"action": "split"}, {"action": "split", "base": "²"}]
)
def test_a_post_of_no_meaning_is_not_found(values: dict[str, str]) -> None:
    speech = gather()
    response = enter("editor").post(f"/intake/{speech.pk}/split/", values)
    assert response.status_code == 404


@pytest.mark.parametrize(("role", "status"), [("", 302), ("reader", 403), ("clerk", 403)])
def test_others_split_nothing(role: str, status: int) -> None:
    speech = gather()
    assert speech.current
    values = {"action": "split", "base": speech.current.pk, "cut": 1}
    assert enter(role).post(f"/intake/{speech.pk}/split/", values).status_code == status
    assert not SplitPart.objects.exists()


def test_a_speech_alone_in_its_file_shows_no_panel() -> None:
    page = look(store(WORK_CONFERENCE, draft=True))
    assert 'id="splitting"' not in page


def test_many_parts_take_no_more_queries_than_few(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    few = gather()
    split(few)
    more = SEVERAL + SEVERAL.replace("青芜", "白榆").replace("芦汀", "枫岭").replace("二", "五")
    many = gather(data=more.encode(), name="续编.txt")
    split(many)
    assert few.split_parts.count() < many.split_parts.count()
    for speech in (few, many):
        client = come_again()
        with django_assert_max_num_queries(37):
            client.get(f"/intake/{speech.pk}/")
