"""Findings dismissed for good: no more shown to that user, told in a number, and taken back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from corpus_app.proofreading import dismissals
from corpus_app.proofreading.models import DismissedFinding

pytestmark = pytest.mark.django_db
TEXT = "同志们：\n要坚持人民当家做主，办好实事。\n要坚持人民当家做主，抓好落实。\n"
SLIP = {"kind": "slogan", "text": "人民当家做主", "suggestion": "人民当家作主"}


def sign_in(name: str) -> Client:
    client = Client()
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name="clerk"))
    client.force_login(user)
    return client


def check(client: Client) -> str:
    return client.post("/check/", {"text": TEXT}).content.decode()


def test_it_is_told_no_more_to_whoever_dismissed_it_and_to_nobody_else(
    capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    mine, other = sign_in("mine"), sign_in("other")
    assert 'data-suggestion="人民当家作主"' in check(mine)
    assert mine.post("/check/dismissed/", SLIP, follow=True).status_code == 200
    mine.post("/check/dismissed/", SLIP)
    assert DismissedFinding.objects.count() == 1
    page = check(mine)
    assert 'data-suggestion="人民当家作主"' not in page
    assert "另有 2 处按您的设置不再提示" in page
    assert 'data-suggestion="人民当家作主"' in check(other)
    assert "人民当家做主" not in other.get("/check/dismissed/").content.decode()
    draft = tmp_path / "a.txt"  # type: ignore[operator]
    draft.write_text(TEXT)
    call_command("check_draft", str(draft))
    assert "人民当家作主" in capsys.readouterr().out


def test_it_is_taken_back_where_it_is_listed() -> None:
    mine = sign_in("mine")
    mine.post("/check/dismissed/", SLIP)
    assert "人民当家做主" in mine.get("/check/dismissed/").content.decode()
    mine.post("/check/dismissed/", SLIP | {"act": "take-back"})
    assert not DismissedFinding.objects.exists()
    assert 'data-suggestion="人民当家作主"' in check(mine)


def test_without_a_suggestion_is_another_finding_than_with_an_empty_one() -> None:
    mine = sign_in("mine")
    for more in ({}, {"suggestion": ""}):
        mine.post("/check/dismissed/", {"kind": "quotation", "text": "一句话"} | more)
    assert set(DismissedFinding.objects.values_list("suggestion", flat=True)) == {None, ""}
    mine.post("/check/dismissed/", {"kind": "quotation", "text": "一句话", "act": "take-back"})
    assert [one.suggestion for one in DismissedFinding.objects.all()] == [""]


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "outline", "text": "三、"},
        {"kind": "placeholder", "text": "××"},
        {"kind": "unknown", "text": "一"},
        {"kind": "slogan", "text": ""},
        {"kind": "slogan", "text": "长" * 201},
    ],
)
def test_what_must_be_looked_at_each_time_is_refused(sent: dict[str, str]) -> None:
    answer = sign_in("mine").post("/check/dismissed/", sent)
    assert answer.status_code == 422
    assert not DismissedFinding.objects.exists()


def test_the_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dismissals, "MOST_DISMISSED", 1)
    mine = sign_in("mine")
    assert mine.post("/check/dismissed/", SLIP).status_code == 302
    answer = mine.post("/check/dismissed/", SLIP | {"text": "别的"})
    assert (answer.status_code, "最多 1 条" in answer.content.decode()) == (422, True)
