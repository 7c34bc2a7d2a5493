"""A subcorpus in a query: what it holds, in every view, whatever else is asked."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from corpus_app.catalog.models import Speech
from corpus_app.subcorpora.models import Subcorpus
from search import (
    ConcordanceRequest,
    QueryError,
    SearchRequest,
    TrendRequest,
    answer_trend,
    build_concordance,
    find_marks,
    parse_query,
    run_search,
    write_query,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("researcher")


def ask(text: str, **changes: object) -> set[int]:
    request = SearchRequest(text=text, per_page=None).change(**changes)
    return {hit.speech_id for hit in run_search(request).hits}


def by_search(owner: User, asked: str) -> str:
    return f"子库:{Subcorpus.objects.create(owner=owner, name='一部分', asked=asked).token}"


def by_hand(owner: User, *speeches: Speech) -> str:
    ids = [speech.pk for speech in speeches]
    return f"子库:{Subcorpus.objects.create(owner=owner, name='手选', picked=ids).token}"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=%E4%BB%A3%E8%A1%A8", {"work", "station"}),
        ("q=%E4%BB%A3%E8%A1%A8+-%E4%BF%A1%E8%AE%BF", {"work"}),
        ("level=township", {"station"}),
        ("year=2022&year=2023", {"work", "station"}),
        ("year=..2022", {"station"}),
        ("q=%E4%BB%A3%E8%A1%A8&level=township&level=prefecture&year=2023", {"work"}),
        ("completeness=gapped", {"old"}),
    ],
)
def test_it_holds_what_its_search_finds(
    corpus: dict[str, Speech], owner: User, asked: str, names: set[str]
) -> None:
    query = by_search(owner, asked)
    expected = {corpus[name].pk for name in names}
    assert ask(query) == expected
    assert ask(f"-{query}") == {speech.pk for speech in corpus.values()} - expected
    assert ask(f"党 {query}") == ask("党") & expected
    assert ask(f"代表 {query}", unit="section") == ask("代表", unit="section") & expected


def test_speeches_picked_by_hand_are_a_subcorpus(corpus: dict[str, Speech], owner: User) -> None:
    query = by_hand(owner, corpus["old"], corpus["station"])
    assert ask(query) == {corpus["old"].pk, corpus["station"].pk}
    # One that is gone, or never was, is none.
    Subcorpus.objects.update(picked=[corpus["old"].pk, 999_999])
    assert ask(query) == {corpus["old"].pk}
    nothing = by_hand(owner)
    assert ask(nothing) == set()


def test_its_own_words_are_neither_counted_nor_marked(
    corpus: dict[str, Speech], owner: User
) -> None:
    query = f"“履职” {by_search(owner, 'q=%E4%BB%A3%E8%A1%A8')}"
    plain = build_concordance(ConcordanceRequest(SearchRequest(text="“履职”")))
    found = build_concordance(ConcordanceRequest(SearchRequest(text=query)))
    assert [line.key for line in found.lines] == [line.key for line in plain.lines]
    assert find_marks(query, corpus["work"].pk) == find_marks("“履职”", corpus["work"].pk)
    trend = answer_trend(TrendRequest((query,)))
    assert trend.series[0].total.occurrences == plain.total


def test_one_may_lie_in_another_and_its_name_is_told(
    corpus: dict[str, Speech], owner: User
) -> None:
    outer = by_search(owner, "q=%E4%BB%A3%E8%A1%A8")
    token = outer.partition(":")[2]
    inner = by_search(owner, f"q=%E5%AD%90%E5%BA%93%3A{token}&level=township")
    assert ask(inner) == {corpus["station"].pk}
    told = run_search(SearchRequest(text=inner)).understood
    assert "一部分" in told
    assert token not in told


def test_a_token_of_none_is_a_fault_with_its_place(corpus: dict[str, Speech]) -> None:
    with pytest.raises(QueryError) as fault:
        run_search(SearchRequest(text="代表 子库:nothing"))
    assert fault.value.position == 6
    assert "nothing" in fault.value.reason


def test_it_is_written_back_as_it_was_typed() -> None:
    assert write_query(parse_query("代表 -子库:abc23")) == "代表 -子库:abc23"
    assert parse_query("subcorpus:abc23") == parse_query("子库:abc23")
