"""Layouts printed by a browser or an office program, where these are installed."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Final

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from benchmarks.carrier_writers.programs import BROWSERS, OFFICES, find_program
from benchmarks.pdf_layouts.drawn import write_paragraphs
from benchmarks.pdf_layouts.drawn_parts import ROWS
from benchmarks.pdf_layouts.scoring import Laid

SECONDS: Final = 120
BASE: Final = (
    "@page{size:A4;margin:22mm 20mm} body{font-family:'Noto Serif CJK SC';font-size:12pt;"
    "line-height:1.7;margin:0} p{margin:0;text-indent:2em}"
)


def print_page(body: str, style: str, *, heads: bool = False) -> bytes | None:
    """Return the PDF that Chromium makes of a page, None where it is not installed."""
    program = find_program(BROWSERS)
    if program is None:
        return None
    page = f"<!doctype html><meta charset=utf-8><style>{BASE}{style}</style>{body}"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(page, "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=page.pdf"]
        options += [] if heads else ["--no-pdf-header-footer"]
        subprocess.run(
            [program, *options, "page.html"], cwd=folder, timeout=SECONDS, capture_output=True,
            check=True,
        )  # fmt: skip
        return (Path(folder) / "page.pdf").read_bytes()


def convert_document(document: object) -> bytes | None:
    """Return the PDF that LibreOffice makes of a Word document, None where it is not there."""
    program = find_program(OFFICES)
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        document.save(f"{folder}/file.docx")  # type: ignore[attr-defined]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "file.docx"]
        subprocess.run(command, cwd=folder, timeout=SECONDS, capture_output=True, check=True)
        return (Path(folder) / "file.pdf").read_bytes()


def _mark_up(texts: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


def _print(
    chance: Random, style: str, before: str = "", *, size: int = 30, **told: object
) -> Laid | None:
    texts = write_paragraphs(chance, size)
    data = print_page(before + _mark_up(texts), style, heads=bool(told.pop("heads", False)))
    return Laid(data, tuple(texts), **told) if data else None  # type: ignore[arg-type]


def print_plain(chance: Random) -> Laid | None:
    return _print(chance, "p{text-align:justify}", heads=True)


def print_columns(chance: Random) -> Laid | None:
    style = f"body{{columns:{chance.choice([2, 3])};column-gap:1.5em;font-size:10.5pt}}"
    return _print(chance, style + "p{text-align:justify}")


def print_upright(chance: Random) -> Laid | None:
    return _print(chance, "html{writing-mode:vertical-rl}", size=14)


def print_letter_spaced(chance: Random) -> Laid | None:
    return _print(chance, f"p{{letter-spacing:{chance.choice([2, 4, 8])}px}}", size=14)


def print_watermark(chance: Random) -> Laid | None:
    style = (
        ".w{position:fixed;top:40%;left:10%;font-size:64px;opacity:.2;transform:rotate(-35deg)}"
        "p{text-align:justify}"
    )
    told = frozenset({"watermark"})
    return _print(chance, style, "<div class=w>内部资料</div>", notices=told)


def print_margin_heads(chance: Random) -> Laid | None:
    style = (
        "@page{margin:30mm 20mm;@top-left{content:'溪北市人大常委会公报';font-size:9pt}"
        "@bottom-center{content:'第 ' counter(page) ' 页';font-size:9pt}}"
    )
    return _print(chance, style, size=60, notices=frozenset({"margins"}))


def print_fixed_words(chance: Random) -> Laid | None:
    """Words that the page repeats over its lines, which a browser's fixed boxes come to."""
    style = "@page{margin:30mm 20mm} .f{position:fixed;bottom:-18mm;right:0;font-size:9pt}"
    before = "<div class=f>内部资料 注意保存</div>"
    return _print(chance, style, before, size=60, notices=frozenset({"watermark"}))


def print_table(chance: Random) -> Laid | None:
    texts = write_paragraphs(chance, 8)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    style = "table{border-collapse:collapse;width:60%} td{border:1px solid;padding:4px}"
    data = print_page(f"{_mark_up(texts)}<table>{rows}</table><p>完毕，请审议。</p>", style)
    whole = (*texts, *("".join(row) for row in ROWS), "完毕，请审议。")
    return Laid(data, whole) if data else None


def _start_document(texts: Sequence[str]) -> object:
    document = Document()
    style = document.styles["Normal"]
    style.font.size = Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    for text in texts:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(24)
    return document


def convert_columns(chance: Random) -> Laid | None:
    texts = write_paragraphs(chance, 30)
    document = _start_document(texts[:3])
    section = document.add_section(WD_SECTION.CONTINUOUS)  # type: ignore[attr-defined]
    columns = section._sectPr.xpath("./w:cols")[0]
    columns.set(qn("w:num"), "2")
    for text in texts[3:]:
        paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
        paragraph.paragraph_format.first_line_indent = Pt(24)
    data = convert_document(document)
    return Laid(data, tuple(texts)) if data else None


def convert_heads(chance: Random) -> Laid | None:
    """Running head and page number by fields, and a table, as Word writes them."""
    texts = write_paragraphs(chance, 50)
    document = _start_document(texts)
    section = document.sections[0]  # type: ignore[attr-defined]
    section.header.paragraphs[0].text = "溪北市人大常委会文件汇编"
    run = section.footer.paragraphs[0].add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = words or None
        run._r.append(element)
    table = document.add_table(len(ROWS), 4, style="Table Grid")  # type: ignore[attr-defined]
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    data = convert_document(document)
    whole = (*texts, *("".join(row) for row in ROWS))
    return Laid(data, whole, notices=frozenset({"margins"})) if data else None


PRINTED: Final[dict[str, Callable[[Random], Laid | None]]] = {
    "browser plain": print_plain,
    "browser columns": print_columns,
    "browser upright": print_upright,
    "browser letter spaced": print_letter_spaced,
    "browser watermark": print_watermark,
    "browser margin heads": print_margin_heads,
    "browser fixed words": print_fixed_words,
    "browser table": print_table,
    "office columns": convert_columns,
    "office heads": convert_heads,
}
