"""Scans: recognised pages become paragraphs, doubtful characters are told with their places."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageDraw, ImageFont

from corpus_app.ingest import readers
from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats import extract, extract_converted
from corpus_app.ingest.formats.extracted import Converted, Extracted, Handover
from corpus_app.ingest.formats.outside import convert_outside
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.readers import find_reader
from corpus_app.ingest.sandbox.messages import write_record
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.scans.drawing import count_pages, draw_pages
from corpus_app.ingest.scans.recognised import (
    RecognisedChar,
    RecognisedFile,
    RecognisedLine,
    RecognisedPage,
)
from tests.ingest.invariants import check_invariants

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
needs_engine = pytest.mark.skipif(
    not (find_reader("rapidocr").found and FONT.is_file()),
    reason="neither make ocr nor a Chinese font has been here",
)
EM = 30.0
WIDTH, HEIGHT = 1200.0, 1700.0


def set_line(
    text: str, left: float, top: float, doubtful: Sequence[int] = (), gap_after: int = -1
) -> RecognisedLine:
    """Return a line as a recogniser gives it; a character is missing behind gap_after."""
    chars, at, left, top = [], EM / 2, float(left), float(top)
    for number, char in enumerate(text):
        chars.append(RecognisedChar(char, 0.6 if number in doubtful else 0.999, at))
        at += EM * (2 if number == gap_after else 1)
    right, bottom = left + at, top + EM * 1.25
    return RecognisedLine([(left, top), (right, top), (right, bottom), (left, bottom)], chars)


def read(*pages: Sequence[RecognisedLine], seals: int = 0) -> Extracted:
    numbered = [
        RecognisedPage(number, WIDTH, HEIGHT, list(lines), seals)
        for number, lines in enumerate(pages, 1)
    ]
    record = write_record(RecognisedFile("rapidocr", numbered))
    return extract_converted(record, Converted("scan", "pdf", ()))


def list_doubts(extracted: Extracted) -> list[Notice]:
    return [notice for notice in extracted.notices if notice.code == "doubtful_chars"]


@given(
    st.lists(
        st.tuples(
            st.text("要抓好代表工作把握方向加强监督", min_size=8, max_size=28),
            st.sets(st.integers(0, 7), max_size=3),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_unsure_character_is_told_at_its_place(
    lines: list[tuple[str, set[int]]],
) -> None:
    page = [
        set_line(text + "。", 100, 200 + 60 * n, sorted(unsure))
        for n, (text, unsure) in enumerate(lines)
    ]
    extracted = read(page)
    body = "".join(text + "。" for text, _ in lines)
    assert extracted.raw.replace("\n", "") == body
    wanted, at = set[int](), 0
    for text, unsure in lines:
        wanted |= {at + offset for offset in unsure}
        at += len(text) + 1
    told = set[int]()
    for notice in list_doubts(extracted):
        assert notice.start is not None
        assert notice.end is not None
        before = len(extracted.raw[: notice.start].replace("\n", ""))
        told |= set(range(before, before + notice.end - notice.start))
    # One sure character between two unsure ones is told with them.
    assert wanted <= told
    assert all({at - 1, at + 1} <= wanted for at in told - wanted)


def test_room_for_a_character_that_was_not_read_is_told() -> None:
    doubts = list_doubts(read([set_line("坚持人民主体地位不动摇。", 100, 300, gap_after=3)]))
    assert ["坚持人〔民主〕体地位不动摇" in notice.message for notice in doubts] == [True]


def test_a_long_paragraph_without_a_stop_is_told_and_a_title_is_not() -> None:
    words = "抓好代表联络站建设" * 3 + "把意见建议办到群众心坎上"
    extracted = read([set_line("在代表工作会议上的讲话", 400, 200), set_line(words, 40, 400)])
    assert [extracted.raw[notice.start] for notice in list_doubts(extracted)] == ["上"]


def test_marks_take_the_width_that_they_have_in_chinese() -> None:
    line = set_line("(一)加强学习,提高认识;GDP(2024)增长5%.", 100, 300)
    assert read([line]).raw == "（一）加强学习，提高认识；GDP（2024）增长5%.\n"


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行要抓好代表工作，" for n in "一二三四五六"]
    right = [f"右栏第{n}行要办好代表建议，" for n in "一二三四五六"]
    lines = [set_line("代表工作通讯", 500, 100)]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        lines += [set_line(other, 640, 300 + 50 * number), set_line(one, 100, 300 + 50 * number)]
    raw = read(lines).raw.replace("\n", "")
    assert raw == "代表工作通讯" + "".join(left) + "".join(right)


def test_a_page_number_is_set_aside_and_empty_pages_and_seals_are_told() -> None:
    page = [set_line("各位代表，现在开会。", 100, 300), set_line("—3—", 560, 1620)]
    extracted = read(page, [], seals=1)
    assert [mark.text for mark in extracted.marks] == ["—3—"]
    assert {"scanned_pages", "seal", "recognised"} == {note.code for note in extracted.notices}


def test_what_was_read_from_stray_marks_is_no_text_and_not_lost() -> None:
    stray = set_line("川山工", 100, 900)
    stray = RecognisedLine(stray.corners, [RecognisedChar(c.text, 0.3, c.at) for c in stray.chars])
    extracted = read([set_line("各位代表，现在开会。", 100, 300), stray])
    assert [(mark.kind, mark.text) for mark in extracted.marks] == [("stray", "川山工")]


@pytest.mark.parametrize("suffix", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_a_picture_is_handed_over_and_a_small_or_damaged_one_refused(suffix: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(stream, suffix)
    with pytest.raises(Handover):
        extract(stream.getvalue(), "page.txt")
    with pytest.raises(RejectedFile, match=r"损坏|图片"):
        extract(stream.getvalue()[:25], f"page.{suffix.lower()}")
    small = io.BytesIO()
    Image.new("RGB", (120, 90), "white").save(small, suffix)
    with pytest.raises(RejectedFile, match="太小"):
        extract(small.getvalue(), "logo.png")


def test_a_picture_of_more_pixels_than_any_scan_has_is_refused_unopened() -> None:
    for side in (8_000, 30_000):
        stream = io.BytesIO()
        Image.new("1", (side, side), 1).save(stream, "PNG")
        with pytest.raises(RejectedFile, match="像素") as refused:
            extract(stream.getvalue(), "bomb.png")
        assert refused.value.code == "too_large"


def test_without_a_recogniser_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(readers, "OCR_PACKAGES", ("no_such_package",))
    readers.available_readers.cache_clear()
    try:
        with pytest.raises(RejectedFile, match=r"RapidOCR.*tesseract.*make ocr") as refused:
            parse_file(save([draw_page(["讲话"])], "PNG"), "scan.png")
    finally:
        monkeypatch.undo()
        readers.available_readers.cache_clear()
    assert refused.value.code == "unsupported"


SPEECH = [
    "　　　　　　在代表工作会议上的讲话",
    "　　　　　　　（2024年3月12日）",
    "　　　　　青禾县人大常委会主任 林守田",
    "同志们：",
    "　　今天我们召开代表工作会议，主要任务是总结去",
    "年的工作，部署今年的任务。下面，我讲两点意见。",
    "　　一、提高认识，把牢代表工作方向",
    "　　要坚持党的领导，把代表工作放到全县大局中去",
    "谋划，一件一件办，一项一项清。",
    "　　二、狠抓落实，办好代表建议",
    "　　要把代表建议办到群众心坎上。谢谢大家！",
]


@cache
def load_font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size, index=2)


def draw_page(lines: Sequence[str], *, size: int = 34) -> Image.Image:
    page = Image.new("RGB", (1000, 1100), "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        font = load_font(size) if FONT.is_file() else None
        pen.text((90, 90 + number * 58), line, font=font, fill=(25, 25, 25))
    return page


def save(pages: Sequence[Image.Image], kind: str) -> bytes:
    stream = io.BytesIO()
    several = {"save_all": True, "append_images": pages[1:]} if pages[1:] else {}
    pages[0].save(stream, kind, **several)
    return stream.getvalue()


def stamp(page: Image.Image) -> Image.Image:
    pen = ImageDraw.Draw(page)
    pen.ellipse((600, 640, 820, 860), outline=(225, 40, 40), width=9)
    pen.regular_polygon((710, 750, 45), 5, fill=(225, 40, 40))
    return page


@needs_engine
def test_a_scan_is_read_however_its_pages_lie_and_whatever_is_stamped_on_them() -> None:
    bent = draw_page(SPEECH).rotate(1.2, fillcolor="white", resample=Image.Resampling.BICUBIC)
    lying = draw_page(SPEECH[3:]).rotate(90, expand=True)
    draft = parse_file(save([bent, stamp(lying)], "PDF"), "scan.pdf")
    check_invariants(draft.to_json())
    assert draft.metadata.title == "在代表工作会议上的讲话"
    assert draft.metadata.dates["delivered"].value == "2024-03-12"
    assert draft.metadata.speaker == "林守田"
    assert [s.heading for s in draft.sections if s.kind == "section"][:2] == [
        "提高认识，把牢代表工作方向",
        "狠抓落实，办好代表建议",
    ]
    assert draft.text.count("主要任务是总结去年的工作，部署今年的任务。") == 2
    assert draft.text.count("要把代表建议办到群众心坎上。谢谢大家！") == 2
    assert [n.message for n in draft.notices if n.code == "seal"] == [
        "第 2 页盖有印章，印文没有读出，所盖之处请对照原件。"
    ]


def test_pages_of_picture_files_are_drawn_upright_on_white_and_long_ones_in_pieces(
    tmp_path: Path,
) -> None:
    file = tmp_path / "file"
    file.write_bytes(save([Image.new("1", (300, 400), 1), Image.new("L", (500, 400))], "TIFF"))
    assert [(n, page.mode, page.size) for n, page in draw_pages(file)] == [
        (1, "RGB", (300, 400)),
        (2, "RGB", (500, 400)),
    ]
    assert count_pages(file) == 2
    assert [number for number, _ in draw_pages(file, [2])] == [2]
    clear = Image.new("RGBA", (400, 3000), (0, 0, 0, 0))
    file.write_bytes(save([clear], "PNG"))
    pieces = [piece for _, piece in draw_pages(file)]
    assert sum(piece.height for piece in pieces) == 3000
    assert max(piece.height for piece in pieces) <= 780
    assert all(piece.getpixel((9, 9)) == (255, 255, 255) for piece in pieces)
    turned = Image.new("RGB", (500, 300), "white")
    turned.getexif()[274] = 6
    turned.save(file, "JPEG", exif=turned.getexif())
    assert [piece.size for _, piece in draw_pages(file)] == [(300, 500)]


@pytest.mark.skipif(not find_reader("tesseract").found, reason="tesseract has no chi_sim here")
def test_tesseract_reads_where_there_is_nothing_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "OCR_PACKAGES", ("no_such_package",))
    readers.available_readers.cache_clear()
    try:
        scan = save([draw_page(["2024 2025 2026", "100 200 300"], size=40)], "PNG")
        handover = Handover("unsupported", "", "ocr", "picture")
        extracted = extract_converted(*convert_outside(scan, Limits(), handover))
    finally:
        monkeypatch.undo()
        readers.available_readers.cache_clear()
    assert "2024" in extracted.raw
    assert extracted.format == "picture"
    assert "tesseract" in extracted.notices[0].message
