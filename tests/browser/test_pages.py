"""Every page in a real browser: looks, accessibility, no foreign request, no script fault."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.thoroughness import spare

READERS_PAGES = {
    "home": "/",
    "search": "/search/?q=“全过程人民民主” 代表",
    "search-sections": "/search/?q=监督&unit=section",
    "search-blank": "/search/",
    "search-empty": "/search/?q=“天外来客不在此处”",
    "search-faulty": "/search/?q=(代表 OR",
    "speeches": "/speeches/",
    "themes": "/themes/",
    "theme": "/themes/daibiao-lvzhi/",
    "slogans": "/slogans/",
    "login": "/login/",
    "missing": "/speeches/999999/",
}
# One of each kind; the others are the same pages with another answer.
FIRST = ("home", "search", "search-faulty", "speeches", "themes", "theme", "slogans", "missing")


@pytest.mark.parametrize("name", spare(sorted(READERS_PAGES), *FIRST))
def test_a_readers_page_looks_right(page: Page, name: str) -> None:
    page.goto(READERS_PAGES[name])
    expect(page.locator("h1")).to_have_count(1)
    look_at(page, name)


def test_a_speech_looks_right_with_all_its_marks(page: Page) -> None:
    page.goto("/search/?q=代表")
    page.locator("[data-hit-link]").first.click()
    look_at(page, "speech")
    page.goto(page.url.split("?")[0].split("#")[0] + "?show=slogans,suspects,punct,removed,themes")
    look_at(page, "speech-marked")


def test_a_speech_with_a_gap_draws_it(page: Page) -> None:
    page.goto("/speeches/?completeness=gapped")
    page.goto("/search/?q=民生实事项目人大代表票决制工作动员&completeness=gapped")
    page.locator("[data-hit-link]").first.click()
    expect(page.locator("[data-text]")).to_contain_text("1260")
    look_at(page, "speech-gapped")


def test_a_slogan_looks_right(page: Page) -> None:
    page.goto("/slogans/?q=四个机关")
    page.get_by_role("link", name="四个机关", exact=True).first.click()
    expect(page.get_by_text("自觉坚持中国共产党领导的政治机关").first).to_be_visible()
    look_at(page, "slogan")


def test_the_upload_page_looks_right(page: Page) -> None:
    log_in(page, "admin")
    page.goto("/intake/")
    look_at(page, "upload")


def test_the_search_page_speaks_english(page: Page) -> None:
    page.goto("/search/?q=代表")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Themes").first).to_be_visible()
    look_at(page, "search-english")
