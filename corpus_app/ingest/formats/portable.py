"""PDF files: the text layer line by line as pdfium reads it, laid out again in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.draft import Notice, Refusal
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.printed_pages import Line, lay_out
from corpus_app.ingest.limits import Limits, check_length

BLANK = " \t\u3000\xa0"
# pdfium's sign for a hyphen at a line's end, and characters that no text means.
NOISE = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]")
# Without a text layer a page still has a few signs at times: a stamp, a page number.
SCANNED_CHARS = 5


def extract_portable(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a .pdf; raises "damaged", "unsupported", "too_large" or "no_text"."""
    document = _open(data)
    count = len(document)
    if count > limits.pages:
        raise Refusal("too_large", f"PDF 有 {count} 页，超过 {limits.pages} 页的上限，请拆分。")
    pages: list[list[Line]] = []
    chars = 0
    for number in range(count):
        pages.append(_read_page(document, number))
        chars += sum(len(line.text) for line in pages[-1])
        check_length(chars, limits)
    empty = [
        number
        for number, lines in enumerate(pages, start=1)
        if sum(len(line.text) for line in lines) < SCANNED_CHARS
    ]
    if len(empty) == count and chars < SCANNED_CHARS * 4:
        raise Handover("no_text", "这是扫描件：PDF 各页只有图像，没有文字层。", "ocr")
    raw, marks = lay_out(pages)
    return Extracted(raw, "utf-8", "pdf", tuple(marks), tuple(_report(empty)))


def _report(empty: list[int]) -> Iterator[Notice]:
    if empty:
        named = "、".join(map(str, empty[:20])) + ("等" if len(empty) > 20 else "")
        message = f"PDF 第 {named} 页没有文字层（可能是扫描页或空白页），其内容未能读出。"
        yield Notice("scanned_pages", message)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            message = "PDF 设有打开密码，请解除密码后再上传。"
            raise Refusal("unsupported", message) from error
        raise Refusal("damaged", "PDF 已损坏，无法打开。") from error


def _read_page(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    try:
        page = document[number]
        text_page = page.get_textpage()
        height = page.get_height()
    except pypdfium2.PdfiumError:
        return []
    lines = list(_iter_lines(text_page, max(height, 1.0)))
    text_page.close()
    page.close()
    return lines


def _iter_lines(page: pypdfium2.PdfTextPage, height: float) -> Iterator[Line]:
    start = 0
    codes = [pdfium.FPDFText_GetUnicode(page, i) for i in range(page.count_chars())]
    for index in range(len(codes) + 1):
        if index == len(codes) or codes[index] in (10, 13):
            line = _build_line(page, codes, start, index, height)
            if line:
                yield line
            start = index + 1


def _build_line(
    page: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int, height: float
) -> Line | None:
    boxes = [(i, *_find_box(page, i)) for i in range(start, end) if chr(codes[i]) not in BLANK]
    if not boxes:
        return None
    text = "".join(
        chr(codes[i]) for i in range(start, end) if not _is_mere_gap(page, codes, i, boxes)
    )
    text = NOISE.sub("", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
    top, bottom = max(box[3] for box in boxes), min(box[4] for box in boxes)
    sizes = sorted(max(box[2] - box[1], box[3] - box[4]) for box in boxes)
    return Line(
        text.strip(),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        1 - top / height,
        1 - bottom / height,
        max(sizes[len(sizes) // 2], 0.1),
        height,
    )


def _find_box(page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom of a character in points, from the page's corner."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(page, index, byref(left), byref(right), byref(bottom), byref(top))
    return left.value, right.value, top.value, bottom.value


def _is_mere_gap(
    page: pypdfium2.PdfTextPage,
    codes: list[int],
    index: int,
    boxes: list[tuple[int, float, float, float, float]],
) -> bool:
    """A blank that pdfium made up from the quarter gap between Chinese and Latin is none."""
    if chr(codes[index]) != " " or pdfium.FPDFText_IsGenerated(page, index) != 1:
        return False
    if not 0 < index < len(codes) - 1:
        return False
    wide = [bool(WIDE.match(chr(codes[place]))) for place in (index - 1, index + 1)]
    if wide[0] == wide[1]:
        return False
    before, after = _find_box(page, index - 1), _find_box(page, index + 1)
    em = max(box[2] - box[1] for box in boxes)
    return after[0] - before[1] < 0.6 * em
