"""The English interface in a real browser: its labels are wider than the Chinese ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.looks import has_sideways_scroll

PAGES = ["/", "/search/?q=代表", "/concordance/?q=代表", "/trends/?expression=代表", "/api/v1/"]
COUNT_ROWS = "nodes => new Set(nodes.map(node => Math.round(node.offsetTop))).size"


@pytest.fixture
def english(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.url, locale="en-US", viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def test_the_navigation_stays_on_one_line_of_a_phone(english: Page) -> None:
    english.goto("/speeches/")
    assert english.locator("html").get_attribute("lang") == "en"
    for width in (360, 390, 412):
        english.set_viewport_size({"width": width, "height": 800})
        assert english.evaluate("innerWidth") == width
        assert english.locator(".site-nav li").evaluate_all(COUNT_ROWS) == 1, width


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_phone_in_english(english: Page, address: str) -> None:
    english.goto(address)
    assert not has_sideways_scroll(english)
