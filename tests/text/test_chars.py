"""A text without its white space, and spans without it at their ends."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.text.chars import Compact
from corpus_app.text.spans import trim_span

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


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_trimmed_span_has_no_white_space_at_its_ends(text: str, one: int, two: int) -> None:
    start, end = trim_span(text, min(one, two, len(text)), min(max(one, two), len(text)))
    assert text[start:end] == text[start:end].strip()
