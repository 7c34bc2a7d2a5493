"""PDF prints as their text comes out, and recognised pages: wrapped, with heads and numbers."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.pages import Line, Page, Sheet
from benchmarks.page_reading.scripts.phrases import put_parts, set_head
from benchmarks.page_reading.stencils import encode

_CONFUSED = {"日": "曰", "未": "末", "己": "已", "大": "太", "人": "入", "于": "干"}


def make_print(sheet: Sheet, width: int, head: str, foot: str, rows: int) -> Page:
    """Return pages of so many rows with running head and foot, each line broken at width."""
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    rowed = [row for line in sheet.lines for row in _break(line, width)]
    out: list[Line] = []
    for number, row in enumerate(rowed):
        if number % rows == 0:
            page = number // rows + 1
            if number and foot:
                out.append(Line(foot.format(n=page - 1, place=sheet.facts.place), "chrome"))
            if head:
                out.append(
                    Line(
                        head.format(n=page, place=sheet.facts.place, stem=sheet.facts.stem),
                        "chrome",
                    )
                )
        out.append(row)
    sheet.lines = out
    return _close(sheet, "\n")


def _break(line: Line, width: int) -> list[Line]:
    """Return a paragraph's rows, the first one indented; heads stay in one row."""
    if line.role not in ("body", "salutation"):
        return [line]
    text = "　　" + line.text if line.role == "body" else line.text
    return [Line(text[at : at + width], line.role) for at in range(0, len(text), width)]


def _close(sheet: Sheet, gap: str) -> Page:
    text = gap.join(line.text for line in sheet.lines)
    return sheet.close(f"{sheet.family}.txt", encode(text, sheet))


def make_gazette(sheet: Sheet) -> Page:
    """A gazette of 34 characters a row, its name on top and page numbers below."""
    return make_print(sheet, 34, "{place}人民代表大会常务委员会公报", "· {n} ·", 30)


def make_meeting_file(sheet: Sheet) -> Page:
    """A file of a meeting: 28 characters a row, the number between dashes."""
    return make_print(sheet, 28, "", "— {n} —", 22)


def make_browser_print(sheet: Sheet) -> Page:
    """What a browser prints: address and page of pages in the foot."""
    return make_print(sheet, 40, "{stem}政府网 - 打印", "第 {n} 页 共 9 页", 36)


def make_two_sided(sheet: Sheet) -> Page:
    """A yearbook: name and chapter on top of each page."""
    return make_print(sheet, 38, "{stem}年鉴　特载　{n}", "", 40)


def make_recognised(sheet: Sheet) -> Page:
    """A recognised page: shifted lines, blanks between characters, no indents."""
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    out = []
    for line in sheet.lines:
        if line.role in ("body", "salutation"):
            out += [Line(line.text[at : at + 30], line.role) for at in range(0, len(line.text), 30)]
        else:
            out.append(Line(" " * sheet.chance.randint(0, 18) + line.text, line.role))
    sheet.lines = out
    return _close(sheet, "\n")


def make_letterspaced(sheet: Sheet) -> Page:
    """Title and names typed with a blank after each character."""
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    sheet.lines = [
        Line(sheet.chance.choice([" ", "　"]).join(line.text), line.role)
        if line.role in ("title", "speaker") and len(line.text) < 16 and "年" not in line.text
        else line
        for line in sheet.lines
    ]
    return _close(sheet, "\n")


def make_misread(sheet: Sheet) -> Page:
    """Recognised with slips in the running text: the body is what the page says."""
    put_parts(sheet, set_head(sheet))
    put_body(sheet)
    sheet.leave_open("organisation")
    out = []
    for line in sheet.lines:
        text = line.text
        if line.role == "body":
            text = "".join(
                _CONFUSED[c] if c in _CONFUSED and sheet.chance.random() < 0.01 else c for c in text
            )
        out.append(Line(text, line.role))
    sheet.lines = [Line("扫描全能王 创建", "chrome"), *out, Line("扫描全能王 创建", "chrome")]
    return _close(sheet, "\n")


FAMILIES: dict[str, Callable[[Sheet], Page]] = {
    "pdf-gazette": make_gazette,
    "pdf-meeting-file": make_meeting_file,
    "pdf-browser-print": make_browser_print,
    "pdf-yearbook": make_two_sided,
    "ocr-shifted": make_recognised,
    "ocr-letterspaced": make_letterspaced,
    "ocr-misread": make_misread,
}
