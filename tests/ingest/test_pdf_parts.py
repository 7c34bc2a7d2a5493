"""PDF files with odd parts: what cannot be read is told, what nobody sees is no text."""

from __future__ import annotations

import pytest

from benchmarks.pdf_layouts.sheets import FONTS, Sheet, build_file, join_objects, write_stream
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.limits import Limits
from tests.ingest.format_files import build_pdf

SONG = (FONTS[0].replace("5 0 R", "6 0 R"), FONTS[2])
NAMED = "/BaseFont/ABCDEF+Own"
GLYPHS = (
    f"<</Type/Font/Subtype/CIDFontType2{NAMED}/CIDSystemInfo<</Registry(Adobe)"
    "/Ordering(Identity)/Supplement 0>>/DW 1000>>"
)
MEETING = "BT /F 12 Tf 60 700 Td <4ECA59294F1A> Tj ET"
TODAY = "BT /F 12 Tf 60 800 Td <4ECA5929> Tj ET"
MAPPED = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName/X def "
    "1 begincodespacerange <0000><FFFF> endcodespacerange 3 beginbfchar "
    "<0003><4ECA> <0004><5929> <0005><E123> endbfchar endcmap end end"
)


def build_page(
    content: str, *more: str, page: str = "", catalog: str = "", resources: str = ""
) -> bytes:
    """Return a file of one page; its fonts and further objects are numbered from 5."""
    return join_objects(
        [
            f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            f"/Resources<</Font<</F 5 0 R>>{resources}>>{page}>>",
            write_stream("", content),
            *more,
        ]
    )


def read(data: bytes) -> Extracted:
    return extract(data, "file.pdf")


def list_marks(extracted: Extracted) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in extracted.marks]


def list_codes(extracted: Extracted) -> list[str]:
    return [notice.code for notice in extracted.notices]


@pytest.mark.parametrize(
    "font",
    [
        (f"<</Type/Font/Subtype/Type0{NAMED}/Encoding/Identity-H/DescendantFonts[6 0 R]>>", GLYPHS),
        (
            f"<</Type/Font/Subtype/Type1{NAMED}/FirstChar 0/LastChar 5/Widths[9 9 9 9 9 9]"
            "/Encoding<</Differences[0/g1/g2/g3/g4/g5/g6]>>>>",
        ),
    ],
)
def test_a_font_without_characters_is_for_recognition(font: tuple[str, ...]) -> None:
    with pytest.raises(Handover, match="没有写明字符") as refused:
        read(build_page("BT /F 12 Tf 60 700 Td <000300040005000300040005> Tj ET", *font))
    assert refused.value.outside == "ocr"


def test_private_and_unknown_characters_are_told() -> None:
    font = f"<</Type/Font/Subtype/Type0{NAMED}/Encoding/Identity-H/DescendantFonts[6 0 R]"
    content = "BT /F 12 Tf 60 700 Td <000300040003000400030004000500030001> Tj ET"
    found = read(build_page(content, f"{font}/ToUnicode 7 0 R>>", GLYPHS, write_stream("", MAPPED)))
    assert found.raw == "今天今天今天\ue123今\ufffd\n"
    assert list_codes(found) == ["unknown_symbols", "private_characters"]


def test_what_a_tagged_file_calls_no_content_is_the_page_s() -> None:
    content = f"/Artifact<</Type/Pagination>>BDC {TODAY} EMC {MEETING}"
    assert list_marks(read(build_page(content, *SONG))) == [("pager", "今天")]


def test_a_layer_that_is_off_is_hidden() -> None:
    data = build_page(
        f"/OC/L BDC {TODAY} EMC {MEETING}",
        *(*SONG, "<</Type/OCG/Name(L)>>"),
        resources="/Properties<</L 7 0 R>>",
        catalog="/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>",
    )
    found = read(data)
    if found.marks:  # Without a Chinese font nothing can be drawn to see whether it shows.
        assert list_marks(found) == [("hidden_text", "今天")]
        assert list_codes(found) == ["hidden_text"]
    assert "今天会" in found.raw


def test_words_that_are_cut_off_are_hidden() -> None:
    found = read(
        build_page(f"q 50 50 9 9 re W n {TODAY} Q q 0 0 595 842 re W n {MEETING} Q", *SONG)
    )
    assert "今天会" in found.raw
    assert list_marks(found) in ([], [("hidden_text", "今天")])  # None without a Chinese font.


def test_words_of_annotations_are_read_where_they_show_and_told_where_not() -> None:
    data = build_page(
        MEETING,
        *SONG,
        "<</Type/Annot/Subtype/FreeText/Rect[60 600 260 630]/F 4/Contents(x)/AP<</N 8 0 R>>>>",
        write_stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F 5 0 R>>>>",
            "BT /F 12 Tf 2 8 Td <6279793A> Tj ET",
        ),
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[60 500 260 530]/V<FEFF59D3540D>>>",
        "<</Type/Annot/Subtype/Text/F 4/Rect[300 500 320 530]/Contents<FEFF6279>>>",
        page="/Annots[7 0 R 9 0 R 10 0 R]",
    )
    found = read(data)
    assert found.raw == "今天会\n批示\n"
    told = {notice.code: notice.message for notice in found.notices}
    assert "批" in told["comments"]
    assert "姓名" in told["unread_part"]


def test_a_file_inside_is_told_by_its_name() -> None:
    data = build_page(
        MEETING,
        *SONG,
        "<</Type/Filespec/F(a.docx)/UF<FEFF96644EF6>/EF<</F 8 0 R>>>>",
        write_stream("/Type/EmbeddedFile", "x"),
        catalog="/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>",
    )
    (notice,) = read(data).notices
    assert (notice.code, "除件" in notice.message) == ("unread_part", True)


def test_a_page_that_cannot_be_opened_is_told() -> None:
    data = build_page(MEETING, *SONG).replace(b"[3 0 R]/Count 1", b"[3 0 R 99 0 R]/Count 2")
    (notice,) = read(data).notices
    assert (notice.code, "第 2 页已损坏" in notice.message) == ("scanned_pages", True)


def test_blank_pages_are_nothing_to_tell_of() -> None:
    sheet = Sheet()
    sheet.write("今天开会。", 60, 100)
    assert read(build_file([sheet, Sheet()])).notices == ()
    with pytest.raises(RejectedFile, match="没有文字") as refused:
        read(build_file([Sheet(), Sheet()]))
    assert not isinstance(refused.value, Handover)


def test_a_scanner_s_name_makes_no_text_of_a_scan() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, sheet.width, sheet.height)
    sheet.write("某某扫描 创建", 450, 830, 8)
    with pytest.raises(Handover, match="扫描件"):
        read(build_file([sheet]))


def test_a_page_of_endless_characters_is_refused_before_it_is_read() -> None:
    with pytest.raises(RejectedFile) as refused:
        extract(
            build_pdf("BT /F 9 Tf 9 9 Td " + "(aaaaaaaaaa) Tj " * 999),
            "a.pdf",
            Limits(text_chars=99),
        )
    assert refused.value.code == "too_large"


def test_readings_over_characters_are_no_text_and_indices_are() -> None:
    sheet = Sheet()
    for text, x, y, size in (
        *(("逐条登记建议，供水", 60, 100, 12), ("zhu tiao", 61, 88, 5), ("12m", 168, 100, 12)),
        *(("2", 186, 95, 7), ("的", 194, 100, 12), ("H", 206, 100, 12), ("2", 213, 103, 7)),
        *(("O办法。", 218, 100, 12), ("••", 86, 88, 5)),
    ):
        sheet.write(text, x, y, size)
    found = read(build_file([sheet]))
    assert found.raw.splitlines()[0] == "逐条登记建议，供水12m2的H2O办法。"
    assert list_marks(found) == [("annotation", "zhu tiao ••")]


def test_a_recognised_layer_may_lie_askew_and_have_blanks_between_characters() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, sheet.width, sheet.height)
    lines = (
        "今 天 我 们 开 会 ， 总 结 2024 年 工 作 ，",
        "部 署 Work plan 任 务 ， 请 大 家 发 言 。",
    )
    for number, line in enumerate(lines):
        sheet.write(line, 60, 100 + 20 * number, 12, angle=0.6, mode=3)
    found = read(build_file([sheet]))
    words = "".join(found.raw.splitlines())
    assert words == "今天我们开会，总结 2024 年工作，部署 Work plan 任务，请大家发言。"
    assert list_codes(found) == ["recognised"]


def test_each_of_two_pages_on_a_sheet_has_its_number() -> None:
    sheet = Sheet(1190, 842)
    for x, number in ((80, 12), (680, 13)):
        for row in range(12):
            sheet.write(
                f"第{number}页第{row:02}行写到右边为止的字句，一共这么多字", x, 100 + 20 * row, 12
            )
        sheet.write(str(number), x + 200, 810, 10)
    found = read(build_file([sheet]))
    assert list_marks(found) == [("pager", "12 13")]
    assert found.raw.index("第12页第11行") < found.raw.index("第13页第00行")


def test_notes_of_like_words_on_each_page_are_no_running_feet() -> None:
    sheets = []
    for number in range(1, 4):
        sheet = Sheet()
        for row in range(9):
            sheet.write(
                f"第{number}页第{row}行，全县代表工作会议提出意见办理建议", 60, 200 + 20 * row, 12
            )
        sheet.write("①", 325, 195, 6)
        sheet.write(f"①同上，第{number}页。", 60, 790, 9)
        sheet.write(str(number), 290, 815, 9)
        sheets.append(sheet)
    found = read(build_file(sheets))
    assert [line for line in found.raw.splitlines() if "同上" in line] == [
        f"[注{number}] 同上，第{number}页。" for number in range(1, 4)
    ]
    assert sorted(list_marks(found)) == [*[("markup", "①")] * 3, *[("pager", n) for n in "123"]]


def test_close_lines_that_end_alike_are_all_read() -> None:
    end = "项，完成率百分之百，群众满意率百分之九十以上。".encode("utf-16-be").hex()
    rows = []
    for number in range(12):
        place = f"{620 - 12 * number}"
        name = f"第{number + 10}号镇完成整改任务十二".encode("utf-16-be").hex()
        rows.append(f"BT /F 12 Tf 1 0 0 1 60 {place} Tm <{name}> Tj ET")
        rows.append(f"BT /F 12 Tf 1 0 0 1 230 {place} Tm <{end}> Tj ET")
    raw = read(build_page("\n".join(rows), *SONG)).raw
    assert (raw.count("完成整改任务十二"), raw.count("项，完成率百分之百")) == (12, 12)


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    words = "今天天气晴好".encode("utf-16-be").hex()
    rows = [f"BT /F 12 Tf 1 0 0 1 {60 + shift} 700 Tm <{words}> Tj ET" for shift in (0, 0.4, 1)]
    assert read(build_page("\n".join(rows), *SONG)).raw.count("今天天气晴好") == 1


def test_lines_across_large_letters_stay_lines() -> None:
    upper, lower = "要紧盯扬尘治理，逐一建立台账", "六个百分之百的要求落到实处"
    rows = [
        f"BT /F {size} Tf 1 0 0 1 {left} {base} Tm <{words.encode('utf-16-be').hex()}> Tj ET"
        for words, size, left, base in (
            (upper, 12, 60, 472),
            (lower, 12, 60, 456),
            ("内部资料", 60, 60, 460),
        )
    ]
    raw = read(build_page("\n".join(rows), *SONG)).raw
    assert upper in raw
    assert lower in raw
