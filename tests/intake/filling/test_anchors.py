"""Where the hidden words stand in another text, held against texts that are cut at random."""

import pytest
from hypothesis import assume, given, strategies as st

from corpus_app.intake.revisions.filling.anchors import (
    LEAST_ANCHOR,
    LEAST_ONE_SIDED,
    Donor,
    Filling,
    Unfilled,
    UnfilledReason,
    draw_line,
    find_fillings,
)
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

WHOLE = WORK_CONFERENCE


def find(
    text: str, gaps: list[int], donor: str = WHOLE, hidden: tuple[int, ...] = ()
) -> list[object]:
    return list(find_fillings(text, gaps, Donor(draw_line(donor), hidden)))


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_cutting_and_filling_gives_the_whole_text_back(start: int, end: int) -> None:
    assume(start < end)
    text = WHOLE[:start] + WHOLE[end:]
    (answer,) = find(text, [start])
    before, behind = draw_line(WHOLE[:start]).chars, draw_line(WHOLE[end:]).chars
    if isinstance(answer, Filling):
        filled = text[:start] + WHOLE[answer.start : answer.end] + text[start:]
        assert "".join(filled.split()) == "".join(WHOLE.split())
    elif draw_line(WHOLE[start:end]).chars:
        # It is refused only for want of words around it.
        assert isinstance(answer, Unfilled)
        assert answer.reason is UnfilledReason.FEW_WORDS
        least = LEAST_ANCHOR if before and behind else LEAST_ONE_SIDED
        assert (
            min(len(words) for words in (before, behind) if words or not (before and behind))
            < least
        )


def test_two_gaps_are_filled_each_by_its_own_words() -> None:
    a, b = WHOLE.index("一是加强理论"), WHOLE.index("二、发展")
    c, d = WHOLE.index("三、加强"), WHOLE.index("同志们，做好")
    text = WHOLE[:a] + WHOLE[b:c] + WHOLE[d:]
    second = a + c - b
    first_answer, second_answer = find(text, [a, second])
    assert isinstance(first_answer, Filling)
    assert isinstance(second_answer, Filling)
    assert WHOLE[first_answer.start : first_answer.end].strip() == WHOLE[a:b].strip()
    assert WHOLE[second_answer.start : second_answer.end].strip() == WHOLE[c:d].strip()


def test_words_that_stand_in_several_places_need_more_words_around_them() -> None:
    formula = "我们要以习近平新时代中国特色社会主义思想为指导扎实做好各项工作。"
    end = f"{formula}结尾说的是另一件事情，要办好。"
    donor = f"开头是这一句不同的话。{formula}中间说的是第一件事情。{end}"
    text = donor.replace("中间说的是第一件事情。", "")
    place = text.index(formula) + len(formula)
    (answer,) = find(text, [place], donor)
    assert isinstance(answer, Filling)
    assert "中间说的是第一件事情" in donor[answer.start : answer.end]
    repeated = formula * 3
    (lost,) = find(repeated, [len(formula)], repeated + formula)
    assert isinstance(lost, Unfilled)
    assert lost.reason is UnfilledReason.SEVERAL_PLACES


@pytest.mark.parametrize(
    ("donor", "hidden", "reason"),
    [
        (TRAINING, (), UnfilledReason.BEFORE_DIFFERS),
        (WHOLE[: WHOLE.index("三、加强")], (), UnfilledReason.BEHIND_DIFFERS),
        (
            WHOLE.replace(WHOLE[WHOLE.index("二、发展") : WHOLE.index("三、加强")], ""),
            (),
            UnfilledReason.NOTHING_THERE,
        ),
        (
            WHOLE,
            (WHOLE.index("二是办好民生"), WHOLE.index("要把代表")),
            UnfilledReason.HIDDEN_THERE,
        ),
    ],
)
def test_what_cannot_be_filled_says_why(
    donor: str, hidden: tuple[int, ...], reason: UnfilledReason
) -> None:
    start, end = WHOLE.index("二、发展"), WHOLE.index("三、加强")
    (answer,) = find(WHOLE[:start] + WHOLE[end:], [start], donor, hidden)
    assert isinstance(answer, Unfilled)
    assert answer.reason is reason


def test_marks_at_the_seam_are_not_doubled() -> None:
    start = WHOLE.index("。二是落实") if "。二是落实" in WHOLE else WHOLE.index("履职本领。") + 4
    end = WHOLE.index("不得先斩后奏。") + 6
    for cut, rest in ((start, end), (start + 1, end), (start, end + 1)):
        text = WHOLE[:cut] + WHOLE[rest:]
        (answer,) = find(text, [cut])
        assert isinstance(answer, Filling)
        filled = text[:cut] + WHOLE[answer.start : answer.end] + text[cut:]
        assert "。。" not in "".join(filled.split())


@pytest.mark.parametrize("place", ["二、发展", "二是办好民生", "三、加强"])
def test_a_gap_of_the_other_text_is_a_hole_in_the_filling(place: str) -> None:
    start, end = WHOLE.index("二、发展"), WHOLE.index("三、加强")
    (answer,) = find(WHOLE[:start] + WHOLE[end:], [start], WHOLE, (WHOLE.index(place),))
    assert isinstance(answer, Filling)
    assert answer.hole == WHOLE.index(place)
