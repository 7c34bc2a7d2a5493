"""The texts of laws for checking drafts: loaded on the server, found by name, removed again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.laws.statutes import BEACON, NEW, OLD


def test_an_admin_finds_a_law_and_removes_what_was_loaded(
    page: Page, site: Site, tmp_path: Path
) -> None:
    log_in(page, "admin")
    page.goto("/intake/")
    page.get_by_role("link", name="法律文本").click()
    expect(page.locator("main")).to_contain_text("还没有载入法律文本")
    look_at(page, "laws-none")
    folder = tmp_path / "守望法律"
    folder.mkdir()
    for number, text in enumerate((OLD, NEW, BEACON)):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    site.importer.load_laws(folder)
    page.reload()
    expect(page.locator("tbody tr")).to_contain_text(["守望法律"])
    page.get_by_label("名称里的字").fill("灯塔")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("main li", has_text="灯塔守望法")).to_contain_text(["2024-11-08"])
    page.locator("summary", has_text="移除").click()
    look_at(page, "laws")
    page.get_by_role("button", name="确认移除这 3 份文本").click()
    expect(page.locator("main")).to_contain_text("还没有载入法律文本")
    page.goto("/activity/")
    expect(page.locator("tbody tr", has_text="移除：3 部")).to_contain_text(["守望法律"])
