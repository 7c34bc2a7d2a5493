"""A table of metadata is downloaded, filled in, uploaded, previewed, applied and undone."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

UNDATED = "在瑶溪县代表工作座谈会上的讲话"


def bring_in(site: Site, folder: Path) -> None:
    """Import a speech without a date, and another one, as drafts."""
    text = WORK_CONFERENCE.replace("在青芜县人大工作会议上的讲话", UNDATED)
    text = text.replace("（2023年5月6日）\n", "").replace("青芜县", "瑶溪县")
    (folder / "瑶溪.txt").write_text(text, "utf-8")
    (folder / "槐里来稿.txt").write_text(TRAINING.replace("芦汀市", "槐里市"), "utf-8")
    site.importer.import_drafts(folder)


def fill_in(path: Path) -> Path:
    """Write day and occasion of the speech into the downloaded table; add rows with faults."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = next(
        one for one in sheet.iter_rows(min_row=2) if one[heads.index("标题")].value == UNDATED
    )
    row[heads.index("讲话日期")].value = "二〇二三年五月"
    row[heads.index("场合")].value = "瑶溪县代表工作座谈会"
    sheet.append([None, "没有这个文件.txt", "某次讲话"])
    sheet.append([None, "槐里来稿.txt", None, None, "2024.1"])
    sheet.cell(1, len(heads) + 1, "页数")
    filled = path.with_name("元数据-填好.xlsx")
    book.save(filled)
    return filled


def test_a_table_sets_what_is_missing_and_is_taken_back(
    page: Page, site: Site, tmp_path: Path
) -> None:
    bring_in(site, tmp_path)
    log_in(page, "editor")
    page.goto("/intake/queue/")
    page.get_by_role("link", name="据表格设定文献信息").click()
    look_at(page, "bulk-table")
    with page.expect_download() as download:
        page.locator("li", has_text="日期不详的讲话").get_by_role("link", name="XLSX").click()
    path = tmp_path / "下载.xlsx"
    download.value.save_as(path)
    page.get_by_label("表格", exact=True).set_input_files(fill_in(path))
    page.get_by_role("button", name="上传并预览").click()
    page.wait_for_url("**/intake/bulk/*/")
    row = page.locator("tr", has_text=UNDATED)
    expect(row.locator("ins", has_text="2023-05")).to_have_count(1)
    expect(page.locator("tr", has_text="没有这个文件.txt")).to_contain_text("没有来自这个文件")
    expect(page.locator("tr", has_text="槐里市")).to_contain_text("可能是 1 月")
    expect(page.locator("main")).to_contain_text("不认识的列，没有采用：页数")
    look_at(page, "bulk-table-preview")
    page.get_by_role("button", name="确认改动").click()
    expect(page.locator("main")).to_contain_text("撤销这次改动")
    look_at(page, "bulk-table-done")
    page.locator("tr", has_text=UNDATED).get_by_role("link").first.click()
    expect(page.locator("[name=delivered]")).to_have_value("2023-05")
    expect(page.locator("main")).to_contain_text("据元数据表“元数据-填好.xlsx”")
    page.go_back()
    page.get_by_role("button", name="撤销这次改动").click()
    expect(page.locator("tr", has_text=UNDATED)).to_contain_text("已恢复")


def test_a_file_that_is_no_table_is_refused_in_words(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    page.goto("/intake/bulk/table/")
    wrong = tmp_path / "讲话.csv"
    wrong.write_text("只是一篇讲话，没有列名。", "utf-8")
    page.get_by_label("表格", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("alert")).to_contain_text("没有找到表头")
    look_at(page, "bulk-table-refused")
