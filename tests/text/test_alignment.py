"""What two texts have in common, however long they are and however they repeat themselves."""

from __future__ import annotations

import random
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings, strategies as st
from rapidfuzz.distance import Indel

from corpus_app.text import alignment
from corpus_app.text.alignment import LEAST, align_texts, list_steps, map_texts
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.intake.text_reuse.texts import COPY
from tests.thoroughness import draw

PIECES = st.lists(
    st.sampled_from(
        ["把代表家站建在群众身边让群众话有地方说", "甲乙丙丁", "同志们", "一二三", "乙"]
    ),
    max_size=12,
).map("".join)
MARK = "某站水印"


def write_han(length: int, seed: int = 1) -> str:
    draw = random.Random(seed)
    return "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(length))


def mark(text: str, every: int = 90) -> str:
    return "".join(text[at : at + every] + MARK for at in range(0, len(text), every))


def check(first: str, second: str, least: int = 1) -> int:
    blocks = align_texts(first, second, least)
    for block in blocks:
        a, b, length = block
        assert length >= least
        assert first[a : a + length] == second[b : b + length] != ""
    for one, two in pairwise(blocks):
        assert one.first + one.length <= two.first
        assert one.second + one.length <= two.second
        assert (one.first + one.length, one.second + one.length) != two[:2]
    return sum(block.length for block in blocks)


def count_most(first: str, second: str) -> int:
    return (len(first) + len(second) - int(Indel.distance(first, second))) // 2


@given(PIECES, PIECES)
def test_short_texts_have_all_in_common_that_they_can(first: str, second: str) -> None:
    assert check(first, second) == count_most(first, second)
    check(first, second, LEAST)


@given(PIECES)
def test_a_text_is_all_in_itself(text: str) -> None:
    assert check(text, text) == len(text)


@given(PIECES, PIECES)
def test_steps_are_both_texts_whole(first: str, second: str) -> None:
    steps = list(list_steps(align_texts(first, second), len(first), len(second)))
    assert "".join(first[slice(*step.first)] for step in steps) == first
    assert "".join(second[slice(*step.second)] for step in steps) == second
    assert all(first[slice(*s.first)] == second[slice(*s.second)] for s in steps if s.equal)


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=12).map("".join),
    st.integers(1, 30),
    st.integers(4, 40),
)
def test_anchors_and_windows_hold_what_the_exact_way_does(
    first: str, second: str, work: int, window: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # The ways of long texts, tried on short ones.
        patch.setattr(alignment, "MOST_WORK", work)
        patch.setattr(alignment, "ANCHORS", ((8, 1), (8, 8), (5, 8), (3, 1)))
        patch.setattr(alignment, "WINDOW", window)
        assert check(first, second) <= count_most(first, second)
        assert check(first, first) == len(first)


@draw(30)
@given(st.integers(8_000, 40_000), st.lists(st.integers(0, 7_999), max_size=40), st.integers())
def test_a_long_text_with_edits_keeps_every_character_left(
    length: int, cuts: list[int], seed: int
) -> None:
    old, draw = write_han(length, seed), random.Random(seed)
    new = old
    for cut in sorted(cuts, reverse=True):
        new = new[:cut] + draw.choice(["", "改", MARK]) + new[cut + draw.randrange(9) :]
    assert check(old, new) >= count_most(old, new) - len(cuts)


def test_watermarks_in_one_endless_line_are_all_that_differs() -> None:
    text = write_han(200_000)
    assert check(mark(text), text) == len(text)


def test_two_changes_in_twenty_thousand_characters_take_milliseconds() -> None:
    old = write_han(20_000)
    new = old[:100] + "改" + old[101:15_000] + "动" + old[15_001:]
    seconds = []
    for _ in range(15):
        began = process_time()
        assert sum(block.length for block in align_texts(old, new)) == 19_998
        seconds.append(process_time() - began)
    assert min(seconds) < 0.02


PERIOD = "要坚持人民主体地位，" * 20_000
LONG = write_han(200_000, 2)
HOSTILE = {
    "one character": ("甲" * 200_000, "甲" * 199_000, 199_000),
    "one character, marked": (mark("甲" * 200_000), "甲" * 200_000, 200_000),
    "one period, changed": (
        PERIOD[:70_000] + "改" + PERIOD[70_000:],
        PERIOD[:20] + "动" + PERIOD[21:],
        199_990,
    ),
    "one period, marked": (mark(PERIOD), PERIOD, 200_000),
    "the same text twice": (mark(LONG[:50_000]) * 2, LONG[:50_000] * 2, 100_000),
    "one of two copies": (mark(LONG[:50_000]) * 2, LONG[:50_000], 50_000),
    "nothing in common": ("甲乙" * 100_000, "丙丁" * 100_000, 0),
    "nothing but chance": (LONG, write_han(200_000, 3), 0),
    "a sentence in a book": (LONG, LONG[70_000:70_020] + "改" + LONG[70_020:70_060], 60),
    "two halves changed round": (LONG, LONG[100_000:] + LONG[:100_000], 100_000),
    "random signs of two": (
        "".join(random.Random(1).choices("甲乙", k=200_000)),
        "".join(random.Random(2).choices("甲乙", k=200_000)),
        0,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_aligned_in_bounded_time(name: str) -> None:
    first, second, least = HOSTILE[name]
    began = process_time()
    assert check(first, second) >= least
    assert process_time() - began < 8


def test_about_as_much_is_found_as_by_comparing_every_character() -> None:
    for first, second in ((WORK_CONFERENCE, COPY), (WORK_CONFERENCE, TRAINING)):
        assert check(first, second) == count_most(first, second)


def test_what_one_text_has_more_begins_with_its_paragraph() -> None:
    old = "一是改进作风，当场交办。\n二是提高能力，做好工作。\n三是守住底线。"
    new = "一是改进作风，当场交办。\n三是守住底线。"
    there = map_texts(old, new)
    assert there.find(old.index("二是")) is None
    assert there.find_span(old.index("二是"), old.index("三是")) == (new.index("三是"),) * 2
    assert there.inverse.find(new.index("三是")) == old.index("三是")
