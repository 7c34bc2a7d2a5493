from __future__ import annotations

import pytest

import search
from corpus_app.catalog.models import Speech
from tests.search.asking import ask
from tests.search.factories import make_theme, tag_section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def test_facets_count_matched_units(corpus: dict[str, Speech]) -> None:
    facets = ask("").facets
    assert [(v.value, v.count) for v in facets["year"]] == [("2023", 1), ("2022", 1)]
    assert [(v.value, v.label, v.count) for v in facets["level"]] == [
        ("prefecture", "市级", 1),
        ("township", "乡级", 1),
    ]
    assert {v.value: v.count for v in facets["organisation"]} == {
        "云岭市人大常委会": 1,
        "砚桥镇人大": 1,
    }


def test_a_chosen_value_narrows_hits_and_other_facets_but_not_its_own(
    corpus: dict[str, Speech],
) -> None:
    result = ask("", year=("2023",))
    assert [hit.speech_id for hit in result.hits] == [corpus["work"].pk]
    assert [(v.value, v.count, v.selected) for v in result.facets["year"]] == [
        ("2023", 1, True),
        ("2022", 1, False),
    ]
    assert [v.value for v in result.facets["level"]] == ["prefecture"]
    assert [(c.facet, c.label) for c in result.chips()] == [("year", "2023")]


def test_themes_count_for_the_themes_above_and_for_sections_inside(
    corpus: dict[str, Speech],
) -> None:
    parent = make_theme("renmin", "人民代表")
    tag_section(corpus["work"], "2", make_theme("jiandu", "监督", parent))
    search.index_speeches([corpus["work"].pk])
    facets = ask("预算", unit="section").facets
    assert {v.value: v.count for v in facets["theme"]} == {"renmin": 1, "jiandu": 1}
    assert ask("预算", unit="section", theme=("renmin",)).total == 1
    assert ask("民主", unit="section", theme=("renmin",)).total == 0
