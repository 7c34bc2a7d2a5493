"""What a clerk does over and over: choose words, read the clipboard, gather, open the basket."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

SELECT = """([index, start, end]) => {
  const paragraph = document.querySelectorAll('[data-text] p:not(.ui)')[index];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node.textContent.length < end) node = walker.nextNode();
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  paragraph.scrollIntoView({ block: 'center' });
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return range.toString();
}"""


LINK = re.compile(r"https?://[^/]+/p/[0-9a-z]+/")
PASTE_FIELD = """() => {
  const field = document.createElement('textarea');
  field.id = 'pasted';
  field.addEventListener('paste', (event) => {
    field.dataset.types = [...event.clipboardData.types].join(' ');
    field.dataset.markup = event.clipboardData.getData('text/html');
  });
  document.body.append(field);
  field.focus();
}"""
POST = """([address, fields]) => fetch(address, {
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual',
}).then((answer) => answer.type === 'opaqueredirect')"""


@dataclass(frozen=True)
class Copied:
    """What the clipboard holds: its words, its markup and the types that a program is offered."""

    words: str
    markup: str
    types: str


def paste(page: Page) -> Copied:
    """Return what a reader would paste; the only way to read it that needs no permission."""
    page.evaluate(PASTE_FIELD)
    page.keyboard.press("Control+V")
    field = page.locator("#pasted")
    expect(field).to_have_attribute("data-types", re.compile("."))
    words = field.input_value()
    data: dict[str, Any] = field.evaluate("e => ({ ...e.dataset })")
    field.evaluate("e => e.remove()")
    return Copied(words, data["markup"], data["types"])


def choose_words(page: Page, paragraph: int, start: int, end: int) -> str:
    """Mark characters of a paragraph as the mouse would and return them."""
    return str(page.evaluate(SELECT, [paragraph, start, end]))


def read_clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def find_link(text: str) -> str:
    """Return the permalink in what was copied."""
    found = LINK.search(text)
    assert found, text
    return found.group()


def forget_toasts(page: Page) -> None:
    """Take old words off the screen, which would be taken for the answer to the next act."""
    page.evaluate("document.querySelectorAll('.toast').forEach((old) => old.remove())")


def pick_form(page: Page, form: str) -> Copied:
    """On the page of speech 1: copy section 1.1 in one form by the menu; return what was copied."""
    forget_toasts(page)
    section = page.locator('section[id="1.1"]')
    section.hover()
    section.locator(".cite-more").first.click()
    page.locator(f"[data-cite-menu] [data-form={form}]").click()
    wait_for_toast(page, "已复制")
    return paste(page)


def wait_for_toast(page: Page, words: str) -> None:
    expect(page.locator(".toast").filter(has_text=words).last).to_be_visible()


def press_and_read(page: Page, key: str = "c") -> str:
    """Press the key that copies and return what is in the clipboard then."""
    forget_toasts(page)
    page.keyboard.press(key)
    wait_for_toast(page, "已复制")
    return read_clipboard(page)


def wait_until_gathered(page: Page) -> str:
    """Wait for the offer to undo, take it away and return what it said."""
    offer = page.locator(".toast-offer")
    expect(offer).to_be_visible()
    said = offer.inner_text()
    offer.evaluate("e => e.remove()")
    return said


def gather(page: Page, count: int) -> None:
    for number in range(count):
        page.locator("[data-gather]").nth(number).click()
        wait_until_gathered(page)


def provide_basket(page: Page, name: str) -> None:
    """Make a basket, which the next passages go into, from a page of the site, and stay there."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}  # type: ignore[typeddict-item]
    token = cookies["csrftoken"]
    assert page.evaluate(POST, ["/desk/baskets/new/", {"name": name, "csrfmiddlewaretoken": token}])


def make_basket(page: Page, name: str) -> None:
    """Make a basket, which the next passages go into, by the form, and go to it."""
    page.goto("/desk/")
    page.locator("#basket-name").fill(name)
    page.locator("#basket-name").press("Enter")
    page.wait_for_url("**/desk/baskets/*/")


def open_basket(page: Page) -> None:
    """Open the basket that was changed last."""
    page.goto("/desk/")
    page.locator(".basket-name").first.click()
    page.wait_for_url("**/desk/baskets/*/")


def list_entries(page: Page) -> list[str]:
    """Return the ids of the entries as they stand."""
    entries = page.locator("[data-entry]").all()
    return [entry.get_attribute("data-entry") or "" for entry in entries]
