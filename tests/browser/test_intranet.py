"""The desk on an office's intranet: plain http, no secure context, no navigator.clipboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.arrivals import wait_for_batch, wait_until_done, write_speech
from tests.browser.desks import (
    choose_words,
    list_entries,
    open_basket,
    paste,
    pick_form,
    wait_for_toast,
    wait_until_gathered,
)
from tests.browser.people import log_in
from tests.thoroughness import spare

SELECTED = """() => {
  const { anchorOffset, focusOffset } = getSelection();
  return [String(getSelection()), anchorOffset, focusOffset];
}"""


def press_and_paste(page: Page) -> str:
    page.keyboard.press("c")
    wait_for_toast(page, "已复制")
    return paste(page).words


def test_a_page_bears_no_header_that_means_something_on_https_alone(desk: Page) -> None:
    answer = desk.goto("/")
    assert answer is not None
    assert not {"cross-origin-opener-policy", "strict-transport-security"} & set(answer.headers)
    assert answer.headers["x-frame-options"] == "DENY"


def test_one_click_copies_a_hit_with_its_source(desk: Page) -> None:
    desk.goto("/search/?q=全过程人民民主")
    desk.locator("[data-cite]").first.click()
    wait_for_toast(desk, "已复制")
    expect(desk.locator("[data-said]")).to_contain_text("已复制")
    copied = paste(desk).words
    assert "全过程人民民主" in copied
    assert re.search(r"（《.+》，.+/p/[0-9a-z]+/）$", copied)


def test_the_key_copies_the_paragraph_being_read(desk: Page) -> None:
    desk.goto("/speeches/1/")
    first = desk.locator("[data-text] p:not(.ui, .salutation)").first.inner_text()
    assert press_and_paste(desk).startswith(first.strip())


def test_the_button_beside_the_text_copies_the_paragraph(desk: Page) -> None:
    desk.goto("/speeches/1/")
    first = desk.locator("[data-text] p:not(.ui, .salutation)").first.inner_text()
    desk.locator("[data-copy]").click()
    wait_for_toast(desk, "已复制")
    assert paste(desk).words.startswith(first.strip())


def test_the_bar_copies_the_words_chosen_and_leaves_them_chosen(desk: Page) -> None:
    desk.goto("/speeches/1/")
    chosen = choose_words(desk, 2, 3, 15)
    before = desk.evaluate(SELECTED)
    desk.locator("[data-selection-bar] [data-cite]").click()
    wait_for_toast(desk, "已复制")
    assert desk.evaluate(SELECTED) == before
    assert before[0] == chosen
    assert paste(desk).words.startswith(f"{chosen}\n（《")


def test_a_heading_is_copied_where_it_stands(desk: Page) -> None:
    desk.goto("/speeches/1/")
    copied = pick_form(desk, "sourced").words
    assert copied.startswith("（一）解决好“为什么”的问题")


@pytest.mark.parametrize("key", ["quotation", "ris"])
def test_the_page_of_all_forms_copies_each_as_it_stands(desk: Page, key: str) -> None:
    desk.goto("/desk/cite/?speech=1&section=1")
    desk.locator(f"[data-copy-form={key}]").click()
    wait_for_toast(desk, "已复制")
    assert paste(desk).words == desk.locator(f"#text-{key}").input_value()


@pytest.mark.parametrize(
    ("address", "button"),
    [("/structure/", "复制提纲"), ("/structure/parallels/?members=3", "复制排比")],
)
def test_outlines_and_phrases_are_copied(desk: Page, address: str, button: str) -> None:
    desk.goto(address)
    wanted = desk.get_by_role("button", name=button).first
    text = wanted.get_attribute("data-copy-text") or ""
    wanted.click()
    wait_for_toast(desk, "已复制，出处附后")
    assert text
    assert paste(desk).words.splitlines() == text.splitlines()


@pytest.mark.parametrize(
    "address",
    spare(
        ["/themes/daibiao-lvzhi/", "/structure/openings/", "/structure/parallels/", "/slogans/1/"],
        "/structure/openings/",
    ),
)
def test_the_keys_work_wherever_passages_are_listed(clerk_inside: Page, address: str) -> None:
    clerk_inside.goto(address)
    assert "（《" in press_and_paste(clerk_inside)
    clerk_inside.keyboard.press("b")
    assert "内网材料" in wait_until_gathered(clerk_inside)


def test_gathering_ordering_and_exporting_need_no_https(clerk_inside: Page, tmp_path: Path) -> None:
    clerk_inside.goto("/search/?q=代表")
    clerk_inside.locator("[data-gather]").first.click()
    wait_until_gathered(clerk_inside)
    clerk_inside.goto("/speeches/1/")
    chosen = choose_words(clerk_inside, 2, 3, 15)
    clerk_inside.locator("[data-selection-bar] [data-gather]").click()
    wait_until_gathered(clerk_inside)
    clerk_inside.keyboard.press("b")
    wait_until_gathered(clerk_inside)
    open_basket(clerk_inside)
    assert len(list_entries(clerk_inside)) == 3
    expect(clerk_inside.locator(".entry-words").nth(1)).to_have_text(chosen)
    with clerk_inside.expect_download() as waiting:
        clerk_inside.get_by_role("button", name="导出 Word").click()
    waiting.value.save_as(tmp_path / "out.docx")
    assert (tmp_path / "out.docx").read_bytes().startswith(b"PK")


def test_a_visitor_who_gathers_signs_in_and_comes_back(desk: Page) -> None:
    desk.goto("/speeches/1/#1.2")
    desk.keyboard.press("b")
    desk.wait_for_url("**/login/?next=**")
    desk.locator("[name=username]").fill("clerk")
    desk.locator("[name=password]").fill("yanku-demo")
    desk.locator("[name=password]").press("Enter")
    desk.wait_for_url("**/speeches/1/#1.2")
    cookies = {cookie.get("name"): cookie for cookie in desk.context.cookies()}
    assert cookies["sessionid"].get("secure") is False
    assert cookies["sessionid"].get("httpOnly") is True


def write_files(folder: Path, mark: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(3):
        (folder / f"{number:02}.txt").write_text(write_speech(number + 50) + mark, "utf-8")
    return folder


def test_a_file_changed_before_the_upload_went_on_is_not_taken_for_sent(
    desk: Page, tmp_path: Path
) -> None:
    sent: list[str] = []
    log_in(desk, "editor")
    desk.goto("/intake/")

    def stop_at_the_second(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
        if len(sent) == 2:
            desk.locator("[data-stop]").dispatch_event("click")
        else:
            route.continue_()

    desk.route("**/files/", stop_at_the_second)
    desk.locator("#id_folder").set_input_files(write_files(tmp_path / "内网", "内网甲"))
    desk.locator("main button[type=submit]").first.click()
    wait_for_batch(desk)
    desk.unroute("**/files/")
    # Of the same name and size; whether it is the same, a page that is not secure can't compute.
    desk.locator("#id_folder").set_input_files(write_files(tmp_path / "内网", "内网丁"))
    desk.locator("[data-upload] button[type=submit]").click()
    wait_until_done(desk)
    # Both files of the name that had been sent, whichever the browser took first.
    paths = desk.locator(".file-line .file-name .path").all_inner_texts()
    assert len(paths) == 4
    assert set(paths) == {"内网/00.txt", "内网/01.txt", "内网/02.txt"}
