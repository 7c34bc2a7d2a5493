"""PDF files of which some pages are scans: recognised in their place, or told of at it."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from benchmarks.pdf_layouts.sheets import Sheet, build_file
from corpus_app.ingest.formats import extract, extract_converted
from corpus_app.ingest.formats.extracted import Converted, Extracted
from corpus_app.ingest.sandbox.messages import write_record
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.scans.recognised import RecognisedFile, RecognisedPage, join_pages
from tests.ingest.test_scans import HEIGHT, WIDTH, draw_page, needs_engine, save, set_line

BEFORE, BEHIND = (
    "第一页的话写到右边为止一共这么多字没有说完要",
    "第三页的话另起一头说到这里就算是说完了。",
)
SCANNED = "第二页是扫描件，上面的字由机器识别出来。"


def build_mixed() -> bytes:
    """Return a PDF whose second page of three is a picture."""
    sheets = [Sheet(), Sheet(), Sheet()]
    for number, words in ((0, BEFORE), (2, BEHIND)):
        for row in range(8):
            sheets[number].write(words, 60, 100 + 20 * row, 12)
    sheets[1].picture(0, 0, 595, 842)
    return build_file(sheets)


def read_mixed(*lines: str) -> Extracted:
    rows = [set_line(line, 100, 200 + 60 * n, [2]) for n, line in enumerate(lines)]
    record = RecognisedFile("rapidocr", [RecognisedPage(2, WIDTH, HEIGHT, rows)])
    joined = join_pages(write_record(record), build_mixed())
    return extract_converted(joined, Converted("mixed", "pdf", ()))


def test_a_page_that_is_no_text_is_told_at_its_place_and_parts_what_is_around_it() -> None:
    found = extract(build_mixed(), "file.pdf")
    assert found.scanned == (2,)
    (notice,) = found.notices
    assert (notice.code, "第 2 页" in notice.message) == ("scanned_pages", True)
    assert notice.start is not None
    assert notice.end is not None
    assert found.raw[notice.start : notice.end] == "要\n第"
    assert f"{BEFORE}\n{BEHIND}" in found.raw


def test_a_scanned_page_is_read_in_its_place_and_its_doubts_are_told() -> None:
    found = read_mixed(SCANNED)
    assert f"{BEFORE}\n{SCANNED}\n{BEHIND}" in found.raw
    assert found.scanned == ()
    codes = [notice.code for notice in found.notices]
    assert codes == ["recognised", "doubtful_chars"]
    doubt = found.notices[1]
    assert found.raw[doubt.start : doubt.end] == "页"
    assert doubt.message.startswith("第 2 页识别存疑")
    assert not found.marks


def test_a_scanned_page_without_words_stays_told_as_unread() -> None:
    found = read_mixed()
    assert [notice.code for notice in found.notices] == ["scanned_pages"]


@needs_engine
@pytest.mark.slow
def test_scanned_pages_are_recognised_among_pages_of_text() -> None:
    whole = pypdfium2.PdfDocument(build_file([Sheet()]))
    for data in (build_mixed(), save([draw_page([SCANNED])], "PDF")):
        whole.import_pages(pypdfium2.PdfDocument(data), [0])
    written = io.BytesIO()
    whole.save(written)
    draft = parse_file(written.getvalue(), "mixed.pdf")
    assert draft.raw.rstrip().endswith(SCANNED)
    assert "recognised" in {notice.code for notice in draft.notices}
