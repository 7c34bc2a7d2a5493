from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from corpus_app.text.chars import read_codes, write_text
from corpus_app.text.equality import SENTINEL
from search.arrays import pairs as pair_places
from search.arrays.letters import Letters
from search.arrays.pairs import PairPlaces

TEXTS = st.text("人大代表aA𠀋", max_size=60)


class Laid:
    """The pairs of a text, asked by characters."""

    def __init__(self, text: str) -> None:
        self.letters = Letters.build(read_codes(text))
        self.pairs = PairPlaces.build(self.letters.numbers)

    def list_single(self, char: str) -> list[int]:
        return self.pairs.list_single(*self.letters.find_numbers([read_codes(char)])).tolist()

    def list_pair(self, first: str, second: str) -> list[int]:
        pair = self.letters.find_numbers([read_codes(first), read_codes(second)])
        stretches = self.pairs.find_stretches(*pair)
        return self.pairs.list_places(stretches).tolist()


@pytest.fixture(params=[pair_places.PIECE, 7], ids=["one piece", "pieces of seven letters"])
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_places, "PIECE", request.param)


@given(TEXTS, st.slices(60))
def test_letters_give_the_code_points_that_they_were_made_of(text: str, part: slice) -> None:
    assert write_text(Letters.build(read_codes(text))[part]) == text[part]


@pytest.mark.usefixtures("_pieces")
@given(TEXTS, st.sampled_from("人大代表aA𠀋中"))
def test_a_character_has_all_its_places_in_order(text: str, char: str) -> None:
    assert Laid(text).list_single(char) == [at for at, each in enumerate(text) if each == char]


@pytest.mark.usefixtures("_pieces")
@given(TEXTS, st.sampled_from("人大代表aA𠀋中"), st.sampled_from(["人", "aA", "表中"]))
def test_a_pair_has_all_its_places_in_order(text: str, first: str, second: str) -> None:
    wanted = [at for at in range(len(text) - 1) if text[at] == first and text[at + 1] in second]
    # Behind the last character there is none: whoever asks looks at the end.
    found = [at for at in Laid(text).list_pair(first, second) if at < len(text) - 1]
    assert found == wanted


def test_the_last_character_is_found_too() -> None:
    assert Laid("人大").list_single("大") == [1]


def test_the_border_is_a_letter_like_any_other() -> None:
    codes = np.array([SENTINEL, 22823, SENTINEL], dtype=np.uint32)
    letters = Letters.build(codes)
    found = PairPlaces.build(letters.numbers).list_single(*letters.find_numbers([[SENTINEL]]))
    assert found.tolist() == [0, 2]


def test_of_nothing_there_are_no_places() -> None:
    assert Laid("").list_single("大") == []


def test_more_kinds_of_characters_than_16_bits_hold_are_sorted_too() -> None:
    letters = Letters.build(np.arange(70_000, 0, -1).astype(np.uint32))
    pairs = PairPlaces.build(letters.numbers)
    assert pairs.list_single(*letters.find_numbers([[69_999]])).tolist() == [1]
    pair = letters.find_numbers([[69_999], [69_998]])
    assert pairs.list_places(pairs.find_stretches(*pair)).tolist() == [1]
