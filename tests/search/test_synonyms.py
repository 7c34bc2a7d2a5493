from __future__ import annotations

from pathlib import Path

import pytest

from corpus_app.text.folding import fold
from search.suggest import synonyms
from search.suggest.synonyms import (
    SynonymGroup,
    expand_synonyms,
    find_synonym_groups,
    fold_synonym,
    load_groups,
)
from tests.folding import for_each

ALL = [w for group in load_groups() for w in (*group.terms, *group.narrower)]


@pytest.mark.parametrize(
    ("term", "wordings"),
    [
        ("人代会", ["人民代表大会会议"]),
        ("人民代表大会会议", ["人代会"]),
        ("人大", ["人民代表大会"]),
        ("人民代表大会", ["人大"]),
        ("一府一委两院", ["一府两院"]),
        ("街道人大工委", ["人大街道工作委员会", "人大街道工委", "街道人大工作委员会"]),
    ],
)
def test_a_term_leads_to_its_other_wordings(term: str, wordings: list[str]) -> None:
    assert expand_synonyms(term) == wordings


def test_the_collective_name_leads_to_every_kind_of_station() -> None:
    assert expand_synonyms("家站")[:3] == ["代表家站", "代表之家", "代表联络站"]


def test_a_kind_of_station_leads_to_the_collective_name_and_to_no_other_kind() -> None:
    assert expand_synonyms("代表之家") == expand_synonyms("代表联络站") == ["家站", "代表家站"]


def test_a_narrower_wording_leads_nowhere_where_the_group_only_points_down() -> None:
    assert "向选民报告履职情况" in expand_synonyms("代表述职")
    assert expand_synonyms("向选民报告履职情况") == []
    assert find_synonym_groups("向选民报告履职情况") == []


def test_an_unknown_term_leads_nowhere() -> None:
    assert expand_synonyms("生态环境") == expand_synonyms("") == []


def test_traditional_characters_and_white_space_make_no_difference() -> None:
    assert expand_synonyms("人民代表大會 會議") == expand_synonyms("人民代表大会会议")


def test_the_other_meaning_of_a_short_name_is_pointed_out() -> None:
    (group,) = find_synonym_groups("人大")
    assert "中国人民大学" in group.caution


def test_the_list_is_long_enough_to_be_of_use_and_explains_every_group() -> None:
    assert len(load_groups()) >= 20
    assert all(group.note.endswith("。") for group in load_groups())


def test_no_wording_stands_twice_in_the_list() -> None:
    folded = [fold_synonym(wording) for wording in ALL]
    assert sorted(folded) == sorted(set(folded))


@for_each("wording", ALL)
def test_a_term_never_leads_to_itself_or_twice_to_the_same(wording: str) -> None:
    found = [fold(other) for other in expand_synonyms(wording)]
    assert fold(wording) not in found
    assert len(found) == len(set(found))


@for_each("group", load_groups())
def test_terms_of_a_group_lead_to_each_other(group: SynonymGroup) -> None:
    for term in group.terms:
        assert set(expand_synonyms(term)) >= {*group.terms, *group.narrower} - {term}


@for_each("group", load_groups())
def test_every_group_adds_a_wording_that_substring_search_would_miss(group: SynonymGroup) -> None:
    wordings = (*group.terms, *group.narrower)
    assert any(term not in other for term in group.terms for other in wordings if other != term)


@pytest.mark.parametrize(
    "row",
    [
        'terms = ["甲", "乙"]',
        'note = "无词。"',
        'terms = ["甲", "乙"]\nnote = "错。"\ndirection = "up"',
        'terms = ["甲", "乙"]\nnote = "错。"\nnarower = ["丙"]',
    ],
)
def test_a_faulty_list_is_refused(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "synonyms.toml").write_text(f"[[group]]\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(synonyms, "SYNONYMS", tmp_path / "synonyms.toml")
    with pytest.raises(ValueError):
        load_groups.__wrapped__()
