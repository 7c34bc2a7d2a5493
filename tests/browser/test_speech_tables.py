"""A table with one speech a row in the browser: set up, shown, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arrivals import wait_until_done
from tests.browser.looks import look_at
from tests.browser.people import log_in

pytestmark = pytest.mark.browser
WORDS = (
    "各位代表、同志们：今天我们召开代表工作座谈会，主要任务是总结经验、部署工作。"
    "要抓好代表联络站建设，把群众的意见建议一件一件办好。谢谢大家！"
)


def test_a_table_of_speeches_is_set_up_taken_in_and_taken_back(page: Page, tmp_path: Path) -> None:
    rows = ["甲,乙,讲话日期,内容"]
    rows += [f"在蒲溪县第{n}次代表座谈会上的讲话,岑望舒,2023年{n}月,{WORDS}" for n in (3, 4)]
    rows += ["蒲溪县无正文的一行,岑望舒,2023,"]
    table = tmp_path / "蒲溪县讲话汇编.csv"
    table.write_text("\n".join(rows), "utf-8")
    log_in(page, "editor")
    page.goto("/intake/")
    page.locator("input[name=file]").set_input_files(table)
    page.get_by_role("button", name="上传并解析").click()
    page.wait_for_url("**/table/")
    expect(page.get_by_label("甲")).to_have_value("")
    expect(page.get_by_label("乙")).to_have_value("speaker")
    expect(page.locator(".column-doubt")).to_contain_text(
        "列名不认识，按内容推测为“讲话人”，请核对"
    )
    expect(page.get_by_label("内容")).to_have_value("text")
    expect(page.locator("main")).to_contain_text("第 4 行：没有正文；没有标题")
    look_at(page, "speech-table-doubts")
    page.goto(page.url.removesuffix("table/"))
    look_at(page, "speech-table-waiting")
    page.get_by_role("link", name="核对各列", exact=True).click()
    page.get_by_label("甲").select_option("title")
    page.get_by_role("button", name="按此预览").click()
    expect(page.locator(".table-row").first).to_contain_text("在蒲溪县第3次代表座谈会上的讲话")
    look_at(page, "speech-table")
    page.get_by_role("button", name="导入", exact=True).click()
    undo = page.get_by_role("button", name="撤销这次导入")
    wait_until_done(page)
    page.reload()
    expect(page.locator(".file-line", has_text="第4行")).to_contain_text("这一行没有正文")
    expect(page.locator(".file-line", has_text="第2行")).to_contain_text("第3次代表座谈会")
    look_at(page, "speech-table-done")
    undo.click()
    expect(page.locator("main")).to_contain_text("已撤销 2 篇的导入")
