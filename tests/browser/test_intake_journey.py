"""The admin's way: many files dropped, the few that need an eye, the rest published at once."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.batches.random_speeches import write_speech
from tests.browser.arrivals import drop, pack, wait_for_batch, wait_until_done
from tests.browser.looks import look_at
from tests.browser.people import log_in

GOOD = range(7044, 7064)
HIDDEN = ("云岫", "芦汀", "青芜", "雁回", "竹溪")
HIDING = """望江文稿网

当前位置：首页 > 会议讲话 > 正文

在{place}县代表建议交办会上的讲话

发布时间：2022-03-18 来源：{place}人大网

同志们：
今年收到的代表建议，今天当面交到各承办单位手里。下面，我讲三点意见。
一、接过去的是一份托付
{place}的代表跑了一个冬天才写成一件，字字都有出处，不能当成一般来信。
--此处隐藏320字，下载后查看--
三、交回来的是一个结果
到秋天再开会，{place}的每一件都要对着当初的话念答复，念不出的就重办。
"""


def write_sound(number: int) -> str:
    """Return a whole speech with words by which readers find these alone."""
    opening = "今天开一次敞开门的座谈会。下面，我讲三点意见。"
    return write_speech(number).replace("下面，我讲三点意见。", opening)


def write_files(folder: Path) -> Path:
    """Fill a folder with twenty sound speeches, some packed, and five with a hidden part."""
    folder.mkdir()
    loose, packed = GOOD[:14], GOOD[14:]
    for number in loose:
        (folder / f"{number}.txt").write_text(write_sound(number), "utf-8")
    for place in HIDDEN:
        (folder / f"{place}.txt").write_text(HIDING.format(place=place), "utf-8")
    (folder / "其余.zip").write_bytes(pack({f"{n}.txt": write_sound(n) for n in packed}))
    return folder


def test_of_many_files_only_the_doubtful_need_an_eye(page: Page, tmp_path: Path) -> None:
    log_in(page, "editor")
    page.goto("/intake/")
    # Two acts: drop, open the queue.
    drop(page, write_files(tmp_path / "询问会"))
    wait_for_batch(page)
    wait_until_done(page)
    expect(page.locator(".batch-state")).to_contain_text("25 / 25")
    batch = page.url
    page.get_by_role("link", name="前往待校核文稿").click()

    expect(page.locator("[data-row]")).to_have_count(len(HIDDEN))
    expect(page.locator("[data-row]").first).to_contain_text("隐去")
    look_at(page, "intake-flags")
    page.locator("[data-open]").first.click()
    page.wait_for_url(re.compile(r"/intake/\d+/"))
    expect(page.locator("main")).to_contain_text("320")
    page.get_by_role("button", name="发布").first.click()

    page.goto(batch)
    page.get_by_role("link", name="前往待校核文稿").click()
    expect(page.locator("[data-row]")).to_have_count(len(HIDDEN) - 1)
    page.locator(".queue-views a").filter(has_text="无疑点").click()
    expect(page.locator("[data-pick-list]")).to_be_visible()
    page.locator("[data-pick-list]").check()
    page.locator("[data-publish]").click()
    expect(page.locator("main")).to_contain_text(f"将改动 {len(GOOD)} 篇")
    page.get_by_role("button", name="确认改动").click()
    expect(page.locator("main")).to_contain_text("已完成")

    page.goto("/search/?q=“开一次敞开门的座谈会”")
    expect(page.locator("main")).to_contain_text(f"{len(GOOD)} 篇")
