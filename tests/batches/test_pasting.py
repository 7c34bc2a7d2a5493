"""What is pasted becomes a file."""

import pytest
from hypothesis import given, strategies as st

from corpus_app.batches.pasting import is_address, make_file


def test_pasted_text_becomes_a_text_file_named_by_its_title() -> None:
    pasted = make_file("同志们：\r\n开会。", "", "在会上的讲话")
    assert pasted.data.decode() == "同志们：\n开会。"
    assert pasted.name == "在会上的讲话.txt"


def test_a_page_from_the_clipboard_goes_before_its_plain_text() -> None:
    pasted = make_file("同志们", "<p>同志们</p>")
    assert pasted.name.endswith(".html")
    assert pasted.data.decode().endswith("<p>同志们</p>")
    assert b'charset="utf-8"' in pasted.data


def test_a_page_that_names_another_charset_is_read_as_what_it_is() -> None:
    pasted = make_file("", '<meta charset="gb2312"><p>同志们</p>')
    assert b"gb2312" not in pasted.data
    assert b'charset="utf-8"' in pasted.data


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.com/a?b=1", True),
        (" http://example.com/a.html\n", True),
        ("见 https://example.com/a", False),
        ("https://example.com/ 是网址", False),
        ("ftp://example.com/", False),
        ("", False),
    ],
)
def test_an_address_alone_is_told_from_words(text: str, found: bool) -> None:
    assert is_address(text) is found


@given(st.text(max_size=200))
def test_any_title_makes_a_file_name(title: str) -> None:
    name = make_file("x", "", title).name
    assert name.endswith(".txt")
    assert not set(name) & set('/\\:*?"<>|\n\0')
    assert 4 < len(name) <= 64


@given(st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_no_character_of_the_text_is_lost(text: str) -> None:
    assert make_file(text.replace("\n", "\r\n"), "").data.decode() == text
