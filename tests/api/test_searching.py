"""Search and suggestions."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from search import SearchRequest, rebuild_index, run_search
from tests.api.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(corpus: dict[str, Speech]) -> None:
    rebuild_index()


@pytest.mark.parametrize("unit", ["speech", "section"])
@pytest.mark.parametrize("query", ["代表", "“代表家站”", "代表 -选民", "", "标题:培训"])
def test_it_finds_what_the_search_itself_finds(ask: Ask, query: str, unit: str) -> None:
    expected = run_search(SearchRequest(text=query, unit=unit, per_page=None))
    answer = ask("/search", q=query, unit=unit, limit=100)
    found = [(hit["speech"], hit["section"]) for hit in answer["items"]]
    assert found == [(hit.speech_id, hit.section_key) for hit in expected.hits]
    assert answer["total"] == expected.total
    assert answer["understood"] == expected.understood
    assert answer["searched"]["speeches"] == 2


def test_pages_join_to_all_hits(ask: Ask) -> None:
    whole = ask("/search", q="代表", unit="section", limit=100)["items"]
    page = ask("/search", q="代表", unit="section", limit=2)
    joined = page["items"]
    while page["next_cursor"]:
        page = ask("/search", q="代表", unit="section", limit=2, cursor=page["next_cursor"])
        joined += page["items"]
    assert joined == whole
    assert len(whole) > 4


def test_facets_count_and_narrow(ask: Ask, corpus: dict[str, Speech]) -> None:
    answer = ask("/search", q="代表")
    years = {value["value"]: value["count"] for value in answer["facets"]["year"]}
    assert years == {"2023": 1, "2021": 1}
    narrowed = ask("/search", q="代表", year=2021)
    assert [hit["speech"] for hit in narrowed["items"]] == [corpus["training"].pk]
    assert ask("/search", q="代表", facets="false")["facets"] == {}


def test_a_snippet_marks_what_was_asked_for(ask: Ask) -> None:
    (hit,) = ask("/search", q="“票决出来”")["items"]
    assert "".join(piece["text"] for piece in hit["pieces"] if piece["marked"]) == "票决出来"
    assert "".join(piece["text"] for piece in hit["pieces"]) == hit["snippet"]


def test_an_unreadable_query_is_answered_with_its_place(ask: Ask) -> None:
    problem = ask("/search", 400, q="代表 (监督")
    assert (problem["code"], problem["position"]) == ("query", 3)
    assert "第 4 字处" in problem["detail"]


def test_a_search_without_hits_says_how_much_was_searched(ask: Ask) -> None:
    answer = ask("/search", q="“没有这句话”")
    assert (answer["total"], answer["items"]) == (0, [])
    assert answer["searched"]["first_year"] == 2021
    assert answer["advice"]


def test_a_cursor_of_another_search_is_refused(ask: Ask) -> None:
    cursor = ask("/search", q="代表", unit="section", limit=1)["next_cursor"]
    assert ask("/search", 400, q="监督", unit="section", limit=1, cursor=cursor)["code"] == "cursor"


@pytest.mark.parametrize(("typed", "text"), [("sgjg", "四个机关"), ("dbjz", "代表家站")])
def test_initials_suggest_what_stands_in_the_corpus(ask: Ask, typed: str, text: str) -> None:
    assert text in [one["text"] for one in ask("/suggestions", q=typed)["items"]]


def test_a_suggestion_leads_to_what_it_names(ask: Ask) -> None:
    (theme,) = [one for one in ask("/suggestions", q="家站")["items"] if one["kind"] == "theme"]
    assert theme["text"][theme["start"] : theme["end"]] == "家站"
    assert theme["api_url"] == "/api/v1/themes/station"
