"""Single keys act only where they are meant: not typed, not composed, not with another key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Request, expect

from tests.browser.desks import wait_until_gathered

# Each takes letters of its own, whatever else the page is about.
FIELDS = (
    "<input type=text>",
    "<input type=date>",
    "<textarea></textarea>",
    "<select><option>b</option><option>c</option></select>",
    "<div contenteditable><p>文</p></div>",
)
ADD_FIELD = """(markup) => {
  const place = document.createElement('div');
  place.innerHTML = markup;
  document.body.append(place);
  place.firstElementChild.focus();
}"""
COMPOSE = """([key, init]) => document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))"""


@contextmanager
def count_acts(page: Page) -> Iterator[list[str]]:
    """Yield the list of what the keys c and b ask the server for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/desk/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    yield asked
    page.wait_for_timeout(300)
    page.remove_listener("request", note)


def test_a_key_held_with_another_is_the_browsers(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    with count_acts(clerk) as asked:
        for key in ("Control+b", "Alt+b", "Meta+b", "Shift+B", "Alt+c", "Meta+c"):
            clerk.keyboard.press(key)
    assert asked == []


def test_a_key_typed_into_a_field_is_only_a_letter(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    with count_acts(clerk) as asked:
        for field in FIELDS:
            clerk.evaluate(ADD_FIELD, field)
            for key in ("c", "b", "/", "?"):
                clerk.keyboard.press(key)
            expect(clerk.locator("[data-keys]")).to_be_hidden()
            expect(clerk.locator("[data-search-field]")).not_to_be_focused()
    assert asked == []


def test_a_key_of_an_input_method_is_its_own(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    with count_acts(clerk) as asked:
        for init in ({"isComposing": True}, {"keyCode": 229}):
            for key in ("c", "b"):
                clerk.evaluate(COMPOSE, [key, init])
    assert asked == []


def test_a_key_that_is_held_down_gathers_once(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    with count_acts(clerk) as asked:
        for _ in range(5):
            clerk.keyboard.down("b")
        clerk.keyboard.up("b")
        wait_until_gathered(clerk)
    assert len(asked) == 1


def test_a_walking_key_that_is_held_down_walks_on(page: Page) -> None:
    page.goto("/search/?q=代表")
    for _ in range(3):
        page.keyboard.down("j")
    page.keyboard.up("j")
    expect(page.locator("[data-hit-link]").nth(2)).to_be_focused()


def test_keys_in_an_open_menu_or_dialog_do_nothing_behind_it(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    with count_acts(clerk) as asked:
        clerk.locator(".cite-more").nth(1).click()
        expect(clerk.locator("[data-cite-menu]")).to_be_visible()
        clerk.keyboard.press("c")
        clerk.keyboard.press("b")
        clerk.keyboard.press("Escape")
        clerk.evaluate("document.querySelector('[data-by-hand]').showModal()")
        clerk.locator("[data-again]").focus()
        clerk.keyboard.press("c")
        clerk.keyboard.press("b")
    assert asked == []
