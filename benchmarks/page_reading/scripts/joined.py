"""Files that hold more than one thing: collections, serials, pages with a second speech."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.facts import Facts, spell
from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts.phrases import put_parts, set_head
from benchmarks.page_reading.stencils import encode


def _close(sheet: Sheet, gap: str = "\n") -> Page:
    return sheet.close(
        f"{sheet.family}.txt", encode(gap.join(line.text for line in sheet.lines), sheet)
    )


def make_collection(sheet: Sheet) -> Page:
    """Two or three speeches under numbers; no field is one value."""
    count = sheet.chance.randint(2, 3)
    sheet.add(f"{sheet.facts.place}人大会议讲话汇编（{count}篇）", "chrome")
    for number in range(1, count + 1):
        sheet.add(f"篇{spell(number)}：", "chrome")
        put_parts(sheet, set_head(sheet))
        put_body(sheet, size=3)
        sheet.facts = Facts(sheet.chance, ("speech", "report"))
    sheet.speeches = count
    sheet.leave_open(*list(sheet.fields))
    return _close(sheet)


def make_contents_first(sheet: Sheet) -> Page:
    """A report with its contents above, as booklets have it."""
    sheet.add("目　　录", "chrome")
    for number, words in enumerate(("过去一年工作回顾", "今年工作安排", "加强自身建设"), 1):
        sheet.add(f"{spell(number)}、{words}……………{number * 7}", "chrome")
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    return _close(sheet)


def make_twice_headed(sheet: Sheet) -> Page:
    """The title once for the site and once for the paper below it."""
    sheet.add(sheet.facts.title, "title")
    sheet.state("published", sheet.facts.published.isoformat())
    sheet.add(f"时间：{sheet.facts.published}　浏览：{sheet.chance.randint(1, 999)}", "stated")
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    return _close(sheet, "\n\n")


def make_cut_by_site(sheet: Sheet) -> Page:
    """A text that ends in the middle, with the words of the reader that shows no more."""
    put_parts(sheet, set_head(sheet))
    put_body(sheet, ("wall",))
    sheet.add("查看全部", "chrome")
    return _close(sheet)


def make_hash_tail(sheet: Sheet) -> Page:
    """Tags, addresses and hashes after the end."""
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    for text in (
        "#人大 #讲话 #履职",
        f"https://{sheet.facts.host}/a/{sheet.chance.getrandbits(96):024x}",
        f"md5: {sheet.chance.getrandbits(128):032x}",
    ):
        sheet.add(text, "chrome")
    return _close(sheet)


def make_one_paragraph(sheet: Sheet) -> Page:
    """All on one line, blanks between, as mark-up that was torn off leaves it."""
    parts = set_head(sheet, person=False)
    put_parts(sheet, parts)
    put_body(sheet)
    return _close(sheet, sheet.chance.choice([" ", "　　", "  "]))


def make_titled_collection(sheet: Sheet) -> Page:
    """Two speeches one after the other, parted by their heads alone."""
    for _ in range(2):
        put_parts(sheet, set_head(sheet))
        put_body(sheet, size=4)
        sheet.facts = Facts(sheet.chance, ("speech", "report"))
    sheet.speeches = 2
    sheet.leave_open(*list(sheet.fields))
    return _close(sheet, "\n\n")


def make_annexed(sheet: Sheet) -> Page:
    """A speech whose page lists attachments and the numbers of the office below it."""
    sheet.add(f"{sheet.facts.place}人大常委会办公室文电", "chrome")
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    for text in (
        "附件：",
        "1．会议名单.doc",
        "2．座次图.xls",
        f"联系电话：0000-{sheet.chance.randint(10**6, 10**7)}",
    ):
        sheet.add(text, "chrome")
    return _close(sheet)


def make_with_minutes(sheet: Sheet) -> Page:
    """A report on the meeting above, set off by stars, then the speech."""
    facts = sheet.facts
    sheet.add("会议动态", "chrome")
    sheet.add(f"本网讯　{facts.stem}日前召开会议，{facts.other}主持，有关负责人参加。", "preface")
    sheet.add("＊　＊　＊", "chrome")
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    return _close(sheet)


def make_summarised(sheet: Sheet) -> Page:
    """What a reader's program puts above: time to read, number of words, a summary."""
    sheet.add(
        f"全文约{sheet.chance.randint(800, 9000)}字，阅读约需{sheet.chance.randint(2, 20)}分钟",
        "chrome",
    )
    put_parts(sheet, set_head(sheet, dated=False))
    sheet.add("AI摘要", "chrome")
    sheet.add("本文回顾了过去的工作，分析了形势，提出了要求。内容由机器生成，仅供参考。", "preface")
    put_body(sheet)
    sheet.add("以上内容是否对您有帮助？", "chrome")
    return _close(sheet, "\n\n")


def make_reposted(sheet: Sheet) -> Page:
    """Handed on twice: each hand has put its line above and below."""
    facts = sheet.facts
    sheet.allow("source", f"{facts.other}的空间", facts.third)
    sheet.add(f"转自：{facts.other}的空间", "chrome")
    sheet.add(f"【转】来自{facts.third}", "chrome")
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    sheet.add(f"—— 转发自 {facts.third}", "chrome")
    sheet.add("［本文已被浏览 32 次］", "chrome")
    return _close(sheet)


FAMILIES: dict[str, Callable[[Sheet], Page]] = {
    "collection-numbered": make_collection,
    "booklet-contents": make_contents_first,
    "twice-headed": make_twice_headed,
    "cut-by-site": make_cut_by_site,
    "hash-tail": make_hash_tail,
    "one-paragraph": make_one_paragraph,
    "collection-titled": make_titled_collection,
    "speech-with-annex": make_annexed,
    "speech-and-minutes": make_with_minutes,
    "summary-first": make_summarised,
    "reposted-twice": make_reposted,
}
