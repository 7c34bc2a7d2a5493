"""A theme and a slogan of an editor's own: previewed, saved, tagged behind the page, undone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.looks import look_at
from tests.browser.people import log_in


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def wait_until_done(page: Page, state: str) -> None:
    # The page looks again by itself while the worker is at it.
    expect(page.locator(".page-head .tag")).to_have_text(state, timeout=60_000)


def test_an_editor_makes_a_theme_and_takes_it_back(page: Page) -> None:
    log_in(page, "editor")
    page.goto("/themes/")
    page.get_by_role("link", name="编辑主题登记").click()
    look_at(page, "registry-themes")
    page.get_by_role("link", name="新增主题").click()
    page.get_by_label("名称", exact=True).fill("走访群众")
    page.get_by_label("网址名").fill("zoufang-qunzhong")
    page.get_by_label("点明主题的词语").fill("走访\n群")
    press(page, "预览会增减哪些章节")
    expect(page.locator("main")).to_contain_text("“群”只有一个字")
    look_at(page, "registry-theme-refused")
    page.get_by_label("点明主题的词语").fill("走访")
    press(page, "预览会增减哪些章节")
    wait_until_done(page, "待保存")
    expect(page.locator("ins", has_text="走访").first).to_be_visible()
    look_at(page, "registry-preview")
    page.get_by_role("link", name="返回修改").click()
    expect(page.get_by_label("名称", exact=True)).to_have_value("走访群众")
    page.go_back()
    press(page, "保存并重新标注")
    wait_until_done(page, "已完成")
    page.goto("/themes/zoufang-qunzhong/")
    expect(page.locator("h1")).to_have_text("走访群众")
    page.get_by_role("link", name="编辑这一主题").click()
    page.get_by_role("link", name="登记改动记录").click()
    look_at(page, "registry-changes")
    page.get_by_role("link", name="主题“走访群众”").first.click()
    press(page, "撤销这次改动")
    wait_until_done(page, "已撤销")
    response = page.goto("/themes/zoufang-qunzhong/")
    assert response is not None
    assert response.status == 404


def test_a_standard_wording_wants_its_source(page: Page) -> None:
    log_in(page, "editor")
    page.goto("/slogans/")
    page.get_by_role("link", name="编辑提法登记").click()
    look_at(page, "registry-slogans")
    page.get_by_role("link", name="新增提法").click()
    page.get_by_label("提法", exact=True).fill("四必访四必问")
    page.get_by_label("规范表述").fill("坚持四必访、四必问")
    press(page, "预览会增减哪些出处")
    expect(page.locator(".errorlist")).to_contain_text(["规范表述须写明出处文件的正式名称。"])
    look_at(page, "registry-slogan-refused")
    page.get_by_label("规范表述").fill("")
    press(page, "预览会增减哪些出处")
    wait_until_done(page, "待保存")
    press(page, "放弃")
    expect(page.locator("main")).to_contain_text("已放弃")
