"""Searching and reading, with the mouse, with the keyboard, and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site


def test_an_expression_leads_to_its_marked_place_in_three_moves(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("全过程人民民主")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    page.locator(".passage-text a").first.click()
    expect(page.locator("[data-text] mark").first).to_be_visible()
    assert "全过程人民民主" in page.locator("[data-text]").inner_text()
    expect(page.locator("[data-text] mark").first).to_be_in_viewport()


def test_the_slash_key_goes_to_the_search_box(page: Page) -> None:
    page.goto("/themes/")
    page.keyboard.press("/")
    expect(page.locator("[data-search-field]")).to_be_focused()


def test_j_and_k_move_between_hits(page: Page) -> None:
    page.goto("/search/?q=代表")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-hit-item]").nth(1)
    assert second.evaluate("e => e.contains(document.activeElement)")
    page.keyboard.press("k")
    first = page.locator("[data-hit-item]").first
    assert first.evaluate("e => e.contains(document.activeElement)")


def test_the_question_mark_shows_the_keys(page: Page) -> None:
    page.goto("/")
    page.locator("body").press("?")
    page.locator("main").click(position={"x": 5, "y": 5})
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_be_visible()


def test_a_facet_narrows_and_its_chip_undoes_it(page: Page) -> None:
    page.goto("/search/?q=代表")
    before = page.locator(".result-head").get_by_role("status").inner_text()
    # Years may be folded away where other tests brought in many.
    page.locator("#facets li a:visible").first.click()
    chip = page.locator(".chip").first
    expect(chip).to_be_visible()
    chip.click()
    expect(page.locator(".chip")).to_have_count(0)
    assert (
        page.locator(".result-head").get_by_role("status").inner_text().split()[1]
        == before.split()[1]
    )


def test_a_bar_of_a_themes_chart_leads_to_its_passages(page: Page) -> None:
    page.goto("/themes/daibiao-lvzhi/")
    page.locator("svg a").last.click()
    expect(page).to_have_url(re.compile("/search/"))
    expect(page.locator("[data-hit-item]").first).to_be_visible()


def test_a_section_has_an_address_of_its_own(page: Page) -> None:
    page.goto("/search/?q=代表&unit=section")
    page.locator("[data-hit-link]").first.click()
    key = page.url.split("#")[-1]
    assert page.locator(f'[id="{key}"]').count() == 1


def test_reading_works_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.locator("input[type=search]").first.fill("四个机关")
    page.locator("input[type=search]").first.press("Enter")
    page.locator(".passage-text a").first.click()
    expect(page.locator("[data-text] mark").first).to_be_visible()
    page.get_by_role("link", name="提法", exact=True).last.click()
    expect(page.locator("[data-text]")).to_be_visible()
    context.close()


def test_the_dark_theme_is_kept(page: Page) -> None:
    page.goto("/")
    switch = page.locator("[data-theme-switch]")
    while "深色" not in switch.inner_text():
        switch.click()
    page.goto("/themes/")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(n) for n in re.findall(r"\d+", dark)[:3]]
    assert max(channels) < 80


def test_paper_shows_what_was_found_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/search/?q=代表")
    expect(page.locator(".passage-text").first).to_be_visible()
    for control in (".site-header", ".view-tabs", ".query", ".result-options", ".passage-tools"):
        expect(page.locator(control).first).to_be_hidden()
    assert page.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
