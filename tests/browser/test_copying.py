"""copying.js: every way into the clipboard, and what is shown where none is left."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, open_context
from tests.browser.desks import choose_words, paste, pick_form, wait_for_toast
from tests.browser.looks import look_at

# How section 1.1 begins in each.
FORMS = {
    **dict.fromkeys(("sourced", "plain", "quotation", "footnote"), "（一）"),
    "reference": "周明远. ",
    "markdown": "> ",
    "bibtex": "@",
    "ris": "TY  - ",
    "csl-json": "[",
}
# Zero-width and formatting characters, soft hyphens, marks of byte order, controls.
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f]")
ORIGIN = re.compile(r"http://[^/]+/")
ANSWER_LATE = """() => {
  const { fetch } = window;
  window.fetch = async (...asked) => {
    await new Promise((resolve) => { setTimeout(resolve, 5500); });
    return fetch(...asked);
  };
  const { execCommand } = document;
  document.execCommand = (command) => {
    const done = execCommand.call(document, command);
    console.info('tried to copy');
    return done;
  };
}"""
REFUSE_COMMAND = "document.execCommand = () => false"


def test_both_ways_into_the_clipboard_put_the_same_there(desk: Page, page: Page) -> None:
    for opened in (desk, page):
        opened.goto("/speeches/1/")
    for form, begins in FORMS.items():
        plain, trusted = pick_form(desk, form), pick_form(page, form)
        assert page.evaluate("window.isSecureContext")
        assert ORIGIN.sub("", plain.words) == ORIGIN.sub("", trusted.words)
        assert (plain.markup, plain.types) == (trusted.markup, trusted.types) == ("", "text/plain")
        assert not INVISIBLE.search(plain.words), form
        assert plain.words.startswith(begins)


def test_the_focus_stays_where_it_was(desk: Page) -> None:
    desk.goto("/search/?q=代表")
    link = desk.locator("[data-cite]").nth(1)
    link.focus()
    desk.keyboard.press("Enter")
    wait_for_toast(desk, "已复制")
    expect(link).to_be_focused()
    assert desk.locator(".copied-words").count() == 0


def test_where_no_script_may_copy_the_words_are_shown_chosen(desk: Page) -> None:
    desk.goto("/speeches/1/")
    chosen = choose_words(desk, 2, 3, 15)
    desk.evaluate(REFUSE_COMMAND)
    desk.keyboard.press("c")
    dialog = desk.locator("[data-by-hand]")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("按 Ctrl+C 复制")
    field = dialog.locator("textarea")
    expect(field).to_be_focused()
    look_at(desk, "copy-by-hand")

    text = field.input_value()
    assert text.startswith(f"{chosen}\n（《")
    desk.keyboard.press("Control+C")
    expect(dialog).to_be_hidden()
    wait_for_toast(desk, "已复制")
    expect(desk.locator("[data-said]")).to_contain_text("已复制")
    assert paste(desk).words == text


def test_a_part_copied_by_hand_leaves_the_dialog_open(desk: Page) -> None:
    desk.goto("/speeches/1/")
    desk.evaluate(REFUSE_COMMAND)
    desk.keyboard.press("c")
    dialog = desk.locator("[data-by-hand]")
    expect(dialog).to_be_visible()
    dialog.locator("textarea").evaluate("e => e.setSelectionRange(0, 5)")
    desk.keyboard.press("Control+C")
    desk.wait_for_timeout(200)
    expect(dialog).to_be_visible()
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_second_try_that_fails_says_so(desk: Page) -> None:
    desk.goto("/structure/")
    desk.evaluate(REFUSE_COMMAND)
    desk.get_by_role("button", name="复制提纲").first.click()
    dialog = desk.locator("[data-by-hand]")
    dialog.locator("[data-again]").click()
    expect(dialog.locator("[data-by-hand-said]")).to_have_text("仍未成功，请按键复制。")
    expect(dialog.locator("textarea")).to_be_focused()


def test_an_answer_too_slow_for_the_browser_is_copied_by_a_second_click(desk: Page) -> None:
    desk.goto("/search/?q=代表")
    # A click counts for five seconds; the answer comes after that. Looking at the page counts as
    # a click too, so nothing looks at it meanwhile.
    desk.evaluate(ANSWER_LATE)
    with desk.expect_console_message(lambda said: said.text == "tried to copy"):
        desk.locator("[data-cite]").first.click()
    dialog = desk.locator("[data-by-hand]")
    expect(dialog).to_be_visible()
    text = dialog.locator("textarea").input_value()
    dialog.locator("[data-again]").click()
    expect(dialog).to_be_hidden()
    wait_for_toast(desk, "已复制")
    assert paste(desk).words == text


def test_a_server_that_does_not_answer_is_told(desk: Page) -> None:
    desk.goto("/search/?q=代表")
    desk.route("**/desk/cite/**", lambda route: route.abort())
    desk.locator("[data-cite]").first.click()
    wait_for_toast(desk, "未能复制")
    expect(desk.locator("[data-by-hand]")).to_be_hidden()


def test_a_clipboard_that_the_browser_denies_is_gone_round(browser: Browser, site: Site) -> None:
    with open_context(browser, site.url, []) as opened:
        page = opened.new_page()
        page.goto("/search/?q=代表")
        denied = "() => Promise.reject(new DOMException('no', 'NotAllowedError'))"
        page.evaluate(f"Object.assign(navigator.clipboard, {{ write: {denied} }})")
        page.locator("[data-cite]").first.click()
        wait_for_toast(page, "已复制")
        assert "（《" in paste(page).words
