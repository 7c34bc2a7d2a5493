"""A clerk copies with the source: wherever words are shown, by click, by key, by hand."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.desks import (
    choose_words,
    find_link,
    press_and_read,
    read_clipboard,
    wait_for_toast,
)
from tests.browser.looks import look_at

# 民生实事项目人大代表票决制: 1260 characters of it are behind a paywall, after section 2.
GAPPED = "/speeches/23/"


def test_the_journey_to_a_reference_is_typing_enter_and_one_click(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("全过程人民民主")
    page.keyboard.press("Enter")
    cite = page.locator("[data-cite]").first
    address = cite.get_attribute("href")
    cite.click()
    wait_for_toast(page, "已复制")

    words, source = read_clipboard(page).rsplit("\n", 1)
    assert "全过程人民民主" in words
    asked = page.request.get(f"{address}&format=json").json()
    assert words == asked["words"]
    assert "¶" not in words
    assert "摘编" not in words
    assert source.startswith(f"（《{asked['title']}》，")
    assert source.endswith(f"{asked['permalink']}）")


def test_the_keyboard_alone_copies_the_hit_in_hand(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("代表联络站")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    titles = page.locator(".hit-title").all_inner_texts()
    assert titles[0] != titles[1]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert f"（《{titles[1]}》" in press_and_read(page)
    page.keyboard.press("k")
    assert f"（《{titles[0]}》" in press_and_read(page)


def test_the_key_copies_the_paragraph_being_read_not_the_salutation(page: Page) -> None:
    page.goto("/speeches/1/")
    expect(page.locator("p.salutation")).to_be_in_viewport()
    first = page.locator("[data-text] p:not(.ui, .salutation)").first.inner_text()
    assert press_and_read(page).startswith(first.strip())


def test_the_key_copies_the_section_being_read(page: Page) -> None:
    page.goto("/speeches/1/#3.2")
    paragraph = page.locator('[id="3.2"] p:not(.ui)').first
    paragraph.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().top - 150)")
    words = paragraph.inner_text().strip()
    copied = press_and_read(page)
    assert copied.startswith(words)
    assert "“（二）监督要突出有效管用”部分" in copied


def test_the_key_copies_just_the_words_chosen(page: Page) -> None:
    page.goto("/speeches/1/")
    chosen = choose_words(page, 2, 3, 15)
    assert press_and_read(page).startswith(f"{chosen}\n（《在全市人大工作会议上的讲话》")


def test_a_key_pressed_while_typing_is_only_a_letter(page: Page) -> None:
    page.goto("/speeches/1/")
    page.keyboard.press("/")
    page.keyboard.type("cb")
    expect(page.locator("[data-search-field]")).to_have_value("cb")
    expect(page.locator(".toast")).to_have_count(0)


def test_a_section_is_cited_at_its_heading(page: Page) -> None:
    page.goto("/speeches/1/")
    section = page.locator('section[id="1.1"]')
    section.hover()
    section.locator("[data-cite]").first.click()
    wait_for_toast(page, "已复制")
    copied = read_clipboard(page)
    assert copied.startswith("（一）解决好“为什么”的问题")
    assert "“（一）解决好‘为什么’的问题”部分" in copied
    page.goto(find_link(copied))
    assert page.url.endswith("#1.1")


def test_a_gap_goes_along_with_the_words_before_it(page: Page) -> None:
    page.goto(GAPPED)
    section = page.locator('section[id="2"]')
    section.hover()
    section.locator("[data-cite]").first.click()
    wait_for_toast(page, "已复制")
    copied = read_clipboard(page)
    assert "〔此处原文缺失 1260 字〕" in copied
    assert "引用前请核对原件" in copied


def test_the_gap_is_told_with_words_far_from_it(page: Page) -> None:
    page.goto(GAPPED)
    copied = press_and_read(page)
    assert "〔" not in copied
    assert "所据文本中间有缺失" in copied


def test_what_was_chosen_on_the_page_of_forms_holds_for_the_next_copy(page: Page) -> None:
    page.goto("/desk/cite/?speech=1&section=1.1")
    page.locator("#style").select_option("author-date")
    page.wait_for_url("**style=author-date**")
    page.get_by_label("标点改为全角").check()
    page.wait_for_url("**full_width=1**")
    page.locator("[name=link][value='0']").check()
    page.wait_for_url("**link=0**")
    page.locator("[data-copy-form=quotation]").click()
    wait_for_toast(page, "已复制")

    page.goto("/search/?q=代表")
    copied = press_and_read(page)
    assert re.search(r"（.+?，20\d\d）\n\n", copied)
    assert "[1]" not in copied
    # The reference of a speech without an address of its own has it; no line of its own follows.
    assert copied.count("/p/") == 1


def test_zotero_reads_what_is_downloaded(page: Page) -> None:
    page.goto("/desk/cite/?speech=1&section=1.1")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSL-JSON").click()
    (item,) = json.loads(waiting.value.path().read_text("utf-8"))
    assert item["title"] == "在全市人大工作会议上的讲话"
    assert item["author"] == [{"literal": "周明远"}]
    assert find_link(item["note"])


def test_without_scripts_the_words_are_copied_by_hand(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/?q=全过程人民民主")
    page.locator("[data-cite]").first.click()
    sourced = page.locator("#text-sourced")
    expect(sourced).to_be_visible()
    address = find_link(sourced.input_value())
    page.locator("#edition").select_option("2015")
    page.get_by_role("button", name="更新").click()
    expect(page.locator("#edition")).to_have_value("2015")
    expect(page.locator("[data-copy-form]").first).to_be_hidden()
    page.goto(address)
    expect(page.locator("mark.cited").first).to_be_visible()
    context.close()


def test_a_passage_that_is_not_there_is_told(page: Page) -> None:
    answer = page.goto("/desk/cite/?speech=1&section=9.9")
    assert answer is not None
    assert answer.status == 404
    look_at(page, "clerk-cite-fault")


def test_a_passage_with_a_gap_looks_right(page: Page) -> None:
    page.goto("/desk/cite/?speech=23&section=2")
    expect(page.locator(".notice.warn").first).to_contain_text("1260")
    look_at(page, "clerk-cite-gapped")
