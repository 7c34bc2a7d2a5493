"""Third hand: blocks of lines that rows of names put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.page_reading.mentions import load_site_words
from benchmarks.page_reading.pages import Sheet
from benchmarks.page_reading.scripts.phrases import Parts, print_short


def put_menu(sheet: Sheet) -> Parts:
    """Columns of the site, in a row or one below the other."""
    words = sheet.chance.sample(load_site_words()["menu"], sheet.chance.randint(3, 11))
    if sheet.chance.random() < 0.5:
        return [(word, "chrome") for word in words]
    return [(sheet.chance.choice(["  ", " · ", "　", "/"]).join(words), "chrome")]


def put_buttons(sheet: Sheet) -> Parts:
    """Buttons, each on a line."""
    words = load_site_words()["buttons"]
    return [(word, "chrome") for word in sheet.chance.sample(words, sheet.chance.randint(1, 6))]


def put_stray(sheet: Sheet) -> Parts:
    """Signs that were left over from pictures and frames."""
    signs = load_site_words()["stray"]
    return [(sheet.chance.choice(signs), "chrome") for _ in range(sheet.chance.randint(1, 2))]


def put_trail(sheet: Sheet) -> Parts:
    """The way from the front page to this one."""
    words = ["主页", *sheet.chance.sample(load_site_words()["menu"], 2)]
    lead = sheet.chance.choice(["位置：", "当前栏目:", "路径 ", "", "您在这里："])
    return [(lead + sheet.chance.choice([" → ", " - ", "＞", " / ", "::"]).join(words), "chrome")]


def put_unknown(sheet: Sheet) -> Parts:
    """Names of columns that no list has."""
    chance, chars = sheet.chance, load_site_words()["pretty_chars"]
    return [
        ("".join(chance.sample(chars, chance.randint(2, 6))), "chrome")
        for _ in range(chance.randint(1, 5))
    ]


def put_bait(sheet: Sheet) -> Parts:
    """Titles, names and days that are another page's."""
    facts = sheet.facts
    baits = [
        f"{facts.stem}{facts.delivered.year - 1}年国民经济和社会发展统计公报",
        f"全{facts.short}{facts.third[0]}家桥工作现场会召开",
        "关于印发《工作规则》的通知",
        f"{facts.other}到{facts.stem}调研",
        f"在全{facts.short}“三夏”工作会议上的讲话要点",
        f"要闻回顾 {facts.published.year}年第{sheet.chance.randint(1, 12)}期",
    ]
    return [(text, "chrome") for text in sheet.chance.sample(baits, sheet.chance.randint(1, 3))]


def put_day_and_source(sheet: Sheet) -> Parts:
    """Day of publication and source on one line, in either order."""
    facts, chance = sheet.facts, sheet.chance
    sheet.state("published", facts.published.isoformat())
    sheet.state("source", facts.paper)
    pieces = [
        f"{chance.choice(['', '发布：', '上传时间：', '日期 '])}{facts.published}",
        f"{chance.choice(['来源于：', '稿源：', '出处：', '来源 '])}{facts.paper}",
    ]
    chance.shuffle(pieces)
    return [(chance.choice(["  ", "　　", " / ", "；"]).join(pieces), "stated")]


def put_source_below(sheet: Sheet) -> Parts:
    """A label and, on the next line, the source."""
    sheet.state("source", sheet.facts.paper)
    return [("稿件来源", "label"), (sheet.facts.paper, "value")]


def put_day_below(sheet: Sheet) -> Parts:
    """A label and, on the next line, the day of publication."""
    sheet.state("published", sheet.facts.published.isoformat())
    return [("发布日期", "label"), (f"{sheet.facts.published:%Y.%m.%d}", "value")]


def put_update(sheet: Sheet) -> Parts:
    """The day of the last change."""
    sheet.state("updated", sheet.facts.updated.isoformat())
    return [(f"最后更新：{sheet.facts.updated}", "stated")]


def put_counter(sheet: Sheet) -> Parts:
    """How often the page was called."""
    count = sheet.chance.randint(1, 9000)
    return [
        (
            sheet.chance.choice(
                [f"访问 {count} 次", f"阅读量：{count}", f"👁 {count}", f"热度{count}℃", "点击："]
            ),
            "chrome",
        )
    ]


def put_number(sheet: Sheet) -> Parts:
    """A number of a document or record."""
    year = sheet.facts.delivered.year
    return [
        (
            sheet.chance.choice(
                [
                    f"{sheet.facts.stem[0]}政发〔{year}〕{sheet.chance.randint(1, 60)}号",
                    f"信息编号：{sheet.chance.randint(10**6, 10**7)}",
                    f"第{sheet.chance.randint(1, 30)}号",
                ]
            ),
            "chrome",
        )
    ]


def put_picture(sheet: Sheet) -> Parts:
    """The line under a picture."""
    facts = sheet.facts
    sheet.allow("occasion", facts.meeting)
    return [
        (
            sheet.chance.choice(
                [
                    f"会场。{facts.other}/摄",
                    f"摄影：{facts.other}",
                    f"{facts.delivered.month}月，与会人员步入会场。 {facts.other} 摄",
                    f"图1：{facts.meeting}会场",
                ]
            ),
            "caption",
        )
    ]


def put_note(sheet: Sheet) -> Parts:
    """An editor's note above the speech."""
    facts = sheet.facts
    sheet.allow("occasion", facts.meeting)
    return [
        (
            sheet.chance.choice(
                [
                    f"【编者的话】日前，{facts.meeting}在{facts.stem}召开，本刊摘登有关讲话，供学习参考。",
                    f"摘要：本文回顾了{facts.place}的工作，提出了下一步的打算。",
                    f"本刊特约：{facts.meeting}上的讲话，经作者审定后发表。",
                    f"导读：{facts.stem}如何做好这项工作？请看下文。",
                ]
            ),
            "preface",
        )
    ]


def put_organ(sheet: Sheet) -> Parts:
    """The body that the speech is given for."""
    sheet.state("organisation", sheet.facts.organ)
    return [(sheet.facts.organ, "organisation")]


def put_meeting(sheet: Sheet) -> Parts:
    """The meeting behind a label."""
    sheet.state("occasion", sheet.facts.meeting)
    return [(f"会议：{sheet.facts.meeting}", "stated")]


def put_address(sheet: Sheet) -> Parts:
    """The page's address."""
    day, number = sheet.facts.published, sheet.chance.randint(100, 9999)
    url = f"http://{sheet.facts.host}/{day:%Y/%m%d}/c{number}.html"
    sheet.state("url", url)
    return [(sheet.chance.choice(["网址：", "原文：", "", "链接 "]) + url, "stated")]


def put_related(sheet: Sheet) -> Parts:
    """Titles of other pages below the speech."""
    lead = sheet.chance.choice(["延伸阅读", "相关新闻：", "猜你喜欢", "上一条：", "更多报道"])
    return [(lead, "chrome"), *put_bait(sheet)]


def put_editors(sheet: Sheet) -> Parts:
    """Who edited and checked the page."""
    facts = sheet.facts
    return [
        (
            sheet.chance.choice(
                [
                    f"责编：{facts.other} 审核：{facts.third}",
                    f"（编辑 {facts.other}）",
                    f"录入：{facts.other}",
                    f"值班编委：{facts.other}　校对：{facts.third}",
                ]
            ),
            "chrome",
        )
    ]


def put_rights(sheet: Sheet) -> Parts:
    """Rights, makers and numbers at the foot."""
    facts = sheet.facts
    return [
        (
            sheet.chance.choice(
                [
                    f"Copyright © {facts.stem} All Rights Reserved",
                    "版权所有 未经许可不得转载",
                    f"技术支持：{facts.stem}网络公司",
                    f"备案号：{sheet.chance.randint(10**6, 10**7)}",
                ]
            ),
            "chrome",
        )
    ]


def put_signature(sheet: Sheet) -> Parts:
    """The day below the last line."""
    sheet.state("delivered", sheet.facts.delivered.isoformat())
    return [(print_short(sheet.facts.delivered, sheet), "signature")]


def put_author_foot(sheet: Sheet) -> Parts:
    """The author in brackets below the last line."""
    sheet.state("speaker", sheet.facts.speaker)
    return [(f"（作者：{sheet.facts.speaker}）", "signature")]


BLOCKS: Final[dict[str, Callable[[Sheet], Parts]]] = {
    name.removeprefix("put_"): block
    for name, block in list(globals().items())
    if name.startswith("put_")
}
