from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from corpus_app.text.folding import (
    SENTINEL,
    fold,
    fold_codes,
    fold_keeping_space,
    fold_with_origins,
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
    folded = fold_with_origins("𠮷 野家")
    assert folded.codes.tolist() == [ord("𠮷"), ord("野"), ord("家")]
    assert folded.origins.tolist() == [0, 2, 3]


def test_no_text_folds_to_the_sentinel() -> None:
    assert not np.any(fold_codes("\x00\U0010ffff代表") == SENTINEL)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_origins_lead_back_to_the_source(text: str) -> None:
    folded = fold_with_origins(text)
    kept = "".join(text[place] for place in folded.origins)
    assert kept == "".join(text.split())
    assert len(folded.codes) == len(folded.origins)


@given(st.text(), st.text())
def test_folding_goes_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@given(st.text())
def test_folding_with_space_keeps_the_length(text: str) -> None:
    assert len(fold_keeping_space(text)) == len(text)
