"""The demo's people at the keyboard."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

PASSWORD = "yanku-demo"


# The cookies of who has logged in once, by address and name: to check a password costs time.
KNOWN: dict[tuple[str, str], list[Any]] = {}


def log_in(page: Page, name: str) -> None:
    """Log in as one of the demo accounts: researcher, clerk, editor or admin; go where you like."""
    # The smallest page tells the address.
    page.goto("/healthz")
    key = (urlsplit(page.url).netloc, name)
    if key in KNOWN:
        page.context.add_cookies(KNOWN[key])
    else:
        page.goto("/login/")
        type_password(page, name)
        KNOWN[key] = list(page.context.cookies())


def type_password(page: Page, name: str) -> None:
    """Log in by the form, as everyone does the first time."""
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
