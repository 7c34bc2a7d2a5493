"""Concordances, trends, exports and suggestions at work in a real browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import audit, has_sideways_scroll, look_at
from tests.thoroughness import spare

PAGES = {
    "concordance": "/concordance/?q=代表家站&sort=right",
    "concordance-wide": "/concordance/?q=“全过程人民民主”&context=60",
    "concordance-blank": "/concordance/",
    "concordance-empty": "/concordance/?q=“天外来客不在此处”",
    "concordance-faulty": "/concordance/?q=(代表 OR",
    "trends": "/trends/?expression=全过程人民民主&expression=代表家站&expression=民生实事",
    "trends-one": "/trends/?expression=代表&measure=rate&min_characters=0",
    "trends-months": "/trends/?expression=监督&period=month",
    "trends-blank": "/trends/",
    "trends-faulty": "/trends/?expression=(代表 OR",
    "collocates": "/collocates/?q=代表&least=2",
    "forms": "/forms/?q=人大*",
    "keywords": "/keywords/?year_from=2023&reference_year_to=2022&least=3",
    "ngrams": "/ngrams/?unit=char&least=10",
    "breakdown": "/breakdown/?q=监督&by=year,level",
    "breakdown-empty": "/breakdown/?q=“天外来客不在此处”",
    "dispersion": "/dispersion/?q=监督",
    "spread": "/spread/?q=代表家站",
    "similar": "/similar/?q=监督",
    "search-synonyms": "/search/?q=人代会",
    "search-slip": "/search/?q=“全过成人民民主”",
}
# One of each kind; the others are the same pages with another answer.
FIRST = ("concordance", "concordance-blank", "trends", "trends-months", "search-slip")


def read_table(download: Download) -> list[list[str]]:
    path = download.path()
    text = Path(path).read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", spare(sorted(PAGES), *FIRST))
def test_a_research_page_looks_right(page: Page, name: str) -> None:
    page.goto(PAGES[name])
    expect(page.locator("h1")).to_have_count(1)
    look_at(page, name)


def test_from_an_expression_to_its_trend_by_year_as_a_table_file_in_two_clicks(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("全过程人民民主")
    page.keyboard.press("Enter")
    page.locator(".view-tabs").get_by_role("link", name="趋势", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    rows = read_table(waiting.value)
    assert unquote(waiting.value.suggested_filename) == "趋势-全过程人民民主.csv"
    years = [row[1] for row in rows if row[0] == "全过程人民民主" and row[1].isdecimal()]
    assert years == [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    assert [row for row in rows if row[1] == "合计" and int(row[2]) > 0]


def test_from_a_bar_to_its_passages_to_the_place_in_two_clicks(page: Page) -> None:
    page.goto("/trends/?expression=全过程人民民主")
    page.locator("svg a.bar").first.click()
    expect(page).to_have_url(re.compile("/concordance/.*year="))
    page.locator(".kwic-key a").first.click()
    expect(page.locator("[data-text] mark.cited").first).to_be_visible()
    expect(page.locator("[data-text] mark.cited").first).to_be_in_viewport()


def test_each_line_stops_at_its_own_characters(page: Page) -> None:
    page.goto("/concordance/?q=“代表家站”")
    links = page.locator(".kwic-key a").evaluate_all("all => all.map((one) => one.href)")
    for link in [one for one in links if "hl=" in one][:6]:
        page.goto(link)
        now = page.locator("mark.cited mark.now")
        expect(now).to_have_count(1)
        expect(page.locator("mark.cited mark.now").first).to_be_in_viewport()


def test_a_line_opens_its_passage_in_one_click(page: Page) -> None:
    page.goto("/concordance/?q=代表家站&sort=right")
    page.locator(".kwic-key a").nth(1).click()
    expect(page.locator("[data-text] mark").first).to_be_visible()
    expect(page.locator("[data-text] mark").first).to_be_in_viewport()


def test_keys_stand_in_one_column_and_in_sight(page: Page) -> None:
    for width, context in ((1280, 20), (1280, 60), (390, 20), (390, 60)):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"/concordance/?q=“代表家站”&context={context}")
        boxes = [key.bounding_box() for key in page.locator(".kwic-key").all()[1:]]
        lefts = {round(box["x"]) for box in boxes if box}
        assert len(lefts) == 1
        assert 0 < min(lefts) < width - 60
        assert not has_sideways_scroll(page)


def test_choosing_an_order_lists_anew(page: Page) -> None:
    page.goto("/concordance/?q=代表家站")
    page.get_by_label("排序").select_option("left")
    page.get_by_role("button", name="列出").click()
    expect(page).to_have_url(re.compile("sort=left"))
    expect(page.get_by_label("排序")).to_have_value("left")


def test_suggestions_are_walked_and_taken_with_the_keyboard(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox").first
    field.press_sequentially("qgcrmmz")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("全过程人民民主")
    expect(field).to_have_attribute("aria-expanded", "true")
    audit(page)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("h")
    field.press("Backspace")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/(slogans|themes)/"))
    expect(page.locator("h1")).to_contain_text("全过程人民民主")


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page) -> None:
    page.goto("/themes/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox").first
    field.press_sequentially("代表")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("option").first.locator("mark")).to_have_text("代表")
    look_at(page, "suggestions")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))


def test_a_suggestion_fills_the_concordance(page: Page) -> None:
    page.goto("/concordance/")
    page.get_by_role("combobox").first.press_sequentially("daibiaojiazhan")
    page.locator("[role=option]").filter(has_text="代表家站").first.click()
    expect(page).to_have_url(re.compile(r"/concordance/\?q="))
    expect(page.locator(".kwic-key a").first).to_contain_text("代表家站")


def test_the_views_work_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/search/?q=代表家站")
    page.locator(".view-tabs").get_by_role("link", name="语境", exact=True).click()
    expect(page.locator(".kwic-key a").first).to_be_visible()
    page.locator(".view-tabs").get_by_role("link", name="趋势", exact=True).click()
    expect(page.locator("svg a.bar").first).to_be_visible()
    context.close()
