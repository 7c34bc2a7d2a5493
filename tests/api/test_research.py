"""Concordance and trends."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.api.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(corpus: dict[str, Speech]) -> None:
    rebuild_index()


def count_occurrences(corpus: dict[str, Speech], words: str) -> int:
    speeches = (corpus["work"], corpus["training"])
    return sum((s.title + "|" + s.current.text).count(words) for s in speeches)


def test_every_occurrence_is_a_line(ask: Ask, corpus: dict[str, Speech]) -> None:
    answer = ask("/concordance", q="“代表”", limit=100)
    assert answer["total"] == len(answer["items"]) == count_occurrences(corpus, "代表")
    texts = {s.pk: s.current.text for s in corpus.values()}
    for line in answer["items"]:
        assert line["key"] == "代表"
        if line["zone"] == "text":
            assert texts[line["speech"]][line["start"] : line["end"]] == "代表"


def test_pages_of_lines_join_to_all_of_them(ask: Ask) -> None:
    whole = ask("/concordance", q="代表", sort="right", limit=100)["items"]
    page = ask("/concordance", q="代表", sort="right", limit=4)
    joined = page["items"]
    while page["next_cursor"]:
        page = ask("/concordance", q="代表", sort="right", limit=4, cursor=page["next_cursor"])
        joined += page["items"]
    assert joined == whole


def test_the_same_seed_draws_the_same_lines(ask: Ask) -> None:
    first = ask("/concordance", q="代表", sample=3, seed=7)
    assert first["drawn"] == len(first["items"]) == 3
    assert ask("/concordance", q="代表", sample=3, seed=7)["items"] == first["items"]


def test_a_concordance_needs_a_query(ask: Ask) -> None:
    problem = ask("/concordance", 422)
    assert problem["errors"] == [{"parameter": "q", "message": "缺少这个参数"}]


def test_a_trend_counts_each_expression_in_each_year(ask: Ask, corpus: dict[str, Speech]) -> None:
    answer = ask("/trends", expression=["代表", "监督"])
    assert [period["label"] for period in answer["periods"]] == ["2021", "2022", "2023"]
    deputies = answer["series"][0]
    assert deputies["total"]["occurrences"] == count_occurrences(corpus, "代表")
    assert deputies["points"][1] == {
        "occurrences": None,
        "speeches": None,
        "per_10k": None,
        "share": None,
    }


def test_filters_narrow_a_trend(ask: Ask) -> None:
    answer = ask("/trends", expression="代表", year=2021)
    assert [period["label"] for period in answer["periods"]] == ["2021"]
    assert answer["searched"]["speeches"] == 1
    assert answer["corpus"]["speeches"] == 2


def test_an_unreadable_expression_is_named(ask: Ask) -> None:
    problem = ask("/trends", 400, expression=["代表", "(监督"])
    assert (problem["expression"], problem["position"]) == ("(监督", 0)
