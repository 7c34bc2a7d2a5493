"""Paragraphs and lines of a text."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.text.chars import squeeze
from corpus_app.text.paragraphs import list_lines, list_paragraphs

TEXTS = st.text("甲乙。\n \u3000\t", max_size=60)


@given(TEXTS)
def test_paragraphs_hold_every_character_and_none_is_blank(text: str) -> None:
    words = [text[start:end] for start, end in list_paragraphs(text)]
    assert squeeze("".join(words)) == squeeze(text)
    assert all(line.strip() and "\n" not in line for line in words)


@given(TEXTS)
def test_lines_are_the_paragraphs_without_white_space_at_their_ends(text: str) -> None:
    assert list_lines(text) == [text[start:end].strip() for start, end in list_paragraphs(text)]
