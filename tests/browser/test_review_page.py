"""The review page as a desk: outline by keys, by dragging, without scripts; evidence; history."""

from __future__ import annotations

import re
from itertools import count

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.browser.test_review_texts import open_review

PLACES = ("澄碧县", "栖霞埠", "白鹭洲", "听松镇", "揽月县", "望舒县", "枕溪县", "鸣鹤县")
NUMBERS = count()


def begin(page: Page, site: Site) -> str:
    return open_review(page, site, PLACES[next(NUMBERS)])


def list_keys(page: Page) -> list[str | None]:
    rows = page.locator(".outline-name").all()
    return [row.get_attribute("data-key") for row in rows]


def settle(page: Page) -> None:
    """Wait until the tree has come back from the server."""
    expect(page.locator("[data-outline-desk][aria-busy]")).to_have_count(0)


def press(page: Page, *keys: str) -> None:
    """Press keys, each once the tree has come back from the last."""
    for key in keys:
        page.keyboard.press(key)
        expect(page.locator("[data-outline-desk][aria-busy]")).to_have_count(0)


def test_the_outline_is_edited_and_saved_by_keys_alone(page: Page, site: Site) -> None:
    begin(page, site)
    before = list_keys(page)
    assert before[:2] == ["0", "1"]
    press(page, "o", "ArrowDown", "ArrowDown")
    while page.evaluate("document.activeElement.closest('[data-row]').dataset.level") != "1":
        press(page, "ArrowDown")
    row = page.evaluate("document.activeElement.closest('[data-row]').dataset.row")
    press(page, "Shift+ArrowRight")
    expect(page.locator(f'[data-row="{row}"]')).to_have_attribute("data-level", "2")
    expect(page.locator(f'[data-row="{row}"] .outline-name')).to_be_focused()
    press(page, "F2")
    expect(page.locator("#outline-heading")).to_be_focused()
    page.locator("#outline-heading").fill("没有的话")
    page.keyboard.press("Enter")
    expect(page.locator(".outline-desk [role=alert]")).to_contain_text("只能取自原文")
    page.locator("#outline-heading").fill("")
    page.keyboard.press("Enter")
    expect(page.locator(".outline-desk [role=alert]")).to_have_count(0)
    look_at(page, "review-outline-opened")
    page.get_by_role("button", name="保存提纲为新版本").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("提纲已存为第 2 版")


def test_a_section_is_dragged_below_another_and_back(page: Page, site: Site) -> None:
    begin(page, site)
    roots = page.locator(".outline-row.level-1")
    second, third = roots.nth(1), roots.nth(2)
    row = third.get_attribute("data-row")
    drag(page, third, second, dx=0)
    expect(page.locator(f'[data-row="{row}"]')).to_have_attribute("data-level", "2")
    moved = page.locator(f'[data-row="{row}"]')
    drag(page, moved, moved, dx=-40)
    expect(page.locator(f'[data-row="{row}"]')).to_have_attribute("data-level", "1")


def drag(page: Page, from_: object, to: object, dx: int) -> None:
    from_.scroll_into_view_if_needed()  # type: ignore[attr-defined]
    start = from_.locator("[data-grip]").bounding_box()  # type: ignore[attr-defined]
    end = to.bounding_box()  # type: ignore[attr-defined]
    assert start
    assert end
    x, y = start["x"] + 5, start["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + 1)
    page.mouse.move(x + dx, end["y"] + 8 if to is not from_ else y, steps=4)
    page.mouse.up()
    expect(page.locator("[data-outline-desk][aria-busy]")).to_have_count(0)


def test_a_section_is_split_and_merged_again_and_steps_are_taken_back(
    page: Page, site: Site
) -> None:
    begin(page, site)
    before = list_keys(page)
    page.locator(".outline-name").nth(1).click()
    expect(page.locator(".outline-row.opened")).to_have_count(1)
    expect(page.locator(".clean-text", has_text="一、把代表的话记下来")).to_be_in_viewport()
    page.locator(".outline-places summary").click()
    page.locator(".outline-place").first.click()
    expect(page.locator(".outline-name")).to_have_count(len(before) + 1)
    page.get_by_role("button", name="撤销一步").click()
    expect(page.locator(".outline-name")).to_have_count(len(before))
    settle(page)
    page.locator(".outline-name").nth(2).click()
    expect(page.locator(".outline-row.opened")).to_have_attribute("data-row", "2")
    settle(page)
    page.get_by_role("button", name="并入前一节").click()
    expect(page.locator(".outline-name")).to_have_count(len(before) - 1)


def test_leaving_with_an_unsaved_outline_is_asked_about(page: Page, site: Site) -> None:
    begin(page, site)
    press(page, "o", "ArrowDown", "Shift+ArrowUp")
    expect(page.locator("[data-outline-desk][data-pending]")).to_have_count(1)
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.locator("[data-next]").click()
    assert asked.value.type == "beforeunload"


def test_a_value_leads_to_the_words_it_was_read_from(page: Page, site: Site) -> None:
    begin(page, site)
    page.locator(".field-delivered [data-evidence]").click()
    expect(page.locator(".removed.here")).to_have_text("（2023年6月9日）")
    expect(page.locator(".removed.here")).to_be_in_viewport()
    expect(page.locator(".field-occasion .evidence")).to_contain_text("据标题推定")


def test_keys_move_through_what_was_removed_and_are_listed(page: Page, site: Site) -> None:
    begin(page, site)
    press(page, "j", "j")
    expect(page.locator(".review-texts .here")).to_be_in_viewport()
    press(page, "r")
    expect(page.locator("[data-pending-count]")).to_have_text("1")
    press(page, "m")
    expect(page.locator("#id_title")).to_be_focused()
    # What is typed is typed.
    page.keyboard.type("jkp")
    expect(page.locator("#id_title")).to_have_value(re.compile("jkp"))
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    press(page, "?")
    expect(page.locator("dialog.keys")).to_contain_text("恢复所在的剔除内容")


def test_a_change_of_metadata_is_told_and_taken_back(page: Page, site: Site) -> None:
    address = begin(page, site)
    title = page.locator("#id_title").input_value()
    page.locator("#id_title").fill("改过的题目")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    page.wait_for_load_state()
    expect(page.locator("#history-part")).to_contain_text("改过的题目")
    expect(page.locator(".field-title .evidence")).to_contain_text("人工 解析为")
    page.goto(f"{address}history/")
    expect(page.locator(".moment").first).to_contain_text("editor")
    look_at(page, "review-history")
    page.locator(".moment", has_text="入库").get_by_role("button").click()
    expect(page.locator(".messages")).to_contain_text("已恢复当时的文献信息")
    page.goto(address)
    expect(page.locator("#id_title")).to_have_value(title)


def test_an_earlier_revision_is_brought_back(page: Page, site: Site) -> None:
    address = begin(page, site)
    keys = list_keys(page)
    press(page, "o", "ArrowDown", "ArrowDown", "Shift+ArrowUp")
    page.get_by_role("button", name="保存提纲为新版本").click()
    expect(page.locator(".messages")).to_contain_text("第 2 版")
    page.goto(f"{address}history/")
    page.get_by_role("button", name="恢复第 1 版").click()
    expect(page.locator(".messages")).to_contain_text("存为第 3 版")
    page.goto(address)
    assert list_keys(page) == keys
    look_at(page, "review-page")


def test_the_outline_is_edited_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    log_in(page, "editor")
    page.goto("/intake/2/")
    page.locator(".outline-name").nth(2).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("提纲")
    page.get_by_role("button", name="并入前一节").click()
    page.get_by_role("button", name="撤销一步").click()
    page.get_by_role("link", name="返回校核页").click()
    expect(page.locator("#metadata-part")).to_be_visible()
    context.close()
