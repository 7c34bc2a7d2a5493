"""Editing a text as an editor does: by mouse, by keys, without scripts, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in

NOTICE = "以下内容开通会员后可见"
MARK = "听泉文摘整理发布"
BODY = """首页 > 领导讲话 > 正文
在{place}代表工作座谈会上的讲话
（2023年6月9日）
{place}人大常委会主任 林知远

同志们：
今天开这个座谈会，主要是听听大家的想法。{mark}下面，我讲两点意见。

一、把代表的话记下来
{place}的代表常年住在村里，水渠哪一段漏、学校哪一扇窗坏，他们最清楚。要把这些话一条一条记下来，
不能听过就算。
{mark}
一是随身带本子。走到哪里，记到哪里，当天的话当天整理。

以下内容开通会员后可见，此处隐藏260字

二、把代表的事办到底
办得了的，说清楚哪天办完；办不了的，说清楚为什么。群众等得起，但等不起没有回音。
最后，希望大家畅所欲言！

上一篇：某地召开务虚会
下一篇：某地召开现场会
免责声明：本站内容来自网络，如有侵权请联系删除，本站不承担任何责任。
"""
PICK = """([column, words]) => {
  const cells = [...document.querySelectorAll(`[data-column="${column}"]`)];
  for (const cell of cells) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at < 0 || walker.currentNode.parentElement.closest('.removed, [data-aside]')) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + words.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return getSelection().toString();
    }
  }
  return '';
}"""


def open_review(page: Page, site: Site, place: str) -> str:
    """Import a scraped speech of an invented place as a draft and open its review."""
    file = site.folder / f"{place}.txt"
    file.write_text(BODY.format(place=place, mark=MARK), "utf-8")
    address = f"/intake/{site.importer.import_drafts(file)[0]['speech']}/"
    log_in(page, "editor")
    page.goto(address)
    return address


def restore(page: Page, words: str) -> None:
    # Somewhere in the words: without a place the driver aims at the box that is not to be seen.
    page.locator(".restorable", has_text=words).click(position={"x": 20, "y": 8})


def pick(page: Page, column: str, words: str) -> None:
    assert page.evaluate(PICK, [column, words]) == words
    wait_until_picked(page, words)


def wait_until_picked(page: Page, words: str) -> None:
    """Wait until the page has heard of a selection, which is a moment after it was made."""
    expect(page.locator("[data-picked-tools]")).to_be_visible()
    signs = len("".join(words.split()))
    expect(page.locator("[data-picked-count]")).to_contain_text(str(signs))


def test_words_are_taken_out_and_restored_and_saved_at_once(page: Page, site: Site) -> None:
    open_review(page, site, "云栖县")
    pick(page, "clean", MARK)
    page.locator("button[data-cut]").click()
    expect(page.locator("mark.cut")).to_have_count(2)
    expect(page.locator("[data-pending-list] li")).to_have_count(1)
    restore(page, NOTICE)
    expect(page.locator("[data-pending-count]")).to_have_text("2")
    look_at(page, "review-texts-pending")
    page.locator("[data-pending-list] li", has_text="以下内容").get_by_text("撤销").click()
    expect(page.locator("[data-pending-count]")).to_have_text("1")
    page.locator("#text-reason").fill("去掉整理者的话")
    page.get_by_role("button", name="保存正文改动").click()
    expect(page.locator(".messages")).to_contain_text("第 2 版")
    expect(
        page.locator(".clean-text", has_text="听听大家的想法。下面，我讲两点意见。")
    ).to_be_visible()
    page.locator(".text-changes summary").click()
    expect(page.locator(".text-changes del")).to_contain_text(MARK)
    look_at(page, "review-texts-saved")


def test_words_over_two_paragraphs_are_taken_from_one_column(page: Page, site: Site) -> None:
    open_review(page, site, "雾灵县")
    page.evaluate(
        """() => {
          const rows = document.querySelector('.text-rows');
          const cell = (words) => [...rows.querySelectorAll('[data-column=clean]')]
            .find((one) => one.textContent.includes(words));
          rows.dataset.picking = 'clean';
          const first = document.createTreeWalker(cell('走到哪里'), NodeFilter.SHOW_TEXT);
          let start; while ((start = first.nextNode()) && !start.data.includes('走到哪里'));
          const second = document.createTreeWalker(cell('办得了的'), NodeFilter.SHOW_TEXT);
          let end; while ((end = second.nextNode()) && !end.data.includes('办得了的'));
          const range = document.createRange();
          range.setStart(start, start.data.indexOf('走到哪里'));
          range.setEnd(end, end.data.indexOf('办得了的') + 4);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.locator("button[data-cut]").click()
    value = page.locator("[data-pending-list] [name=remove]").input_value()
    assert value.split("|")[2].replace("\n", "").startswith("走到哪里，记到哪里")
    assert value.endswith("办得了的")
    assert "隐藏260字" not in value
    page.get_by_role("button", name="保存正文改动").click()
    page.wait_for_load_state()
    expect(page.locator(".messages")).to_contain_text("第 2 版")
    texts = page.locator(".text-rows")
    expect(texts.locator(".clean-text", has_text="，说清楚哪天办完")).to_be_visible()
    expect(texts.locator(".clean-text", has_text="把代表的事办到底")).to_have_count(0)


def test_it_all_goes_by_keys(page: Page, site: Site) -> None:
    open_review(page, site, "石涧县")
    page.locator(".restorable input").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-pending-count]")).to_have_text("1")
    page.keyboard.press("Space")
    expect(page.locator("[data-pending-list] li")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator("[data-pending-count]")).to_have_text("1")
    page.evaluate("document.activeElement.blur()")
    pick(page, "raw", "当天的话当天整理。")
    page.keyboard.press("x")
    expect(page.locator("[data-pending-count]")).to_have_text("2")
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
    page.keyboard.press("x")
    expect(page.locator("#text-words")).to_be_focused()


def test_changes_that_overlap_become_one_and_all_can_be_undone(page: Page, site: Site) -> None:
    open_review(page, site, "鹿鸣县")
    pick(page, "clean", "水渠哪一段漏")
    page.locator("button[data-cut]").click()
    pick(page, "raw", "学校哪一扇窗坏")
    page.locator("button[data-cut]").click()
    expect(page.locator("[data-pending-list] li")).to_have_count(2)
    page.locator("[data-undo-all]").click()
    expect(page.locator("[data-pending-list] li")).to_have_count(0)
    expect(page.locator("mark.cut")).to_have_count(0)
    expect(page.locator("[data-undo-all]")).to_be_hidden()


def test_a_rule_is_made_from_the_words_picked(page: Page, site: Site) -> None:
    open_review(page, site, "澄溪县")
    pick(page, "clean", MARK)
    with page.context.expect_page() as opened:
        page.locator("[data-rule]").click()
    rule = opened.value
    expect(rule.locator("[name=text]")).to_have_value(MARK)
    look_at(rule, "review-rule-form")
    rule.get_by_role("button", name="预览会涉及哪些讲话").click()
    rule.wait_for_url(re.compile(r"/intake/rules/\d+/$"))
    expect(rule.locator(".touched del").first).to_have_text(MARK)
    look_at(rule, "review-rule-preview")
    rule.get_by_role("button", name="批准").click()
    expect(rule.locator(".messages")).to_contain_text("剔除")
    expect(rule.locator("#record")).to_be_visible()
    look_at(rule, "review-rule-done")
    page.reload()
    expect(page.locator(".clean-text", has_text=MARK)).to_have_count(0)
    rule.get_by_role("button", name="停用").click()
    rule.get_by_role("button", name="放回").click()
    expect(rule.locator(".messages")).to_contain_text("已恢复")
    rule.goto("/intake/rules/")
    look_at(rule, "review-rules")


def test_without_scripts_the_form_does_the_same(browser: Browser, site: Site, page: Page) -> None:
    place = open_review(page, site, "松坞县")
    plain = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    bare = plain.new_page()
    bare.goto(place)
    restore(bare, NOTICE)
    bare.locator(".by-words summary").click()
    bare.locator("#text-words").fill(MARK)
    bare.get_by_role("button", name="保存正文改动").click()
    expect(bare.locator(".texts [role=alert]")).to_contain_text("2 处")
    bare.get_by_label("每一处都剔除").check()
    bare.get_by_role("button", name="保存正文改动").click()
    expect(bare.locator(".messages")).to_contain_text("第 2 版")
    expect(bare.locator(".clean-text", has_text=MARK)).to_have_count(0)
    plain.close()


def test_any_two_revisions_can_be_compared(page: Page, site: Site) -> None:
    place = open_review(page, site, "柏川县")
    pick(page, "clean", "当天的话当天整理。")
    page.locator("button[data-cut]").click()
    page.get_by_role("button", name="保存正文改动").click()
    expect(page.locator(".messages")).to_contain_text("第 2 版")
    page.goto(f"{place}difference/")
    expect(page.locator(".change del")).to_contain_text("当天的话当天整理。")
    look_at(page, "review-difference")


@pytest.mark.parametrize("view", ["raw", "clean"])
def test_one_column_can_be_read_alone(page: Page, site: Site, view: str) -> None:
    open_review(page, site, "青峦县" if view == "raw" else "白桦县")
    page.locator(f".views [value={view}]").check()
    other = "clean" if view == "raw" else "raw"
    expect(page.locator(f"[data-column={view}]:not(:empty)").last).to_be_visible()
    assert page.locator(f"[data-column={other}]").first.is_hidden()
