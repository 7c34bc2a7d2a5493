"""A clerk at the desk: copying, following links, gathering, ordering, exporting."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.desks import (
    choose_words,
    gather,
    open_basket,
    read_clipboard,
    wait_for_toast,
)
from tests.browser.looks import look_at
from tests.browser.people import log_in


def test_the_form_that_was_picked_is_used_the_next_time(page: Page) -> None:
    page.goto("/search/?q=代表")
    page.locator(".cite-more").first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_toast(page, "引文与参考文献")
    page.goto("/speeches/1/")
    page.keyboard.press("c")
    wait_for_toast(page, "引文与参考文献")
    assert "[1]" in read_clipboard(page)


def test_escape_closes_the_menu_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/search/?q=代表")
    page.locator(".cite-more").first.click()
    expect(page.locator("[data-cite-menu]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-cite-menu]")).to_be_hidden()
    expect(page.locator(".cite-more").first).to_be_focused()


@pytest.mark.parametrize("show", ["", "?show=slogans,themes,suspects,punct"])
def test_chosen_words_are_copied_and_their_link_marks_them(page: Page, show: str) -> None:
    page.goto(f"/speeches/1/{show}")
    chosen = choose_words(page, 3, 1, 9)
    bar = page.locator("[data-selection-bar]")
    expect(bar).to_be_visible()
    bar.locator("[data-cite]").click()
    wait_for_toast(page, "已复制")
    copied = read_clipboard(page)
    assert copied.startswith(chosen)
    address = copied[copied.index("http") :].rstrip("）")
    page.goto(address)
    marked = page.locator("mark.cited")
    expect(marked.first).to_be_in_viewport()
    assert "".join(marked.all_inner_texts()) == chosen


def test_the_page_of_all_forms_copies_each(page: Page) -> None:
    page.goto("/desk/cite/?speech=1&section=1")
    page.locator("[data-copy-form=ris]").click()
    wait_for_toast(page, "已复制")
    assert read_clipboard(page).startswith("TY  - ")
    page.locator("#edition").select_option("2015")
    page.wait_for_url("**edition=2015**")


def test_a_visitor_who_gathers_is_led_to_the_login_and_back(page: Page) -> None:
    page.goto("/search/?q=代表")
    page.locator("[data-gather]").first.click()
    page.wait_for_url("**/login/?next=**")
    page.locator("[name=username]").fill("clerk")
    page.locator("[name=password]").fill("yanku-demo")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/search/?q=**")


def test_passages_are_ordered_by_dragging_and_by_keys(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 3)
    open_basket(clerk)
    entries = clerk.locator("[data-entry]")

    def order() -> list[str | None]:
        return [entries.nth(at).get_attribute("data-entry") for at in range(3)]

    one, two, three = order()
    clerk.locator(f"#entry-{three} [value=up]").focus()
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(f"**#entry-{three}")
    assert order() == [one, three, two]
    clerk.locator(f"#entry-{one}").evaluate("e => e.scrollIntoView({ block: 'start' })")
    start = clerk.locator(f"#entry-{one} .entry-handle").bounding_box()
    end = clerk.locator(f"#entry-{three}").bounding_box()
    assert start
    assert end
    clerk.mouse.move(start["x"] + 4, start["y"] + 4)
    clerk.mouse.down()
    clerk.mouse.move(start["x"] + 4, end["y"] + end["height"] - 4, steps=6)
    clerk.mouse.up()
    wait_for_toast(clerk, "次序已保存")
    clerk.reload()
    assert order() == [three, one, two]
    clerk.get_by_role("button", name="撤销").click()
    clerk.wait_for_load_state()
    assert order() == [one, three, two]


def test_gathering_and_ordering_work_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    log_in(page, "clerk")
    page.goto("/search/?q=代表")
    page.locator("[data-gather]").first.click()
    page.locator("#basket").select_option("new")
    page.locator("#name").fill("无脚本")
    page.locator("#gather button").click()
    expect(page.locator(".messages")).to_contain_text("无脚本")
    page.locator("#heading-words").fill("总体要求")
    page.locator("#heading-words").press("Enter")
    page.locator(".entry-heading [value=up]").click()
    assert "entry-heading" in (page.locator(".entry").first.get_attribute("class") or "")
    context.close()


def test_the_desk_looks_right_everywhere(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    look_at(clerk, "desk-search")
    open_basket(clerk)
    clerk.locator("#heading-words").fill("总体要求")
    clerk.locator("#heading-words").press("Enter")
    expect(clerk.locator(".entry-heading")).to_be_visible()
    look_at(clerk, "desk-basket")
    address = clerk.url.split("#")[0]
    clerk.goto(f"{address}print/")
    look_at(clerk, "desk-print")
    clerk.goto("/desk/")
    look_at(clerk, "desk-baskets")
    clerk.goto("/desk/cite/?speech=1&section=1.2")
    look_at(clerk, "desk-cite")
