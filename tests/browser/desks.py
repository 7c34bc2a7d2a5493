"""What a clerk does over and over: choose words, read the clipboard, gather, open the basket."""

from __future__ import annotations

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


def choose_words(page: Page, paragraph: int, start: int, end: int) -> str:
    """Mark characters of a paragraph as the mouse would and return them."""
    return str(page.evaluate(SELECT, [paragraph, start, end]))


def read_clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def wait_for_toast(page: Page, words: str) -> None:
    expect(page.locator(".toast").filter(has_text=words).last).to_be_visible()


def press_and_read(page: Page, key: str = "c") -> str:
    """Press the key that copies and return what is in the clipboard then."""
    # An older word on the screen would be taken for the answer to this key.
    page.evaluate("document.querySelectorAll('.toast').forEach((old) => old.remove())")
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


def make_basket(page: Page, name: str) -> None:
    """Make a basket, which the next passages go into."""
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
