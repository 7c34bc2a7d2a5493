"""Common stretches of two texts."""

from itertools import pairwise

from hypothesis import given, strategies as st
from rapidfuzz.distance import Indel

from corpus_app.intake.kinship.matching import LEAST, Signs, match_signs
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.intake.kinship.texts import COPY

PIECES = st.lists(
    st.sampled_from(
        ["把代表家站建在群众身边让群众话有地方说", "甲乙丙丁", "同志们", "一二三", "乙"]
    ),
    max_size=12,
).map("".join)


def squeeze(text: str) -> str:
    return "".join(text.split())


def check(first: str, second: str) -> int:
    blocks = match_signs(first, second)
    for block in blocks:
        a, b, length = block.first, block.second, block.length
        assert length >= LEAST
        assert first[a : a + length] == second[b : b + length] != ""
    for one, two in pairwise(blocks):
        assert one.first + one.length <= two.first
        assert one.second + one.length <= two.second
    return sum(block.length for block in blocks)


@given(PIECES, PIECES)
def test_stretches_are_common_ascend_and_do_not_overlap(first: str, second: str) -> None:
    check(first, second)


@given(PIECES)
def test_a_text_is_all_in_itself(text: str) -> None:
    assert check(text, text) == (len(text) if len(text) >= LEAST else 0)


def test_about_as_much_is_found_as_by_comparing_every_sign() -> None:
    for first, second in ((WORK_CONFERENCE, COPY), (WORK_CONFERENCE, TRAINING)):
        a, b = squeeze(first), squeeze(second)
        most = (len(a) + len(b) - Indel.distance(a, b)) // 2
        found = check(a, b)
        assert found <= most
        assert found >= most * 0.95 or most < len(a) * 0.5


def test_a_long_text_is_matched_by_its_anchors() -> None:
    long = "".join(
        f"第{n}条{chr(0x4E00 + n * 7 % 5000)}由第{n * 31}号文件规定。" for n in range(4000)
    )
    changed = long.replace("第77条", "第七十七条").replace("第3001条", "")
    assert check(long, changed) >= len(changed) - 10


def test_places_lead_back_to_the_text() -> None:
    signs = Signs("甲 乙\n\n丙")
    assert signs.signs == "甲乙丙"
    assert [signs.text[place] for place in signs.places] == ["甲", "乙", "丙"]
    assert [signs.count_before(place) for place in (0, 1, 2, 3, 5, 6)] == [0, 1, 1, 2, 2, 3]
