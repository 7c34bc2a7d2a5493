"""Passages that repeat earlier ones."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.desk.duplicates import Duplicate, GatheredBefore, find_duplicates

WORDS = "要把代表家站建在群众身边，让群众话有地方说、事有人去办，办不成的有人答复。"


def gather(*places: tuple[int | None, int, int, str]) -> list[GatheredBefore]:
    return [GatheredBefore(number, *place) for number, place in enumerate(places, 1)]


def test_the_same_place_is_told() -> None:
    found = find_duplicates(gather((1, 0, 9, "甲"), (1, 0, 9, "甲")))
    assert found == {2: [Duplicate(1, "same")]}


def test_overlapping_places_are_told_and_touching_ones_are_not() -> None:
    found = find_duplicates(gather((1, 0, 9, "甲"), (1, 9, 20, "乙"), (1, 5, 12, "丙")))
    assert found == {3: [Duplicate(1, "overlap"), Duplicate(2, "overlap")]}


def test_the_same_words_in_another_speech_are_told_whatever_their_signs() -> None:
    found = find_duplicates(gather((1, 0, 9, WORDS), (2, 50, 90, WORDS.replace("，", ", "))))
    assert found == {2: [Duplicate(1, "words")]}


def test_words_inside_longer_ones_and_nearly_the_same_words_are_told() -> None:
    longer = f"会议指出，{WORDS}这是底线。"
    nearly = WORDS.replace("群众身边", "百姓身边")
    found = find_duplicates(gather((1, 0, 9, WORDS), (2, 0, 9, longer), (3, 0, 9, nearly)))
    assert found[2] == [Duplicate(1, "alike")]
    assert Duplicate(1, "alike") in found[3]


def test_short_words_inside_others_are_no_duplicates() -> None:
    assert find_duplicates(gather((1, 0, 2, "代表家站"), (2, 0, 9, WORDS))) == {}


def test_passages_without_a_speech_are_compared_by_words_alone() -> None:
    assert find_duplicates(gather((None, 0, 9, "甲乙"), (None, 0, 9, "丙丁"))) == {}


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 20), st.integers(1, 9)), max_size=8))
def test_places_overlap_as_their_characters_say(places: list[tuple[int, int, int]]) -> None:
    gathered = gather(*((r, s, s + n, f"文{k}") for k, (r, s, n) in enumerate(places)))
    found = find_duplicates(gathered)
    for two in gathered:
        told = {one.number for one in found.get(two.number, [])}
        held = {
            one.number
            for one in gathered[: two.number - 1]
            if one.revision == two.revision
            and set(range(one.start, one.end)) & set(range(two.start, two.end))
        }
        assert told == held
