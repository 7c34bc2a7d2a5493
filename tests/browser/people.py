"""The demo's people at the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page

PASSWORD = "yanku-demo"


def log_in(page: Page, name: str) -> None:
    """Log in as one of the demo accounts: researcher, clerk, editor or admin."""
    page.goto("/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
