"""A published speech that only some may see: nobody else meets it anywhere, as with drafts."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve

from corpus_app.access.audience import EVERYTHING, read_audience
from corpus_app.access.models import UserGroup
from corpus_app.api.tokens import create_token
from corpus_app.catalog.joining import absorb_speech
from corpus_app.catalog.limits import GROUPS, INTERNAL, PUBLIC, SIGNED_IN, AccessLimit, tighten
from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket, Entry
from corpus_app.intake.revisions.editing import limit_access
from corpus_app.themes.models import Theme, ThemeTerm
from search import open_index, rebuild_index
from search.suggest.corpus import forget_suggestions
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.test_access import EVERYONE, TABLE, sign_in
from tests.pages.test_secrecy import DRAFT, HIDDEN, WITHDRAWN, list_pages, list_private, read

pytestmark = pytest.mark.django_db

GROUP = HIDDEN.format(word="绛雪", mark="荻浦", year="1987", name="闻人策").replace("渡口", "水碓")
# Speech by speech: a word to ask for, and words that show only where it does.
WORDS = {
    "internal": ("青霭", ("鹭汀", "1987")),
    "members": ("玄圃", ("蓼溪", "1988")),
    "group": ("绛雪", ("荻浦", "1987")),
}
# What each may see. A mate is a reader in the group, a stray one in another group.
SEEN = {
    "anonymous": set(),
    "reader": {"members"},
    "stray": {"members"},
    "clerk": {"members"},
    "mate": {"members", "group"},
    "editor": set(WORDS),
    "admin": set(WORDS),
}


@pytest.fixture(autouse=True)
def _never_too_often(settings: Any) -> None:
    settings.API_RATE = settings.API_ANONYMOUS_RATE = (1_000_000, 60)
    forget_suggestions()


@pytest.fixture
def limited() -> dict[str, Speech]:
    """Two public speeches, and one for each of the other levels."""
    theme = Theme.objects.create(slug="ferry", name="船工")
    ThemeTerm.objects.create(theme=theme, text="船工", weight=3)
    finance = UserGroup.objects.create(name="财经组")
    UserGroup.objects.create(name="联络组")
    speeches = {
        "noisy": store(WORK_CONFERENCE, "a.txt"),
        "other": store(TRAINING, "b.txt"),
        "internal": store(DRAFT, "鹭汀底稿.txt"),
        "members": store(WITHDRAWN, "蓼溪底稿.txt"),
        "group": store(GROUP, "荻浦底稿.txt"),
    }
    for name, limit in (
        ("internal", AccessLimit(INTERNAL)),
        ("members", AccessLimit(SIGNED_IN)),
        ("group", AccessLimit(GROUPS, (finance.pk,))),
    ):
        speeches[name].limit = limit
        speeches[name].save()
    rebuild_index()
    return speeches


def enter(role: str) -> Client:
    client = Client()
    group = {"mate": "财经组", "stray": "联络组"}.get(role)
    sign_in(client, "reader" if group else role)
    if group:
        user = User.objects.create_user(f"user-{role}")
        UserGroup.objects.get(name=group).members.add(user)
        client.force_login(user)
    return client


def test_who_may_not_see_a_speech_meets_it_nowhere(limited: dict[str, Speech]) -> None:
    pages = list_pages(limited, [asked for asked, _words in WORDS.values()])
    # Who may see most asks first, so that what is kept in memory would show.
    editor = enter("editor")
    for address in ("/", "/suggest/?q=青霭", "/suggest/?q=绛雪", "/search/?q=青霭", "/numbers/"):
        editor.get(address)
    for role in ("mate", "stray", "anonymous"):
        client = enter(role)
        hidden = set(WORDS) - SEEN[role]
        known = {word for name in SEEN[role] for word in WORDS[name][1]}
        secret = {word for name in hidden for word in WORDS[name][1]} - known
        own = [a for name in sorted(hidden) for a in list_private([limited[name]])]
        # A mate sees most pages as a stray does: where they differ is enough.
        asked = [page for page in pages if quote("青霭") in page] if role == "mate" else pages
        for address in [*asked, *own]:
            page = read(client, address)
            assert not [word for word in secret if word in page], (role, address)


def test_no_address_that_all_may_read_is_left_out(
    client: Client, limited: dict[str, Speech]
) -> None:
    asked = [*list_pages(limited), *list_private([limited["group"]])]
    places = {address.partition("?")[0] for address in asked}
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    # Of uploads their sender alone is told; drafts are sent, see below.
    others = [path for path in paths if "uploads" not in path and "draft-checks" not in path]
    patterns = {path: re.sub(r"\{\w+\}", "[^/]+", path) for path in others}
    found = {path for path, one in patterns.items() if any(re.fullmatch(one, p) for p in places)}
    assert set(patterns) - found == set()
    tried = {resolve(place).url_name for place in places}
    assert {name for name, row in TABLE.items() if row == EVERYONE} - tried == {
        # None of them knows a speech; the metrics are numbers, to whom they are told.
        *("login", "set_password", "readyz", "metrics"),
    }


def test_a_draft_is_compared_with_what_its_sender_may_see(limited: dict[str, Speech]) -> None:
    quoted = "有人指出：“{}的渡口三年来修了又修，各处的船工人人都说不好。”\n"
    draft = "".join(quoted.format(f"{word}县") for word, _secret in WORDS.values())
    draft = draft.replace("玄圃县的渡口", "玄圃县的粮仓").replace("绛雪县的渡口", "绛雪县的水碓")
    for role in ("stray", "mate"):
        enter(role)
        _token, secret = create_token(User.objects.get(username=f"user-{role}"), "测试")
        headers = {"Authorization": f"Bearer {secret}"}
        answer = Client().post("/api/v1/draft-checks", {"text": draft}, headers=headers)
        told = answer.content.decode()
        shown = {name for name, (_word, marks) in WORDS.items() if marks[0] in told}
        assert shown == SEEN[role], told


def test_who_may_see_it_finds_and_reads_it(limited: dict[str, Speech]) -> None:
    for role, seen in SEEN.items():
        client = enter(role)
        for name, (word, _secret) in WORDS.items():
            pk, shown = limited[name].pk, name in seen
            assert (client.get(f"/speeches/{pk}/").status_code == 200) is shown, (role, name)
            assert (f"/speeches/{pk}/" in read(client, f"/search/?q={word}")) is shown
            assert bool(client.get(f"/suggest/?q={word}").json()["items"]) is shown
            found = json.loads(read(client, f"/api/v1/search?q={word}"))["total"]
            assert found == int(shown), (role, name)
            body = read(client, f"/concordance/export/?q={word}&format=csv")
            assert (limited[name].title in body) is shown
        # 代表 stands in every speech.
        total = json.loads(read(client, "/api/v1/search?q=代表"))["total"]
        assert total == 2 + len(seen), role


def test_sight_goes_with_the_group_at_once(limited: dict[str, Speech]) -> None:
    speech, group = limited["group"], UserGroup.objects.get(name="财经组")
    mate, editor = enter("mate"), enter("editor")
    user = User.objects.get(username="user-mate")
    _token, secret = create_token(user, "测试")
    bearer = {"Authorization": f"Bearer {secret}"}

    def see() -> tuple[bool, ...]:
        page = mate.get(f"/speeches/{speech.pk}/").status_code == 200
        api = Client().get(f"/api/v1/speeches/{speech.pk}", headers=bearer).status_code == 200
        found = f"/speeches/{speech.pk}/" in read(mate, "/search/?q=绛雪")
        return page, api, found, bool(mate.get("/suggest/?q=绛雪").json()["items"])

    closed, opened = (False, False, False, False), (True, True, True, True)
    assert see() == opened
    group.members.remove(user)
    assert see() == closed
    group.members.add(user)
    assert see() == opened
    # In two groups, one of which is enough; the other one's end changes nothing.
    other = UserGroup.objects.get(name="联络组")
    other.members.add(user)
    limit_access(speech, AccessLimit(GROUPS, (group.pk, other.pk)))
    chief = enter("admin")
    chief.post(f"/users/groups/{other.pk}/change/", {"action": "dissolve"})
    assert see() == opened
    # The last one's end closes the speech, which stays bound and says so to editors.
    answer = chief.post(f"/users/groups/{group.pk}/change/", {"action": "dissolve"}, follow=True)
    assert "1 篇讲话随之仅编辑可见" in answer.content.decode()
    assert see() == closed
    assert "财经组（已解散）" in editor.get(f"/speeches/{speech.pk}/").content.decode()
    chief.post(f"/users/groups/{group.pk}/change/", {"action": "restore"})
    assert see() == opened


@pytest.mark.parametrize("change", [{"access": INTERNAL}, {"status": "withdrawn"}])
def test_what_is_closed_is_out_of_sight_before_the_index_follows(
    client: Client, limited: dict[str, Speech], change: dict[str, Any]
) -> None:
    speech = Speech.objects.filter(access=PUBLIC).order_by("pk")[0]
    addresses = ("/search/?q=" + quote(speech.title), "/concordance/?q=代表")
    before = [client.get(address).content.decode() for address in addresses]
    assert all(speech.title in page for page in before)
    # As where the index can't be written: the row alone says it.
    Speech.objects.filter(pk=speech.pk).update(**change)
    for address in addresses:
        assert f"/speeches/{speech.pk}/" not in client.get(address).content.decode()


def test_masks_are_kept_for_so_many_audiences_and_shared(
    limited: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.access._MOST_AUDIENCES", 3)
    for number in range(5):
        client, group = Client(), UserGroup.objects.create(name=f"第{number}组")
        group.members.add(user := User.objects.create_user(f"u{number}"))
        client.force_login(user)
        assert json.loads(read(client, "/api/v1/search?q=绛雪"))["total"] == 0
    masks = open_index()[0].notes["visible"]
    assert len(masks) == 3
    assert len({id(mask) for _version, mask in masks.values()}) == 1


def test_a_shared_basket_shows_each_reader_what_each_may_see(limited: dict[str, Speech]) -> None:
    editor, mate, reader = enter("editor"), enter("mate"), enter("reader")
    owner = User.objects.get(username="user-editor")
    basket = Basket.objects.create(owner=owner, name="备用", token="shared-token")
    for position, name, words in ((1, "internal", "鹭汀的渡口"), (2, "group", "荻浦的水碓")):
        revision = limited[name].current
        Entry.objects.create(basket=basket, revision=revision, words=words, position=position)
    for client, seen in ((editor, (True, True)), (mate, (False, True)), (reader, (False, False))):
        for tail in ("", "export/txt/", "export/json/"):
            page = read(client, f"/desk/shared/shared-token/{tail}")
            if tail != "export/json/":
                assert ("鹭汀" in page, "荻浦" in page) == seen, tail
            assert not (client is reader and limited["group"].title in page)


def test_a_level_is_set_by_editors_at_once_and_recorded(
    client: Client, limited: dict[str, Speech]
) -> None:
    speech, group = limited["other"], UserGroup.objects.get(name="财经组")
    assert client.get(f"/speeches/{speech.pk}/").status_code == 200
    editor, mate = enter("editor"), enter("mate")
    address = f"/intake/{speech.pk}/access/"
    for level, status in [("2", 302), ("4", 404), ("", 404)]:
        assert editor.post(address, {"access": level}).status_code == status
    assert client.get(f"/speeches/{speech.pk}/").status_code == 404
    assert speech.history.first().access == INTERNAL
    assert "仅供内部" in editor.get(f"/speeches/{speech.pk}/").content.decode()
    # For groups without any nothing is changed.
    for chosen in ([], ["999"]):
        answer = editor.post(address, {"access": "3", "group": chosen}, follow=True)
        assert "请至少选择一个用户组" in answer.content.decode()
    assert mate.get(f"/speeches/{speech.pk}/").status_code == 404
    editor.post(address, {"access": "3", "group": [str(group.pk)]})
    assert mate.get(f"/speeches/{speech.pk}/").status_code == 200
    assert client.get(f"/speeches/{speech.pk}/").status_code == 404
    assert "用户组“财经组”" in editor.get(f"/intake/{speech.pk}/history/").content.decode()
    assert "用户组“财经组”" in enter("admin").get("/activity/?kind=speech").content.decode()


def test_two_speeches_that_become_one_are_seen_by_those_who_saw_both(
    limited: dict[str, Speech],
) -> None:
    absorb_speech(limited["internal"], limited["noisy"])
    assert Speech.objects.get(pk=limited["noisy"].pk).access == INTERNAL
    absorb_speech(limited["group"], limited["other"])
    assert Speech.objects.get(pk=limited["other"].pk).limit == limited["group"].limit
    one, two = AccessLimit(GROUPS, (1, 2)), AccessLimit(GROUPS, (3,))
    assert tighten(one, two) == AccessLimit(INTERNAL)
    assert tighten(AccessLimit(PUBLIC), one) == tighten(one, AccessLimit(SIGNED_IN)) == one
    assert tighten(one, AccessLimit(INTERNAL)) == AccessLimit(INTERNAL)


def test_outside_a_request_everything_is_seen(client: Client, limited: dict[str, Speech]) -> None:
    client.get("/")
    assert read_audience() == EVERYTHING
    assert Speech.objects.real().count() == 5
