"""A known wording inside longer words is not found; beside words it is."""

import pytest
from hypothesis import given, strategies as st

from benchmarks.judged_sentences import JudgedFamily, load_judged
from benchmarks.mention_borders import says
from corpus_app.ingest.slogans import find_slogans
from corpus_app.ingest.word_borders import may_stand_bare, stands_alone


def find(text: str, words: str) -> bool:
    start = text.index(words)
    return stands_alone(text, start, start + len(words))


@pytest.mark.parametrize("text", ["着力把握规律、创新发展理念。", "崭新发展理念", "重新发展理念"])
def test_a_character_of_another_word_begins_no_wording(text: str) -> None:
    assert not find(text, "新发展理念")


@pytest.mark.parametrize("text", ["贯彻新发展理念。", "把新发展理念落到实处", "新发展理念"])
def test_beside_words_it_stands(text: str) -> None:
    assert find(text, "新发展理念")


def test_what_is_counted_may_not_go_on_as_a_longer_word() -> None:
    assert not find("全市三个代表团的同志", "三个代表")
    assert find("践行三个代表重要思想", "三个代表")
    assert find("在四项基本原则上绝不含糊", "四项基本原则")


def test_a_number_before_it_counts_something_else() -> None:
    assert not find("全市四十四个机关", "四个机关")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("写进中国方案例集", "中国方案"),
        ("完成枫桥经验收", "枫桥经验"),
        ("修补一带一路面", "一带一路"),
        ("追究一岗双责任", "一岗双责"),
        ("所以人为本", "以人为本"),
    ],
)
def test_a_single_character_beside_it_that_makes_a_word_with_its_edge_takes_it(
    text: str, words: str
) -> None:
    assert not find(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("在中国方案里", "中国方案"),
        ("枫桥经验对我们有用", "枫桥经验"),
        ("为人民至上的理念", "人民至上"),
        ("中国方案和力量", "中国方案"),
    ],
)
def test_a_character_that_is_a_word_by_itself_takes_nothing(text: str, words: str) -> None:
    assert find(text, words)


def test_a_compound_of_whole_words_holds_it() -> None:
    assert find("坚决打赢脱贫攻坚战", "脱贫攻坚")


def test_what_was_quoted_is_found_elsewhere_only_as_words() -> None:
    text = "贯彻“新发展理念”，就要创新发展理念，把新发展理念落实好。"
    (found,) = find_slogans(text)
    assert [text[a - 1 : b + 1] for a, b in found.mentions] == ["“新发展理念”", "把新发展理念落"]


@given(st.text("创新发展理念四个机关，。 \n", max_size=30), st.data())
def test_signs_at_both_sides_make_any_wording_stand(words: str, data: st.DataObject) -> None:
    inner = data.draw(st.text("创新发展理念机关", min_size=2, max_size=8))
    assert stands_alone(f"{words}“{inner}”{words}", len(words) + 1, len(words) + 1 + len(inner))


@pytest.mark.parametrize("words", ["中国梦", "放管服", "组合拳", "双拥", "三农", "新发展理念"])
def test_an_expression_that_means_nothing_else_may_stand_bare(words: str) -> None:
    assert may_stand_bare(words)


@pytest.mark.parametrize("words", ["走出去", "引进来", "回头看", "两新", "三讲"])
def test_what_any_sentence_may_say_counts_in_quotation_marks_alone(words: str) -> None:
    assert not may_stand_bare(words)


def test_a_longer_name_that_means_something_else_holds_no_wording() -> None:
    assert not find("开展学习“硬骨头六连”活动", "硬骨头")
    assert find("啃下这块硬骨头，六连冠不难", "硬骨头")


def count_said(families: list[JudgedFamily]) -> tuple[int, int]:
    """Return of how many right and wrong places it is said that a wording stands there."""
    right, wrong = zip(*(family.count(says) for family in families), strict=True)
    return sum(right), sum(wrong)


def test_of_the_judged_places_few_wrong_ones_stay_and_no_right_one_goes() -> None:
    families = load_judged("mention_borders")
    right, wrong = count_said(families)
    assert right == sum(len(family.wanted) for family in families)
    assert right / (right + wrong) >= 0.93


def test_in_families_kept_aside_every_right_place_stays_and_few_wrong_ones() -> None:
    families = [one for one in load_judged("mention_borders") if one.name.startswith("aside")]
    right, wrong = count_said(families)
    assert right == sum(len(family.wanted) for family in families) >= 70
    assert wrong <= 0.15 * sum(len(family.unwanted) for family in families)
