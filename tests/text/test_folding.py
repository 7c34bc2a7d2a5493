from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st
from opencc import OpenCC

from corpus_app.text import folding
from corpus_app.text.equality import SENTINEL, list_kinds, list_unseen
from corpus_app.text.folding import (
    find_certain,
    fold,
    fold_codes,
    fold_keeping_space,
    fold_with_offsets,
)


def test_it_holds_traditional_and_simplified_equal() -> None:
    assert fold("機關黨員聯繫代表") == fold("机关党员联系代表")


def test_it_holds_full_and_half_width_equal() -> None:
    assert fold("ＡＢ１２，（）：！") == "AB12,():!"


def test_it_drops_every_kind_of_white_space() -> None:
    assert fold(" 人\u3000民\n代\t表\u00a0大\u2003会\r\n") == "人民代表大会"


def test_it_keeps_case() -> None:
    assert fold("Abc") == "Abc"


def test_it_works_character_by_character_and_not_by_phrase() -> None:
    assert fold("计算机软件") == "计算机软件"
    assert fold("乾淨") == fold("干净")


def test_it_knows_variants_but_keeps_characters_apart_that_are_both_in_use() -> None:
    assert fold("瞭解衞生") == fold("了解卫生")
    assert fold("显著") != fold("显着")
    assert fold("覆盖") != fold("复盖")


def test_it_leaves_characters_beyond_the_basic_plane_whole() -> None:
    folded = fold_with_offsets("𠮷 野家")
    assert folded.codes.tolist() == [ord("𠮷"), ord("野"), ord("家")]
    assert folded.offsets.tolist() == [0, 2, 3]


def test_no_text_folds_to_the_sentinel() -> None:
    assert not np.any(fold_codes("\x00\U0010ffff代表") == SENTINEL)


# Equal signs, marks that combine, and what is not seen, among all other characters.
SPRINKLED = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from("一⼀⻅麗\uf988eé\u0301\u0323か\u3099ｶﾞ가\u1161\u11a8-—－.·．…⋯\u2025“\"'「")
    | st.sampled_from(" \n\u200b\u200d\ufe0f\u034f\u00ad\U000e0100"),
    max_size=12,
)


@given(SPRINKLED)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(SPRINKLED)
def test_every_canonical_form_of_a_text_is_folded_alike(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {fold(text)}


@given(SPRINKLED)
def test_each_folded_character_leads_to_the_stretch_that_it_was_made_from(text: str) -> None:
    folded = fold_with_offsets(text)
    starts, ends = folded.offsets.tolist(), folded.ends.tolist()
    assert (starts, ends) == (sorted(starts), sorted(ends))
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    covered = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    assert not fold("".join(char for at, char in enumerate(text) if at not in covered))
    for at, char in enumerate(fold(text)):
        assert char in fold(text[starts[at] : ends[at]])


@given(SPRINKLED, st.data())
def test_spans_of_the_source_and_of_the_folding_lead_to_each_other(
    text: str, data: st.DataObject
) -> None:
    folded = fold_with_offsets(text)
    if not len(folded):
        return
    first = data.draw(st.integers(0, len(folded) - 1))
    stop = data.draw(st.integers(first + 1, len(folded)))
    span = folded.find_span(first, stop)
    low, high = folded.locate(np.array([span]))[0].tolist()
    assert low <= first < stop <= high
    assert folded.find_span(low, high) == span


@given(SPRINKLED, SPRINKLED, SPRINKLED)
def test_what_holds_a_text_holds_what_is_certain_of_it(left: str, text: str, right: str) -> None:
    assert fold(find_certain(text)) in fold(left + text + right)


def test_what_is_certain_of_chinese_words_is_all_of_them() -> None:
    assert find_certain("人民代表大会，") == "人民代表大会，"
    assert find_certain("npc") == "np"  # ç is another letter


@given(st.text("人民代表，。（ＡＢ１ —…", max_size=9), st.text("人民代表，。（ＡＢ１", max_size=9))
def test_what_does_not_combine_is_folded_character_by_character(left: str, right: str) -> None:
    assert fold(left + "会" + right) == fold(left) + "会" + fold(right)


@given(st.text())
def test_folding_with_space_keeps_the_length(text: str) -> None:
    assert len(fold_keeping_space(text)) == len(text)


def fold_alone(char: str, converter: OpenCC, variants: dict[str, str]) -> str:
    """Return one character folded by each source of the table in turn, until nothing changes."""
    before = ""
    while before != char:
        before = char
        form, *plain = unicodedata.decomposition(char).split() or [""]
        if form in ("<wide>", "<narrow>", "<vertical>", "<small>") and len(plain) == 1:
            char = chr(int(plain[0], 16))
        char = unicodedata.normalize("NFC", char)
        char = variants.get(char, char)
        simple = converter.convert(char)
        char = simple if len(simple) == 1 else char
    return "" if char.isspace() else char


def test_it_folds_every_character_of_the_basic_plane_as_its_sources_say() -> None:
    data = Path(folding.__file__).parent / "data"
    variants = {}
    for name in ("variant_characters.txt", "radicals.txt"):
        lines = (data / name).read_text("utf-8").splitlines()
        variants |= dict(line.split() for line in lines if not line.startswith("#"))
    for kind in list_kinds():
        variants |= dict.fromkeys("".join(kind.groups), kind.sign)
    converter = OpenCC("t2s")
    ranges = (range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0xFE10, 0xFFF0))
    chars = [chr(code) for codes in ranges for code in codes]
    chars = [char for char in chars if char not in list_unseen() and char not in "…⋯︙︰"]
    expected = {char: fold_alone(char, converter, variants) for char in chars}
    assert {char: fold(char) for char in chars if fold(char) != expected[char]} == {}


def test_every_radical_of_unicode_is_folded_to_an_ideograph() -> None:
    """NFKC is another source for the Kangxi radicals, and has all of them."""
    kangxi = [chr(code) for code in range(0x2F00, 0x2FD6)]
    assert [c for c in kangxi if fold(c) != fold(unicodedata.normalize("NFKC", c))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("⼀、⼆⻅⻓⻔", "一、二见长门"),
        ("\uf988\U0002f804", "麗\u4f60"),
        ("Ame\u0301lie가か\u3099ｶﾞ", "Amélie가がガ"),
        ("联\u200b络\u00ad站\ufeff", "联络站"),
        ("👨\u200d👩\u200d👧❤\ufe0f", "👨👩👧❤"),
        ("葛\U000e0100城\u2066\U000e0061", "葛城"),
        ("阿依古丽•买买提", "阿依古丽．买买提"),
        ("古丽・买‧提⋅", "古丽·买.提·"),
        ("二○二三◯", "二〇二三〇"),
        ("“双联”『站』＂", "'双联'\"站「´"),
        ("2021—2023－――", "2021-2023—"),
        ("等等……", "等等..."),
        ("⋯···", "…"),
        ("9∶30～11：00〜", "9:30~11:00∼"),
        ("﹑︵﹙｡", "、((。"),
    ],
)
def test_it_holds_equal_what_the_table_says(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("一", "—"), ("—", "～"), ("。", "."), ("。。。", "…"), ("零", "〇"), ("O", "〇"), ("e", "é")],
)
def test_it_keeps_apart_what_the_table_does_not_say(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_marks_without_number_take_no_more_than_their_share_of_time() -> None:
    """Canonical order by insertion takes minutes for what one hostile paragraph may hold."""
    begun = time.process_time()
    assert len(fold("e" + "\u0301\u0323" * 100_000)) > 100_000
    assert fold("e\u0301" * 100_000) == "é" * 100_000
    assert time.process_time() - begun < 5
