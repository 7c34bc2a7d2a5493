"""Electronic books: chapters in the order of the spine, members of the package alone."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from tests.ingest.format_files import SPEECH_LINES, build_epub, read_sample
from tests.ingest.word_files import replace_member


def test_it_reads_what_an_office_program_wrote() -> None:
    extracted = extract(read_sample("speech.epub"), "speech.epub")
    assert extracted.format == "epub"
    lines = extracted.raw.splitlines()
    assert lines[:5] == SPEECH_LINES[:5]
    assert "谢谢大家！" in lines


def test_it_follows_the_spine_and_shifts_the_marks() -> None:
    pages = [
        f"<html><body><nav>目录</nav><p>第{n}章。</p></body></html>" for n in ("一", "二", "三")
    ]
    extracted = extract(build_epub(*pages), "a.epub")
    assert extracted.raw.split() == ["目录", "第一章。", "目录", "第二章。", "目录", "第三章。"]
    assert len(extracted.marks) == 3
    for mark in extracted.marks:
        assert extracted.raw[mark.start : mark.end] == mark.text


def test_it_refuses_chapters_under_a_publishers_lock() -> None:
    lock = b'<encryption><CipherReference URI="OEBPS/text/c0.xhtml"/></encryption>'
    data = replace_member(build_epub("<p>x</p>"), "META-INF/encryption.xml", lock)
    with pytest.raises(RejectedFile) as refused:
        extract(data, "a.epub")
    assert refused.value.code == "unsupported"


def test_it_opens_nothing_outside_the_book() -> None:
    book = (
        b'<package><manifest><item id="a" href="../../../../etc/passwd"'
        b' media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    with pytest.raises(RejectedFile) as refused:
        extract(replace_member(build_epub("<p>x</p>"), "OEBPS/book.opf", book), "a.epub")
    assert refused.value.code == "no_text"


def test_it_hides_by_the_sheets_of_the_book_and_tells_of_parts_out_of_order() -> None:
    page = (
        '<html><head><link rel="stylesheet" href="../book.css"/></head><body><p>正文一段</p>'
        '<p class="secret">暗语</p></body></html>'
    )
    book = build_epub(page, "<p>附页</p>")
    sheet = replace_member(book, "OEBPS/book.css", b".secret { display: none }")
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        root = package.read("OEBPS/book.opf").decode()
    parts = root.replace('idref="c1.xhtml"', 'idref="c1.xhtml" linear="no"').encode()
    extracted = extract(replace_member(sheet, "OEBPS/book.opf", parts), "a.epub")
    assert "附页" not in extracted.raw
    assert [(mark.kind, mark.text.strip()) for mark in extracted.marks] == [("hidden_text", "暗语")]
    assert {notice.code for notice in extracted.notices} == {"hidden_text", "unread_part"}


def test_sheets_of_the_book_hold_in_their_order_for_a_screen_and_import_others() -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="../a.css"/>'
        '<link rel="stylesheet" media="print" href="../p.css"/><style>.b{display:block}</style>'
        '<link rel="alternate stylesheet" href="../p.css"/></head><body><p class="a">藏</p>'
        '<p class="b">见</p><p class="c">暗</p></body></html>'
    )
    book = build_epub(page)
    for name, sheet in (
        ("a.css", b"@import 'in/b.css'; .a & > i { x: y } .a, .b { display: none }"),
        ("in/b.css", b'@charset "gbk"; @import "c.css" screen;'),
        ("in/c.css", b".c { color: #fff }"),
        ("p.css", b"p { display: none }"),
    ):
        book = replace_member(book, f"OEBPS/{name}", sheet)
    extracted = extract(book, "a.epub")
    assert [mark.text.strip() for mark in extracted.marks] == ["藏", "暗"]


def test_it_tells_of_parts_that_are_not_read_and_where_pictures_stand() -> None:
    picture = "<html><p>第一章。<img src='a.png'/>完。</p></html>"
    data = build_epub(picture, "<p>第二章。</p>", "<p>三</p>")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = package.read("OEBPS/book.opf")
    aside = b'<itemref idref="c2.xhtml" linear="no"/><itemref idref="x"/>'
    book = book.replace(b'<itemref idref="c2.xhtml"/>', aside)
    extracted = extract(replace_member(data, "OEBPS/book.opf", book), "a.epub")
    assert extracted.raw.split() == ["第一章。完。", "第二章。"]
    told = {notice.code: notice for notice in extracted.notices}
    assert "c2.xhtml" in told["unread_part"].message
    assert (told["pictures"].start, told["pictures"].end) == (3, 5)
