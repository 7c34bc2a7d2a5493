"""Pages of subcorpora: kept from a search, shown to who has the link, changed by the owner."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Speech
from corpus_app.subcorpora import services
from corpus_app.subcorpora.models import Subcorpus
from tests.research.conftest import read

pytestmark = pytest.mark.django_db
ASKED = f"q={quote('代表家站')}"


@pytest.fixture
def owner(client: Client) -> User:
    user = User.objects.create_user("researcher")
    client.force_login(user)
    return user


def make(client: Client, **sent: object) -> Subcorpus:
    data = {"name": "家站", "kind": "asked", **sent}
    answer = client.post(f"/subcorpora/new/?{ASKED}", data)
    assert answer.status_code == 302, answer.content.decode()
    return Subcorpus.objects.latest("pk")


def list_titles(client: Client, address: str) -> list[str]:
    page = read(client, address)
    return [link.text_content() for link in page.xpath("//*[contains(@class,'speech-line-title')]")]


def test_hits_are_kept_and_asked_in_again(
    client: Client, owner: User, corpus: dict[str, Speech]
) -> None:
    found = read(client, f"/search/?{ASKED}")
    (link,) = [a for a in found.xpath("//a") if a.text_content() == "存为子语料库"]
    assert link.get("href").startswith("/subcorpora/new/?q=")
    part = make(client, note="两行\n说明")
    titles = list_titles(client, part.get_absolute_url())
    assert len(titles) == 2
    # Whoever has the link sees it, and asks in it, without signing in.
    client.logout()
    assert list_titles(client, part.get_absolute_url()) == titles
    shown = read(client, f"/search/?q={quote(f'子库:{part.token}')}")
    assert "家站" in shown.xpath("string(//*[contains(@class,'understood')])")
    lines = read(client, f"/concordance/?q={quote(f'“监督” 子库:{part.token}')}")
    assert lines.xpath("//title")


def test_speeches_ticked_are_all_it_holds(
    client: Client, owner: User, corpus: dict[str, Speech]
) -> None:
    page = read(client, f"/subcorpora/new/?{ASKED}")
    boxes = page.xpath("//input[@name='speech']/@value")
    assert len(boxes) == 2
    part = make(client, kind="picked", speech=[boxes[0], "no number"])
    assert (part.picked, part.asked) == ([int(boxes[0])], "")
    assert len(list_titles(client, part.get_absolute_url())) == 1


def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(
    client: Client, owner: User, corpus: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/subcorpora/new/?{ASKED}"
    for sent, told in (
        ({"name": " ", "kind": "asked"}, "起个名称"),
        ({"name": "空", "kind": "picked", "note": "写过的"}, "没有选中讲话"),
    ):
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert sent.get("note", "") in answer.content.decode()
    monkeypatch.setattr(services, "MOST", 1)
    make(client)
    assert "最多保存 1 个" in client.post(address, {"name": "二", "kind": "asked"}).content.decode()
    unreadable = client.get(f"/subcorpora/new/?q={quote('代表 (')}")
    assert unreadable.status_code == 400
    assert client.get(f"/subcorpora/new/?q={quote('无此一语')}").status_code == 200


def test_only_its_owner_renames_or_deletes_it(
    client: Client, owner: User, corpus: dict[str, Speech]
) -> None:
    part = make(client)
    change = f"{part.get_absolute_url()}change/"
    client.force_login(User.objects.create_user("other"))
    assert "改名、共享、删除" not in client.get(part.get_absolute_url()).content.decode()
    for action in ("rename", "delete"):
        assert client.post(change, {"action": action, "name": "别人的"}).status_code == 404
    assert "家站" not in client.get("/subcorpora/").content.decode()
    client.force_login(owner)
    client.post(change, {"action": "rename", "name": "新名", "note": ""})
    assert "新名" in client.get("/subcorpora/").content.decode()
    client.post(change, {"action": "delete"})
    assert client.get(part.get_absolute_url()).status_code == 404
    gone = client.get(f"/search/?q={quote(f'子库:{part.token}')}")
    assert gone.status_code == 400
    assert part.token in gone.content.decode()


def test_nobody_learns_of_a_speech_that_he_may_not_see(
    client: Client, owner: User, corpus: dict[str, Speech]
) -> None:
    part = make(client)
    hidden = Speech.objects.get(title=list_titles(client, part.get_absolute_url())[0])
    hidden.status = "draft"
    hidden.save()
    assert hidden.title not in list_titles(client, part.get_absolute_url())


def test_the_list_asks_the_database_no_more_often_for_more_speeches(
    client: Client, owner: User, corpus: dict[str, Speech]
) -> None:
    make(client)
    client.get("/subcorpora/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/subcorpora/")
    assert len(few) < 20
