"""Rich text: Chinese in every way that programs write it, numbers kept, deletions left out."""

from __future__ import annotations

import pytest

from corpus_app.ingest.formats import extract
from tests.ingest.format_files import SPEECH_LINES, read_sample

HEAD = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\f0 "


def escape(text: str, encoding: str = "gb18030") -> bytes:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding)).encode()


def test_it_reads_what_an_office_program_wrote() -> None:
    extracted = extract(read_sample("speech.rtf"), "speech.rtf")
    assert extracted.raw.splitlines() == SPEECH_LINES
    assert [notice.code for notice in extracted.notices] == ["numbering", "tracked_changes"]


@pytest.mark.parametrize(
    "body",
    [
        escape("同志们：") + b"\\par " + escape("开会了。"),
        "同志们：".encode("gb18030") + b"\\par\n" + "开会了。".encode("gb18030"),
        "".join(f"\\u{ord(c)}?" for c in "同志们：").encode()
        + b"\\par "
        + "".join(f"\\u{ord(c)}\\'3f" for c in "开会了。").encode(),
    ],
    ids=["escapes", "bytes", "unicode"],
)
def test_it_reads_chinese_however_it_is_written(body: bytes) -> None:
    extracted = extract(HEAD + body + b"}", "a.doc")
    assert (extracted.format, extracted.raw) == ("rtf", "同志们：\n开会了。")


def test_it_reads_characters_whose_second_byte_is_a_letter() -> None:
    text = "丂亊俵儂匸|"
    assert extract(HEAD + text.encode("gb18030") + b"}", "a.rtf").raw == text


def test_it_reads_chinese_under_a_western_code_page() -> None:
    data = HEAD.replace(b"936", b"1252") + escape("同志们：开会了。") + b"}"
    assert extract(data, "a.rtf").raw == "同志们：开会了。"


def test_it_leaves_pictures_fields_and_deletions_out() -> None:
    body = (
        escape("甲")
        + b'{\\pict\\wmetafile8 0123abcd}{\\field{\\*\\fldinst{HYPERLINK "http://a.cn"}}{\\fldrslt '
        + escape("乙")
        + b"}}{\\deleted "
        + escape("丙")
        + b"}{\\footnote "
        + escape("丁")
        + b"}"
    )
    extracted = extract(HEAD + body + b"}", "a.rtf")
    assert extracted.raw == "甲乙\n[注1] 丁"
    assert [notice.code for notice in extracted.notices] == ["tracked_changes", "pictures"]


def test_it_puts_notes_last_and_counts_both_kinds() -> None:
    notes = [b"{\\footnote\\chftn " + escape(f"注{n}") + b"\\{}" for n in "一二"]
    end = b"{\\footnote\\ftnalt " + escape("尾") + b"}"
    body = escape("甲") + notes[0] + escape("乙|") + notes[1] + end + escape("丙")
    lines = extract(HEAD + body + b"}", "a.rtf").raw.splitlines()
    assert lines == ["甲乙|丙", "[注1] 注一{", "[注2] 注二{", "[尾注1] 尾"]
