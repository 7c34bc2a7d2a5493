"""PDF files: pages read by geometry, what belongs to pages taken out, the rest in paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.pdf.annotations import list_attachments
from corpus_app.ingest.formats.pdf.columns import part_rows
from corpus_app.ingest.formats.pdf.furniture import take_furniture
from corpus_app.ingest.formats.pdf.interruptions import iter_lines
from corpus_app.ingest.formats.pdf.lines import list_blocks
from corpus_app.ingest.formats.pdf.notes import take_notes
from corpus_app.ingest.formats.pdf.notices import report
from corpus_app.ingest.formats.pdf.pages import PrintedPage, read_page
from corpus_app.ingest.formats.pdf.paragraphs import Joiner, Writer, find_body_size
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.watermarks import take_watermarks
from corpus_app.ingest.formats.pdf.wording import write_row
from corpus_app.ingest.formats.visibility import report_unseen
from corpus_app.ingest.limits import Limits, check_length

# Without a text layer a page still has a few characters at times: a stamp, a page number.
SCANNED_CHARS = 5
Aside = dict[int, list[tuple[str, str, str]]]


def extract_pdf(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a .pdf; raises "damaged", "unsupported", "too_large" or "no_text"."""
    document = _open(data)
    pages = _read_pages(document, limits)
    aside = set_aside(pages)
    _check_readable(pages)
    raw, marks = write_pages(pages, aside)
    dynamic = pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL
    told = report(pages, aside, list_attachments(document), dynamic=dynamic)
    notices = (*told, *report_unseen(marks))
    return Extracted(raw, "utf-8", "pdf", tuple(marks), notices)


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


def write_pages(pages: Sequence[PrintedPage], aside: Aside) -> tuple[str, list[Removed]]:
    """Return the pages' text in paragraphs, and what of it is not the speech's."""
    blocks = [block for page in pages for block in list_blocks(page)]
    notes = take_notes(blocks, find_body_size(blocks))
    joiner, writer = Joiner(blocks), Writer()
    waiting = sorted(aside)
    for line, block, goes_on in iter_lines(blocks, joiner):
        while waiting and waiting[0] < block.page:
            _put_aside(writer, aside, waiting.pop(0))
        writer.write(line.text, notes.marks.get(id(line), ()), goes_on=goes_on)
    for number in waiting:
        _put_aside(writer, aside, number)
    writer.close()
    for number, text in enumerate(notes.texts, start=1):
        writer.write(f"[注{number}] {text}", (), goes_on=False)
    writer.close()
    return writer.raw, writer.marks


def _put_aside(writer: Writer, aside: Aside, number: int) -> None:
    for kind, text, rule in aside[number]:
        writer.set_aside(kind, text, rule)
