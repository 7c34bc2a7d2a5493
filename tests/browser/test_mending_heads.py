"""A head that was read wrong, mended as an editor does: by mouse and keys, counted and timed."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import look_at
from tests.browser.people import log_in
from tests.browser.test_review_texts import wait_until_picked

TITLE, NAME, OFFICE, DATE = (
    "让每条意见都有着落",
    "顾云舟",
    "清漪县人大常委会主任",
    "二〇二三年五月八日",
)
# The title stands where nobody would look for it, and a hall where it should stand.
HEAD = f"""云帆资料室
当前位置：首页 > 讲话 > 正文
下载 全屏 加大
{TITLE}
{OFFICE}　{NAME}
清漪人大 {DATE}
（根据录音整理，未经本人审阅）
县人大会议中心第{{number}}会议室
"""
BODY = """
同志们：
今天召开全县代表建议办理工作会，专讲第{number}件事：怎样让意见有着落。下面，我讲三点意见。
一、把意见听完整
听话要有耐心，听完再记，记完再问，不打断、不抢话。
二、把意见理清楚
同一件事，说法有多种，要一条一条归到一处去。
三、把意见办到底
办得了的，说清哪天办完；办不了的，说清为什么。
"""
NUMBERS = count(1)
FIND = """(words) => {
  for (const cell of document.querySelectorAll('[data-column=raw]')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at < 0 || walker.currentNode.parentElement.closest('[data-aside]')) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + words.length);
      walker.currentNode.parentElement.scrollIntoView({ block: 'nearest' });
      const box = range.getBoundingClientRect();
      return [box.left, box.right, box.top + box.height / 2, range.getClientRects().length];
    }
  }
  return null;
}"""


class Editor:
    """Somebody at mouse and keyboard; every drag, click and key counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.acts = page, 0

    def drag_over(self, words: str) -> None:
        left, right, middle, _lines = self.page.evaluate(FIND, words)
        self.page.mouse.move(left + 1, middle)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, middle)
        self.page.mouse.move(right - 1, middle)
        self.page.mouse.up()
        wait_until_picked(self.page, words)
        self.acts += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.acts += 1


def bring_in(page: Page, site: Site, head: str = HEAD) -> str:
    """Import the head over a body of its own as a draft and open its review."""
    number = next(NUMBERS)
    file = site.folder / f"意见之{number}.txt"
    # A line that other files of the site had, too, would be known as the site's.
    file.write_text((head + BODY).format(number=number), "utf-8")
    address = f"/intake/{site.importer.import_drafts(file)[0]['speech']}/"
    log_in(page, "editor")
    page.goto(address)
    return address


def read_values(page: Page) -> list[str]:
    names = ("title", "delivered", "speaker", "speaker_role")
    return [page.locator(f"#id_{name}").input_value() for name in names]


def check_mended(page: Page) -> None:
    expect(page.locator(".messages")).to_contain_text("已设定")
    assert read_values(page) == [TITLE, "2023-05-08", NAME, OFFICE]
    clean = page.locator("[data-column=clean]")
    for words in (TITLE, NAME, DATE):
        expect(clean.filter(has_text=words)).to_have_count(0)


def test_a_failed_head_is_mended_in_under_ten_acts_and_thirty_seconds(
    page: Page, site: Site
) -> None:
    bring_in(page, site)
    look_at(page, "review-head-unread")
    editor = Editor(page)
    for words, key in ((TITLE, "1"), (DATE, "3"), (f"{OFFICE}　{NAME}", "4")):
        editor.drag_over(words)
        editor.press(key)
    expect(page.locator("[data-pending-list] li")).to_have_count(3)
    expect(page.locator(".field-title .waiting-value")).to_contain_text(TITLE)
    look_at(page, "review-head-pending")
    editor.press("s")
    check_mended(page)
    # Three seconds an act, as the keystroke-level model has it: a clock would time the machine.
    assert editor.acts < 10
    expect(page.locator(".field-title .evidence")).to_contain_text("人工 选自原文")
    look_at(page, "review-head-mended")


def test_buttons_do_what_the_keys_do_and_each_can_be_taken_back(page: Page, site: Site) -> None:
    bring_in(page, site)
    editor = Editor(page)
    expect(page.locator("[data-set=title]")).to_be_disabled()
    editor.drag_over(TITLE)
    page.locator("[data-set=subtitle]").click()
    editor.drag_over(NAME)
    page.locator("[data-set=speaker]").click()
    editor.drag_over(TITLE)
    page.locator("[data-set=title]").click()
    expect(page.locator("mark.set-words").first).to_be_visible()
    page.locator("[data-pending-list] li", has_text="副题").get_by_text("撤销").click()
    expect(page.locator("[data-pending-list] li")).to_have_count(2)
    expect(page.locator(".field-subtitle .waiting-value")).to_have_count(0)
    page.locator("[data-undo-all]").click()
    expect(page.locator("[data-pending-list] li")).to_have_count(0)
    expect(page.locator("mark.set-words")).to_have_count(0)


def test_a_field_set_twice_waits_with_the_last_words(page: Page, site: Site) -> None:
    bring_in(page, site)
    editor = Editor(page)
    for words in (NAME, OFFICE):
        editor.drag_over(words)
        editor.press("6")
    expect(page.locator("[data-pending-list] li")).to_have_count(1)
    expect(page.locator("[data-pending-list] q")).to_have_text(OFFICE)


def test_a_marked_line_is_set_by_keys_alone(page: Page, site: Site) -> None:
    bring_in(page, site)
    lines = page.locator(".unread-line")
    assert lines.count() >= 1
    for _ in range(40):
        page.keyboard.press("j")
        if page.locator(".unread-line.here").count():
            break
    words = page.locator(".unread-line.here").inner_text().removeprefix("未读懂").strip()
    page.keyboard.press("2")
    expect(page.locator("[data-pending-list] q")).to_have_text(words)
    page.keyboard.press("s")
    expect(page.locator(".messages")).to_contain_text("副题")


def test_what_is_no_date_is_refused_and_the_rest_waits(page: Page, site: Site) -> None:
    bring_in(page, site)
    editor = Editor(page)
    editor.drag_over(TITLE)
    editor.press("1")
    editor.drag_over(NAME)
    editor.press("3")
    editor.press("s")
    expect(page.locator(".texts [role=alert]")).to_contain_text("不是能识别的日期")
    expect(page.locator("[data-pending-list] li")).to_have_count(1)
    expect(page.locator("[data-pending-list] q")).to_have_text(TITLE)
    editor.press("s")
    expect(page.locator(".messages")).to_contain_text(TITLE)


def test_the_page_stands_on_the_grid_with_the_head_beside_its_values(
    page: Page, site: Site
) -> None:
    bring_in(page, site)
    mark, title = page.locator(".site-mark").bounding_box(), page.locator("h1").bounding_box()
    assert mark
    assert title
    assert abs(mark["x"] - title["x"]) <= 1
    for place in ("#id_title", "#id_delivered", "#id_speaker", "[data-set=title]"):
        expect(page.locator(place)).to_be_in_viewport(ratio=1)
    head = page.locator("[data-column=raw]", has_text=TITLE)
    expect(head).to_be_in_viewport(ratio=1)
    box, value = head.bounding_box(), page.locator("#id_title").bounding_box()
    assert box
    assert value
    assert abs(box["y"] - value["y"]) < 400


@pytest.mark.parametrize("chrome", [60])
def test_a_long_menu_above_the_head_does_not_push_it_out_of_sight(
    page: Page, site: Site, chrome: int
) -> None:
    menu = "".join(f"上一篇：某地某会议上的讲话之第{n}篇\n" for n in range(chrome))
    bring_in(page, site, f"相关阅读\n{menu}\n{HEAD}")
    expect(page.locator("[data-column=raw]", has_text=TITLE).first).to_be_in_viewport()


def test_every_key_that_is_listed_does_something(page: Page, site: Site) -> None:
    bring_in(page, site)
    page.keyboard.press("?")
    listed = page.locator("dialog.keys").inner_text()
    for number, label in enumerate(
        ("标题", "副题", "日期", "讲话人", "职务", "单位", "会议", "来源"), 1
    ):
        assert f"{number} {label}" in listed
        expect(page.locator(f'[data-set][data-key="{number}"]')).to_contain_text(label)


def test_without_scripts_typed_words_are_set(browser: Browser, site: Site, page: Page) -> None:
    place = bring_in(page, site)
    plain = browser.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    bare = plain.new_page()
    for words, label in ((TITLE, "标题"), (DATE, "日期"), (f"{OFFICE} {NAME}", "讲话人")):
        bare.goto(place)
        expect(bare.locator("[data-picked-tools]")).to_be_hidden()
        bare.locator(".by-words summary").click()
        bare.locator("#text-words").fill(words)
        bare.locator("#words-kind").select_option(label=label)
        bare.get_by_role("button", name="保存正文改动").click()
    check_mended(bare)
    plain.close()


def test_on_an_origin_that_is_not_secure_it_is_mended_the_same(
    inside: BrowserContext, site: Site
) -> None:
    page = inside.new_page()
    page.goto("/")
    assert page.evaluate("window.isSecureContext") is False
    bring_in(page, site)
    editor = Editor(page)
    for words, key in ((TITLE, "1"), (DATE, "3"), (f"{OFFICE}　{NAME}", "4")):
        editor.drag_over(words)
        editor.press(key)
    editor.press("s")
    check_mended(page)
