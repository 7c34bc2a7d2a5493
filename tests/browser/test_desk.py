"""A clerk at the desk: copying, following links, gathering, ordering, exporting."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

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


def test_an_expression_becomes_a_passage_with_its_source_in_one_click(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("全过程人民民主")
    page.keyboard.press("Enter")
    page.locator("[data-cite]").first.click()
    wait_for_toast(page, "已复制")
    copied = read_clipboard(page)
    assert "全过程人民民主" in copied
    assert "（《" in copied
    assert "/p/" in copied


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


def test_ten_passages_of_a_theme_become_a_word_file(clerk: Page, tmp_path: Path) -> None:
    clerk.goto("/themes/daibiao-lvzhi/")
    gather(clerk, 10)
    open_basket(clerk)
    with clerk.expect_download() as waiting:
        clerk.get_by_role("button", name="导出 Word").click()
    assert waiting.value.suggested_filename == "备用材料.docx"
    path = tmp_path / "out.docx"
    waiting.value.save_as(path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        notes = archive.read("word/footnotes.xml").decode()
    assert notes.count("<w:footnoteRef/>") == 10


def test_the_key_b_gathers_and_the_toast_takes_it_back(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    clerk.keyboard.press("b")
    clerk.locator(".toast-offer button").click()
    wait_for_toast(clerk, "已撤销")
    open_basket(clerk)
    expect(clerk.locator("[data-entry]")).to_have_count(0)


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


def test_a_note_is_saved_when_it_is_left(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    open_basket(clerk)
    clerk.locator(".entry-note summary").click()
    clerk.locator(".entry-note textarea").fill("放在开头")
    clerk.keyboard.press("Tab")
    wait_for_toast(clerk, "已保存")
    clerk.reload()
    expect(clerk.locator(".entry-note textarea")).to_have_value("放在开头")


def test_a_colleague_reads_what_is_shared(clerk: Page, browser: Browser, site: Site) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    open_basket(clerk)
    clerk.get_by_role("button", name="生成只读链接").click()
    address = clerk.locator("#shared").input_value()
    context = browser.new_context()
    colleague = context.new_page()
    colleague.goto(f"{site.url}/login/")
    colleague.locator("[name=username]").fill("researcher")
    colleague.locator("[name=password]").fill("yanku-demo")
    colleague.locator("[name=password]").press("Enter")
    colleague.wait_for_url(f"{site.url}/")
    colleague.goto(address)
    expect(colleague.locator(".entry-words")).to_be_visible()
    assert colleague.locator("main button").count() == 0
    context.close()


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
