"""Writing from structure: comparing, copying and gathering, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.thoroughness import spare

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


def read_clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def measure(page: Page, selector: str, side: str) -> list[float]:
    boxes = page.locator(selector).evaluate_all(
        f"all => all.map((one) => Math.round(one.getBoundingClientRect().{side}))"
    )
    return list(boxes)


PAGES = {
    "bench": "/structure/?theme=daibiao-jiazhan",
    "bench-flat": "/structure/?depth=1&min_points=x",
    "openings": "/structure/openings/?part=closing",
    "parallels": "/structure/parallels/?members=3",
}


@pytest.mark.parametrize("name", spare(PAGES, "bench", "openings", "parallels"))
def test_the_pages_are_fit_to_be_seen(page: Page, name: str) -> None:
    page.goto(PAGES[name])
    look_at(page, f"structure-{name}")


def test_the_navigation_leads_to_the_bench_and_a_heading_to_its_place(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="谋篇").click()
    heading = page.locator(".skeleton-point h3 a").first
    words = heading.inner_text()
    heading.click()
    expect(page).to_have_url(re.compile(r"/speeches/\d+/#\d"))
    expect(page.locator(":target")).to_contain_text(words[2:6])


def test_the_same_point_of_neighbours_stands_in_the_same_row(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("/structure/")
    firsts = ".skeleton:nth-child(-n+3) .skeleton-point:nth-of-type(1)"
    assert len(set(measure(page, firsts, "top"))) == 1
    assert len(set(measure(page, firsts, "left"))) == 3


def test_on_a_phone_one_skeleton_stands_under_another(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("/structure/")
    assert len(set(measure(page, ".skeleton", "left"))) == 1
    tops = measure(page, ".skeleton", "top")
    assert tops == sorted(set(tops))


def test_one_click_copies_a_skeleton_with_its_source(page: Page) -> None:
    page.goto("/structure/")
    title = page.locator(".skeleton h2").first.inner_text()
    page.get_by_role("button", name="复制提纲").first.click()
    expect(page.locator("[data-said]")).to_have_text("已复制，出处附后")
    lines = read_clipboard(page).splitlines()
    assert lines[0] == title
    assert lines[-1].startswith(f"（《{title}》")


def test_the_depth_is_switched_without_losing_the_filters(page: Page) -> None:
    page.goto("/structure/")
    page.get_by_label("体裁").select_option("training")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**genre=training**")
    # Three are samples; others may have been published here.
    titles = page.locator(".skeleton h2").all_inner_texts()
    assert len(titles) >= 3
    expect(page.locator(".skeleton", has_text="培训")).to_have_count(len(titles))
    page.get_by_role("link", name="只看一级").click()
    expect(page.locator(".skeleton-point li")).to_have_count(0)
    assert page.locator(".skeleton h2").all_inner_texts() == titles


def test_the_keyboard_alone_copies_a_phrase(page: Page) -> None:
    page.goto("/structure/parallels/?members=3")
    phrase = page.locator(".parallel h2").first.inner_text()
    page.locator(".parallel h2 a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("已复制，出处附后")
    assert read_clipboard(page).startswith(f"{phrase}\n（")


def test_an_opening_is_cited_with_one_click(page: Page) -> None:
    page.goto("/structure/openings/")
    words = page.locator(".frame-words p").first.inner_text()
    page.locator("[data-cite]").first.click()
    expect(page.locator("[data-said]")).to_contain_text("已复制")
    assert words.strip() in read_clipboard(page)


def test_without_scripts_the_skeleton_is_a_text_to_copy(browser: Browser, site: Site) -> None:
    plain = browser.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False)
    page = plain.new_page()
    page.goto("/structure/?depth=1")
    expect(page.get_by_role("button", name="复制提纲")).to_have_count(0)
    page.get_by_role("link", name="纯文本").first.click()
    assert "/skeleton.txt?depth=1" in page.url
    assert "一、" in page.locator("body").inner_text()
    plain.close()
