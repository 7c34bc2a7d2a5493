"""A host without arrays counts over Solr what one with arrays counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from haystack import connections

import search
from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from search import (
    ConcordanceRequest,
    QueryError,
    SearchRequest,
    build_concordance,
    count_in_speech,
    find_marks,
    run_search,
)
from search.trends import count_trend
from tests.search.factories import make_speech
from tests.solr.conftest import Cluster
from tests.solr.test_search import TEXTS, fill, on_whoosh

FACETS = [
    SearchRequest("监督", unit="section", theme=("budget",)),
    SearchRequest("预算", level=("county",), year=("2020..2021",)),
    SearchRequest("监督 -信访", unit="section", organisation=("第7镇人大",)),
]


@pytest.fixture
def bare(solr: Cluster) -> None:
    """Let this host keep no arrays."""
    connections.connections_info["default"]["ARRAYS"] = False


def ask_all() -> list[Any]:
    """Return everything that is counted, without how it was told which corpus it is."""
    requests = [SearchRequest(text, unit=unit) for text in TEXTS for unit in ("speech", "section")]
    pk = Speech.objects.order_by("pk")[7].pk
    answers: list[Any] = [_list_concordance(each) for each in (*requests, *FACETS)]
    for step in ("year", "month"):
        for filters in (SearchRequest(), *FACETS):
            asked = ("监督", "“全过程人民民主”", "代表 履职", "级别:县级", "/第[一二]项/")
            answers.append(_forget_version(count_trend(asked, step, filters)))
    answers += [count_in_speech(text, pk) for text in TEXTS]
    answers += [list(find_marks(text, pk)) for text in TEXTS]
    return [*answers, search.count_corpus_years(), search.count_corpus_characters()]


def _list_concordance(request: SearchRequest) -> Any:
    asked = ConcordanceRequest(search=request, sort="right", per_page=50, page=2)
    found = build_concordance(asked)
    sampled = build_concordance(replace(asked, sample=40, seed=3, page=1))
    return _forget_version(found), _forget_version(sampled)


def _forget_version(answer: Any) -> Any:
    """Return an answer without the word for the state of the index, which is each host's own."""
    return replace(answer, grounds=replace(answer.grounds, version=""))


def test_every_count_is_the_one_over_arrays(bare: None, tmp_path: Path, settings: Any) -> None:
    fill()
    search.rebuild_index()
    found = ask_all()
    with on_whoosh(tmp_path / "own", settings):
        search.rebuild_index()
        expected = ask_all()
    for one, other in zip(found, expected, strict=True):
        assert one == other


def test_a_host_without_arrays_follows_searches_and_is_well(
    bare: None, client: Client, settings: Any
) -> None:
    settings.SHARED_DATABASE = True
    kept, gone = make_speech(parts=["依法监督"]), make_speech(parts=["依法监督"])
    assert search.read_index_state().status == "missing"
    assert search.repair_index()
    state = search.read_state_at_rest()
    assert (state.status, state.speeches) == ("fresh", 2)
    assert search.check_index() == []
    Speech.objects.filter(pk=gone.pk).update(status=Speech.Status.WITHDRAWN)
    search.index_speeches([gone.pk])
    assert build_concordance(ConcordanceRequest(search=SearchRequest("监督"))).speeches == 1
    Speech.objects.filter(pk=kept.pk).update(access=INTERNAL)
    page = client.get("/concordance/", {"q": "监督"}).content.decode()
    assert f"/speeches/{kept.pk}/" not in page
    assert client.get("/api/v1/search", {"q": "监督"}).json()["total"] == 0
    assert run_search(SearchRequest("监督")).total == 1  # outside of a request all is seen


def test_what_is_withdrawn_is_out_of_every_count_before_solr_follows(
    bare: None, client: Client
) -> None:
    from corpus_app.catalog.changes import note_changes

    gone = make_speech(parts=["依法监督"])
    search.rebuild_index()
    Speech.objects.filter(pk=gone.pk).update(status=Speech.Status.WITHDRAWN)
    note_changes([gone.pk])
    assert run_search(SearchRequest("监督")).total == 0
    assert build_concordance(ConcordanceRequest(search=SearchRequest("监督"))).total == 0


def test_more_text_than_can_be_counted_is_said_in_a_sentence(
    bare: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_speech(parts=["依法监督。" * 30])
    search.rebuild_index()
    monkeypatch.setattr("search.counting.solr.MOST_CHARACTERS", 100)
    with pytest.raises(QueryError, match="请用年份、级别、单位等条件缩小范围"):
        build_concordance(ConcordanceRequest(search=SearchRequest("监督")))
    for address in ("/concordance/", "/trends/"):
        name = "q" if address == "/concordance/" else "expression"
        page = client.get(address, {name: "监督"}).content.decode()
        assert "缩小范围" in page, address
