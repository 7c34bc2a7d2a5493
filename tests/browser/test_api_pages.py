"""The page of the interface and the page for tokens in a real browser."""

from __future__ import annotations

import json
import urllib.request

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in


def test_the_page_of_the_interface_looks_right(page: Page) -> None:
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="接口").click()
    expect(page.locator("h1")).to_have_text("接口")
    page.locator("details").first.evaluate("each => each.open = true")
    look_at(page, "api")


def test_a_token_made_on_the_page_is_taken_and_revoked(page: Page, site: Site) -> None:
    log_in(page, "researcher")
    page.goto("/api/v1/tokens/")
    page.get_by_label("用途").fill("年度统计")
    page.get_by_role("button", name="建立令牌").click()
    secret = page.locator(".api-secret").inner_text()
    look_at(page, "api-tokens")
    asked = urllib.request.Request(
        f"{site.url}/api/v1/speeches", headers={"Authorization": f"Bearer {secret}"}
    )
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["total"] > 0
    page.get_by_role("button", name="撤销 年度统计").click()
    expect(page.get_by_text("令牌已撤销")).to_be_visible()
