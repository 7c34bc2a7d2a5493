"""Places in the clean text and in the raw one."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.recomposing import recompose
from corpus_app.ingest.spans import trace_text
from tests.ingest.invariants import squeeze

NOISE = ("【砚池文库】", "扫码关注砚池文库公众号")
RAW = "同志们：\n要领会会议精神，【砚池文库】把思想\n统一起来。\n扫码关注砚池文库公众号\n谢谢大家！"
REMOVED = [
    Removed("editor", words, RAW.index(words), RAW.index(words) + len(words)) for words in NOISE
]
TEXT = recompose(RAW, REMOVED).text
PLACES = trace_text(RAW, REMOVED, TEXT)


def clean(words: str) -> str:
    for noise in NOISE:
        words = words.replace(noise, "")
    return squeeze(words)


@given(start=st.integers(0, len(TEXT)), end=st.integers(0, len(TEXT)))
def test_a_stretch_of_text_leads_to_the_same_words_in_raw_and_back(start: int, end: int) -> None:
    start, end = min(start, end), max(start, end)
    low, high = PLACES.find_span(start, end)
    assert clean(RAW[low:high]) == squeeze(TEXT[start:end])
    back = PLACES.inverse.find_span(low, high)
    assert squeeze(TEXT[slice(*back)]) == squeeze(TEXT[start:end])


def test_a_removed_stretch_has_no_place_in_the_text() -> None:
    span = REMOVED[1]
    start, end = PLACES.inverse.find_span(span.start, span.end)
    assert start == end
    assert TEXT[start:].startswith("谢谢大家")


def test_a_place_behind_the_last_sign_is_the_end() -> None:
    assert PLACES.find_span(len(TEXT), len(TEXT)) == (len(RAW), len(RAW))


@pytest.mark.parametrize("text", ["同志们：", TEXT.replace("会议", "大会")])
def test_it_refuses_a_text_that_is_not_of_this_raw(text: str) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        trace_text(RAW, REMOVED, text)


@given(start=st.integers(0, len(TEXT)), end=st.integers(0, len(TEXT)))
def test_counted_signs_are_the_same_stretch_in_both_texts(start: int, end: int) -> None:
    first, stop = PLACES.count_before(min(start, end)), PLACES.count_before(max(start, end))
    assert squeeze(TEXT)[first:stop] == squeeze(TEXT[min(start, end) : max(start, end)])
    if first < stop:
        assert clean(RAW[slice(*PLACES.find_counted(first, stop))]) == squeeze(TEXT)[first:stop]


@pytest.mark.parametrize(("first", "stop"), [(-1, 2), (3, 3), (0, 10_000)])
def test_it_refuses_signs_that_are_not_there(first: int, stop: int) -> None:
    with pytest.raises(ValueError, match="no such characters"):
        PLACES.find_counted(first, stop)
