"""A file of three speeches: split on its review page, looked through, and made whole again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.intake.test_splitting import SEVERAL


def test_a_file_of_several_speeches_is_split_and_made_whole(
    page: Page, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "选编.txt").write_text(SEVERAL, "utf-8")
    told = site.importer.import_drafts(tmp_path)
    log_in(page, "editor")
    page.goto(f"/intake/{told[0]['speech']}/")
    look_at(page, "split-panel")
    page.get_by_role("checkbox", name="芦汀市").uncheck()
    page.get_by_role("button", name="从勾选处分篇").click()
    expect(page.locator("main")).to_contain_text("已分为 2 篇")
    look_at(page, "split-parts")
    whole = page.url
    page.get_by_role("link", name="枫岭县").first.click()
    expect(page.locator("main")).to_contain_text("本篇由“选编.txt”第 1 版分出")
    page.goto(whole)
    page.get_by_role("button", name="撤销分篇").click()
    expect(page.locator("main")).to_contain_text("已撤销分篇，本篇恢复原状。")
    expect(page.get_by_role("button", name="从勾选处分篇")).to_be_visible()
