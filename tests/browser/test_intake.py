"""The desk in the browser: from a dropped folder to published speeches."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from tests.batches.processes import wait_until
from tests.browser.arrivals import (
    drop,
    wait_for_batch,
    wait_until_done,
    write_folder,
    write_speech,
)
from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in


def list_paths(page: Page) -> list[str]:
    return page.locator(".file-line .file-name .path").all_inner_texts()


def find_line(page: Page, name: str) -> str:
    return page.locator(".file-line").filter(has_text=name).first.inner_text()


def reload_state(page: Page) -> str:
    page.reload()
    return page.locator(".batch-state").inner_text()


def test_the_front_in_every_size(page: Page) -> None:
    log_in(page, "editor")
    page.goto("/intake/")
    expect(page.locator("[data-drop-hint]")).to_be_visible()
    page.locator("summary").filter(has_text="粘贴文字").click()
    page.locator("summary").filter(has_text="粘贴网址").click()
    page.evaluate("scrollTo(0, 0)")
    look_at(page, "intake-front")


def test_a_dropped_folder_becomes_speeches_that_readers_find(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    page.goto("/intake/")
    drop(page, write_folder(tmp_path / "人大讲话"))
    wait_for_batch(page)
    expect(page.locator("h1")).to_have_text("人大讲话")
    wait_until_done(page)

    expect(page.locator(".batch-state")).to_contain_text("9 / 9")
    assert "人大讲话/下级/材料/01.txt" in list_paths(page)
    assert not [path for path in list_paths(page) if "DS_Store" in path]
    assert "重复" in find_line(page, "副本.txt")
    assert "未收" in find_line(page, "坏了.docx")
    assert "空" in find_line(page, "空的.txt")
    assert "已入库" in find_line(page, "打包.zip/甲/网页.txt")
    look_at(page, "intake-batch")

    page.locator(".file-line").filter(has_text="02.txt").locator("a.song").first.click()
    page.wait_for_url(re.compile(r"/intake/\d+/$"))
    page.get_by_role("button", name="发布").first.click()
    page.goto("/search/?q=“把乡村教育的底数摸清楚”")
    expect(page.locator("[data-hit-item]")).to_have_count(1)


def test_a_chosen_folder_waits_for_the_button(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    page.goto("/intake/")
    page.locator("#id_folder").set_input_files(write_folder(tmp_path / "选的", 2, "选的"))
    expect(page.locator("[data-chosen]")).to_have_text("已选 7 个文件")
    page.locator("main button[type=submit]").first.click()
    wait_for_batch(page)
    wait_until_done(page)
    assert "选的/下级/材料/01.txt" in list_paths(page)


def test_a_broken_connection_is_mended_and_nothing_sent_twice(page: Page, tmp_path: Path) -> None:
    broken: list[str] = []

    def break_some(route: Route) -> None:
        if route.request.method == "POST" and len(broken) < 2:
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    log_in(page, "editor")
    page.route("**/files/", break_some)
    page.goto("/intake/")
    drop(page, write_folder(tmp_path / "断线", 1, "断线"))
    wait_for_batch(page)
    wait_until_done(page)
    assert len(broken) == 2
    paths = list_paths(page)
    assert len(paths) == len(set(paths))
    assert "断线/00.txt" in paths


def test_a_stopped_upload_goes_on_where_it_was(page: Page, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "续传", 3, "续传")
    sent: list[str] = []
    log_in(page, "editor")
    page.goto("/intake/")

    def stop_at_the_third(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
        if len(sent) == 3:
            page.locator("[data-stop]").dispatch_event("click")
        else:
            route.continue_()

    page.route("**/files/", stop_at_the_third)
    drop(page, folder)
    wait_for_batch(page)
    page.unroute("**/files/")
    expect(page.locator(".batch-state")).to_contain_text("接收中")
    assert len(list_paths(page)) == 2
    look_at(page, "intake-receiving")

    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    sent.clear()
    page.locator("#id_folder").set_input_files(folder)
    page.locator("[data-upload] button[type=submit]").click()
    wait_until_done(page)
    assert len([url for url in sent if url.endswith("/files/")]) == 5
    # With the one out of the archive.
    assert len(set(list_paths(page))) == len(list_paths(page)) == 8


def test_what_is_too_large_is_said_and_the_rest_goes_on(page: Page, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "大的", 1, "大的")
    with (folder / "太大.txt").open("wb") as large:
        large.truncate(21 * 1024 * 1024)
    log_in(page, "editor")
    page.goto("/intake/")
    drop(page, folder)
    expect(page.locator("[data-troubles]")).to_contain_text("太大.txt")
    expect(page.locator("[data-troubles]")).to_contain_text("20 MB")
    look_at(page, "intake-sending")
    page.locator("[data-go]").click()
    wait_for_batch(page)
    wait_until_done(page)
    assert "大的/00.txt" in list_paths(page)


def test_a_single_dropped_file_goes_straight_to_its_review(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "单篇.txt"
    path.write_text(write_speech(21), "utf-8")
    log_in(page, "editor")
    page.goto("/intake/")
    drop(page, path)
    page.wait_for_url(re.compile(r"/intake/\d+/$"))


def test_a_page_from_the_clipboard_is_read_as_a_page(page: Page) -> None:
    lines = write_speech(30).split("\n")
    markup = f"<h1>{lines[0]}</h1>" + "".join(f"<p>{line}</p>" for line in lines[2:])
    log_in(page, "editor")
    page.goto("/intake/")
    page.evaluate(
        """(html) => navigator.clipboard.write([new ClipboardItem({
            'text/html': new Blob([html], { type: 'text/html' }),
            'text/plain': new Blob(['同志们'], { type: 'text/plain' }),
        })])""",
        markup,
    )
    page.locator("summary").filter(has_text="粘贴文字").click()
    page.locator("#id_text").focus()
    page.keyboard.press("Control+v")
    expect(page.locator("[data-markup-notice]")).to_be_visible()
    page.get_by_role("button", name="解析所粘贴的文字").click()
    page.wait_for_url(re.compile(r"/intake/\d+/$"))
    expect(page.locator("main")).to_contain_text(lines[0])


def test_the_bell_rings_on_another_page_and_falls_silent_when_looked_at(
    page: Page, tmp_path: Path
) -> None:
    log_in(page, "admin")
    page.goto("/intake/")
    drop(page, write_folder(tmp_path / "铃", 6, "铃"))
    wait_for_batch(page)
    batch = page.url
    page.goto("/themes/")
    expect(page.locator(".bell")).to_have_class(re.compile("ringing"))
    page.goto("/intake/batches/")
    expect(page.locator("main")).to_contain_text("新")
    look_at(page, "intake-batches")
    page.goto(batch)
    expect(page.locator(".bell")).not_to_have_class(re.compile("ringing"))
    page.goto("/themes/")
    expect(page.locator(".bell")).not_to_have_class(re.compile("ringing"))


def test_files_come_in_and_are_followed_without_scripts(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    plain = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    page = plain.new_page()
    log_in(page, "editor")
    page.goto("/intake/")
    files = [tmp_path / f"无脚本{number}.txt" for number in (40, 41)]
    for number, path in zip((40, 41), files, strict=True):
        path.write_text(write_speech(number) + "无脚本", "utf-8")
    page.locator("#id_file").set_input_files(files)
    page.locator("main button[type=submit]").first.click()
    wait_for_batch(page)
    wait_until(lambda: "已完成" in reload_state(page), 60, "the end of the batch")
    assert list_paths(page) == ["无脚本40.txt", "无脚本41.txt"]
    plain.close()
