"""Pages that are kept: what everybody is shown is what would be made anew for them, at once."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.batches.models import Batch
from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import publish_speech, withdraw_speech
from corpus_app.pages.kept_pages import PAGES
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme
from search import index_speeches, rebuild_index
from search.index.access import change_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.thoroughness import draw

pytestmark = pytest.mark.django_db

SHOWN = (
    *("/", "/speeches/", "/speeches/{0}/", "/speeches/{1}/", "/themes/", "/themes/ferry/"),
    *("/slogans/?all=1", "/search/?q=代表", "/structure/", "/structure/openings/"),
    *("/structure/parallels/", "/concordance/?q=代表", "/trends/?expression=代表"),
)
NAMES = ("yu-lu", "bai-wei", "qiu-shui", "lan-tian")
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
TOOK = re.compile(r"[\d.]+\s*毫秒")


def read(client: Client, address: str) -> str:
    """Return status and page, without what differs each time."""
    answer = client.get(address)
    return f"{answer.status_code} {TOOK.sub('', TOKEN.sub('', answer.content.decode()))}"


def retitle(speech: Speech, number: int) -> bool:
    Speech.objects.filter(pk=speech.pk).update(title=f"在第{number}次船工会议上的讲话")
    return True


def hide(speech: Speech, number: int) -> bool:
    Speech.objects.filter(pk=speech.pk).update(access=number % 3)
    return True


def withdraw(speech: Speech, number: int) -> bool:
    (publish_speech if number % 2 else withdraw_speech)(Speech.objects.get(pk=speech.pk))
    return True


def rename(_speech: Speech, number: int) -> bool:
    Theme.objects.filter(slug="ferry").update(name=f"第{number}渡口")
    return False


def register(_speech: Speech, number: int) -> bool:
    Slogan.objects.get_or_create(text=f"第{number}渡", defaults={"registered": True})
    return False


# Each tells whether the index has to follow.
CHANGES = (retitle, hide, withdraw, rename, register)


@draw(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(SHOWN),
    who=st.integers(0, 3),
    other=st.integers(0, 3),
    changes=st.lists(
        st.tuples(st.sampled_from(CHANGES), st.integers(0, 1), st.integers(0, 5)),
        min_size=1,
        max_size=4,
    ),
)
def test_after_each_change_everyone_is_shown_what_would_be_made_anew(
    address: str,
    who: int,
    other: int,
    changes: list[Any],
    asked: tuple[list[Speech], list[Client]],
    forget_kept: Callable[[], None],
) -> None:
    speeches, clients = asked
    address = address.format(*(speech.pk for speech in speeches))
    read(clients[who], address)
    read(clients[other], address)
    for change, which, how in changes:
        if change(speeches[which], how):
            # The engine draws the names of its files; hypothesis has each example draw the same.
            random.seed()
            index_speeches([speeches[which].pk])
        found = read(clients[who], address)
        forget_kept()
        assert found == read(clients[who], address)


@pytest.fixture
def asked() -> tuple[list[Speech], list[Client]]:
    """Two speeches that are indexed; a stranger, two readers and an editor."""
    Theme.objects.create(slug="ferry", name="渡口")
    speeches = [store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")]
    rebuild_index()
    return speeches, [Client(), *map(enter, ("reader", "reader", "editor"), NAMES)]


def enter(role: str, name: str) -> Client:
    """Return a browser in which a user of that role and name is signed in."""
    user = User.objects.create(username=name)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def test_a_page_that_a_browser_holds_is_not_sent_again(client: Client, speech: Speech) -> None:
    address = f"/speeches/{speech.pk}/"
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    held = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (held.status_code, held.content, held["ETag"]) == (304, b"", first["ETag"])
    assert {"Cookie", "Accept-Language"} <= set(held["Vary"].split(", "))
    Speech.objects.filter(pk=speech.pk).update(title="改过的标题")
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "改过的标题" in again.content.decode()


def test_another_language_or_address_is_another_page(client: Client, speech: Speech) -> None:
    tags = {
        client.get(address, headers={"Accept-Language": language})["ETag"]
        for address in ("/", "/?page=2", "/themes/")
        for language in ("zh-hans", "en")
    }
    assert len(tags) == 6


def test_every_browser_gets_a_token_of_its_own(speech: Speech) -> None:
    visitors = [Client(enforce_csrf_checks=True) for _ in range(3)]
    for visitor in visitors:
        token = TOKEN.search(visitor.get("/").content.decode())
        assert token is not None
        form = {"language": "en", "next": "/", "csrfmiddlewaretoken": token[0]}
        assert visitor.post("/i18n/setlang/", form).status_code == 302
        for other in visitors:
            if other is not visitor:
                assert other.post("/i18n/setlang/", form).status_code == 403


def test_who_is_signed_in_gets_a_page_that_no_browser_holds(client: Client, speech: Speech) -> None:
    tag = client.get("/")["ETag"]
    answer = enter("reader", NAMES[0]).get("/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in answer


def test_nobody_is_shown_the_page_of_another(
    asked: tuple[list[Speech], list[Client]], forget_kept: Callable[[], None]
) -> None:
    speeches, clients = asked
    clients.append(enter("editor", NAMES[3]))
    Batch.objects.create(created_by=User.objects.get(username=NAMES[3]), state=Batch.State.DONE)
    names = [None, *NAMES]
    for address in SHOWN:
        address = address.format(*(speech.pk for speech in speeches))
        # Of two with the same rights the second gets what was made for the first.
        found, held = [], []
        for client in clients:
            found.append(read(client, address))
            held.append(PAGES.held)
        assert held[1] == held[2] < held[3] == held[4], address
        for name, page in zip(names, found, strict=True):
            assert [one for one in NAMES if one in page] == [name][: bool(name)], address
            assert (reverse("queue") in page) == (name in NAMES[2:]), address
            assert ('data-unseen="1"' in page) == (name == NAMES[3]), address
        forget_kept()
        assert found[::-1] == [read(client, address) for client in reversed(clients)], address


def test_what_is_said_to_somebody_is_said_once_and_to_nobody_else(speech: Speech) -> None:
    told, other = (enter("reader", name) for name in NAMES[:2])
    for client in (told, other):
        assert "提纲已加入摘编" not in read(client, "/structure/")
    told.post(reverse("gather_outline"), {"speech": speech.pk})
    assert "提纲已加入摘编" not in read(other, "/structure/")
    assert "提纲已加入摘编" in read(told, "/structure/")
    for client in (told, other):
        assert "提纲已加入摘编" not in read(client, "/structure/")


def test_a_right_that_is_taken_away_is_gone_from_the_next_page(speech: Speech) -> None:
    editor = enter("editor", NAMES[0])
    user = User.objects.get(username=NAMES[0])
    address, queue = f"/speeches/{speech.pk}/", reverse("queue")
    Speech.objects.filter(pk=speech.pk).update(access=INTERNAL)
    assert queue in read(editor, address)
    user.groups.clear()
    assert read(editor, address).startswith(("404", "410"))
    for change in ({"is_superuser": True}, {"is_active": False}):
        User.objects.filter(pk=user.pk).update(**change)
        assert (queue in read(editor, address)) == ("is_superuser" in change)


def test_an_answer_that_is_not_kept_has_its_own_parts_too(speech: Speech) -> None:
    reader = enter("reader", NAMES[0])
    for address, status in (("/search/?q=“", 400), ("/speeches/99999/", 404)):
        page = read(reader, address)
        assert page.startswith(str(status))
        assert NAMES[0] in page


def test_nothing_is_kept_while_the_index_is_written(client: Client, speech: Speech) -> None:
    with change_index():
        answer = client.get("/")
        assert (answer.status_code, answer.has_header("ETag"), PAGES.held) == (200, False, 0)
    assert client.get("/").has_header("ETag")


def test_after_a_writer_that_failed_nothing_is_kept_until_one_ends(
    client: Client, speech: Speech
) -> None:
    with pytest.raises(ZeroDivisionError), change_index():
        raise ZeroDivisionError
    assert not client.get("/").has_header("ETag")
    index_speeches([speech.pk])
    assert client.get("/").has_header("ETag")


@pytest.mark.parametrize("said", [{"If-None-Match": "*"}, {"If-Match": '"x"'}])
def test_no_browser_is_told_that_it_holds_a_page_it_was_never_shown(
    client: Client, speech: Speech, said: dict[str, str]
) -> None:
    address = f"/speeches/{speech.pk}/"
    assert client.get(address, headers=said).status_code == 200
    withdraw_speech(speech)
    for closed, status in ((address, 410), ("/speeches/99999/", 404), ("/themes/none/", 404)):
        answer = client.get(closed, headers=said)
        assert (answer.status_code, answer.has_header("ETag")) == (status, False)


def test_bytes_that_are_written_out_alike_are_other_questions(
    client: Client, speech: Speech
) -> None:
    garbled = "q=" + "代表".encode().decode("latin-1")
    raw = client.get("/search/", QUERY_STRING=garbled)
    quoted = client.get("/search/", {"q": garbled[2:]})
    assert raw["ETag"] != quoted["ETag"]
    assert 'value="代表"' in raw.content.decode()
    assert 'value="代表"' not in quoted.content.decode()


def test_only_answers_of_200_are_kept(client: Client, speech: Speech) -> None:
    for address, status in (("/speeches/99999/", 404), ("/search/?q=“", 400)):
        assert client.get(address).status_code == status
    assert PAGES.held == 0
