"""A run without blanks is read one way by every view, and a zero is never a false one."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from corpus_app.catalog.models import Speaker
from search import (
    ConcordanceRequest,
    RunReading,
    SearchRequest,
    build_concordance,
    open_index,
    read_query,
    run_search,
)
from search.index.indexing import index_speeches
from search.matching.reading import MAX_RUN, find_asking, is_question
from search.query.nodes import Words, walk_leaves
from search.trends import count_trend
from tests.search.factories import make_speech

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(index_folder: Path) -> list[int]:
    """Three speeches: two with the run, one with its words apart; one speaker is named nowhere."""
    speaker = Speaker.objects.create(name="沈知远")
    rows = [
        make_speech(
            "在会上的讲话", ["全县国内生产总值增长百分之五。"], date="2021", speaker=speaker
        ),
        make_speech("在会上的讲话", ["国内生产总值，说了两遍国内生产总值。"], date="2022-06-15"),
        make_speech(
            "在会上的讲话",
            ["国内形势稳定，生产总值可观。"],
            date="2023",
            organisation="云岫县人大常委会",
            place="云岫县",
        ),
    ]
    index_speeches([row.pk for row in rows])
    return [row.pk for row in rows]


def list_found(text: str, match: str = "auto") -> list[int]:
    return sorted(hit.speech_id for hit in run_search(SearchRequest(text, match=match)).hits)  # type: ignore[arg-type]


def test_a_run_is_its_characters_in_every_view(corpus: list[int]) -> None:
    text = "国内生产总值"
    request = SearchRequest(text)
    assert list_found(text) == corpus[:2] == list_found("“国内生产总值”")
    assert build_concordance(ConcordanceRequest(request)).total == 3
    assert count_trend([text]).series[0].total.occurrences == 3
    told = {run_search(request).understood, count_trend([text]).series[0].understood}
    assert told == {build_concordance(ConcordanceRequest(request)).understood}


def test_every_view_reads_words_where_they_are_asked_for(corpus: list[int]) -> None:
    request = SearchRequest("国内生产总值", match="words")
    assert list_found(request.text, "words") == corpus
    lines = build_concordance(ConcordanceRequest(request)).total
    trend = count_trend([request.text], filters=SearchRequest(match="words"))
    assert lines == trend.series[0].total.occurrences > 3


def test_a_run_that_stands_nowhere_is_read_by_its_words_and_says_so(corpus: list[int]) -> None:
    result = run_search(SearchRequest("国内总值"))
    assert [hit.speech_id for hit in result.hits]
    assert result.runs == (RunReading("国内总值", "words", "nowhere"),)
    assert run_search(SearchRequest("国内总值", match="exact")).total == 0


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("沈知远", "讲话人"),
        ("云岫县", "地区"),
        ("云岫县人大", "单位"),
        ("2022年6月15日", "日期"),
    ],
)
def test_what_stands_in_no_text_is_looked_for_in_the_metadata(
    corpus: list[int], text: str, field: str
) -> None:
    result = run_search(SearchRequest(text))
    assert result.total == 1
    assert field in result.understood
    assert [run.way for run in result.runs] == ["field"]


def test_a_name_beside_a_word_narrows_by_the_speaker(corpus: list[int]) -> None:
    assert list_found("沈知远 增长") == corpus[:1]
    assert list_found("国内生产总值 -沈知远") == corpus[1:2]


def test_a_name_that_also_stands_in_a_text_leads_to_the_speaker(corpus: list[int]) -> None:
    index_speeches([make_speech("题", ["沈知远同志主持会议。"]).pk])
    result = run_search(SearchRequest("沈知远"), leads=True)
    assert result.total == 1
    assert [(lead.kind, lead.count) for lead in result.leads] == [("metadata", 1)]
    assert run_search(SearchRequest.from_params(_params(result.leads[0].querystring))).total == 1


@pytest.mark.parametrize("text", ["沈知远 增长", "增长 沈知远", "“沈知远” 增长 -养老"])
def test_a_name_beside_other_words_leads_to_what_the_speaker_said_of_them(
    corpus: list[int], text: str
) -> None:
    index_speeches([make_speech("题", ["沈知远同志主持会议。"]).pk])
    result = run_search(SearchRequest(text), leads=True)
    assert result.total == 0
    assert [(lead.kind, lead.count) for lead in result.leads] == [("metadata", 1)]
    led = run_search(SearchRequest.from_params(_params(result.leads[0].querystring)))
    assert [hit.speech_id for hit in led.hits] == corpus[:1]


@pytest.mark.parametrize("text", ["沈知远 OR 不见于库", "“沈知远” | 不见于库"])
def test_names_among_alternatives_lead_to_the_speakers(corpus: list[int], text: str) -> None:
    index_speeches([make_speech("题", ["沈知远同志主持会议。"]).pk])
    result = run_search(SearchRequest(text), leads=True)
    assert [(lead.kind, lead.count) for lead in result.leads] == [("metadata", 1)]
    led = run_search(SearchRequest.from_params(_params(result.leads[0].querystring)))
    assert [hit.speech_id for hit in led.hits] == corpus[:1]


def test_leads_are_looked_for_where_they_are_shown_alone(corpus: list[int]) -> None:
    index_speeches([make_speech("题", ["沈知远同志主持会议。"]).pk])
    assert run_search(SearchRequest("沈知远")).leads == []
    assert run_search(SearchRequest("沈知远", page=2), leads=True).leads == []


def test_what_a_name_found_by_metadata_cannot_count_is_no_zero(corpus: list[int]) -> None:
    trend = count_trend(["沈知远", "增长"])
    by_name, by_word = trend.series
    assert [point.speeches for point in by_name.points] == [1, 0, 0]
    assert {point.occurrences for point in [*by_name.points, by_name.total]} == {None}
    assert [point.occurrences for point in by_word.points] == [1, 0, 0]


def test_names_are_not_cut_by_the_segmenter(corpus: list[int]) -> None:
    index, _ = open_index()
    tree = read_query("沈知远县长讲过什么问题", "auto", index).tree
    assert "沈知远" in tree.words  # type: ignore[union-attr]


def test_a_long_run_and_a_question_are_read_by_their_words(corpus: list[int]) -> None:
    index, _ = open_index()
    long = "国内生产总值" * 3
    assert len(long) > MAX_RUN
    assert read_query(long, "auto", index).runs[0].reason == "long"
    assert read_query("国内生产总值增长多少", "auto", index).runs[0].reason == "question"


def test_a_run_of_which_no_word_stands_anywhere_finds_nothing(corpus: list[int]) -> None:
    result = run_search(SearchRequest("区块链养老服务"))
    assert (result.total, result.hits, result.partial_matches) == (0, [], [])


def test_a_question_finds_all_that_has_any_of_its_words_best_first(corpus: list[int]) -> None:
    result = run_search(SearchRequest("生产总值增长了多少？"))
    assert sorted(hit.speech_id for hit in result.hits) == corpus
    assert result.hits[0].speech_id == corpus[0]
    assert result.total == 3
    assert list_found("生产总值增长了多少？", "words") == []
    assert list_found("什么是生产总值") == corpus


def test_what_asks_in_set_phrases_too_leaves_them_as_they_are(corpus: list[int]) -> None:
    index_speeches([make_speech("题", ["我讲几点意见。"]).pk])
    index, _ = open_index()
    assert read_query("几点意见", "auto", index).runs == (RunReading("几点意见", "exact", "found"),)
    assert [run.reason for run in read_query("总值增长几个点", "auto", index).runs] == ["nowhere"]
    assert find_asking("总值增长几个点") == {4, 5}
    assert find_asking("最早是哪年提的") == {0, 1, 3}


@pytest.mark.parametrize(
    "text",
    [
        "“增长多少？”",
        "增长 稳定",
        "增长 OR 稳定 -信访",
        "标题:怎样做好工作 (增长 | 稳定)",
        "增长~5稳定 人大* 日期:2021..",
    ],
)
def test_no_other_term_is_content_with_any_of_its_words(text: str, corpus: list[int]) -> None:
    index, _ = open_index()
    for match in ("auto", "words", "exact"):
        leaves = walk_leaves(read_query(text, match, index).tree)
        assert not any(isinstance(leaf, Words) and leaf.any_word for leaf in leaves)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("怎样做好代表工作", True),
        ("代表工作做得好吗", True),
        ("什么是民生实事？", True),
        ("谁执法谁普法", False),
        ("怎么看怎么办怎么干", False),
        ("如何", False),
        ("人大代表", False),
    ],
)
def test_a_question_is_told_from_a_set_phrase(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@pytest.mark.parametrize("word", ["or", "Or", "and", "not"])
def test_an_operator_in_small_letters_asks_back(corpus: list[int], word: str) -> None:
    leads = run_search(SearchRequest(f"增长 {word} 稳定"), leads=True).leads
    assert [lead.kind for lead in leads] == ["operator"]
    changed = SearchRequest.from_params(_params(leads[0].querystring))
    assert changed.text == f"增长 {word.upper()} 稳定"
    assert run_search(changed).total == leads[0].count


@pytest.mark.parametrize("text", ["“增长 or 稳定”", "正则:/增长 or 稳定/", '"a and b" 增长'])
def test_what_is_quoted_is_no_operator_in_small_letters(corpus: list[int], text: str) -> None:
    assert run_search(SearchRequest(text), leads=True).leads == []


def test_capital_operators_ask_nothing(corpus: list[int]) -> None:
    assert run_search(SearchRequest("增长 OR 稳定"), leads=True).leads == []


def test_the_command_and_the_api_read_a_run_as_the_page_does(
    corpus: list[int], client: Client
) -> None:
    for match, total in (("auto", 2), ("exact", 2), ("words", 3)):
        printed = StringIO()
        call_command("search", "国内生产总值", match=match, json=True, stdout=printed)
        answer = client.get("/api/v1/search", {"q": "国内生产总值", "match": match}).json()
        page = client.get("/search/", {"q": "国内生产总值", "match": match})
        assert json.loads(printed.getvalue())["total"] == answer["total"] == total
        assert page.context["page"].result.total == total


def test_pages_say_how_a_run_was_read_and_offer_the_other_ways(
    corpus: list[int], client: Client
) -> None:
    for path, name in (("/search/", "q"), ("/concordance/", "q"), ("/trends/", "expression")):
        page = client.get(path, {name: "国内生产总值"}).content.decode()
        assert "“国内生产总值”按原文连续的字查。" in page
        assert "match=words" in page


def test_a_speech_page_marks_what_the_way_found(corpus: list[int], client: Client) -> None:
    page = client.get(f"/speeches/{corpus[2]}/", {"q": "国内生产总值", "match": "words"})
    assert page.context["page"].marks == 2
    assert client.get(f"/speeches/{corpus[2]}/", {"q": "国内生产总值"}).context["page"].marks == 0


def _params(querystring: str):  # type: ignore[no-untyped-def]
    from django.http import QueryDict

    return QueryDict(querystring)
