"""What nobody sees is one notion: by mark, style, size, colour or place on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.visibility import (
    BLENDED,
    HIDDEN,
    RUBY,
    WHITE,
    ExtractedText,
    blends,
    is_off_page,
    is_too_small,
    read_color,
    report_unseen,
)


def test_a_text_keeps_unseen_words_as_marks_with_one_notice_a_kind() -> None:
    text = ExtractedText()
    text.write("同志们：\n")
    for words, unseen in (("内部", HIDDEN), ("稿", HIDDEN), ("白字", BLENDED), ("zhù", RUBY)):
        text.write(words, unseen)
    text.write(" ", HIDDEN)
    text.write("开会")
    raw, marks = text.finish()
    assert raw == "同志们：\n内部稿白字zhù 开会"
    assert [(m.kind, m.text, m.rule) for m in marks] == [
        ("hidden_text", "内部稿", "attribute"),
        ("hidden_text", "白字", "color"),
        ("annotation", "zhù", "ruby"),
    ]
    assert all(raw[mark.start : mark.end] == mark.text for mark in marks)
    assert [(n.code, "5 字" in n.message) for n in report_unseen(marks)] == [
        ("hidden_text", True),
        ("annotation", False),
    ]


@pytest.mark.parametrize("kind", ["odt", "docx", "rtf", "doc"])
def test_phonetic_guides_of_libreoffice_are_annotations_in_each_of_its_formats(kind: str) -> None:
    path = Path(__file__).parent / "files" / f"ruby.{kind}"
    found = extract(path.read_bytes(), path.name)
    readings = [mark for mark in found.marks if mark.kind == "annotation"]
    told = ["lǚ", "zhí", "kè shǒu", "chū", "xīn", "sùyèzàigōng"]
    assert [mark.text for mark in readings] == told
    words = found.raw
    for mark in reversed(readings):
        words = words[: mark.start] + words[mark.end :]
    line = "今天讲履职尽责。我们要恪守初心，把工作做实做好，一件一件抓落实。夙夜在公。"
    assert words.split("\n")[3] == line


@pytest.mark.parametrize(
    ("color", "ground", "unseen"),
    [
        ("#FFFFFF", "white", True),
        ("fefefe", "#fff", True),
        ("rgb(100%, 100%, 100%)", "rgba(255, 255, 255, 1)", True),
        ("#4472C4", "#4472c4", True),
        ("#eeeeee", "white", False),
        ("red", "white", False),
        ("#ff0000", "#008000", False),
        ("black", "#404040", False),
    ],
)
def test_letters_blend_with_a_ground_of_their_own_color(
    color: str, ground: str, unseen: bool
) -> None:
    first, second = read_color(color), read_color(ground)
    assert first is not None
    assert second is not None
    assert blends(first, second) is unseen


def test_what_names_no_color_is_none() -> None:
    assert [read_color(text) for text in ("auto", "", "#12", "currentcolor")] == [None] * 4
    assert read_color("White") == WHITE


def test_size_and_place_hide_words() -> None:
    assert [is_too_small(points) for points in (0, 0.5, 1, 2, 5)] == [True] * 3 + [False] * 2
    assert is_off_page(-999, -900)
    assert is_off_page(600, 700, 595)
    assert not is_off_page(-10, 20, 595)
    assert not is_off_page(600, 700)
