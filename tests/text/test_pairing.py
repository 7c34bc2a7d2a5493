"""Sentences of two texts that became one another: properties, limits, and what moved."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, strategies as st

from corpus_app.text.chars import squeeze
from corpus_app.text.likeness import find_like
from corpus_app.text.pairing import SentencePair, pair_sentences
from corpus_app.text.sentences import list_forms, list_sentences
from tests.thoroughness import draw

OLD = """一、过去一年的工作
审议专项工作报告12项，开展执法检查3次。
组织代表视察藕塘灌区，提出建议300件。
修订柳浦镇农田水利管理办法，明确渠道管护责任。
二、下一步的任务
加强对预算执行情况的监督，推动审计查出问题整改。
办好代表联络站，每月接待群众一次。"""

words = st.text(alphabet="甲乙丙丁戊己，。；\n", max_size=80)
forms = st.lists(st.text(alphabet="甲乙丙丁戊", max_size=6), max_size=12)


def pair(old: str, new: str) -> list[tuple[str, str, bool]]:
    """Return the pairs of two texts in their words."""
    spans = list_sentences(old), list_sentences(new)
    pairs = pair_sentences(list_forms(old, spans[0]), list_forms(new, spans[1]))

    def read(text: str, side: int, numbers: range) -> str:
        return "".join(text[slice(*spans[side][at])] for at in numbers)

    return [(read(old, 0, one.first), read(new, 1, one.second), one.moved) for one in pairs]


def count_like(first: str, second: str) -> set[str]:
    """Return what two forms have in common, plainly."""
    grams = [{form[at : at + 2] for at in range(max(1, len(form) - 1))} for form in (first, second)]
    return grams[0] & grams[1]


@draw(200)
@given(words)
def test_all_but_white_space_stands_in_one_sentence(text: str) -> None:
    spans = list_sentences(text)
    assert squeeze("".join(text[start:end] for start, end in spans)) == squeeze(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@draw(300)
@given(forms, forms)
def test_no_sentence_stands_in_two_pairs_and_equal_ones_are_never_left(
    first: list[str], second: list[str]
) -> None:
    pairs = pair_sentences(first, second)
    for side, forms_of_side in (("first", first), ("second", second)):
        taken = [at for one in pairs for at in getattr(one, side)]
        assert len(taken) == len(set(taken))
        assert all(forms_of_side[at] for at in taken)
    rising = [one.second.start for one in pairs if not one.moved]
    assert rising == sorted(set(rising))
    used = {at for one in pairs for at in one.first}, {at for one in pairs for at in one.second}
    left = Counter(form for at, form in enumerate(first) if form and at not in used[0])
    there = Counter(form for at, form in enumerate(second) if form and at not in used[1])
    assert not left & there


@draw(100)
@given(st.lists(st.text(alphabet="甲乙丙丁戊", min_size=1, max_size=6), max_size=12))
def test_a_text_is_its_own_version(first: list[str]) -> None:
    whole = [SentencePair(range(at, at + 1), range(at, at + 1), 1.0) for at in range(len(first))]
    assert pair_sentences(first, first) == whole


@draw(150)
@given(forms, forms)
def test_likeness_is_the_same_both_ways_and_counts_what_plain_counting_counts(
    first: list[str], second: list[str]
) -> None:
    there = find_like(first, second, least=0.0)
    back = find_like(second, first, least=0.0)
    rows = {
        (int(a), int(b)): v
        for a, b, v in zip(there.first, there.second, there.likeness, strict=True)
    }
    mirrored = {
        (int(b), int(a)): v for a, b, v in zip(back.first, back.second, back.likeness, strict=True)
    }
    assert rows.keys() == mirrored.keys()
    assert all(abs(rows[key] - mirrored[key]) < 1e-9 for key in rows)
    expected = {
        (one, other)
        for one, form in enumerate(first)
        for other, form_there in enumerate(second)
        if form and form_there and count_like(form, form_there)
    }
    assert rows.keys() == expected


def test_reworded_moved_dropped_and_new_sentences_are_told() -> None:
    new = OLD.replace("12项", "15项").replace("每月接待群众一次", "每周接待群众一次")
    new = new.replace("修订柳浦镇农田水利管理办法，明确渠道管护责任。\n", "")
    moved = "组织代表视察藕塘灌区，提出建议300件。"
    new = new.replace(f"{moved}\n", "") + f"\n{moved}\n新设立镇村两级议事会。"
    found = pair(OLD, new)
    assert (
        "审议专项工作报告12项，开展执法检查3次。",
        "审议专项工作报告15项，开展执法检查3次。",
        False,
    ) in found
    assert (moved, moved, True) in found
    told = "".join(old for old, _, _ in found), "".join(words for _, words, _ in found)
    assert "修订" not in told[0]
    assert "议事会" not in told[1]


def test_a_sentence_cut_in_two_and_two_made_one_are_one_pair() -> None:
    one = "组织代表视察藕塘灌区，看渠道、访农户，听取镇村两级意见，提出建议300件。"
    two = "组织代表视察藕塘灌区，看渠道、访农户。听取镇村两级意见，提出建议300件。"
    (found,) = pair(one, two)
    assert found == (one, two, False)
    (back,) = pair(two, one)
    assert back == (two, one, False)


def test_very_long_texts_of_few_different_sentences_are_paired_too() -> None:
    found = pair_sentences(["同意"] * 20_000, ["同意", "反对"] * 10_000)
    assert len(found) == 10_000
