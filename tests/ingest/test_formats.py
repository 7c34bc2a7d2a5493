"""Formats: each gives its text, and every unfit file is refused with the right code."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import ACCEPTED_SUFFIXES, extract
from corpus_app.ingest.formats.detection import EXTENSIONS
from corpus_app.ingest.limits import DEFAULT_LIMITS, Limits
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each
from tests.ingest.word_files import build_numbered, build_word, replace_member, save

SPEECH = "同志们：\n今天我们召开代表工作会议，总结工作，部署任务。\n"
SMALL = Limits(file_bytes=5_000_000, text_chars=1000, unpacked_bytes=1_000_000, members=100)
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def make_zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


BAD_FILES = [
    ("empty.txt", b"", "empty"),
    ("empty.docx", b"", "empty"),
    ("mark.txt", b"\xef\xbb\xbf", "empty"),
    ("blank.txt", " \n\u3000\t\n".encode(), "no_text"),
    ("blank.html", b"<html><body><p> </p><script>var a=1</script></body></html>", "no_text"),
    ("blank.docx", build_word("", "  "), "no_text"),
    ("binary.txt", bytes(range(256)) * 50, "undecodable"),
    ("zeros.md", b"\x00" * 1000, "undecodable"),
    ("speech.pdf", b"%PDF-1.7\n%\xe2\xe3", "damaged"),
    ("pdf.txt", b"%PDF-1.7\n%\xe2\xe3", "damaged"),
    ("pdf.docx", b"%PDF-1.7\n%\xe2\xe3", "damaged"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
    ("rich.txt", b"{\\rtf1\\ansi {\\pict 00}}", "no_text"),
    ("text.pdf", SPEECH.encode(), "damaged"),
    ("text.odt", SPEECH.encode(), "damaged"),
    ("text.epub", SPEECH.encode(), "damaged"),
    ("zeros.doc", b"\x00" * 1000, "damaged"),
    ("photo.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "damaged"),
    ("photo.gif", b"GIF89a" + b"\x00" * 90, "unsupported"),
    ("many.zip", make_zip("a.txt", "b.txt"), "unsupported"),
    ("sheet.xlsx", make_zip("xl/workbook.xml"), "unsupported"),
    ("slides.txt", make_zip("ppt/presentation.xml"), "unsupported"),
    ("archive.rar", b"Rar!\x1a\x07\x00" + b"\x00" * 90, "unsupported"),
    ("table.csv", SPEECH.encode(), "unsupported"),
    ("code.py", b"print(1)", "unsupported"),
    ("text.docx", SPEECH.encode(), "damaged"),
    ("random.docx", bytes(range(256)) * 50, "damaged"),
    ("cut.docx", build_word("同志们：")[:2000], "damaged"),
    ("hollow.docx", make_zip("other.xml"), "damaged"),
    (
        "broken.docx",
        replace_member(build_word("x"), "word/document.xml", b"<w:document"),
        "damaged",
    ),
    ("alien.docx", make_zip("word/document.xml"), "damaged"),
    ("long.txt", ("同志们。" * 300).encode(), "too_large"),
    ("long.html", ("<p>" + "同志们。" * 300).encode(), "too_large"),
    ("big.txt", b"a" * 5_000_001, "too_large"),
    (
        "bomb.docx",
        replace_member(build_word("x"), "word/media/a.bin", b"\x00" * 3_000_000),
        "too_large",
    ),
    ("crowd.docx", make_zip("word/document.xml", *(f"m{i}" for i in range(200))), "too_large"),
]


@for_each(("name", "data", "code"), BAD_FILES)
def test_it_refuses_each_unfit_file_with_its_code(name: str, data: bytes, code: str) -> None:
    with pytest.raises(RejectedFile) as refused:
        extract(data, name, SMALL)
    assert refused.value.code == code
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.message)


def test_it_refuses_two_hundred_megabytes_from_the_size_alone() -> None:
    with pytest.raises(RejectedFile) as refused:
        extract(bytes(DEFAULT_LIMITS.file_bytes + 1), "big.txt")
    assert refused.value.code == "too_large"


def test_it_names_what_an_unsupported_file_is() -> None:
    with pytest.raises(RejectedFile, match="RAR 压缩包"):
        extract(b"Rar!\x1a\x07\x00" + b"\x00" * 90, "speech.doc")


def test_it_offers_every_name_that_it_reads() -> None:
    assert set(ACCEPTED_SUFFIXES) <= set(EXTENSIONS)
    assert set(EXTENSIONS.values()) == {EXTENSIONS[suffix] for suffix in ACCEPTED_SUFFIXES}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", SPEECH, "txt"),
        ("a", SPEECH, "txt"),
        ("A.TXT", SPEECH, "txt"),
        ("a.md", SPEECH, "md"),
        ("a.html", SPEECH, "txt"),
        ("a.txt", "<!DOCTYPE html><html><body><p>同志们：</p></body></html>", "html"),
        ("a.md", "\n<html><body><p>同志们：</p></body></html>", "html"),
        ("a.doc", "<html><body><p>同志们：</p></body></html>", "html"),
        ("a.htm", "<div>同志们：</div>", "html"),
        ("a.doc", SPEECH, "txt"),
        ("a.wps", SPEECH, "txt"),
        ("a.rtf", SPEECH, "txt"),
    ],
)
def test_it_trusts_the_content_before_the_name(name: str, content: str, kind: str) -> None:
    assert extract(content.encode(), name).format == kind


def test_it_reads_a_word_file_under_a_wrong_name() -> None:
    extracted = extract(build_word("同志们：", "开会了。"), "speech.txt")
    assert (extracted.format, extracted.raw) == ("docx", "同志们：\n开会了。\n")


def test_it_keeps_plain_text_as_it_is() -> None:
    text = "\u3000\u3000同志们：\r\n\r\n今天\u3000开会。 \n"
    assert extract(text.encode(), "a.txt").raw == text


def test_it_writes_out_the_numbers_that_word_makes() -> None:
    data = build_numbered(
        (-1, "同志们："), (0, "提高认识"), (1, "学原文"), (1, "悟原理"), (2, "每月一课"),
        (0, "狠抓落实"), (1, "压实责任"), (-1, "总之，要抓好落实。"),
    )  # fmt: skip
    extracted = extract(data, "a.docx")
    assert extracted.raw.splitlines() == [
        "同志们：", "一、提高认识", "（一）学原文", "（二）悟原理", "1.每月一课",
        "二、狠抓落实", "（一）压实责任", "总之，要抓好落实。",
    ]  # fmt: skip
    assert [notice.code for notice in extracted.notices] == ["numbering"]


def test_it_reads_tables_as_tabbed_lines_in_their_place() -> None:
    document = Document()
    document.add_paragraph("前一段。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("事项", "件数", "建议", "126"), strict=True):
        cell.text = text
    document.add_paragraph("后一段。")
    assert extract(save(document), "a.docx").raw.splitlines() == [
        "前一段。", "事项\t件数", "建议\t126", "后一段。",
    ]  # fmt: skip


def test_it_leaves_out_deleted_words_and_says_so() -> None:
    data = build_word("同志们开会")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    marked = xml.replace(
        "<w:r><w:t>同志们开会</w:t></w:r>",
        "<w:r><w:t>同志们</w:t></w:r><w:del><w:r><w:delText>休会</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>开会</w:t></w:r></w:ins>",
    )
    assert marked != xml
    extracted = extract(replace_member(data, "word/document.xml", marked.encode()), "a.docx")
    assert extracted.raw == "同志们开会\n"
    assert [notice.code for notice in extracted.notices] == ["tracked_changes"]


def test_it_lays_out_a_page_line_by_line_and_marks_its_chrome() -> None:
    page = (
        "<html><head><style>p{}</style></head><body><nav><a>首页</a></nav><h1>讲话</h1>"
        "<p>第一<b>段</b>，\n接着说。<br>第二行。</p><script>x()</script>"
        "<div class='footer'>版权所有</div></body></html>"
    )
    extracted = extract(page.encode(), "a.html")
    assert extracted.raw.splitlines() == [
        "首页",
        "讲话",
        "第一段， 接着说。",
        "第二行。",
        "版权所有",
    ]
    assert [mark.text.strip() for mark in extracted.marks] == ["首页", "版权所有"]


def test_it_keeps_running_text_even_in_a_box_called_footer() -> None:
    body = "同志们要认真学习会议精神，把思想统一到会议的要求上来，确保各项工作落到实处。" * 3
    extracted = extract(
        f"<html><body><div class='footer'>{body}</div></body></html>".encode(), "a.html"
    )
    assert extracted.raw.strip() == body
    assert extracted.marks == ()


def test_it_marks_hidden_text_and_says_so() -> None:
    page = "<html><body><p>同志们：</p><p style='display: none'>采集专用</p></body></html>"
    extracted = extract(page.encode(), "a.html")
    assert [(m.kind, m.text.strip()) for m in extracted.marks] == [("hidden_text", "采集专用")]
    assert [notice.code for notice in extracted.notices] == ["hidden_text"]


def test_it_takes_the_title_of_a_page_that_shows_none() -> None:
    page = "<html><head><title>在机关会议上的讲话_某某网</title></head><body><p>同志们：</p></body></html>"  # noqa: E501
    assert extract(page.encode(), "a.html").raw.splitlines() == ["在机关会议上的讲话", "同志们："]


def test_it_reads_a_page_in_the_encoding_it_is_in() -> None:
    page = f"<html><head><meta charset='gb2312'></head><body><p>{SPEECH}</p></body></html>"
    extracted = extract(page.encode("gb18030"), "a.html")
    assert extracted.encoding == "gb18030"
    assert "今天我们召开代表工作会议" in extracted.raw


def test_it_reads_deep_pages_whole_or_refuses_them() -> None:
    page = "<html><body>" + "<div>" * 2_000 + "同志们：开会了。" + "</div>" * 2_000
    assert "同志们：开会了。" in extract(page.encode(), "a.html").raw
    with pytest.raises(RejectedFile) as refused:
        extract(page.replace("<div>", "<div>" * 20).encode(), "a.html")
    assert refused.value.code == "damaged"


def test_it_marks_markdown_signs_and_keeps_a_lone_asterisk() -> None:
    text = "# **一、提高认识**\n\n要[认真](https://a.cn/b)学习，为*高质量发展尽力。\n- 第一条\n"
    extracted = extract(text.encode(), "a.md")
    assert extracted.raw == text
    kept = list(text)
    for mark in extracted.marks:
        assert text[mark.start : mark.end] == mark.text
        kept[mark.start : mark.end] = [""] * (mark.end - mark.start)
    assert "".join(kept) == "一、提高认识\n\n要认真学习，为*高质量发展尽力。\n第一条\n"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files beside the project")
def test_it_reads_the_real_samples_beside_the_project() -> None:
    assert extract((SAMPLES / "gb18030.txt").read_bytes(), "gb18030.txt").encoding == "gb18030"
    assert "主标题" in extract((SAMPLES / "word.docx").read_bytes(), "word.docx").raw
    mixed = parse_bytes((SAMPLES / "html_in_markdown.md").read_bytes(), "html_in_markdown.md")
    assert "markup" in {notice.code for notice in mixed.notices}
    assert "<p>" not in mixed.text


def test_it_reads_the_text_that_a_feed_wraps_in_cdata() -> None:
    page = (
        "<title>讲话</title><description><![CDATA[<p>同志们：</p><p>要实干。</p>]]></description>"
    )
    assert "要实干。" in extract(page.encode(), "feed.html").raw


@pytest.mark.parametrize("name", ["讲话.zip", "讲话.7z", "讲话.tar.gz"])
def test_a_packed_files_name_on_something_else_is_said_to_be_damage(name: str) -> None:
    with pytest.raises(RejectedFile) as refused:
        parse_bytes("同志们：今天开会。".encode(), name)
    assert refused.value.code == "damaged"
    assert "不是压缩包" in refused.value.message


def test_it_refuses_a_tag_of_countless_attributes_at_once_and_no_long_honest_one() -> None:
    flood = " ".join(f"a{number}=1" for number in range(200_000))
    started = time.process_time()
    with pytest.raises(RejectedFile, match="200000 个属性"):
        extract(f"<html><p {flood}>同志们：</p>".encode(), "a.html")
    assert time.process_time() - started < 5
    long = f'<img alt="{"图 = 1 " * 50_000}" src="data:image/png;base64,{"A" * 500_000}">'
    assert "同志们：" in extract(f"<html>{long}<p>同志们：</p>".encode(), "a.html").raw
