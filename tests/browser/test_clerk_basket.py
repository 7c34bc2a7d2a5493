"""A clerk gathers, orders, groups, notes and takes back; by keys as well as by clicks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.desks import (
    choose_words,
    find_link,
    gather,
    list_entries,
    make_basket,
    open_basket,
    press_and_read,
    wait_for_toast,
    wait_until_gathered,
)
from tests.browser.people import log_in


def undo(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="撤销").click()


def test_the_key_gathers_the_hit_in_hand(clerk: Page) -> None:
    clerk.goto("/search/?q=代表联络站")
    title = clerk.locator(".hit-title").nth(1).inner_text()
    clerk.keyboard.press("j")
    clerk.keyboard.press("j")
    clerk.keyboard.press("b")
    assert "备用材料" in wait_until_gathered(clerk)
    open_basket(clerk)
    expect(clerk.locator(".entry .passage-path")).to_have_count(1)
    expect(clerk.locator(".entry .passage-path")).to_contain_text(title)


@pytest.mark.parametrize(
    "address",
    ["/themes/daibiao-lvzhi/", "/structure/openings/", "/structure/parallels/", "/slogans/1/"],
)
def test_the_keys_copy_and_gather_wherever_passages_are_listed(clerk: Page, address: str) -> None:
    clerk.goto(address)
    copied = press_and_read(clerk)
    assert "（《" in copied
    clerk.keyboard.press("b")
    wait_until_gathered(clerk)
    open_basket(clerk)
    assert len(list_entries(clerk)) == 1
    clerk.goto(find_link(copied))
    assert clerk.locator("mark.cited").count() > 0


def test_chosen_words_are_gathered_as_chosen(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    chosen = choose_words(clerk, 2, 3, 15)
    clerk.keyboard.press("b")
    wait_until_gathered(clerk)
    open_basket(clerk)
    expect(clerk.locator(".entry-words")).to_have_text(chosen)
    clerk.locator(".passage-path a").click()
    assert "".join(clerk.locator("mark.cited").all_inner_texts()) == chosen


def test_the_bar_under_chosen_words_gathers_them(clerk: Page) -> None:
    clerk.goto("/speeches/1/")
    choose_words(clerk, 2, 3, 15)
    clerk.locator("[data-selection-bar] [data-gather]").click()
    wait_until_gathered(clerk)


def test_what_is_gathered_twice_is_pointed_out(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    clerk.locator("[data-gather]").first.click()
    assert "与第 1 条是同一处" in wait_until_gathered(clerk)
    open_basket(clerk)
    expect(clerk.locator(".entry-repeat")).to_have_text("与第 1 条是同一处。")


def test_the_keyboard_moves_an_entry_step_by_step(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 3)
    open_basket(clerk)
    one, two, three = list_entries(clerk)
    clerk.locator(f"#entry-{three} [value=up]").focus()
    for order in ([one, three, two], [three, one, two]):
        clerk.keyboard.press("Enter")
        expect(clerk.locator("[data-entry]").nth(order.index(three))).to_have_id(f"entry-{three}")
        expect(clerk.locator(f"#entry-{three} [value=up]")).to_be_focused()
        assert list_entries(clerk) == order


def test_headings_group_the_passages_by_keys_alone(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    open_basket(clerk)
    clerk.locator("#heading-words").focus()
    clerk.keyboard.type("履职为民")
    clerk.keyboard.press("Enter")
    heading = clerk.locator(".entry-heading")
    expect(heading).to_be_visible()
    heading.locator("[value=up]").focus()
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[data-entry]").first).to_have_class("entry entry-heading entry-level-1")
    heading.locator("[name=level]").select_option("2")
    heading.locator("[value=save]").click()
    expect(clerk.locator("[data-entry]").first).to_have_class("entry entry-heading entry-level-2")


def test_every_step_is_taken_back_in_turn(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    open_basket(clerk)
    one, two = list_entries(clerk)
    clerk.locator(f"#entry-{one} [value=down]").click()
    expect(clerk.locator(".undo-line")).to_contain_text("调整次序")
    clerk.locator(f"#entry-{one} [value=remove]").click()
    expect(clerk.locator(".undo-line")).to_contain_text("移除")
    assert list_entries(clerk) == [two]

    undo(clerk)
    assert list_entries(clerk) == [two, one]
    undo(clerk)
    assert list_entries(clerk) == [one, two]
    undo(clerk)
    assert list_entries(clerk) == [one]


def test_a_skeleton_becomes_headings_with_one_click_and_one_undo(clerk: Page) -> None:
    clerk.goto("/structure/?theme=daibiao-jiazhan&depth=1")
    skeleton = clerk.locator(".skeleton").first
    points = skeleton.locator(".skeleton-point h3 a").count()
    skeleton.get_by_role("button", name="加入摘编").click()
    expect(clerk.locator(".messages")).to_contain_text("提纲已加入摘编“备用材料”")
    assert "/structure/?theme=daibiao-jiazhan" in clerk.url
    open_basket(clerk)
    assert len(list_entries(clerk)) == points > 1
    undo(clerk)
    assert list_entries(clerk) == []


def test_a_deleted_basket_comes_back(clerk: Page) -> None:
    make_basket(clerk, "临时的材料")
    clerk.locator("#rename").fill("误删的材料")
    clerk.locator("#rename").press("Enter")
    expect(clerk.locator("h1")).to_have_text("误删的材料")
    clerk.get_by_role("button", name="删除这一份").click()
    expect(clerk.locator(".messages")).to_contain_text("已删除“误删的材料”")
    clerk.locator(".deleted summary").click()
    clerk.locator(".deleted li", has_text="误删的材料").get_by_role("button").first.click()
    expect(clerk.locator(".messages")).to_contain_text("已恢复“误删的材料”")


def test_a_note_survives_a_move(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    open_basket(clerk)
    last = list_entries(clerk)[1]
    clerk.locator(f"#entry-{last} .entry-note summary").click()
    clerk.locator(f"#entry-{last} textarea").fill("放在开头")
    clerk.locator(f"#entry-{last} [value=up]").click()
    expect(clerk.locator("[data-entry]").first).to_have_id(f"entry-{last}")
    expect(clerk.locator(f"#entry-{last} textarea")).to_have_value("放在开头")


def test_a_button_pressed_at_leisure_is_not_moved_away_by_the_note_that_saved_itself(
    clerk: Page,
) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 2)
    open_basket(clerk)
    last = list_entries(clerk)[1]
    clerk.locator(f"#entry-{last} .entry-note summary").click()
    clerk.locator(f"#entry-{last} textarea").fill("放在开头")
    # As on a narrow page, where the line above the list breaks differently with each step.
    clerk.evaluate("document.querySelector('.undo-line').remove()")
    up = clerk.locator(f"#entry-{last} [value=up]")
    up.scroll_into_view_if_needed()
    box = up.bounding_box()
    assert box
    clerk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with clerk.expect_response(lambda answer: answer.request.method == "GET"):
        clerk.mouse.down()
    # Long enough for the page to show what it was told, were it to.
    clerk.wait_for_timeout(500)
    assert up.bounding_box() == box
    expect(clerk.locator(".toast")).to_have_count(0)
    clerk.mouse.up()
    expect(clerk.locator("[data-entry]").first).to_have_id(f"entry-{last}")
    expect(clerk.locator(f"#entry-{last} textarea")).to_have_value("放在开头")


def test_a_note_that_saved_itself_is_taken_back(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    gather(clerk, 1)
    open_basket(clerk)
    clerk.locator(".entry-note summary").click()
    clerk.locator(".entry-note textarea").fill("放在开头")
    clerk.keyboard.press("Tab")
    wait_for_toast(clerk, "已保存")
    expect(clerk.locator(".undo-line")).to_contain_text("修改批注")
    clerk.reload()
    expect(clerk.locator(".entry-note textarea")).to_have_value("放在开头")
    undo(clerk)
    expect(clerk.locator(".entry-note textarea")).to_have_value("")
    assert len(list_entries(clerk)) == 1


def test_a_visitor_who_gathers_by_key_comes_back_to_the_place(page: Page) -> None:
    page.goto("/speeches/1/#1.2")
    page.keyboard.press("b")
    page.wait_for_url("**/login/?next=**")
    page.locator("[name=username]").fill("clerk")
    page.locator("[name=password]").fill("yanku-demo")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/speeches/1/#1.2")
    page.keyboard.press("b")
    wait_until_gathered(page)


def test_a_visitor_is_asked_to_log_in_before_the_desk(page: Page) -> None:
    page.goto("/desk/")
    assert "/login/?next=/desk/" in page.url


def test_a_chosen_basket_takes_the_passage_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    log_in(page, "clerk")
    page.goto("/speeches/1/")
    page.locator('[id="1.1"]').hover()
    page.locator('[id="1.1"] [data-gather]').click()
    page.locator("#basket").select_option("new")
    page.locator("#name").fill("手工摘编")
    page.get_by_role("button", name="加入摘编").click()
    expect(page.locator(".messages")).to_contain_text("已加入摘编“手工摘编”")
    page.locator(".entry [value=remove]").click()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".entry")).to_have_count(1)
    context.close()


def test_the_offer_to_undo_leads_to_the_basket_too(clerk: Page) -> None:
    clerk.goto("/search/?q=代表")
    clerk.locator("[data-gather]").first.click()
    clerk.locator(".toast-offer").get_by_role("link", name="打开摘编").click()
    expect(clerk.locator("h1")).to_have_text("备用材料")
    clerk.goto("/search/?q=代表")
    clerk.keyboard.press("b")
    clerk.locator(".toast-offer button").click()
    wait_for_toast(clerk, "已撤销")
    open_basket(clerk)
    assert len(list_entries(clerk)) == 1
