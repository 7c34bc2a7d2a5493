"""The difference between two texts, and its page."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, strategies as st

from corpus_app.intake.revisions.revising import revise_text
from corpus_app.review.difference import TextChange, compare_texts, count_signs
from corpus_app.text.difference import DiffSpan, compare_words
from tests.intake.people import enter
from tests.intake.scraped import CALL, NOTICE, current, find, store_scraped, take

LINES = st.lists(st.text("甲乙丙丁，。", min_size=1, max_size=12), max_size=8)


def join(change: TextChange, gone: str) -> str:
    return "".join(piece.text for piece in change.pieces if piece.kind != gone)


@given(old=LINES, new=LINES)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(
    old: list[str], new: list[str]
) -> None:
    changes = compare_texts("\n".join(old), "\n".join(new))
    before = {change.before: join(change, "added") for change in changes if change.before}
    after = {change.after: join(change, "deleted") for change in changes if change.after}
    assert all(old[number - 1] == words for number, words in before.items())
    assert all(new[number - 1] == words for number, words in after.items())
    same_old = [line for number, line in enumerate(old, 1) if number not in before]
    same_new = [line for number, line in enumerate(new, 1) if number not in after]
    assert same_old == same_new


@given(text=LINES)
def test_equal_texts_do_not_differ(text: list[str]) -> None:
    assert compare_texts("\n".join(text), "\n".join(text)) == []


def test_a_changed_paragraph_shows_just_what_changed() -> None:
    changes = compare_texts(
        "甲句不变。\n全县二十二个站点开放。", "甲句不变。\n全县二十三个站点开放。"
    )
    assert changes == [
        TextChange(
            2,
            2,
            (
                DiffSpan("kept", "全县二十"),
                DiffSpan("deleted", "二"),
                DiffSpan("added", "三"),
                DiffSpan("kept", "个站点开放。"),
            ),
        )
    ]
    assert count_signs(changes) == (1, 1)


def test_a_new_paragraph_among_changed_ones_is_new_as_a_whole() -> None:
    old = "要抓好学习这件事。\n要抓好落实这件事。"
    new = "要抓好学习这件大事。\n春风又绿江南岸！\n要抓好落实这件大事。"
    assert [(c.before, c.after) for c in compare_texts(old, new)] == [(1, 1), (0, 2), (2, 3)]


def test_an_excerpt_cuts_what_stayed_short() -> None:
    change = TextChange(
        1, 1, compare_words("好" * 200 + "甲" + "美" * 200, "好" * 200 + "美" * 200)
    )
    assert "".join(p.text for p in change.excerpt) == f"…{'好' * 30}甲{'美' * 30}…"


def test_a_watermark_in_hundreds_of_paragraphs_is_all_that_went() -> None:
    lines = [
        f"第{n}条由第{n * 31}号文件规定，各站点照此办理，{n * 7}日前办结。" for n in range(400)
    ]
    changes = compare_texts("\n".join(f"{line}某站" for line in lines), "\n".join(lines))
    assert [(change.before, change.after) for change in changes] == [(n, n) for n in range(1, 401)]
    assert count_signs(changes) == (0, 800)


@pytest.mark.django_db
class TestPage:
    def test_it_compares_any_two_revisions(self) -> None:
        speech, client = store_scraped(), enter("editor")
        raw = current(speech).raw
        revise_text(speech, 1, [], [take(raw, CALL)])
        revise_text(speech, 2, [find(raw, NOTICE)], [])
        page = html.unescape(client.get(f"/intake/{speech.pk}/difference/").content.decode())
        assert "从第 2 版到第 3 版" in page
        assert f"增 {len(NOTICE)} 字，删 0 字" in page
        asked = client.get(f"/intake/{speech.pk}/difference/?from=1&to=2").content.decode()
        assert f"增 0 字，删 {len(CALL)} 字" in asked
        back = client.get(f"/intake/{speech.pk}/difference/?from=3&to=1").content.decode()
        assert f"增 {len(CALL)} 字，删 {len(NOTICE)} 字" in back

    @pytest.mark.parametrize("query", ["?from=x&to=9", "?from=&to=", f"?from={'9' * 50}", "?to=-1"])
    def test_a_number_that_is_none_is_passed_over(self, query: str) -> None:
        speech = store_scraped()
        response = enter("editor").get(f"/intake/{speech.pk}/difference/{query}")
        assert response.status_code == 200
        assert "两版正文文字相同" in response.content.decode()
