"""The characters of a text that count: squeezed, counted, found, put on one line."""

from __future__ import annotations

import re
import sys
from itertools import combinations

from hypothesis import given, strategies as st

from corpus_app.text.chars import (
    Compact,
    count_chars,
    find_offsets,
    flatten,
    keep_words,
    read_codes,
    runs_through,
    shorten,
    squeeze,
    tidy,
    write_text,
)

TEXTS = st.text(alphabet="人民代表大会\n \u3000\x85，。", max_size=60)


@given(TEXTS)
def test_everything_is_kept_but_white_space(text: str) -> None:
    compact = Compact(text)
    assert compact.chars == "".join(text.split())
    assert [text[at] for at in compact.offsets] == list(compact.chars)


@given(TEXTS, st.data())
def test_counting_and_finding_are_each_others_reverse(text: str, data: st.DataObject) -> None:
    compact = Compact(text)
    if compact.chars:
        first = data.draw(st.integers(0, len(compact.chars) - 1))
        stop = data.draw(st.integers(first + 1, len(compact.chars)))
        start, end = compact.find_span(first, stop)
        assert "".join(text[start:end].split()) == compact.chars[first:stop]
        assert (compact.count_before(start), compact.count_before(end)) == (first, stop)


@given(TEXTS)
def test_lines_begin_at_their_first_character(text: str) -> None:
    counts = {len("".join(text[:at].split())) for at, sign in enumerate(text) if sign == "\n"}
    assert Compact(text).find_line_starts() == counts | {0}


def test_the_offsets_leave_out_what_python_calls_white_space_and_nothing_else() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    offsets = set(find_offsets(every).tolist())
    assert [chr(code) for code in range(len(every)) if code not in offsets] == [
        char for char in every if char.isspace()
    ]


@given(st.text(), st.lists(st.integers(0, 40), max_size=6))
def test_offsets_inside_spans_are_those_of_the_text_that_lie_in_one(
    text: str, ends: list[int]
) -> None:
    ends = sorted(set(ends))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    expected = [
        at
        for at, char in enumerate(text)
        if not char.isspace() and any(start <= at < end for start, end in spans)
    ]
    assert find_offsets(text, spans).tolist() == expected


@given(st.text())
def test_counting_squeezing_and_offsets_agree(text: str) -> None:
    assert count_chars(text) == len(squeeze(text)) == len(find_offsets(text))
    assert "".join(text[at] for at in find_offsets(text)) == squeeze(text)


@given(st.text())
def test_words_are_the_letters_digits_and_characters_in_their_order(text: str) -> None:
    words = keep_words(text)
    assert words == Compact(text, alone=str.isalnum).chars
    assert words.isalnum() or not words


@given(st.text(st.characters()))
def test_code_points_lead_back_to_the_text(text: str) -> None:
    assert read_codes(text).tolist() == [ord(char) for char in text]
    assert write_text(read_codes(text)) == text


@given(TEXTS)
def test_a_line_has_one_blank_for_white_space_and_every_other_character(text: str) -> None:
    assert squeeze(flatten(text)) == squeeze(text)
    assert not re.search(r"[^\S ]|  ", flatten(text))
    assert tidy(text) == flatten(text).strip()


@given(TEXTS, st.integers(1, 20))
def test_a_shortened_text_is_its_beginning_and_says_that_more_follows(
    text: str, length: int
) -> None:
    shown = shorten(text, length)
    assert len(shown) <= length
    assert shown == tidy(text) or (shown[-1] == "…" and tidy(text).startswith(shown[:-1]))


@given(st.text("甲乙丙", max_size=4), st.text("甲乙丙", max_size=8))
def test_a_text_runs_through_another_where_leaving_out_characters_gives_it(
    short: str, long: str
) -> None:
    left = {"".join(chosen) for chosen in combinations(long, len(short))}
    assert runs_through(short, long) == (short in left)
