"""One correction, and a whole site is read better; read again, and undone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.intake.profiles.odd_pages import NAMES, make_odd

SITE = "溪北河湾新报"


def bring_in(site: Site, folder: Path) -> None:
    """Import four pages of the invented site as drafts."""
    for number in range(1, 5):
        (folder / f"odd-{number}.txt").write_text(make_odd(number), "utf-8")
    site.importer.import_drafts(folder)


def open_review(page: Page, number: int) -> None:
    """Open the review of the page with this number."""
    page.goto(f"/intake/queue/?view=all&q=在第{number}次联席会议上的讲话")
    page.locator("[data-row] a").first.click()
    page.wait_for_url("**/intake/*/")


def test_a_correction_is_offered_tried_applied_and_undone(
    page: Page, site: Site, tmp_path: Path
) -> None:
    bring_in(site, tmp_path)
    log_in(page, "editor")
    open_review(page, 1)
    page.locator("[name=speaker]").fill(NAMES[1])
    page.locator("[data-save]").click()
    panel = page.locator("form", has_text="其他文件可以照您的改动来读")
    expect(panel).to_contain_text("值守：")
    look_at(page, "site-lessons")
    panel.get_by_role("button", name="预览其他文件的变化").click()
    page.wait_for_url("**/intake/sites/profiles/*/")
    expect(page.locator(".plan-fields ins", has_text=NAMES[2])).to_have_count(1)
    look_at(page, "site-profile-preview")
    page.locator("summary", has_text="修改版式").click()
    look_at(page, "site-profile-form")
    page.get_by_role("button", name="批准，并照此重读").click()
    expect(page.locator("main")).to_contain_text("已改 4 篇")
    look_at(page, "site-profile-done")
    page.goto("/intake/sites/")
    expect(page.locator("tr", has_text=SITE)).to_contain_text("已生效")
    look_at(page, "sites")
    open_review(page, 2)
    expect(page.locator("[name=speaker]")).to_have_value(NAMES[2])
    page.goto("/intake/sites/")
    page.locator("tr", has_text=SITE).get_by_role("link", name="已生效").click()
    page.get_by_role("button", name="停用").click()
    page.get_by_role("button", name="恢复原样").click()
    expect(page.locator("main")).to_contain_text("已恢复 4 篇")
    open_review(page, 2)
    expect(page.locator("[name=speaker]")).to_have_value("")


def test_a_site_is_read_again_behind_the_page(page: Page, site: Site, tmp_path: Path) -> None:
    bring_in(site, tmp_path)
    log_in(page, "editor")
    page.goto("/intake/sites/")
    page.locator("tr", has_text=SITE).get_by_role("link", name="重读…").click()
    expect(page.locator("main")).to_contain_text(f"“{SITE}”的文件，共 4 篇")
    look_at(page, "rereading-preview")
    page.get_by_role("button", name="重读这 4 篇").click()
    page.wait_for_url("**/intake/rereadings/*/")
    expect(page.locator(".batch-state")).to_contain_text("已完成")
    expect(page.locator(".batch-state")).to_contain_text("4 / 4 篇")
    look_at(page, "rereading-done")
    page.goto("/intake/rereadings/")
    look_at(page, "rereadings")
