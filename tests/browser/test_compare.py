"""A pay-walled copy and the whole text: compared, filled, made one, and parted again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.intake.text_reuse.texts import COPY, FULL


def bring_in(site: Site, folder: Path) -> str:
    """Import both texts as drafts, the copy first; return the address of its review."""
    for name, text in (("1-付费站副本.txt", COPY), ("2-全文.txt", FULL)):
        (folder / name).write_text(text, "utf-8")
    return f"/intake/{site.importer.import_drafts(folder)[0]['speech']}/"


def test_a_copy_is_filled_from_the_whole_text_and_both_can_be_had_back(
    page: Page, site: Site, tmp_path: Path
) -> None:
    address = bring_in(site, tmp_path)
    log_in(page, "editor")
    page.goto(address)
    expect(page.locator(".other-texts")).to_contain_text("见于")
    page.get_by_role("link", name="对照处理").click()

    expect(page.locator("main")).to_contain_text("较全")
    look_at(page, "compare")
    page.get_by_role("link", name="补全").first.click()
    expect(page.locator("ins.filled").first).to_be_visible()
    expect(page.locator(".filled-text")).to_contain_text("话有地方说")
    look_at(page, "compare-filled")

    page.get_by_role("button", name="补全并合为一篇").click()
    page.wait_for_url("**/intake/*/")
    expect(page.locator("main")).to_contain_text("合并记录")
    expect(page.locator(".review-head")).to_contain_text("完整")
    page.get_by_role("link", name="阅读页").click()
    expect(page.locator(".filled-in")).to_contain_text("补入")
    page.go_back()

    page.get_by_role("button", name="撤销合并").click()
    page.wait_for_url("**/compare/**")
    expect(page.locator("main")).to_contain_text("恢复合并前的原状")
    page.get_by_role("button", name="两篇都保留").click()
    expect(page.locator("main")).to_contain_text("不再提示")
