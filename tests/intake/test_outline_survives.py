"""An outline made by hand survives whatever takes words out of a long text or puts them back."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.removal.ruling import apply_portion, approve_rule, retire_rule, undo_portion
from corpus_app.intake.revisions.losses import describe_losses
from tests.intake.long_speeches import MARK, describe, store_outlined, write_long
from tests.intake.people import enter
from tests.intake.scraped import current

pytestmark = pytest.mark.django_db


def rule_out(words: str = MARK) -> RemovalRule:
    rule = RemovalRule.objects.create(text=words, kind="watermark", whole_line=False)
    approve_rule(rule, None)
    assert apply_portion(rule, None).applied == 1
    return rule


def test_a_rule_that_changes_every_paragraph_leaves_the_outline_whole() -> None:
    speech, old = store_outlined()
    assert len(old.text) > 9_000
    rule_out()
    new = current(speech)
    assert MARK in old.text
    assert MARK not in new.text
    assert describe(new) == describe(old)
    assert new.decisions == {"outline": True}


def test_taking_the_rule_back_leaves_the_outline_whole() -> None:
    speech, old = store_outlined()
    rule = rule_out()
    retire_rule(rule, None)
    assert undo_portion(rule, None).applied == 1
    new = current(speech)
    assert new.text == old.text
    assert describe(new) == describe(old)


def test_an_edit_on_the_review_page_leaves_the_outline_whole() -> None:
    speech, old = store_outlined()
    data = {"base": 2, "words": MARK, "words_kind": "editor", "every": "1"}
    assert enter("editor").post(f"/intake/{speech.pk}/text/", data).status_code == 302
    new = current(speech)
    assert MARK not in new.text
    assert describe(new) == describe(old)


def test_a_watermark_inside_a_heading_goes_and_the_heading_stays() -> None:
    text = write_long().replace("二、", f"二、{MARK}", 1)
    speech, old = store_outlined(text)
    rule_out()
    new = current(speech)
    assert [row[0] for row in describe(new)] == [row[0] for row in describe(old)]
    headings = [heading.replace(MARK, "") for _marker, heading, _depth, _words in describe(old)]
    assert [heading for _marker, heading, _depth, _words in describe(new)] == headings


def test_a_section_whose_words_are_all_gone_is_listed() -> None:
    speech, old = store_outlined()
    row = old.sections.filter(marker="三、").get()
    gone = old.text[row.start : row.end].strip()
    rule_out(gone[:200])
    assert len(describe(current(speech))) == len(describe(old))
    data = {"base": 3, "words": gone[200:], "words_kind": "editor"}
    client = enter("editor")
    assert client.post(f"/intake/{speech.pk}/text/", data).status_code == 302
    new = current(Speech.objects.get(pk=speech.pk))
    assert len(describe(new)) == len(describe(old)) - 1
    assert [loss["kind"] for loss in new.decisions["lost"]] == ["heading", "section"]
    assert [described.number for described in describe_losses(new)] == [2, 3]
    page = client.get(f"/intake/{speech.pk}/").content.decode()
    assert "有 2 处人工处理未能沿用到当前正文" in page
    assert "这一节的文字已不在正文中" in page
    assert "人工处理未沿用" in client.get("/intake/queue/").content.decode()
