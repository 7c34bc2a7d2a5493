"""Forms of offices in Word files: cards, sheets, titles that a typist broke by hand."""

from __future__ import annotations

from collections.abc import Callable

import docx
from docx.enum.text import WD_BREAK

from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts.documents import pack, write_body
from benchmarks.page_reading.scripts.phrases import Parts, put_parts, set_head
from benchmarks.page_reading.statements import state_meeting, state_role, state_title

SHORTEST_BROKEN = 12
_FIGURES = (
    "{d.year}.{d.month}.{d.day}",
    "{d.year}-{d.month:02}-{d.day:02}",
    "{d.year}年{d.month}月{d.day}日",
)


def list_facts(sheet: Sheet) -> list[tuple[str, str]]:
    """Return labels with their values as a form has them; all are stated."""
    facts, chance = sheet.facts, sheet.chance
    state_title(sheet)
    sheet.state("speaker", facts.speaker)
    sheet.state("delivered", facts.delivered.isoformat())
    day = chance.choice(_FIGURES).format(d=facts.delivered)
    rows = [
        (chance.choice(["标题", "题　　目", "讲话题目", "文稿题目", "名　　称"]), facts.title),
        (chance.choice(["讲话人", "报告人", "主讲人", "发言人"]), facts.speaker),
        (chance.choice(["讲话时间", "时　　间", "会议时间", "日　　期"]), day),
    ]
    if chance.random() < 0.6:
        state_role(sheet)
        rows.insert(2, (chance.choice(["职务", "职　　务", "现任职务"]), facts.role))
    if chance.random() < 0.5:
        state_meeting(sheet)
        rows.append((chance.choice(["会议名称", "场合", "会　　议"]), facts.meeting))
    return rows


def put_cells(sheet: Sheet, row: tuple[str, ...]) -> None:
    """Put the cells of a row on the sheet, label and value in turn."""
    for place, words in enumerate(row):
        sheet.add(words, "value" if place % 2 else "label")


def make_sheet(sheet: Sheet) -> Page:
    """A sheet of two columns, empty cells among them, some lines above it."""
    document = docx.Document()
    facts, chance = sheet.facts, sheet.chance
    top = chance.choice(["讲话稿审签单", "领导讲话登记表", f"{facts.place}人大常委会文稿单", ""])
    if top:
        document.add_paragraph(sheet.add(top, "chrome"))
    rows = list_facts(sheet)
    rows.insert(chance.randint(1, len(rows)), (chance.choice(["主持", "地点", "备注"]), ""))
    table = document.add_table(rows=len(rows), cols=2)
    for row, cells in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = cells
        put_cells(sheet, cells)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_wide_card(sheet: Sheet) -> Page:
    """A card of four columns, what is of no concern beside what is."""
    document = docx.Document()
    rows = list_facts(sheet)
    beside = [("密级", "内部"), ("份数", "30"), ("承办", sheet.facts.third), ("电话", "0000-21")]
    table = document.add_table(rows=len(rows), cols=4)
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        full = (*cells, *beside[number % len(beside)])
        for cell, words in zip(row.cells, full, strict=True):
            cell.text = words
        put_cells(sheet, full)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def break_rows(sheet: Sheet, parts: Parts) -> Parts:
    """Return the lines of a head with a long title, and long lines below it, in two rows."""
    rows: Parts = []
    for text, role in parts:
        long = len(text) >= (SHORTEST_BROKEN if role == "title" else 2 * SHORTEST_BROKEN)
        if role not in ("title", "subtitle") or not long:
            rows.append((text, role))
            continue
        at = sheet.chance.randint(len(text) * 2 // 5, len(text) * 3 // 4)
        rows += [(text[:at], role), (text[at:], role)]
    return rows


def make_broken(sheet: Sheet) -> Page:
    """Title and line below broken by hand into paragraphs of their own."""
    document = docx.Document()
    facts, chance = sheet.facts, sheet.chance
    head = chance.choice(
        [
            [f"附件{chance.randint(1, 9)}"],
            [f"{facts.meeting}文件（{chance.randint(1, 20)}）"],
            ["★内部文件", f"第{chance.randint(1, 40)}期"],
            [],
        ]
    )
    top: Parts = [(text, "chrome") for text in head]
    parts = [*top, *break_rows(sheet, set_head(sheet))]
    put_parts(sheet, parts)
    for text, _ in parts:
        document.add_paragraph(text)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_soft_broken(sheet: Sheet) -> Page:
    """The same broken inside one paragraph."""
    document = docx.Document()
    parts = break_rows(sheet, set_head(sheet))
    put_parts(sheet, parts)
    paragraph, before = document.add_paragraph(), ""
    for text, role in parts:
        if role == before:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        else:
            paragraph = document.add_paragraph()
        paragraph.add_run(text)
        before = role
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_figured(sheet: Sheet) -> Page:
    """The day in figures under the title, in brackets or not, as typists put it."""
    document = docx.Document()
    facts, chance = sheet.facts, sheet.chance
    parts = set_head(sheet, dated=False)
    day = f"{facts.delivered.year}.{facts.delivered.month}.{facts.delivered.day}"
    sheet.state("delivered", facts.delivered.isoformat())
    parts.insert(1, (chance.choice(["（{}）", "{}", "({})", "{}"]).format(day), "date"))
    put_parts(sheet, parts)
    document.add_heading(parts[0][0], level=1)
    for text, _ in parts[1:]:
        document.add_paragraph(text)
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


def make_file_card(sheet: Sheet) -> Page:
    """A card of four columns above the words, as an office's archive prints it."""
    facts = sheet.facts
    document = docx.Document()
    state_title(sheet)
    sheet.state("speaker", facts.speaker)
    state_role(sheet)
    sheet.state("delivered", facts.delivered.isoformat())
    state_meeting(sheet)
    day = facts.delivered
    rows = [
        ("文稿名称", facts.title, "密级", "内部"),
        ("主讲人", facts.speaker, "职务", facts.role),
        ("讲话日期", f"{day.year}.{day.month}.{day.day}", "场合", facts.meeting),
        ("整理", facts.other, "审核", ""),
    ]
    table = document.add_table(rows=len(rows), cols=4)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
            sheet.add(words, "label" if words == cells[0] or words == cells[2] else "value")
    write_body(sheet, document)
    return sheet.close(f"{sheet.family}.docx", pack(document))


FAMILIES: dict[str, Callable[[Sheet], Page]] = {
    "form-sheet": make_sheet,
    "form-file-card": make_file_card,
    "form-wide-card": make_wide_card,
    "form-broken-rows": make_broken,
    "form-soft-broken": make_soft_broken,
    "form-day-in-figures": make_figured,
}
