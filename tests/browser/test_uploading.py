"""From a scraped file to a published, findable speech, in the browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.looks import look_at
from tests.browser.people import log_in

SCRAPED = """公文大观园网

当前位置：首页 > 人大讲话 > 正文

在清漪县人大代表履职培训班上的讲话

发布时间：2023-05-06 作者：佚名 来源：清漪人大网

同志们：
这次培训班专讲怎样把群众的话带进会场。下面，我讲三点意见。
一、把群众的话听完整
一是听到田间地头去。听话要有耐心，听完再记，记完再问。
二是听不同的声音。赞成的要听，反对的更要听。
--此处隐藏320字，下载后查看--
三、把群众的话办扎实
建议交出去以后，还要盯着办、问到底。
总之，代表的底气，是在田埂上一步一步走出来的。
"""


def write_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_scraped_file_becomes_a_findable_speech(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    page.goto("/intake/")
    page.locator("#id_file").set_input_files(write_file(tmp_path, "scraped.txt", SCRAPED))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/intake/*/")
    expect(page.locator("main")).to_contain_text("公文大观园网")
    expect(page.locator("main")).to_contain_text("320")
    look_at(page, "review")

    page.get_by_role("button", name="发布").first.click()
    page.goto("/search/?q=“一步一步走出来的”")
    expect(page.locator("[data-hit-item]")).to_have_count(1)
    page.locator(".passage-text a").first.click()
    expect(page.locator("[data-text]")).to_contain_text("320")
    expect(page.locator("[data-text]")).not_to_contain_text("公文大观园网")


def test_a_refused_file_is_told_why_and_stores_nothing(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    page.goto("/intake/")
    page.locator("#id_file").set_input_files(write_file(tmp_path, "empty.txt", ""))
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("空")
    expect(page).to_have_url(re.compile(r"/intake/$"))


def test_a_reader_has_no_way_to_the_desk(page: Page) -> None:
    log_in(page, "researcher")
    page.goto("/")
    expect(page.get_by_role("link", name="收文稿")).to_have_count(0)
    answer = page.goto("/intake/")
    assert answer is not None
    assert answer.status == 403
