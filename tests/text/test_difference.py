"""The difference between two texts, as it is shown."""

from __future__ import annotations

import random

from hypothesis import given, strategies as st

from corpus_app.text.difference import DiffSpan, compare_words

TEXTS = st.text(alphabet="人民代表大会\n \u3000，。", max_size=60)


@given(TEXTS, TEXTS)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new
    assert all(piece.text for piece in pieces)


def test_endless_texts_are_compared_character_by_character() -> None:
    assert compare_words("甲" * 9_000, "乙" + "甲" * 9_000) == (
        DiffSpan("added", "乙"),
        DiffSpan("kept", "甲" * 9_000),
    )
    draw = random.Random(1)
    text = "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(30_000))
    assert compare_words(text, text[:20_000] + "改" + text[20_001:]) == (
        DiffSpan("kept", text[:20_000]),
        DiffSpan("deleted", text[20_000]),
        DiffSpan("added", "改"),
        DiffSpan("kept", text[20_001:]),
    )


def test_a_single_character_between_two_changes_goes_with_them() -> None:
    assert compare_words("前文甲的乙后文", "前文丙的丁后文", 2) == (
        DiffSpan("kept", "前文"),
        DiffSpan("deleted", "甲的乙"),
        DiffSpan("added", "丙的丁"),
        DiffSpan("kept", "后文"),
    )
