"""A short speech under any lines, as a plain text and as a Word file."""

from __future__ import annotations

import io

import docx

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes

TITLE = "在枫岭县代表工作推进会上的讲话"
BODY = """同志们：
今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。
一、把站点建到群众身边
去年以来，全县新建站点十六个，代表接待选民四千余人次。
二、把意见办到群众心里
要一件一件办，办一件，回一件，让群众看得见。
"""


def parse(*lines: str) -> Draft:
    return parse_bytes("\n".join([*lines, BODY]).encode(), "a.txt")


def type_document(*paragraphs: str, rows: list[tuple[str, ...]] | None = None) -> Draft:
    document, written = docx.Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    for line in BODY.splitlines():
        document.add_paragraph(line)
    document.save(written)
    return parse_bytes(written.getvalue(), "a.docx")
