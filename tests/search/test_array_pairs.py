from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from corpus_app.text.chars import read_codes
from corpus_app.text.equality import SENTINEL
from search.arrays.pairs import PairPlaces

TEXTS = st.text("人大代表aA", max_size=60)


def build(text: str) -> PairPlaces:
    return PairPlaces.build(read_codes(text))


@given(TEXTS, st.sampled_from("人大代表aA中"))
def test_a_character_has_all_its_places_in_order(text: str, char: str) -> None:
    found = build(text).list_single([ord(char)])
    assert found.tolist() == [at for at, each in enumerate(text) if each == char]


@given(TEXTS, st.sampled_from("人大代表aA中"), st.sampled_from(["人", "aA", "表中"]))
def test_a_pair_has_all_its_places_in_order(text: str, first: str, second: str) -> None:
    pairs = build(text)
    stretches = pairs.find_stretches([ord(first)], [ord(each) for each in second])
    wanted = [at for at in range(len(text) - 1) if text[at] == first and text[at + 1] in second]
    assert pairs.list_places(stretches).tolist() == wanted


def test_the_last_character_is_found_too() -> None:
    assert build("人大").list_single([ord("大")]).tolist() == [1]


def test_the_border_is_a_character_like_any_other() -> None:
    codes = np.array([SENTINEL, 22823, SENTINEL], dtype=np.uint32)
    assert PairPlaces.build(codes).list_single([SENTINEL]).tolist() == [0, 2]


def test_of_nothing_there_are_no_places() -> None:
    assert build("").list_single([22823]).tolist() == []


def test_more_kinds_of_characters_than_16_bits_hold_are_sorted_too() -> None:
    codes = np.arange(70_000, 0, -1).astype(np.uint32)
    assert PairPlaces.build(codes).list_single([69_999]).tolist() == [1]
