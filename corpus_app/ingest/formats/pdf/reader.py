"""PDF files: pages read by geometry, what belongs to pages taken out, the rest in paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.pdf.annotations import list_attachments
from corpus_app.ingest.formats.pdf.columns import part_rows
from corpus_app.ingest.formats.pdf.furniture import take_furniture
from corpus_app.ingest.formats.pdf.notices import report
from corpus_app.ingest.formats.pdf.pages import PrintedPage, read_page
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.watermarks import take_watermarks
from corpus_app.ingest.formats.pdf.wording import write_row
from corpus_app.ingest.formats.pdf.writing import Written, write_pages
from corpus_app.ingest.formats.visibility import report_unseen
from corpus_app.ingest.limits import Limits, check_length

# Without a text layer a page still has a few characters at times: a stamp, a page number.
SCANNED_CHARS = 5
Aside = dict[int, list[tuple[str, str, str]]]


def extract_pdf(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a .pdf; raises "damaged", "unsupported", "too_large" or "no_text"."""
    return read_document(data, limits, {})[0]


def read_document(
    data: bytes, limits: Limits, recognised: Mapping[int, PrintedPage]
) -> tuple[Extracted, Written]:
    """Return the text of a .pdf and where what stands in it; raises as extract_pdf.

    recognised are pages by number that stand for those whose own text cannot be read.
    """
    document = _open(data)
    pages = [
        recognised[page.number] if page.unread and page.number in recognised else page
        for page in _read_pages(document, limits)
    ]
    aside = set_aside(pages)
    _check_readable(pages)
    written = write_pages(pages, aside)
    dynamic = pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL
    told = report(pages, aside, list_attachments(document), written, dynamic=dynamic)
    notices = (*told, *report_unseen(written.marks))
    scanned = tuple(page.number for page in pages if page.unread and page.state != "damaged")
    marks = tuple(written.marks)
    return Extracted(written.raw, "utf-8", "pdf", marks, notices, scanned=scanned), written


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            message = "PDF 设有打开密码，请解除密码后再上传。"
            raise RejectedFile("unsupported", message) from error
        raise RejectedFile("damaged", "PDF 已损坏，无法打开。") from error


def _read_pages(document: pypdfium2.PdfDocument, limits: Limits) -> list[PrintedPage]:
    count = len(document)
    if count == 0:
        raise RejectedFile("no_text", "PDF 里一页也没有。")
    if count > limits.pages:
        raise RejectedFile(
            "too_large", f"PDF 有 {count} 页，超过 {limits.pages} 页的上限，请拆分。"
        )
    pages: list[PrintedPage] = []
    chars = 0
    for number in range(1, count + 1):
        pages.append(read_page(document, number, limits))
        chars += pages[-1].chars
        check_length(chars, limits)
    return pages


def set_aside(pages: Sequence[PrintedPage]) -> Aside:
    """Take out of the pages what is not the text's; return kind, words and rule, by page."""
    aside: Aside = {
        page.number: [
            *(("hidden_text", words, rule) for words, rule in page.hidden),
            *([("annotation", " ".join(page.readings), "ruby")] if page.readings else ()),
            *(("stray", words, "ocr:stray") for words in page.strays),
        ]
        for page in pages
    }
    for number, found in take_watermarks(pages).items():
        words = dict.fromkeys((piece.text, rule) for rule, piece in found)
        aside[number] += [("watermark", text, rule) for text, rule in words]
    for number, pieces in take_furniture(pages).items():
        aside[number] += [("pager", text, "pdf:page") for text in _list_rows(pieces)]
    return aside


def _list_rows(pieces: Sequence[Piece]) -> list[str]:
    return [write_row(row) for row in part_rows(pieces)]


def _check_readable(pages: Sequence[PrintedPage]) -> None:
    """Refuse what only recognition can read, and what has nothing to be read."""
    chars = sum(page.chars for page in pages if not page.scanned)
    if chars >= SCANNED_CHARS:
        return
    if any(page.state == "unmapped" for page in pages):
        message = "PDF 的字体没有写明字符，文字无法读出。"
        raise Handover("no_text", message, "ocr", "pdf")
    if all(page.state == "damaged" for page in pages):
        raise RejectedFile("damaged", "PDF 已损坏，各页都无法打开。")
    if any(page.scanned for page in pages):
        raise Handover("no_text", "这是扫描件：PDF 各页只有图像，没有文字层。", "ocr", "pdf")
