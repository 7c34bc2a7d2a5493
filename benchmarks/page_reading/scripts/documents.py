"""Word files and saved pages: a typist's paragraphs, a table as head, coded messages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import docx

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts.phrases import Parts, put_parts, set_day, set_head
from benchmarks.page_reading.statements import state_role, state_title

_DAY = (2024, 1, 1, 0, 0, 0)


def pack(document: docx.document.Document) -> bytes:
    """Return a document's bytes, all its parts of one time, so that they are always the same."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _DAY), source.read(name))
    return packed.getvalue()


def write_body(sheet: Sheet, document: docx.document.Document) -> None:
    first = len(sheet.lines)
    put_body(sheet)
    for line in sheet.lines[first:]:
        document.add_paragraph(line.text)


def make_typed(sheet: Sheet) -> Page:
    """Title as a heading, what stands below it in the middle, then the words."""
    document = docx.Document()
    parts = set_head(sheet)
    put_parts(sheet, parts)
    document.add_heading(parts[0][0], level=1)
    for text, _ in parts[1:]:
        document.add_paragraph(text)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_table_head(sheet: Sheet) -> Page:
    """Title, speaker and day in the cells of a table above the words."""
    facts = sheet.facts
    document = docx.Document()
    rows = [("题　目", facts.title), ("讲话人", facts.speaker), ("职　务", facts.role)]
    state_title(sheet)
    sheet.state("speaker", facts.speaker)
    state_role(sheet)
    sheet.state("delivered", facts.delivered.isoformat())
    day = facts.delivered
    rows.append(("时　间", f"{day.year}年{day.month}月{day.day}日"))
    table = document.add_table(rows=len(rows), cols=2)
    for row, (label, value) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = label, value
        sheet.add(label, "label")
        sheet.add(value, "value")
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_letterhead(sheet: Sheet) -> Page:
    """A paper with an office's name and number on top, printer's lines at the foot."""
    facts = sheet.facts
    document = docx.Document()
    head: Parts = [
        (f"{facts.place}委办公室文件", "chrome"),
        (f"{facts.stem[0]}办发〔{facts.published.year}〕{sheet.chance.randint(1, 60)}号", "chrome"),
    ]
    parts = head + set_head(sheet)
    put_parts(sheet, parts)
    for text, _ in parts:
        document.add_paragraph(text)
    write_body(sheet, document)
    for text in (f"抄送：{facts.place}人大常委会办公室。", f"{facts.place}委办公室印发"):
        sheet.add(text, "chrome")
        document.add_paragraph(text)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_saved_page(sheet: Sheet) -> Page:
    """A page saved whole by a browser: a message of several parts, GBK in quoted-printable."""
    facts = sheet.facts
    top: Parts = [("首页 | 新闻 | 公开", "chrome"), (f"{facts.stem}门户", "chrome")]
    parts = top + set_head(sheet)
    put_parts(sheet, parts)
    first = len(sheet.lines)
    put_body(sheet)
    foot = sheet.add("返回顶部", "chrome")
    rows = [words for words, _ in parts] + [line.text for line in sheet.lines[first:-1]] + [foot]
    html = "".join(f"<p>{words}</p>\n" for words in rows)
    head = f"<html><head><meta charset='gbk'><title>{facts.title}</title></head>"
    page = f"{head}<body>{html}</body></html>"
    sheet.allow("title", facts.title)
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "<Saved by a browser>", facts.title
    message["MIME-Version"] = "1.0"
    message.set_content(page.encode("gb18030"), "text", "html", cte="quoted-printable")
    message.replace_header("Content-Type", 'text/html; charset="gbk"')
    sheet.leave_open("published", "url")
    return sheet.close(f"{sheet.family}.mht", message.as_bytes())


def make_source_as_text(sheet: Sheet) -> Page:
    """The source of a page, saved under a text's name."""
    facts = sheet.facts
    line, role = set_day(sheet)
    state_title(sheet)
    sheet.add(facts.title, "title")
    sheet.add(line, role)
    first = len(sheet.lines)
    put_body(sheet)
    body = "".join(f"<p>{row.text}</p>" for row in sheet.lines[first:])
    text = (
        f"<!DOCTYPE html>\n<html><head><title>{facts.title}</title></head>\n<body>\n"
        f"<h1>{facts.title}</h1>\n<center>{line}</center>\n{body}\n</body></html>"
    )
    return sheet.close(f"{sheet.family}.txt", text.encode())


FAMILIES: dict[str, Callable[[Sheet], Page]] = {
    "docx-typed": make_typed,
    "docx-table-head": make_table_head,
    "docx-letterhead": make_letterhead,
    "saved-page": make_saved_page,
    "source-as-text": make_source_as_text,
}
