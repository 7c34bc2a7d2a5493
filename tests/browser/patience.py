"""The tests' hands and eyes wait for the page: on a busy machine all of it may come late.

An element is there before the script that listens to it, half a list before the other half, and
the page that a key leads to after the next key. No person is that fast.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Keyboard, Locator, Mouse, Page, expect

# What a person does to an element of a page, and what is read of one without waiting for it.
ACTS = (
    *("check", "click", "drag_to", "fill", "focus", "hover", "press", "press_sequentially"),
    *("scroll_into_view_if_needed", "select_option", "set_input_files", "uncheck"),
)
READINGS = (
    *("all", "all_inner_texts", "all_text_contents", "bounding_box", "count", "evaluate"),
    *("evaluate_all", "get_attribute", "inner_text", "input_value", "is_checked", "is_hidden"),
    *("is_visible", "text_content"),
)
# Milliseconds that anything may take: they cost only where something is wrong.
PATIENCE = 120_000
# What is said for a moment (static/js/site/toast.js) stays until a slow machine has looked.
KEEP_TOASTS = """{
  const { setTimeout } = window;
  window.setTimeout = (act, time, ...more) =>
    setTimeout(act, String(act).includes('toast.remove') ? 10 * time : time, ...more);
}"""


# What a page does when it has loaded: it goes to its anchor, to the words it was asked for, to
# the button pressed last. Two frames later it has; asked once of a document.
SETTLED = """window.settled ??= new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
# What depends on where the page has scrolled to.
PLACES = ("bounding_box", "evaluate")


class PatientKeyboard:
    """A page's keyboard; a key that leads to another page is done when that page has come."""

    def __init__(self, page: Page, keyboard: Keyboard) -> None:
        self._page, self._keyboard = page, keyboard

    def press(self, key: str) -> None:
        # Pressed on an element the driver waits for the page that it leads to; by itself not.
        focused = self._page.evaluate_handle("document.activeElement ?? document.body")
        element = focused.as_element()
        assert element is not None
        element.press(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._keyboard, name)


def read_keyboard(page: Page, keyboard: Keyboard) -> Any:
    return PatientKeyboard(page, keyboard)


def read_mouse(_page: Page, mouse: Mouse) -> Any:
    return mouse


def settle(page: Page) -> None:
    """Wait until the page has loaded and come to rest where it scrolls to by itself."""
    page.wait_for_load_state()
    page.evaluate(SETTLED)


def wait_first(act: Callable[..., Any]) -> Callable[..., Any]:
    """Return the act of a locator, which then waits until its page has loaded."""

    wait = settle if act.__name__ in PLACES else Page.wait_for_load_state

    @functools.wraps(act)
    def run(locator: Locator, *values: Any, **options: Any) -> Any:
        wait(locator.page)
        return act(locator, *values, **options)

    return run


def hold_until_loaded(part: property, wrap: Callable[[Page, Any], Any]) -> property:
    """Return the part of a page, its keys or its mouse, which is had when the page has loaded."""

    def read(page: Page) -> Any:
        settle(page)
        assert part.fget is not None
        return wrap(page, part.fget(page))

    return property(read)


def give_time(open_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Return what opens a visitor of the browser, who then has time for everything."""

    @functools.wraps(open_context)
    def run(browser: Browser, **options: Any) -> BrowserContext:
        context = open_context(browser, **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(KEEP_TOASTS)
        return context

    return run


@contextmanager
def wait_for_pages() -> Iterator[None]:
    """Let every act, key and reading of a block wait until its page has loaded."""
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Browser, "new_context", give_time(Browser.new_context))
        for name in (*ACTS, *READINGS):
            patch.setattr(Locator, name, wait_first(getattr(Locator, name)))
        patch.setattr(Page, "keyboard", hold_until_loaded(Page.keyboard, read_keyboard))  # type: ignore[arg-type]
        patch.setattr(Page, "mouse", hold_until_loaded(Page.mouse, read_mouse))  # type: ignore[arg-type]
        yield
