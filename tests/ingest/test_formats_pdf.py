"""PDF files: lines joined to paragraphs, page numbers set aside, scans named as such."""

from __future__ import annotations

import re

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.extracted import Handover
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.format_files import SPEECH_LINES, build_pdf, read_sample
from tests.ingest.shared_texts import SHARED, needs_shared

SHOW = "BT /F 12 Tf 20 200 Td (Comrades, let us begin the meeting.) Tj ET"
LOCK = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O({0})/U({0})>>/ID[(a)(a)]".format("x" * 32)


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_it_reads_what_an_office_program_wrote() -> None:
    lines = extract(read_sample("speech.pdf"), "speech.pdf").raw.splitlines()
    assert [squeeze(line) for line in lines[:-1]] == [squeeze(line) for line in SPEECH_LINES[:-1]]


def test_it_joins_paragraphs_across_pages_and_sets_page_lines_aside() -> None:
    extracted = extract(read_sample("pages.pdf"), "pages.pdf")
    aside = [mark.text for mark in extracted.marks]
    assert aside.count("青禾县人大常委会公报") == 8
    assert [text for text in aside if "—" in text] == [f"— {n} —" for n in range(1, 9)]
    for mark in extracted.marks:
        assert extracted.raw[mark.start : mark.end] == mark.text
    kept = [line for line in extracted.raw.splitlines() if line not in aside]
    assert len(kept) == 8
    assert [line[:2] for line in kept[2:]] == [f"{n}、" for n in "一二三四五六"]


def test_it_gives_a_draft_without_the_page_lines() -> None:
    draft = parse_bytes(read_sample("pages.pdf"), "pages.pdf")
    assert "公报" not in draft.text
    assert [section.ordinal for section in draft.sections if section.kind == "section"] == [
        *range(1, 7)
    ]


def test_it_says_that_a_file_without_text_is_a_scan() -> None:
    with pytest.raises(Handover, match="扫描件") as handed:
        extract(build_pdf("0 0 100 100 re f"), "scan.pdf")
    assert (handed.value.code, handed.value.outside, handed.value.format) == (
        *("no_text", "ocr"),
        "pdf",
    )


def test_it_says_that_a_file_has_a_password() -> None:
    with pytest.raises(RejectedFile, match="密码") as refused:
        extract(build_pdf(SHOW, LOCK), "locked.pdf")
    assert refused.value.code == "unsupported"


def test_it_reads_a_file_whose_directory_is_missing() -> None:
    assert "let us begin" in extract(build_pdf(SHOW), "a.txt").raw


def test_it_refuses_more_pages_than_the_limit() -> None:
    with pytest.raises(RejectedFile, match="上限") as refused:
        extract(read_sample("pages.pdf"), "a.pdf", Limits(pages=3))
    assert refused.value.code == "too_large"


@needs_shared
def test_it_finds_the_paragraphs_of_the_sample_beside_the_project() -> None:
    folder = SHARED / "samples"
    expected = (folder / "web_print.expected.md").read_text("utf-8").splitlines()
    wanted = [squeeze(line) for line in expected if len(line) > 1 and line[0] not in "-<网"]
    raw = extract((folder / "web_print.pdf").read_bytes(), "web_print.pdf").raw
    found = [squeeze(line) for line in raw.splitlines()]
    assert [line for line in found if line in wanted] == wanted
