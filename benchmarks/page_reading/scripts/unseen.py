"""A second set aside: forms of offices and messages as programs save them."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import docx

from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts.documents import pack, write_body
from benchmarks.page_reading.scripts.dumps import list_body
from benchmarks.page_reading.scripts.phrases import Parts, put_parts, set_head


def make_broken_title(sheet: Sheet) -> Page:
    """A typist breaks title and line below by hand, as a red-headed paper has it."""
    facts = sheet.facts
    document = docx.Document()
    parts = set_head(sheet)
    (title, _), *below = parts
    at = max(4, len(title) // 2)
    rows: Parts = [(title, "title")]
    if len(title) > 12:
        rows = [(title[:at], "title"), (title[at:], "title")]
    for text, role in below:
        cut = len(text) * 3 // 5
        wrapped = role == "subtitle" and len(text) > 24
        rows += [(text[:cut], role), (text[cut:], role)] if wrapped else [(text, role)]
    top: Parts = [(f"{facts.place}第{facts.stem[0]}次会议文件", "chrome"), ("（五）", "chrome")]
    put_parts(sheet, [*top, *rows])
    for text, _ in [*top, *rows]:
        document.add_paragraph(text)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_forwarded(sheet: Sheet) -> Page:
    """A message that hands on another, whose head stands in its text."""
    facts = sheet.facts
    parts = set_head(sheet)
    day = facts.published
    top: Parts = [
        (f"{facts.third}：", "chrome"),
        ("转发给你，供起草时参考。", "chrome"),
        ("----- 原始邮件 -----", "chrome"),
        (f"发件人：{facts.other}", "chrome"),
        (f"发送时间：{day.year}年{day.month}月{day.day}日 10:22", "chrome"),
        (f"收件人：{facts.place}委办公室", "chrome"),
        (f"主题：{facts.title}", "chrome"),
    ]
    put_parts(sheet, [*top, *parts])
    body = list_body(sheet)
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"] = f"转发：{facts.title}", "desk@example.com"
    message["Date"] = f"{facts.updated:%a, %d %b %Y} 16:00:00 +0800"
    message.set_content("\n".join([w for w, _ in [*top, *parts]] + body), charset="utf-8")
    sheet.leave_open("published", "source")
    return sheet.close(f"{sheet.family}.mht", message.as_bytes())


def make_numbered_table(sheet: Sheet) -> Page:
    """A list of an agenda in a table above the words: number, what, who."""
    facts = sheet.facts
    document = docx.Document()
    document.add_paragraph(sheet.add(f"{facts.place}人大会议议程", "chrome"))
    rows = [("序号", "内容", "报告人"), ("1", "通过日程", facts.other), ("2", "讨论", facts.third)]
    table = document.add_table(rows=len(rows), cols=3)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = sheet.add(words, "chrome")
    parts = set_head(sheet)
    put_parts(sheet, parts)
    for text, _ in parts:
        document.add_paragraph(text)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


FAMILIES: dict[str, Callable[[Sheet], Page]] = {
    "unseen-docx-agenda": make_numbered_table,
    "unseen-docx-broken-title": make_broken_title,
    "unseen-eml-forwarded": make_forwarded,
}
