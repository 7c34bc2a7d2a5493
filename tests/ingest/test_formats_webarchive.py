"""Saved web pages: the page is found among the parts and read by the characters it states."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from tests.ingest.format_files import PAGE, build_mht


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("gb18030", "gb18030")]
)
def test_it_reads_the_page_in_its_stated_characters(charset: str, encoding: str) -> None:
    extracted = extract(build_mht(charset=charset), "a.mht")
    assert (extracted.format, extracted.encoding) == ("mht", encoding)
    assert extracted.raw.splitlines()[:2] == ["在代表工作会议上的讲话", "同志们："]


def test_it_finds_out_the_characters_where_a_wrong_set_is_stated() -> None:
    data = build_mht(charset="utf-8").replace(b'charset="utf-8"', b'charset="big5"')
    assert "今天我们召开代表工作会议" in extract(data, "a.mhtml").raw


def test_it_decodes_quoted_printable_and_takes_the_first_page() -> None:
    lines = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', ""]
    for page in ("=E5=90=8C=E5=BF=97=\r\n=E4=BB=AC", "=E5=B9=BF=E5=91=8A"):
        head = ["Content-Type: text/html; charset=utf-8"]
        lines += ["--b", *head, "Content-Transfer-Encoding: quoted-printable", "", page]
    data = "\r\n".join([*lines, "--b--", ""]).encode()
    assert extract(data, "a.mht").raw.strip() == "同志们"


@pytest.mark.parametrize("name", ["a.doc", "a.html", "a.txt", "a"])
def test_it_knows_a_saved_page_under_another_name(name: str) -> None:
    assert extract(build_mht(), name).format == "mht"


def test_it_says_that_a_saved_page_holds_none() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n"
    with pytest.raises(RejectedFile) as refused:
        extract(data, "a.mht")
    assert refused.value.code == "no_text"


def test_it_reads_a_page_without_any_header_as_a_page() -> None:
    assert extract(PAGE.encode(), "a.mht").format == "html"
    assert extract("同志们：开会了。".encode(), "a.mht").format == "txt"


def test_it_survives_parts_nested_without_end() -> None:
    data = b"MIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000)
    )
    with pytest.raises(RejectedFile) as refused:
        extract(data, "a.mht")
    assert refused.value.code in {"damaged", "no_text", "too_large"}


def test_it_reads_the_frames_of_a_saved_frameset_each_after_the_other() -> None:
    pages = [
        "<frameset><frame src=a.htm><frame src=b.htm></frameset>",
        "<p>目录</p>",
        "<p>同志们</p>",
    ]
    lines = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', ""]
    for page in pages:
        lines += ["--b", "Content-Type: text/html; charset=utf-8", "", page]
    extracted = extract("\r\n".join([*lines, "--b--", ""]).encode(), "a.mht")
    assert extracted.raw.split() == ["目录", "同志们"]
    assert extracted.format == "mht"


@pytest.mark.parametrize(
    ("link", "head"),
    [
        ("cid:css-1@saved", "Content-Location: cid:css-1@saved"),
        ("cid:a1", "Content-ID: <a1>"),
        ("../s/x.css?v=1&amp;w=2", "Content-Location: http://www.fengling.example/s/x.css?v=1&w=2"),
    ],
)
def test_it_hides_what_the_style_sheets_of_the_archive_hide(link: str, head: str) -> None:
    page = (
        f'<html><head><link rel="stylesheet" href="{link}"></head><body><p>seen</p>'
        '<p class="x">not seen</p></body></html>'
    )
    lines = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', ""]
    lines += ["--b", "Content-Type: text/html; charset=utf-8"]
    lines += ["Content-Location: http://www.fengling.example/c/1.html", "", page]
    lines += ["--b", "Content-Type: text/css", head, "", ".x { display: none }", "--b--", ""]
    extracted = extract("\r\n".join(lines).encode(), "a.mht")
    assert [(mark.kind, mark.text.strip()) for mark in extracted.marks] == [
        ("hidden_text", "not seen")
    ]
