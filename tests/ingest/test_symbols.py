"""Signs of Symbol and Wingdings become the characters that a reader sees."""

from __future__ import annotations

import pytest

from corpus_app.ingest.formats.symbols import is_symbol_font, read_symbol, read_symbols


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", 0xF0B3, "≥"),
        ("Symbol", 0xB3, "≥"),
        ("'Symbol MT'", 0x61, "α"),
        ("Wingdings", 0xF0FC, "✓"),
        ("wingdings", 0xF06C, "●"),
        ("Wingdings 2", 0xF052, "☑"),
        ("Wingdings 2", 0xF0A3, "□"),
        ("Wingdings 3", 0xF070, "▲"),
        ("MS Gothic", 0x2612, "☒"),
        ("Wingdings 2", 0xF0F0, None),
        ("方正符号", 0xF0B3, None),
        (None, 0xD800, None),
    ],
)
def test_a_sign_is_read_by_its_font(font: str | None, code: int, sign: str | None) -> None:
    assert read_symbol(font, code) == sign


def test_text_in_such_a_font_is_read_sign_by_sign() -> None:
    assert read_symbols("满意率\uf0b3九成", "Symbol") == ("满意率≥九成", 0)
    assert read_symbols("a b", "Symbol") == ("α β", 0)
    assert read_symbols("a\uf0b3", "宋体") == ("a\uf0b3", 1)
    assert read_symbols("普通文字", "宋体") == ("普通文字", 0)
    assert is_symbol_font("Webdings")
    assert not is_symbol_font(None)
