"""PDF files: the text layer line by line as pdfium reads it, laid out again in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.printed_pages import PrintedLine, lay_out
from corpus_app.ingest.limits import Limits, check_length

BLANK = " \t\u3000\xa0"
# pdfium's sign for a hyphen at a line's end, and characters that no text means.
NOISE = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]")
# Without a text layer a page still has a few signs at times: a stamp, a page number.
SCANNED_CHARS = 5


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character and its edges in points; made_up where pdfium put in a blank."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    made_up: bool


def extract_portable(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a .pdf; raises "damaged", "unsupported", "too_large" or "no_text"."""
    document = _open(data)
    count = len(document)
    if count > limits.pages:
        raise RejectedFile(
            "too_large", f"PDF 有 {count} 页，超过 {limits.pages} 页的上限，请拆分。"
        )
    pages: list[list[PrintedLine]] = []
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
            raise RejectedFile("unsupported", message) from error
        raise RejectedFile("damaged", "PDF 已损坏，无法打开。") from error


def _read_page(document: pypdfium2.PdfDocument, number: int) -> list[PrintedLine]:
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


def _iter_lines(page: pypdfium2.PdfTextPage, height: float) -> Iterator[PrintedLine]:
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
) -> PrintedLine | None:
    signs = _pair_halves([_read_sign(page, codes[i], i) for i in range(start, end)])
    seen = [sign for sign in signs if sign.text not in BLANK]
    if not seen:
        return None
    sizes = sorted(max(sign.right - sign.left, sign.top - sign.bottom) for sign in seen)
    size = max(sizes[len(sizes) // 2], 0.1)
    text = NOISE.sub("", _write_line(signs, seen, size)).strip()
    return PrintedLine(
        text,
        min(sign.left for sign in seen),
        max(sign.right for sign in seen),
        1 - max(sign.top for sign in seen) / height,
        1 - min(sign.bottom for sign in seen) / height,
        size,
        height,
    )


def _read_sign(page: pypdfium2.PdfTextPage, code: int, index: int) -> _Sign:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(page, index, byref(left), byref(right), byref(bottom), byref(top))
    made_up = pdfium.FPDFText_IsGenerated(page, index) == 1
    return _Sign(chr(code), left.value, right.value, top.value, bottom.value, made_up)


def _pair_halves(signs: list[_Sign]) -> list[_Sign]:
    """A character beyond the first plane comes in two halves; a lone half is damage."""
    paired: list[_Sign] = []
    for sign in signs:
        last = paired[-1].text if paired else ""
        if "\udc00" <= sign.text <= "\udfff" and "\ud800" <= last <= "\udbff":
            whole = (last + sign.text).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            paired[-1] = replace(paired[-1], text=whole)
        else:
            paired.append(sign)
    return [
        replace(sign, text="\ufffd") if "\ud800" <= sign.text <= "\udfff" else sign
        for sign in paired
    ]


def _write_line(signs: list[_Sign], seen: list[_Sign], size: float) -> str:
    """Return the line's text; signs that another font draws later go where they stand."""
    if any(after.right < before.left for before, after in pairwise(seen)):
        seen = sorted(seen, key=lambda sign: (sign.left + sign.right) / 2)
        parts = [
            (" " if _is_apart(before, after, size) else "") + after.text
            for before, after in pairwise(seen)
        ]
        return seen[0].text + "".join(parts)
    kept = []
    for index, sign in enumerate(signs):
        inner = sign.text == " " and sign.made_up and 0 < index < len(signs) - 1
        if not inner or _is_apart(signs[index - 1], signs[index + 1], size):
            kept.append(sign.text)
    return "".join(kept)


def _is_apart(before: _Sign, after: _Sign, size: float) -> bool:
    """The quarter gap that typesetting puts between Chinese and Latin is no blank."""
    mixed = bool(WIDE.match(before.text)) != bool(WIDE.match(after.text))
    return after.left - before.right > (0.6 if mixed else 0.2) * size
