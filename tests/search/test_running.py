from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

import search
from corpus_app.catalog.models import Speech
from search import SearchResult
from tests.search.asking import ask
from tests.search.factories import (
    Part,
    make_speech,
    make_theme,
    mention_slogan,
    tag_section,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def places(result: SearchResult) -> list[tuple[int, str | None]]:
    return [(hit.speech_id, hit.section_key) for hit in result.hits]


def test_it_finds_both_words_anywhere_in_the_speech(corpus: dict[str, Speech]) -> None:
    result = ask("代表 履职")
    assert {hit.speech_id for hit in result.hits} == {corpus["work"].pk, corpus["station"].pk}
    assert result.total == 2
    assert not result.stale


def test_a_section_hit_is_the_deepest_that_holds_the_match(corpus: dict[str, Speech]) -> None:
    hits = ask("“依法履职”", unit="section").hits
    assert [(hit.speech_id, hit.section_key) for hit in hits] == [(corpus["work"].pk, "2.2")]
    assert [step.key for step in hits[0].path] == ["2", "2.2"]


def test_a_string_over_a_border_finds_the_section_above(corpus: dict[str, Speech]) -> None:
    assert places(ask("“审查。二是要支持”", unit="section")) == [(corpus["work"].pk, "2")]
    assert places(ask("“联系群众。二、发展”", unit="section")) == [(corpus["work"].pk, None)]


def test_a_string_in_the_title_finds_the_speech_itself(corpus: dict[str, Speech]) -> None:
    assert places(ask("“云岭市人大工作”", unit="section")) == [(corpus["work"].pk, None)]


def test_traditional_and_simplified_characters_find_each_other(corpus: dict[str, Speech]) -> None:
    assert places(ask("“机关党建要抓实”")) == [(corpus["old"].pk, None)]
    assert places(ask("“機關黨建要抓實”")) == [(corpus["old"].pk, None)]
    assert places(ask("标题:“会讲话”")) == [(corpus["old"].pk, None)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("代表 -信访", {"work"}),
        ("信访 OR 党建", {"station", "old"}),
        ("标题:代表", {"station"}),
        ("单位:云岭", {"work"}),
        ("级别:乡级", {"station"}),
        ("完整性:中间有缺失", {"old"}),
        ("日期:2022", {"station"}),
        ("日期:2022-06-10", {"station"}),
        ("日期:2022..", {"work", "station"}),
        ("日期:..2022", {"station"}),
        ("党", {"old"}),
        ("人大*", {"work"}),
        ("“代表”~5“履职”", {"work", "station"}),
        ("“履职”~2“代表”", {"work", "station"}),
        ("“代表”~1“履职”", set()),
        ("*", {"work", "station", "old"}),
        ("", {"work", "station", "old"}),
        ("主题:daibiao", {"station"}),
        ("theme:人民代表", {"station"}),
        ("提法:四个机关", {"work"}),
        ("主题:没有的主题", set()),
    ],
)
def test_it_answers(corpus: dict[str, Speech], query: str, names: set[str]) -> None:
    parent = make_theme("renmin", "人民代表")
    tag_section(corpus["station"], "1", make_theme("daibiao", "代表家站", parent))
    mention_slogan(corpus["work"], "“四个机关”", "四个机关")
    search.index_speeches([speech.pk for speech in corpus.values()])
    found = {hit.speech_id for hit in ask(query).hits}
    assert found == {corpus[name].pk for name in names}


def test_marks_show_what_was_found(corpus: dict[str, Speech]) -> None:
    hit = ask("“依法履职”", unit="section").hits[0]
    assert [piece.text for piece in hit.pieces if piece.marked] == ["依法履职"]
    assert "密切联系群众" in hit.snippet


def test_marks_point_into_the_current_text(corpus: dict[str, Speech]) -> None:
    text = corpus["old"].current.text  # type: ignore[union-attr]
    spans = search.find_marks("机关 党建 -没有", corpus["old"].pk)
    assert [text[start:end] for start, end in spans] == ["機關黨建"]
    assert search.find_marks("(", corpus["old"].pk) == []
    assert search.find_marks("机关", 10**9) == []


def test_the_title_is_marked_where_it_was_asked_for(corpus: dict[str, Speech]) -> None:
    hit = ask("标题:代表").hits[0]
    assert [piece.text for piece in hit.title_pieces if piece.marked] == ["代表"]


def test_a_speech_shows_its_best_passages_in_reading_order(corpus: dict[str, Speech]) -> None:
    hit = next(h for h in ask("监督 履职 民主").hits if h.speech_id == corpus["work"].pk)
    keys = [passage.section_key for passage in hit.passages]
    assert keys == sorted(keys, key=str)
    assert 1 <= len(keys) <= 3
    marked = {piece.text for p in hit.passages for piece in p.pieces if piece.marked}
    assert {"监督", "履职", "民主"} <= marked


def test_a_gap_in_the_passage_is_told(corpus: dict[str, Speech]) -> None:
    assert ask("党建", unit="section").hits[0].has_gap
    assert not ask("预算", unit="section").hits[0].has_gap


def test_hits_sort_by_date_with_undated_speeches_last(corpus: dict[str, Speech]) -> None:
    work, station, old = (corpus[name].pk for name in ("work", "station", "old"))
    assert [hit.speech_id for hit in ask("", sort="date").hits] == [station, work, old]
    assert [hit.speech_id for hit in ask("", sort="-date").hits] == [work, station, old]


def test_pages_follow_each_other_without_repeating_or_losing_a_hit() -> None:
    made = [make_speech(f"讲话{at}", ["代表履职"]).pk for at in range(23)]
    search.rebuild_index()
    pages = [ask("代表", per_page=5, page=page) for page in range(1, 7)]
    found = [hit.speech_id for page in pages for hit in page.hits]
    assert sorted(found) == made
    assert pages[0].page_count == 5
    assert pages[5].hits == []
    assert [hit.speech_id for hit in ask("代表", per_page=None).hits] == found


def test_words_together_rank_before_words_apart() -> None:
    filler = "大会期间各项议程进展顺利。"
    apart = make_speech("甲", [f"履职为民。{filler}代表大会。"])
    together = make_speech("乙", [f"代表履职为民。{filler}大会。"])
    search.rebuild_index()
    assert [hit.speech_id for hit in ask("代表 履职").hits] == [together.pk, apart.pk]


def test_words_together_count_in_the_order_asked_only() -> None:
    one = make_speech("甲", ["代表履职。"])
    other = make_speech("乙", ["履职代表。"])
    search.rebuild_index()
    assert [hit.speech_id for hit in ask("代表 履职").hits] == [one.pk, other.pk]
    assert [hit.speech_id for hit in ask("履职 代表").hits] == [other.pk, one.pk]


def test_a_section_with_the_words_in_its_heading_ranks_before_one_with_them_inside() -> None:
    filler = "其他工作也要抓好。" * 3
    parts = [
        Part("作好保障", f"预算审查要抓好。{filler}", marker="一、"),
        Part("预算审查", f"工作要抓好。{filler}", marker="二、"),
    ]
    make_speech("讲话", parts)
    search.rebuild_index()
    assert [hit.section_key for hit in ask("预算", unit="section").hits] == ["2", "1"]


def test_a_title_with_the_words_ranks_before_a_text_with_them() -> None:
    text = make_speech("讲话", ["预算审查监督工作。" + "其他工作也要抓好。" * 5])
    title = make_speech("预算审查", ["工作要抓好。预算审查监督。" + "其他工作也要抓好。" * 5])
    search.rebuild_index()
    assert [hit.speech_id for hit in ask("预算").hits] == [title.pk, text.pk]


@pytest.mark.parametrize("unit", ["speech", "section"])
def test_another_engine_of_haystack_orders_the_hits_alike(
    corpus: dict[str, Speech], unit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.engine.backend import CorpusWhooshBackend

    ours = [ask(query, unit=unit).hits for query in ("代表 履职", "监督 OR 信访", "标题:代表")]
    monkeypatch.delattr(CorpusWhooshBackend, "share")
    theirs = [ask(query, unit=unit).hits for query in ("代表 履职", "监督 OR 信访", "标题:代表")]
    assert theirs == ours


def test_characters_that_are_no_word_are_found_after_words() -> None:
    inner = make_speech("甲", ["中华人民大团结"])
    word = make_speech("乙", ["华人齐聚"])
    search.rebuild_index()
    hits = ask("华人").hits
    assert [hit.speech_id for hit in hits] == [word.pk, inner.pk]
    assert hits[1].score < hits[0].score


@pytest.mark.parametrize("unit", ["speech", "section"])
def test_the_number_of_queries_does_not_grow_with_the_hits(
    unit: Any, django_assert_max_num_queries: Any, connection_queries: CaptureQueriesContext
) -> None:
    counts = []
    for _ in range(2):
        for at in range(8):
            make_speech(f"讲话{at}", [Part("甲", "代表履职"), Part("乙", "代表")])
        search.rebuild_index()
        ask("代表", unit=unit)
        with connection_queries as captured:
            assert ask("代表", unit=unit).total > 0
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 3


@pytest.fixture
def connection_queries() -> CaptureQueriesContext:
    from django.db import connection

    return CaptureQueriesContext(connection)


def test_no_hit_brings_advice_that_finds_something(corpus: dict[str, Speech]) -> None:
    result = ask("代表 没有这个词", year=("2021",))
    assert result.total == 0
    advice = [each for each in result.advice if each.kind == "drop_term"]
    assert advice
    assert advice[0].count == 2
    narrowed = ask("代表", year=("2021",))
    assert [(a.kind, a.count) for a in narrowed.advice] == [("drop_facet", 2)]


def test_without_an_index_it_answers_that_it_is_stale() -> None:
    result = ask("代表")
    assert result.stale
    assert result.total == 0


def test_a_failing_engine_leaves_the_hits_and_is_told(
    corpus: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("search.ranking.order.ask_engine", fail)
    result = ask("代表 履职")
    assert result.total == 2
    assert result.stale


def test_it_says_what_was_searched(corpus: dict[str, Speech]) -> None:
    searched = ask("代表").searched
    assert (searched.speeches, searched.sections) == (3, 7)
    assert (searched.first_year, searched.last_year) == (2022, 2023)
    assert searched.characters > 100


def test_newer_hits_come_first_where_that_is_asked(corpus: dict[str, Speech]) -> None:
    filler = "会议研究了其他事项。"
    older = make_speech("旧稿", [Part("", "网格议事，网格议事。")], date="2003-05")
    newer = make_speech("新稿", [Part("", f"网格议事。{filler}")], date="2023-05")
    search.rebuild_index()
    assert [hit.speech_id for hit in ask("网格议事").hits] == [older.pk, newer.pk]
    assert [hit.speech_id for hit in ask("网格议事", sort="fresh").hits] == [newer.pk, older.pk]
    assert ask("网格议事", sort="fresh").total == 2
