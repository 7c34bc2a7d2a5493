"""Short codes: stateless, short, and not easily mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.desk.shortcodes import decode_place, encode_place

REVISIONS = st.integers(1, 10**6)
STARTS = st.integers(0, 10**6)
LENGTHS = st.integers(1, 10**6)
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


@given(REVISIONS, STARTS, LENGTHS)
def test_a_code_says_what_it_was_made_of(revision: int, start: int, length: int) -> None:
    code = encode_place(revision, start, start + length)
    assert decode_place(code) == (revision, start, start + length)


def test_a_passage_of_a_large_corpus_needs_few_signs() -> None:
    assert len(encode_place(50_000, 8_000, 8_300)) <= 13


@given(REVISIONS, STARTS, LENGTHS, st.data())
def test_one_wrong_sign_is_noticed(
    revision: int, start: int, length: int, data: st.DataObject
) -> None:
    code = encode_place(revision, start, start + length)
    at = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([sign for sign in SIGNS if sign != code[at]]))
    assert decode_place(code[:at] + wrong + code[at + 1 :]) is None


@given(REVISIONS, STARTS, LENGTHS, st.data())
def test_two_swapped_signs_are_noticed(
    revision: int, start: int, length: int, data: st.DataObject
) -> None:
    code = encode_place(revision, start, start + length)
    at = data.draw(st.integers(0, len(code) - 4))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert decode_place(swapped) in (None, decode_place(code) if swapped == code else None)


def test_a_code_may_be_written_as_people_write() -> None:
    code = encode_place(17, 1, 33)
    written = code.upper().replace("0", "O").replace("1", "I")
    assert decode_place(f" {written[:4]}-{written[4:]} ") == (17, 1, 33)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    place = decode_place(text)
    assert place is None or place[1] < place[2]


@pytest.mark.parametrize("code", ["", "0", "zzzzzzzzzzzz", "a" * 50, "代表"])
def test_what_is_no_code_leads_nowhere(code: str) -> None:
    assert decode_place(code) is None
