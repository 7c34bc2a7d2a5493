"""From a folder of mixed files to the few that need an eye, and the rest published at once."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in

# Four whole speeches, and 洄水县's, whose end is missing.
DRAFTS = Path(__file__).parent / "drafts"


def bring_in(site: Site) -> None:
    """Import the folder as drafts; what is there already stays as it is."""
    site.importer.import_drafts(DRAFTS)


def test_the_doubtful_are_seen_and_the_rest_published_and_taken_back(
    page: Page, site: Site
) -> None:
    bring_in(site)
    log_in(page, "editor")
    page.goto("/intake/queue/?q=洄水县")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-row]")).to_contain_text("结尾疑似缺失")
    page.goto("/intake/queue/")
    look_at(page, "queue")

    # Only keys: to the doubtful one, into its review and back, then looked at.
    page.goto("/intake/queue/?q=洄水县")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/*/")
    expect(page.locator("h1")).to_contain_text("洄水县")
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator("main")).to_contain_text("已标为已核阅")

    page.goto("/intake/queue/?view=clean&year=2009")
    expect(page.locator("[data-row]")).to_have_count(4)
    page.locator("[data-pick-list]").check()
    page.locator("[data-publish]").click()
    expect(page.locator("main")).to_contain_text("将改动 4 篇")
    look_at(page, "bulk-preview")
    page.get_by_role("button", name="确认改动").click()
    expect(page.locator("main")).to_contain_text("已完成")
    look_at(page, "bulk-done")
    page.goto("/search/?q=“坐到炕头听”")
    expect(page.locator("[data-hit-item]")).to_have_count(4)

    page.goto("/intake/bulk/")
    look_at(page, "bulk-list")
    page.get_by_role("button", name="撤销").first.click()
    expect(page.locator("main")).to_contain_text("已撤销")
    page.goto("/search/?q=“坐到炕头听”")
    expect(page.locator("[data-hit-item]")).to_have_count(0)


def test_metadata_are_set_on_ticked_rows_by_keyboard(page: Page, site: Site) -> None:
    bring_in(site)
    log_in(page, "editor")
    page.goto("/intake/queue/?view=all&year=2009")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("已选 2 篇")
    page.get_by_role("button", name="设置信息、主题与可见范围…").click()
    page.locator("[name=occasion]").fill("专题工作会议")
    expect(page.locator("[name=set_occasion]")).to_be_checked()
    look_at(page, "bulk-form")
    page.get_by_role("button", name="预览改动").click()
    expect(page.locator(".bulk-table ins")).to_have_count(2)
    page.get_by_role("button", name="放弃").click()
    page.wait_for_url("**/intake/queue/")


def test_what_is_typed_before_the_script_has_come_is_meant_too(page: Page, site: Site) -> None:
    bring_in(site)
    log_in(page, "editor")
    held: list[Route] = []
    page.route("**/bulk-form*.js", lambda route: held.append(route))
    page.goto("/intake/queue/?view=all&year=2009")
    page.locator("[data-row] input[type=checkbox]").first.check()
    page.get_by_role("button", name="设置信息、主题与可见范围…").click(no_wait_after=True)
    # Not by the locator, whose acts wait until the page has loaded.
    page.fill("[name=occasion]", "专题工作会议")
    assert not page.is_checked("[name=set_occasion]")
    held[0].continue_()
    expect(page.locator("[name=set_occasion]")).to_be_checked()
