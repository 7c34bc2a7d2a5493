"""A long draft: its page tells how far the check is, can be left, and holds nobody else up."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from lxml import html as lxml_html

from corpus_app.access import limits
from corpus_app.proofreading import checked_page, checking

pytestmark = pytest.mark.django_db
SECRET = "盘湾乡"
TEXT = f"同志们：\n{SECRET}要坚持人民当家做主。\n" + "要办好实事，让群众满意。\n" * 8


@pytest.fixture
def reader(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(checked_page, "LONG_CHARS", 50)
    monkeypatch.setattr(checking, "PART_CHARS", 30)
    user = User.objects.create_user("somebody")
    user.groups.add(Group.objects.get(name="reader"))
    client.force_login(user)
    return client


def count_free() -> int:
    """Return how many places for checks are free now."""
    held = [limits.take_slot("drafts", settings.DRAFTS_AT_ONCE) for _ in range(9)]
    free = sum(slot is not None for slot in held)
    for slot in held:
        if slot:
            slot.release()
    return free


def test_its_page_comes_line_by_line_and_ends_with_what_was_found(reader: Client) -> None:
    answer = reader.post("/check/", {"text": TEXT})
    assert answer.streaming
    assert "no-store" in answer.headers["Cache-Control"]
    pieces = [piece.decode() for piece in answer]
    assert "check-progress" in pieces[0]
    assert "人民当家作主" not in "".join(pieces[:-1])
    page = lxml_html.document_fromstring("".join(pieces))
    bars = page.xpath("//progress")
    assert len(bars) == len(pieces) - 1 > 5
    assert bars[-1].get("value") == bars[-1].get("max")
    assert page.xpath("//*[@id='content']//li/@data-suggestion") == ["人民当家作主"]
    # The style sheet shows no progress where something follows it.
    (progress,) = page.xpath("//*[@class='check-progress']")
    assert progress.getnext() is not None
    assert page.xpath("//footer")


def test_a_short_and_a_long_page_show_the_same(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = b"".join(reader.post("/check/", {"text": TEXT})).decode()
    monkeypatch.setattr(checked_page, "LONG_CHARS", 5_000)
    short = reader.post("/check/", {"text": TEXT}).content.decode()
    shown = [lxml_html.document_fromstring(page) for page in (long, short)]
    for path in ("//*[@data-findings]", "//*[@data-draft]", "//header[1]"):
        first, second = (one.xpath(path)[0].text_content() for one in shown)
        assert first == second


def test_who_leaves_the_page_ends_the_check_and_frees_its_place(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    check = checking.check_by_steps

    def count(draft: object) -> Iterator[object]:
        for step in check(draft):  # type: ignore[arg-type]
            steps.append(step.done)
            yield step

    monkeypatch.setattr(checked_page, "check_by_steps", count)
    answer = reader.post("/check/", {"text": TEXT})
    sent = iter(answer)
    next(sent)
    next(sent)
    assert count_free() == settings.DRAFTS_AT_ONCE - 1
    answer.close()
    assert steps == [1]
    assert count_free() == settings.DRAFTS_AT_ONCE


def test_long_drafts_leave_a_place_for_short_ones(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_PATIENCE", 0.0)
    begun = [reader.post("/check/", {"text": TEXT}) for _ in range(settings.DRAFTS_AT_ONCE - 1)]
    try:
        for answer in begun:
            next(iter(answer))
        refused = reader.post("/check/", {"text": TEXT})
        assert refused.status_code == 429
        assert "长稿较多" in refused.content.decode()
        assert reader.post("/check/", {"text": "同志们：今天开会。"}).status_code == 200
    finally:
        for answer in begun:
            answer.close()
    assert count_free() == settings.DRAFTS_AT_ONCE


@pytest.mark.parametrize("length", [50, 5_000])
def test_a_fault_of_the_program_is_told_without_a_word_of_the_draft(
    reader: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    length: int,
) -> None:
    def fail(text: str, _day: str) -> Iterator[object]:
        raise ValueError(text)
        yield

    monkeypatch.setattr(checked_page, "LONG_CHARS", length)
    monkeypatch.setattr(checking, "_BY_PARTS", (fail,))
    with caplog.at_level(logging.DEBUG):
        answer = reader.post("/check/", {"text": TEXT})
        page = b"".join(answer).decode()
    assert "程序出错" in page
    assert SECRET not in caplog.text
    assert "ValueError" in caplog.text
    assert count_free() == settings.DRAFTS_AT_ONCE
