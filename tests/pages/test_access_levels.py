"""A published speech that only some may see: nobody else meets it anywhere, as with drafts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.access.audience import EDITORS, read_audience
from corpus_app.api.tokens import create_token
from corpus_app.catalog.joining import absorb_speech
from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket, Entry
from corpus_app.themes.models import Theme, ThemeTerm
from search import rebuild_index
from search.suggest.corpus import forget_suggestions
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.test_access import ROLES, sign_in
from tests.pages.test_secrecy import ASKED, DRAFT, WITHDRAWN, list_pages, list_private, read

pytestmark = pytest.mark.django_db

# What each role may see: (of the internal speech, of the members' one).
SEEN = {
    "anonymous": (False, False),
    "reader": (False, True),
    "clerk": (False, True),
    "editor": (True, True),
    "admin": (True, True),
}
# Words that stand in one of them alone, and show only where it does.
INTERNAL, MEMBERS = ("鹭汀", "1987"), ("蓼溪", "1988")


@pytest.fixture(autouse=True)
def _never_too_often(settings: Any) -> None:
    settings.API_RATE = settings.API_ANONYMOUS_RATE = (1_000_000, 60)
    forget_suggestions()


@pytest.fixture
def limited() -> dict[str, Speech]:
    """Two public speeches, one for members and one for editors; under names of test_secrecy's."""
    theme = Theme.objects.create(slug="ferry", name="船工")
    ThemeTerm.objects.create(theme=theme, text="船工", weight=3)
    speeches = {
        "noisy": store(WORK_CONFERENCE, "a.txt"),
        "other": store(TRAINING, "b.txt"),
        "draft": store(DRAFT, "鹭汀底稿.txt"),
        "withdrawn": store(WITHDRAWN, "蓼溪底稿.txt"),
    }
    for name, access in (
        ("draft", Speech.Access.INTERNAL),
        ("withdrawn", Speech.Access.MEMBERS),
    ):
        Speech.objects.filter(pk=speeches[name].pk).update(access=access)
    rebuild_index()
    return speeches


@pytest.mark.parametrize("role", ["anonymous", "reader"])
def test_who_may_not_see_a_speech_meets_it_nowhere(
    client: Client, limited: dict[str, Speech], role: str
) -> None:
    # Who may see it asks first, so that what is kept in memory would show.
    for address in ("/", "/suggest/?q=青霭", "/suggest/?q=玄圃", "/search/?q=青霭", "/numbers/"):
        other = Client()
        sign_in(other, "editor")
        other.get(address)
    sign_in(client, role)
    secret = INTERNAL if role == "reader" else INTERNAL + MEMBERS
    for address in list_pages(limited):
        page = read(client, address)
        assert not [word for word in secret if word in page], address
    for name in ("draft",) if role == "reader" else ("draft", "withdrawn"):
        for address in list_private(dict.fromkeys(limited, limited[name])):
            page = read(client, address)
            assert not [word for word in secret if word in page], address


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_it_finds_and_reads_it(
    client: Client, limited: dict[str, Speech], role: str
) -> None:
    sign_in(client, role)
    for name, word, seen in zip(("draft", "withdrawn"), ASKED[:2], SEEN[role], strict=True):
        pk = limited[name].pk
        assert (client.get(f"/speeches/{pk}/").status_code == 200) is seen
        assert (f"/speeches/{pk}/" in read(client, f"/search/?q={word}")) is seen
        assert bool(client.get(f"/suggest/?q={word}").json()["items"]) is seen
        assert json.loads(read(client, f"/api/v1/search?q={word}"))["total"] == int(seen)
        body = read(client, f"/concordance/export/?q={word}&format=csv")
        assert (limited[name].title in body) is seen


def test_a_token_sees_what_its_owner_sees_and_no_more(
    client: Client, limited: dict[str, Speech]
) -> None:
    _token, secret = create_token(User.objects.create_user("scholar"), "测试")
    headers = {"Authorization": f"Bearer {secret}"}
    for name, status in (("draft", 404), ("withdrawn", 200)):
        address = f"/api/v1/speeches/{limited[name].pk}"
        assert client.get(address, headers=headers).status_code == status
        assert client.get(address).status_code == 404


def test_a_shared_basket_shows_each_reader_what_each_may_see(
    client: Client, limited: dict[str, Speech]
) -> None:
    editor = Client()
    sign_in(editor, "editor")
    owner = User.objects.get(username="user-editor")
    basket = Basket.objects.create(owner=owner, name="备用", token="shared-token")
    revision = limited["draft"].current
    Entry.objects.create(basket=basket, revision=revision, words="鹭汀的渡口", position=1)
    assert "鹭汀" in editor.get("/desk/shared/shared-token/").content.decode()
    sign_in(client, "reader")
    for tail in ("", "export/txt/", "export/json/"):
        assert "鹭汀" not in read(client, f"/desk/shared/shared-token/{tail}")


def test_a_level_is_set_by_editors_at_once_and_recorded(
    client: Client, limited: dict[str, Speech]
) -> None:
    speech = limited["other"]
    assert client.get(f"/speeches/{speech.pk}/").status_code == 200
    editor = Client()
    sign_in(editor, "editor")
    address = f"/intake/{speech.pk}/access/"
    for level, status in [("2", 302), ("3", 404), ("", 404)]:
        assert editor.post(address, {"access": level}).status_code == status
    assert client.get(f"/speeches/{speech.pk}/").status_code == 404
    assert speech.history.first().access == Speech.Access.INTERNAL
    assert "仅供内部" in editor.get(f"/speeches/{speech.pk}/").content.decode()


def test_two_speeches_that_become_one_are_seen_by_those_who_saw_both(
    limited: dict[str, Speech],
) -> None:
    absorb_speech(limited["draft"], limited["noisy"])
    assert Speech.objects.get(pk=limited["noisy"].pk).access == Speech.Access.INTERNAL


def test_outside_a_request_everything_is_seen(client: Client, limited: dict[str, Speech]) -> None:
    client.get("/")
    assert read_audience() == EDITORS
    assert Speech.objects.real().count() == 4
