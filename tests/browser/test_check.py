"""校稿 in a browser: from pasting to the clean text, by mouse and by keyboard, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look_at
from tests.browser.people import log_in

DRAFT = """在全县人大工作会议上的讲话
望岫县人大常委会主任 李明
（2026年5月12日）
同志们：
要坚持人民当家做主。下面，我讲三点意见。
一、提高站位
要发展全过程民主，把各项任务落到实处。
三、改进作风
麓禾县人大常委会党组要带头反对“四风’，把各项任务落到实处，见到实效。
"""


def hand_in(page: Page, text: str = DRAFT) -> None:
    log_in(page, "researcher")
    page.goto("/check/")
    page.get_by_label("粘贴稿件").fill(text)
    page.get_by_role("button", name="校稿", exact=True).click()
    page.wait_for_load_state()


def read_draft(page: Page) -> str:
    return page.locator("[data-draft]").inner_text()


def test_the_form_and_what_was_found_are_fit_to_be_seen(page: Page) -> None:
    log_in(page, "researcher")
    page.goto("/check/")
    look_at(page, "check")
    hand_in(page)
    look_at(page, "checked")


def test_suggestions_are_taken_and_undone_one_by_one(page: Page) -> None:
    hand_in(page)
    finding = page.locator("[data-finding]").filter(has_text="人民当家作主")
    finding.get_by_role("button", name="采纳").click()
    assert "人民当家作主" in read_draft(page)
    expect(finding).to_contain_text("已采纳")
    page.get_by_role("button", name="撤销").click()
    assert "人民当家做主" in read_draft(page)
    expect(finding).not_to_contain_text("已采纳")


def test_the_keyboard_walks_accepts_dismisses_and_undoes(page: Page) -> None:
    hand_in(page)
    for key in ("j", "y", "n", "z"):
        page.keyboard.press(key)
    states = page.locator("[data-finding]").evaluate_all(
        "all => all.map(i => i.dataset.state || '')"
    )
    assert states[0] == "accepted"
    assert set(states[1:]) == {""}
    assert "人民当家作主" in read_draft(page)


def test_all_of_one_kind_are_taken_after_a_question(page: Page) -> None:
    hand_in(page, DRAFT.replace("提高站位", "提高站位\n要坚持人民当家做主，做到实处"))
    page.get_by_role("button", name="提法", exact=False).first.click()
    asked: list[str] = []

    def accept(dialog: object) -> None:
        asked.append(dialog.message)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    page.on("dialog", accept)
    page.get_by_role("button", name="采纳列出的全部建议").click()
    assert asked == ["采纳看得见的 2 条建议？可以撤销。"]
    assert read_draft(page).count("人民当家作主") == 2
    assert "全过程民主" in read_draft(page)


def test_the_clean_text_leaves_as_a_word_file(page: Page) -> None:
    hand_in(page)
    page.keyboard.press("j")
    page.keyboard.press("y")
    with page.expect_download() as sent:
        page.get_by_role("button", name="下载 Word 文件").click()
    assert sent.value.suggested_filename.endswith(".docx")


def test_many_alike_are_one_line_and_taken_together(page: Page) -> None:
    hand_in(page, "同志们：\n" + "要把任务落到实处,见到实效。\n" * 8 + "要坚持人民当家做主。\n")
    shown = page.locator("[data-finding]:visible")
    assert shown.count() == 4
    page.get_by_role("button", name="一并采纳").click()
    assert read_draft(page).count("，") == 5
    page.keyboard.press("z")
    assert "，" not in read_draft(page)
    page.get_by_role("button", name="逐处列出").click()
    assert shown.count() == 9


def test_the_place_stays_in_sight_beside_a_long_list(page: Page) -> None:
    hand_in(page, DRAFT + "某某同志主持会议，研究了三件事。\n" * 30)
    for _ in range(25):
        page.keyboard.press("j")
    for chosen in ("mark[data-current]", "li[data-current]"):
        expect(page.locator(chosen)).to_be_in_viewport(ratio=0.5)


def test_a_long_draft_and_one_without_a_fault_are_answered(page: Page) -> None:
    hand_in(page, "同志们：\n" + "要坚持人民当家做主，把任务落到实处。\n" * 500)
    assert page.locator("[data-finding]").count() == 500
    page.goto("/check/")
    page.get_by_label("粘贴稿件").fill("同志们：\n今天我们开会，研究下一步的工作。\n")
    page.get_by_role("button", name="校稿", exact=True).click()
    expect(page.locator("#content")).to_contain_text("没有发现需要看的地方")


@pytest.mark.parametrize("width", [390])
def test_nothing_sticks_out_on_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    hand_in(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
