"""Publishing from the review page: what is doubtful is not published by one key alone."""

from __future__ import annotations

import re
from itertools import count

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.test_review_texts import open_review

PLACES = ("栖云县", "临渊县", "照夜县", "拂晓县", "松涛县", "鹤鸣镇", "流萤县", "观澜县")
NUMBERS = count()


def open_doubtful(page: Page, site: Site) -> str:
    """Open a draft of which the source hides a part."""
    address = open_review(page, site, PLACES[next(NUMBERS)])
    expect(page.locator("#open-flags")).to_be_visible()
    return address


def read_status(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator(".review-head .tag").first.inner_text()


def test_p_on_a_doubtful_draft_asks_and_cancelling_publishes_nothing(
    page: Page, site: Site
) -> None:
    address = open_doubtful(page, site)
    question = page.locator("[data-publish-question]")
    expect(question).to_be_hidden()
    page.keyboard.press("p")
    expect(question).to_be_visible()
    expect(question).to_contain_text("来源隐去了内容")
    expect(question.get_by_role("button", name="取消")).to_be_focused()
    look_at(page, "review-publish-question")
    # Hasty fingers: neither the same key again nor another one does anything.
    page.keyboard.press("p")
    page.keyboard.press("n")
    expect(question).to_be_visible()
    page.keyboard.press("Enter")
    expect(question).to_be_hidden()
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    assert read_status(page, address) == "草稿"


def test_a_doubtful_draft_is_published_by_an_answer_at_the_keyboard(page: Page, site: Site) -> None:
    address = open_doubtful(page, site)
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    expect(page.locator("[data-publish-anyway]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/speeches/**")
    assert read_status(page, address) == "已发布"
    # Published, there is nothing left to ask.
    expect(page.locator("[data-publish-question]")).to_have_count(0)


def test_the_chord_publishes_a_doubtful_draft_and_capitals_are_no_chord(
    page: Page, site: Site
) -> None:
    address = open_doubtful(page, site)
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'P', bubbles: true }))"
    )
    expect(page.locator("[data-publish-question]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+P")
    page.wait_for_url("**/speeches/**")
    assert read_status(page, address) == "已发布"


def test_the_chord_answers_the_question_too(page: Page, site: Site) -> None:
    address = open_doubtful(page, site)
    page.keyboard.press("p")
    page.keyboard.press("Shift+P")
    page.wait_for_url("**/speeches/**")
    assert read_status(page, address) == "已发布"


def test_a_draft_without_doubts_or_looked_at_is_published_by_one_key(
    page: Page, site: Site
) -> None:
    address = open_doubtful(page, site)
    page.locator(".flag-panel [name=look]").click()
    page.goto(address)
    expect(page.locator("#open-flags")).to_have_count(0)
    page.keyboard.press("p")
    page.wait_for_url("**/speeches/**")
    assert read_status(page, address) == "已发布"


def test_the_button_publishes_at_a_click_with_the_doubts_beside_it(page: Page, site: Site) -> None:
    address = open_doubtful(page, site)
    button = page.locator("[data-publish]")
    expect(button).to_have_accessible_description(re.compile("疑点 [0-9]+ 项：.*中间有缺失"))
    button.click()
    page.wait_for_url("**/speeches/**")
    assert read_status(page, address) == "已发布"


def test_without_scripts_a_doubtful_draft_is_published_by_the_form(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    address = open_doubtful(page, site)
    page.locator("[data-publish]").click()
    page.wait_for_url("**/speeches/**")
    assert read_status(page, address) == "已发布"
    context.close()


def test_the_help_names_both_ways_to_publish(page: Page, site: Site) -> None:
    open_doubtful(page, site)
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_contain_text("还有疑点的先列出来问")
    expect(page.locator("dialog.keys")).to_contain_text("Shift+P")
