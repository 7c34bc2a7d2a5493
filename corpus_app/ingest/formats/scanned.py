"""Pictures, and their recognised pages as text: paragraphs by geometry, doubtful characters."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NoReturn

from PIL import Image

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.pdf.columns import part_rows
from corpus_app.ingest.formats.pdf.furniture import take_furniture
from corpus_app.ingest.formats.pdf.notices import tell_margins
from corpus_app.ingest.formats.pdf.pages import PrintedPage
from corpus_app.ingest.formats.pdf.wording import write_row
from corpus_app.ingest.formats.pdf.writing import Written, write_pages
from corpus_app.ingest.limits import Limits, check_length
from corpus_app.ingest.sandbox.messages import read_record
from corpus_app.ingest.scans.drawing import MOST_PIXELS
from corpus_app.ingest.scans.hocr import read_hocr
from corpus_app.ingest.scans.lines import HAN
from corpus_app.ingest.scans.office_pictures import list_page_pictures
from corpus_app.ingest.scans.printing import print_page
from corpus_app.ingest.scans.recognised import PICTURES, RecognisedFile, RecognisedPage

# A smaller picture is a button or a portrait of a web page.
LEAST_SIDE: Final = 300
LARGE: Final = "图片过大，超过 {most} 万像素的上限；请降低分辨率（300 点/英寸足够）再扫描。"
RECOGNISED: Final = "recognised"
DOUBTFUL: Final = "doubtful_chars"
NAMES: Final = {"rapidocr": "RapidOCR", "tesseract": "tesseract"}
# Of so many places each is told by itself; the rest are counted.
MOST_TOLD: Final = 400
# Doubtful characters with no more than this between them are one place.
NEAR: Final = 1
SHOWN: Final = 6
# A letter of any script: what prints of pages are numbered with is none.
_WORD: Final = re.compile(r"[^\W\d_]")
# A paragraph this long that ends without a mark has lost it, or its end.
LONG: Final = 30


def extract_picture(data: bytes, limits: Limits) -> NoReturn:
    """Hand a picture over to a recogniser; raises RejectedFile for one that can hold no page."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=PICTURES) as picture,
        ):
            width, height = picture.size
    except Image.DecompressionBombError as error:
        raise RejectedFile("too_large", LARGE.format(most=MOST_PIXELS // 10_000)) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise RejectedFile("damaged", "图片已损坏，无法打开。") from error
    if width * height > MOST_PIXELS:
        raise RejectedFile("too_large", LARGE.format(most=MOST_PIXELS // 10_000))
    if min(width, height) < LEAST_SIDE:
        message = f"图片只有 {width}×{height} 像素，太小，不像扫描的文稿；请用更高的分辨率扫描。"
        raise RejectedFile("no_text", message)
    raise Handover("unsupported", "这是图片，没有文字层。", "ocr", "picture")


def hand_over_pages(data: bytes, extracted: Extracted) -> None:
    """Hand an office file over to a recogniser that has pictures of pages, and not one word."""
    words = list(extracted.raw)
    for mark in extracted.marks:
        words[mark.start : mark.end] = "_" * (mark.end - mark.start)
    if not _WORD.search("".join(words)) and list_page_pictures(data):
        message = "这份文档里只有图片，没有文字，像是扫描件。"
        raise Handover("no_text", message, "ocr", extracted.format)


def extract_scan(data: bytes, limits: Limits) -> Extracted:
    """Return the text of recognised pages; raises RejectedFile "no_text" where there is none."""
    file, pages = read_recognised(data)
    check_length(sum(page.chars for page in pages), limits)
    if not any(page.chars for page in pages):
        raise RejectedFile("no_text", "图像中没有认出文字：可能是空白页、照片，或者过于模糊。")
    aside = _set_aside(pages)
    written = write_pages(pages, aside)
    notices = (*tell_recognised(file, written), *tell_margins(aside))
    return Extracted(written.raw, "utf-8", "scan", tuple(written.marks), notices)


def read_recognised(data: bytes) -> tuple[RecognisedFile, list[PrintedPage]]:
    """Return the record of recognised pages, and those with words as pages of a PDF."""
    file = read_record(RecognisedFile, data)
    if file.hocr:
        file = replace(file, pages=[read_hocr(*page) for page in file.hocr])
    return file, [print_page(page) for page in file.pages if page.lines]


def _set_aside(pages: Sequence[PrintedPage]) -> dict[int, list[tuple[str, str, str]]]:
    """Take out of the pages what is not the text's; return kind, words and rule, by page."""
    taken = take_furniture(pages)
    aside = {}
    for page in pages:
        rows = part_rows(taken.get(page.number, []))
        aside[page.number] = [
            *(("pager", write_row(row), "ocr:page") for row in rows),
            *(("stray", words, "ocr:stray") for words in page.strays),
        ]
    return aside


def tell_recognised(file: RecognisedFile, written: Written, part_of: str = "") -> Iterator[Notice]:
    """Yield what a reader of recognised pages has to know.

    part_of names the file where the pages are some of it.
    """
    name = NAMES.get(file.engine, file.engine)
    numbers = _name_pages(page for page in file.pages if page.lines)
    what = f"{part_of}第 {numbers} 页" if part_of else "本文"
    if numbers:
        yield Notice(RECOGNISED, f"{what}由图像识别而来（{name}），可能有错字，请逐字对照原件。")
    if not part_of:
        yield from _tell_empty(file)
    sealed = _name_pages(page for page in file.pages if page.seals)
    if sealed:
        yield Notice("seal", f"第 {sealed} 页盖有印章，印文没有读出，所盖之处请对照原件。")
    yield from _tell_doubts(written)


def _tell_empty(file: RecognisedFile) -> Iterator[Notice]:
    empty = _name_pages(page for page in file.pages if not page.lines)
    if empty:
        message = f"第 {empty} 页没有认出文字（可能是空白页、图片，或者过于模糊），请对照原件。"
        yield Notice("scanned_pages", message)


def _name_pages(pages: Iterator[RecognisedPage]) -> str:
    numbers = list(dict.fromkeys(page.number for page in pages))
    return "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")


def _tell_doubts(written: Written) -> Iterator[Notice]:
    """Yield a notice for each place with doubtful characters, and one for what is not told."""
    raw = written.raw
    pages = {at: page for start, end, page in written.doubts for at in range(start, end)}
    pages |= _find_open_ends(written)
    spans = list(_join_offsets(raw, sorted(pages)))
    for start, end in spans[:MOST_TOLD]:
        before = raw[max(0, start - SHOWN) : start].rpartition("\n")[2]
        after = raw[end : end + SHOWN].partition("\n")[0]
        words = f"{before}〔{raw[start:end]}〕{after}"
        yield Notice(DOUBTFUL, f"第 {pages[start]} 页识别存疑：“{words}”", start, end)
    if len(spans) > MOST_TOLD:
        rest = len(spans) - MOST_TOLD
        message = f"另有 {rest} 处识别存疑，没有逐一列出：原件不清，请全文对照。"
        yield Notice(DOUBTFUL, message)


def _find_open_ends(written: Written) -> dict[int, int]:
    """Return the last characters of long paragraphs without a mark at their end, with the page."""
    found = {}
    recognised = written.recognised
    for start, page in written.paragraphs:
        if page not in recognised:
            continue
        end = written.raw.index("\n", start)
        if end - start >= LONG and HAN.match(written.raw[end - 1]):
            found[end - 1] = page
    return found


def _join_offsets(raw: str, offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    last = -1
    for offset in offsets:
        if start is not None and (offset - last > NEAR + 1 or "\n" in raw[last:offset]):
            yield start, last + 1
            start = None
        start = offset if start is None else start
        last = offset
    if start is not None:
        yield start, last + 1
