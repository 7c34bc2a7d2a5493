from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
from hypothesis import given, strategies as st
from opencc import OpenCC

from corpus_app.text import folding
from corpus_app.text.folding import (
    SENTINEL,
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


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_offsets_lead_back_to_the_source(text: str) -> None:
    folded = fold_with_offsets(text)
    kept = "".join(text[place] for place in folded.offsets)
    assert kept == "".join(text.split())
    assert len(folded.codes) == len(folded.offsets)


@given(st.text(), st.text())
def test_folding_goes_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@given(st.text())
def test_folding_with_space_keeps_the_length(text: str) -> None:
    assert len(fold_keeping_space(text)) == len(text)


def fold_alone(char: str, converter: OpenCC, variants: dict[str, str]) -> str:
    """Return one character folded by each source of the table in turn, twice as it is."""
    for _ in range(2):
        simple = converter.convert(char)
        char = simple if len(simple) == 1 else char
        if "\uff01" <= char < "\uffef":
            common = unicodedata.normalize("NFKC", char)
            char = common if len(common) == 1 else char
        char = variants.get(char, char)
    return char


def test_it_folds_every_character_of_the_basic_plane_as_its_sources_say() -> None:
    data = Path(folding.__file__).parent / "data" / "variant_characters.txt"
    lines = [line for line in data.read_text("utf-8").splitlines() if not line.startswith("#")]
    variants = dict(line.split() for line in lines)
    converter = OpenCC("t2s")
    ranges = (range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0xFF00, 0xFFF0))
    chars = [chr(code) for codes in ranges for code in codes if not chr(code).isspace()]
    expected = {char: fold_alone(char, converter, variants) for char in chars}
    assert {char: fold(char) for char in chars if fold(char) != expected[char]} == {}
