"""校稿 in a browser: from pasting to the clean text, by mouse and by keyboard, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.proofreading.test_check_page import make_docx
from tests.proofreading.test_revising import read_lines, read_xml, settle

DRAFT = """在全县人大工作会议上的讲话
望岫县人大常委会主任 李明
（2026年5月12日）
同志们：
要坚持人民当家做主。下面，我讲三点意见。
一、提高站位
要发展全过程民主，把各项任务落到实处。
三、改进作风
麓禾县人大常委会党组要带头反对“四风’，把各项任务落到实处，见到实效。
"""
FILLER = "会议研究了下一步的各项工作安排，听取了有关部门的情况汇报。"


def hand_in(page: Page, text: str = DRAFT) -> None:
    log_in(page, "researcher")
    page.goto("/check/")
    page.get_by_label("粘贴稿件").fill(text)
    page.get_by_role("button", name="校稿", exact=True).click()
    page.wait_for_load_state()


def hand_in_again(page: Page, text: str) -> None:
    page.goto("/check/")
    page.get_by_label("粘贴稿件").fill(text)
    page.get_by_role("button", name="校稿", exact=True).click()
    page.wait_for_load_state()


def read_draft(page: Page) -> str:
    return page.locator("[data-draft]").inner_text()


def test_the_form_and_what_was_found_are_fit_to_be_seen(page: Page) -> None:
    log_in(page, "researcher")
    page.goto("/check/")
    look_at(page, "check")
    hand_in(page)
    look_at(page, "checked")


def test_suggestions_are_taken_and_undone_one_by_one(page: Page) -> None:
    hand_in(page)
    finding = page.locator("[data-finding]").filter(has_text="人民当家作主")
    finding.get_by_role("button", name="采纳").click()
    assert "人民当家作主" in read_draft(page)
    expect(finding).to_contain_text("已采纳")
    page.get_by_role("button", name="撤销").click()
    assert "人民当家做主" in read_draft(page)
    expect(finding).not_to_contain_text("已采纳")


def test_the_keyboard_walks_accepts_dismisses_and_undoes(page: Page) -> None:
    hand_in(page)
    for key in ("j", "y", "n", "z"):
        page.keyboard.press(key)
    states = page.locator("[data-finding]").evaluate_all(
        "all => all.map(i => i.dataset.state || '')"
    )
    assert states[0] == "accepted"
    assert set(states[1:]) == {""}
    assert "人民当家作主" in read_draft(page)


def test_all_of_one_kind_are_taken_after_a_preview(page: Page) -> None:
    hand_in(page, DRAFT.replace("提高站位", "提高站位\n要坚持人民当家做主，做到实处"))
    page.get_by_role("button", name="提法", exact=False).first.click()
    page.get_by_role("button", name="采纳列出的全部建议").click()
    preview = page.get_by_role("dialog")
    expect(preview.get_by_role("listitem")).to_have_count(2)
    expect(preview).to_contain_text("要坚持人民当家做主人民当家作主")
    look_at(page, "check-preview")
    preview.get_by_role("checkbox").last.uncheck()
    preview.get_by_role("button", name="采纳").click()
    expect(page.locator("[data-draft]")).to_contain_text("人民当家作主")
    assert read_draft(page).count("人民当家作主") == 1
    assert "全过程民主" in read_draft(page)
    page.keyboard.press("z")
    assert "人民当家作主" not in read_draft(page)
    page.get_by_role("button", name="采纳列出的全部建议").click()
    page.keyboard.press("Escape")
    assert "人民当家作主" not in read_draft(page)


def test_findings_are_listed_by_kind_and_by_weight(page: Page) -> None:
    hand_in(page, DRAFT + f"{FILLER}{FILLER}还要继续\n推进各项工作，让群众满意。\n")
    shown = page.locator("[data-finding]:visible")
    everything = shown.count()
    for name, weight in (("把握较大", "sure"), ("请核对", "doubt")):
        button = page.locator(f"[data-weight-filter={weight}]")
        expect(button).to_contain_text(name)
        button.click()
        weights = shown.evaluate_all("all => all.map(i => i.dataset.weight)")
        assert set(weights) == {weight}
        assert 0 < len(weights) < everything
    page.locator("[data-kind-filter='']").click()
    assert shown.count() == everything


def test_a_draft_is_saved_opened_again_with_its_decisions_and_deleted(page: Page) -> None:
    hand_in(page)
    page.keyboard.press("j")
    page.keyboard.press("y")
    page.keyboard.press("n")
    page.get_by_label("稿件名称").fill("浏览器里存的一稿")
    page.get_by_role("button", name="保存稿件").click()
    page.wait_for_url("**/check/drafts/*/")
    expect(page.locator("[data-draft]")).to_contain_text("人民当家作主")
    states = page.locator("[data-finding]").evaluate_all("all => all.map(i => i.dataset.state)")
    assert states[:2] == ["accepted", "dismissed"]
    look_at(page, "check-saved")
    page.goto("/check/drafts/")
    expect(page.get_by_role("link", name="浏览器里存的一稿")).to_be_visible()
    look_at(page, "check-drafts")
    page.get_by_role("button", name="彻底删除：浏览器里存的一稿").click()
    expect(page.locator("#content")).to_contain_text("已彻底删除")
    expect(page.get_by_role("link", name="浏览器里存的一稿")).to_have_count(0)


def test_words_are_dismissed_for_good_and_taken_back(page: Page) -> None:
    text = "同志们：\n要坚持人民当家做主，办好实事。\n要坚持人民当家做主，抓好落实。\n"
    hand_in(page, text)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-finding][data-state=dismissed]")).to_have_count(2)
    hand_in_again(page, text)
    expect(page.locator("#content")).to_contain_text("另有 2 处按您的设置不再提示")
    page.get_by_role("link", name="另有 2 处按您的设置不再提示").click()
    look_at(page, "check-dismissed")
    page.get_by_role("button", name="恢复提示：人民当家做主").click()
    hand_in_again(page, text)
    expect(page.locator("[data-finding]")).to_have_count(2)


def test_a_word_file_leaves_with_what_was_accepted_as_tracked_changes(page: Page) -> None:
    log_in(page, "researcher")
    page.goto("/check/")
    file = {"name": "讲话.docx", "mimeType": "", "buffer": make_docx(DRAFT)}
    page.get_by_label("或者选择文件").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="校稿", exact=True).click()
    page.keyboard.press("j")
    page.keyboard.press("y")
    with page.expect_download() as sent:
        page.locator("[data-kept]").get_by_role("button", name="下载带修订的 Word 文件").click()
    assert sent.value.suggested_filename == "讲话（校稿）.docx"
    root = read_xml(sent.value.path().read_bytes())
    accepted = "\n".join(read_lines(settle(root, accept=True))).strip()
    assert accepted == DRAFT.strip().replace("当家做主", "当家作主")


@pytest.mark.slow
def test_a_long_draft_shows_its_progress_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url, locale="zh-CN")
    page = context.new_page()
    log_in(page, "researcher")
    page.goto("/check/")
    text = "同志们：\n要坚持人民当家做主。\n" + "要办好实事，让群众满意。\n" * 5_000
    file = {"name": "长稿.txt", "mimeType": "", "buffer": text.encode()}
    page.get_by_label("或者选择文件").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="校稿", exact=True).click()
    expect(page.locator("[data-finding]")).to_have_count(1, timeout=60_000)
    # Its lines have come and gone: the result alone is seen.
    assert page.locator("progress").count() > 5
    expect(page.locator("progress:visible")).to_have_count(0)
    context.close()


def test_the_clean_text_leaves_as_a_word_file(page: Page) -> None:
    hand_in(page)
    page.keyboard.press("j")
    page.keyboard.press("y")
    with page.expect_download() as sent:
        page.get_by_role("button", name="下载 Word 文件").click()
    assert sent.value.suggested_filename.endswith(".docx")


def test_many_alike_are_one_line_and_taken_together(page: Page) -> None:
    hand_in(page, "同志们：\n" + "要把任务落到实处,见到实效。\n" * 8 + "要坚持人民当家做主。\n")
    shown = page.locator("[data-finding]:visible")
    assert shown.count() == 4
    page.get_by_role("button", name="一并采纳").click()
    assert read_draft(page).count("，") == 5
    page.keyboard.press("z")
    assert "，" not in read_draft(page)
    page.get_by_role("button", name="逐处列出").click()
    assert shown.count() == 9


def test_the_place_stays_in_sight_beside_a_long_list(page: Page) -> None:
    hand_in(page, DRAFT + "某某同志主持会议，研究了三件事。\n" * 30)
    for _ in range(25):
        page.keyboard.press("j")
    for chosen in ("mark[data-current]", "li[data-current]"):
        expect(page.locator(chosen)).to_be_in_viewport(ratio=0.5)


def test_drafts_with_five_hundred_findings_of_thirty_thousand_chars_and_empty_ones(
    page: Page,
) -> None:
    # 500 findings in 30,000 characters.
    filler = "会议研究了下一步的各项工作安排，听取了有关部门的情况汇报。"
    hand_in(
        page, "同志们：\n" + f"要坚持人民当家做主，把任务落到实处。{filler}{filler[:13]}。\n" * 500
    )
    assert len(read_draft(page)) > 30_000
    assert page.locator("[data-finding]").count() == 500
    page.get_by_role("button", name="一并采纳").click()
    assert read_draft(page).count("人民当家作主") == 497
    page.keyboard.press("z")
    assert "人民当家作主" not in read_draft(page)
    page.goto("/check/")
    page.get_by_label("粘贴稿件").fill("同志们：\n今天我们开会，研究下一步的工作。\n")
    page.get_by_role("button", name="校稿", exact=True).click()
    expect(page.locator("#content")).to_contain_text("没有发现需要看的地方")
    page.goto("/check/")
    page.get_by_role("button", name="校稿", exact=True).click()
    expect(page.locator("#text-errors")).to_contain_text("请先粘贴稿件")


def test_a_phone_on_plain_http_saves_dismisses_and_deletes(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    hand_in(desk)
    assert_nothing_sticks_out(desk)
    desk.get_by_role("button", name="不再提示").first.click()
    expect(desk.locator("[data-finding][data-state=dismissed]")).to_have_count(1)
    desk.keyboard.press("z")
    expect(desk.locator("[data-finding][data-state]")).to_have_count(0)
    desk.get_by_role("button", name="采纳列出的全部建议").click()
    desk.get_by_role("dialog").get_by_role("button", name="采纳").click()
    desk.get_by_role("button", name="保存稿件").click()
    desk.wait_for_url("**/check/drafts/*/")
    assert "人民当家作主" in read_draft(desk)
    assert_nothing_sticks_out(desk)
    desk.get_by_role("button", name="彻底删除").click()
    expect(desk.locator("#content")).to_contain_text("已彻底删除")
    assert_nothing_sticks_out(desk)
    desk.goto("/check/dismissed/")
    expect(desk.locator("#content")).to_contain_text("没有设为不再提示的问题")


def assert_nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
