"""The pages of the rules by which words are always removed."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Revision
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.removal import ruling
from tests.catalog.speeches import TRAINING, store
from tests.intake.people import enter
from tests.intake.scraped import current
from tests.intake.test_removal_rules import FIRST, SECOND, WORDS

pytestmark = pytest.mark.django_db


def read(response: Any) -> str:
    return html.unescape(response.content.decode())


def act(client: Client, rule: RemovalRule, action: str) -> str:
    response = client.post(f"/intake/rules/{rule.pk}/change/", {"action": action}, follow=True)
    return read(response)


def propose(client: Client, **fields: str) -> RemovalRule:
    client.post("/intake/rules/new/", {"text": WORDS, "kind": "advert", **fields})
    return RemovalRule.objects.get()


def test_the_whole_way_from_words_on_a_page_to_the_way_back() -> None:
    first, second = store(FIRST, "a.txt"), store(SECOND, "b.txt", draft=True)
    client = enter("editor")
    form = read(client.get(f"/intake/rules/new/?speech={first.pk}&text={WORDS}"))
    assert f">\n{WORDS}</textarea>" in form
    assert first.title in form
    rule = propose(client, speech=str(first.pk))
    assert (rule.state, rule.example, str(rule.made_by)) == ("proposed", first, "editor")
    preview = read(client.get(f"/intake/rules/{rule.pk}/"))
    assert "共 2 篇、2 处" in preview
    assert first.title in preview
    assert second.title in preview
    assert f"<del>{WORDS}</del>把代表法" in preview
    assert not Revision.objects.filter(number=2).exists()
    done = act(client, rule, "approve")
    assert "已从 2 篇剔除" in done
    assert "第 2 版，1 处" in done
    assert WORDS not in current(first).text
    assert "停用" in act(client, rule, "retire")
    assert "把剔除的文字放回这 2 篇" in read(client.get(f"/intake/rules/{rule.pk}/"))
    assert "已恢复 2 篇" in act(client, rule, "undo")
    assert WORDS in current(first).text
    assert "已停用" in read(client.get("/intake/rules/"))


def test_a_look_changes_nothing() -> None:
    store(FIRST, "a.txt")
    client = enter("editor")
    rule = propose(client)
    for path in ("/intake/rules/", "/intake/rules/new/", f"/intake/rules/{rule.pk}/?running=1"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        wrote = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert wrote == []


def test_many_speeches_are_done_in_portions_that_follow_one_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ruling.apply_portion, "__defaults__", (1,))
    monkeypatch.setattr(ruling.undo_portion, "__defaults__", (1,))
    first, second = store(FIRST, "a.txt"), store(SECOND, "b.txt")
    client = enter("editor")
    rule = propose(client)
    page = act(client, rule, "approve")
    assert "data-continue" in page
    assert "还有 1 篇，正在继续" in page
    page = act(client, rule, "apply")
    assert "data-continue" not in page
    assert {current(first).number, current(second).number} == {2}
    act(client, rule, "retire")
    assert "data-continue" in act(client, rule, "undo")
    assert "data-continue" not in act(client, rule, "undo")


def test_a_proposal_can_be_changed_and_an_approved_rule_cannot() -> None:
    client = enter("editor")
    rule = propose(client)
    path = f"/intake/rules/{rule.pk}/"
    client.post(path, {"text": WORDS + "了", "kind": "site", "whole_line": "on"})
    rule.refresh_from_db()
    assert (rule.text, rule.kind, rule.whole_line) == (WORDS + "了", "site", True)
    response = client.post(path, {"text": "字", "kind": "site"})
    assert response.status_code == 422
    act(client, rule, "approve")
    client.post(path, {"text": "别的话", "kind": "site"})
    rule.refresh_from_db()
    assert rule.text == WORDS + "了"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "必填"),
        ({"text": " 字 "}, "至少写两个字"),
        ({"text": "长" * 2001}, "最长 2000 字"),
        ({"text": WORDS, "kind": "title"}, ""),
        ({"text": WORDS, "source": "长" * 201}, ""),
    ],
)
def test_a_rule_that_cannot_be_is_said_on_the_form(fields: dict[str, str], words: str) -> None:
    response = enter("editor").post("/intake/rules/new/", {"kind": "advert", **fields})
    assert response.status_code == 422
    assert words in read(response) or words == "必填"
    assert not RemovalRule.objects.exists()


def test_the_same_rule_is_not_made_twice() -> None:
    client = enter("editor")
    propose(client)
    response = client.post("/intake/rules/new/", {"text": WORDS, "kind": "site"})
    assert response.status_code == 422
    assert "已有同样的规则" in read(response)


def test_a_step_that_does_not_fit_is_said() -> None:
    client = enter("editor")
    rule = propose(client)
    assert "未生效" in act(client, rule, "apply")
    assert "没有这项操作" in act(client, rule, "explode")
    assert "已删除" in act(client, rule, "discard")
    assert not RemovalRule.objects.exists()


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_neither_see_nor_make_rules(role: str) -> None:
    rule = RemovalRule.objects.create(text=WORDS, kind="advert")
    client = enter(role)
    for path in ("", "new/", f"{rule.pk}/"):
        assert client.get(f"/intake/rules/{path}").status_code in (302, 403)
    for path in ("new/", f"{rule.pk}/", f"{rule.pk}/change/"):
        answer = client.post(f"/intake/rules/{path}", {"text": WORDS * 2, "action": "approve"})
        assert answer.status_code in (302, 403)
    rule.refresh_from_db()
    assert (rule.state, RemovalRule.objects.count()) == ("proposed", 1)


def test_a_doubtful_rule_is_shown_with_what_makes_it_so() -> None:
    store(TRAINING, "a.txt")
    client = enter("editor")
    client.post("/intake/rules/new/", {"text": "代表", "kind": "editor"})
    page = read(client.get(f"/intake/rules/{RemovalRule.objects.get().pk}/"))
    assert "只有 2 个字" in page


def test_the_pages_ask_no_more_of_the_database_for_more_rows() -> None:
    client, counts = enter("editor"), []
    rule = propose(client)
    for number in range(6):
        name = "甲乙丙丁戊己"[number] * 3
        store(FIRST.replace("青芜", name).replace("2023", f"201{number}"), f"{number}.txt")
        RemovalRule.objects.create(text=f"{WORDS}{name}", kind="advert")
        if number in (1, 5):
            asked = []
            for path in ("/intake/rules/", f"/intake/rules/{rule.pk}/"):
                with CaptureQueriesContext(connection) as queries:
                    client.get(path)
                asked.append(len(queries))
            counts.append(asked)
    assert counts[0] == counts[1]
