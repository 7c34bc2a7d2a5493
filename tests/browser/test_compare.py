"""A pay-walled copy and the whole text: compared, filled, made one, and parted again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in

# Words of its own: a text that another file has, too, would be offered for comparing as well.
FULL = """在汀兰县人大预算审查工作推进会上的讲话
（2022年11月4日）
汀兰县人大常委会主任 钟岱山

同志们：
今天开这个会，专门研究怎样把全县的钱袋子替群众看紧。下面，我讲三点意见。

一、看预算先看民生
账本厚不怕，怕的是翻开来找不到老百姓过日子的那几页。
一是看学校。教室漏不漏、灶台热不热，一项一项对着数字往下问，问到校长答得上来为止。
二是看医院。乡镇卫生院添一台机器，要先说明谁会用、谁来修，不许买回来盖着布。

二、看执行要看半年
年初写得再好，六月不回头看一眼，年底就只剩下补写说明的工夫。
一是按月对账。财政局每月十号以前把支出表送到代表手里，话有地方说，数有地方查。
二是现场核对。表上写着修好的渠，就到渠边去站一站，看水是不是真的流到了地头。

三、看结果请群众打分
钱花完了不等于事办成了，办成没有，用的人最有发言权。
一是公开。每个项目花了多少、剩下多少，贴在村口，字写得大一些。
二是评议。年底请一百名选民当面打分，末尾三项由分管副县长在会上说明来年怎么改。

同志们，钱是大家的钱，账也要算给大家听。让我们把这件事一年一年做下去！
"""
_START, _END = FULL.index("一是看学校"), FULL.index("一是公开")
COPY = f"{FULL[:_START]}---此处隐藏{_END - _START}字,下载后查看---\n{FULL[_END:]}"


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
