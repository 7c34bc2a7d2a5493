"""OpenDocument texts: lists and headings keep their numbers, notes and tables their words."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from tests.ingest.format_files import SPEECH_LINES, build_odt, build_zip, read_sample


def test_it_reads_what_an_office_program_wrote() -> None:
    extracted = extract(read_sample("speech.odt"), "speech.odt")
    assert extracted.raw.splitlines() == SPEECH_LINES
    assert [notice.code for notice in extracted.notices] == ["numbering", "tracked_changes"]


def test_it_puts_notes_last_and_keeps_blanks() -> None:
    body = (
        '<text:p>第一句<text:note text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>出处</text:p></text:note-body></text:note>"
        '。<text:s text:c="3"/>第<text:span>二</text:span>句'
        "<text:tab/>完<text:line-break/>尾</text:p>"
        "<office:annotation><text:p>批注</text:p></office:annotation>"
    )
    assert extract(build_odt(body), "a.odt").raw == "第一句。   第二句\t完\n尾\n[注1] 出处\n"


def test_it_numbers_a_list_and_starts_the_next_anew() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
        ' style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:list-style>'
    )
    items = "<text:list-item><text:p>甲</text:p></text:list-item>"
    first = f'<text:list text:style-name="L">{items * 2}</text:list>'
    going_on = first.replace("<text:list ", '<text:list text:continue-numbering="true" ')
    extracted = extract(build_odt(style + first + going_on + first), "a.odt")
    labels = [line[:2] for line in extracted.raw.splitlines()]
    assert labels == ["一、", "二、", "三、", "四、", "一、", "二、"]


def test_it_numbers_headings_by_the_outline() -> None:
    style = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"'
        ' style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1"'
        ' text:display-levels="2"/></text:outline-style>'
    )
    heads = "".join(
        f'<text:h text:outline-level="{level}">章</text:h>' for level in (1, 2, 2, 1, 2)
    )
    lines = extract(build_odt(style + heads), "a.odt").raw.splitlines()
    assert lines == ["1.章", "1.1章", "1.2章", "2.章", "2.1章"]


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a/>"])
def test_it_refuses_a_document_without_a_body(content: bytes) -> None:
    with pytest.raises(RejectedFile) as refused:
        extract(build_zip({"content.xml": content}), "a.odt")
    assert refused.value.code == "damaged"
