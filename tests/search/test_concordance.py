from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Source
from search import rebuild_index, run_search
from search.concordance import (
    Concordance,
    ConcordanceRequest,
    build_concordance,
)
from search.errors import QueryError
from search.index.indexing import index_speeches
from search.request import SearchRequest
from tests.search.factories import Part, make_speech, make_theme, tag_section


def ask(text: str, **changes: Any) -> Concordance:
    names = set(SearchRequest.__dataclass_fields__) - {"sort", "page", "per_page"}
    search = {name: changes.pop(name) for name in list(changes) if name in names}
    return build_concordance(ConcordanceRequest(SearchRequest(text=text, **search), **changes))


@pytest.mark.django_db
class TestLines:
    def test_it_cuts_lines_from_the_wording_of_the_source(self, index_folder: Path) -> None:
        speech = make_speech(
            "工作讲话", [Part("代表工作", "各位代表，要　支持\n人大代錶履職。", marker="一、")]
        )
        index_speeches([speech.pk])
        line = ask("“人大代表”", context=10).lines[0]
        assert speech.current is not None
        text = speech.current.text
        assert text[line.start : line.end] == line.key
        assert (line.left, line.key, line.right) == (
            "工作 各位代表，要 支持 ",
            "人大代錶",
            "履職。",
        )
        assert (line.speech_id, line.section_key, line.zone) == (speech.pk, "1", "text")
        assert line.revision_id == speech.current.pk

    def test_a_line_break_inside_the_key_is_shown_as_a_space(self, index_folder: Path) -> None:
        index_speeches([make_speech("题", ["全过程\n人民民主"]).pk])
        assert [line.key for line in ask("“全过程人民民主”").lines] == ["全过程 人民民主"]

    def test_a_line_never_leaves_its_text(self, index_folder: Path) -> None:
        speech = make_speech("代表法学习", ["代表"], subtitle="代表")
        other = make_speech("另一篇", ["代表"])
        index_speeches([speech.pk, other.pk])
        lines = ask("“代表”").lines
        assert [(each.zone, each.left, each.right, each.section_key) for each in lines] == [
            ("title", "", "法学习", None),
            ("subtitle", "", "", None),
            ("text", "", "", "1"),
            ("text", "", "", "1"),
        ]

    def test_context_is_counted_without_white_space(self, index_folder: Path) -> None:
        index_speeches(
            [make_speech("题", ["一二 三四五六 七八九十甲代表乙丙丁戊己庚辛壬癸子丑"]).pk]
        )
        line = ask("“代表”", context=10).lines[0]
        assert (line.left, line.right) == ("二 三四五六 七八九十甲", "乙丙丁戊己庚辛壬癸子")

    def test_lines_are_paged_and_counts_are_of_all(self, index_folder: Path) -> None:
        index_speeches([make_speech("题", ["代表" * 7], date=f"202{at}").pk for at in range(3)])
        pages = [ask("“代表”", page=page, per_page=10) for page in (1, 2, 3, 4)]
        assert [len(page.lines) for page in pages] == [10, 10, 1, 0]
        assert {(page.total, page.speeches, page.page_count) for page in pages} == {(21, 3, 3)}
        places = [(line.speech_id, line.start) for page in pages for line in page.lines]
        assert len(set(places)) == 21
        whole = ask("“代表”", per_page=None).lines
        assert [(line.speech_id, line.start) for line in whole] == places

    def test_dates_sort_both_ways_and_the_undated_come_last(self, index_folder: Path) -> None:
        for date in ("2021", "", "2023-05", "2019-01-02"):
            index_speeches([make_speech("题", ["代表"], date=date).pk])
        assert [line.date for line in ask("“代表”").lines] == ["2019-01-02", "2021", "2023-05", ""]
        newest = [line.date for line in ask("“代表”", sort="-date").lines]
        assert newest == ["2023-05", "2021", "2019-01-02", ""]

    def test_right_neighbours_sort_by_pinyin_or_by_strokes(self, index_folder: Path) -> None:
        index_speeches([make_speech("题", ["代表中", "代表啊", "代表人", "代表"]).pk])
        rights = [line.right.strip()[:1] for line in ask("“代表”", sort="right").lines]
        assert rights == ["", "啊", "人", "中"]
        strokes = ask("“代表”", sort="right", collation="stroke").lines
        assert [line.right.strip()[:1] for line in strokes] == ["", "人", "中", "啊"]

    def test_sources_sort_by_name_and_the_nameless_come_last(self, index_folder: Path) -> None:
        for name, url in (
            ("中国人大网", ""),
            ("", "http://b.example"),
            ("北京日报", "http://z.cn"),
        ):
            source = Source.objects.create(name=name) if name else None
            speech = make_speech("题", ["代表"], source=source, source_url=url)
            index_speeches([speech.pk])
        sources = [line.source for line in ask("“代表”", sort="source").lines]
        assert sources == ["北京日报", "中国人大网", ""]

    def test_facets_narrow_the_lines(self, index_folder: Path) -> None:
        theme = make_theme("lvzhi", "代表履职")
        first = make_speech(
            "题", ["代表甲", "代表乙"], organisation="甲区人大", level="county", date="2021"
        )
        second = make_speech("题", ["代表丙"], organisation="乙区人大", date="2022-03")
        tag_section(first, "2", theme)
        index_speeches([first.pk, second.pk])
        assert ask("“代表”").total == 3
        assert ask("“代表”", organisation=("甲区人大",)).total == 2
        assert ask("“代表”", organisation=("甲区人大", "乙区人大")).total == 3
        assert ask("“代表”", organisation=("区人大",)).total == 0
        assert ask("“代表”", year=("2022",)).total == 1
        assert ask("“代表”", year=("二〇二二",)).total == 0
        assert ask("“代表”", level=("county",), year=("2022",)).total == 0
        tagged = ask("“代表”", theme=("lvzhi",), unit="section")
        assert [line.right for line in tagged.lines] == ["乙"]
        assert ask("“代表”", year=("2022",)).searched.speeches == 1
        assert ask("“代表”", year=("2022",)).corpus.speeches == 2

    def test_it_shows_all_speeches_and_sections_that_a_search_finds(
        self, index_folder: Path
    ) -> None:
        theme = make_theme("lvzhi", "代表履职")
        for at, date in enumerate(("2021-12-31", "2022", "2022-03", "")):
            parts = [Part("代表工作", parts=[Part(body="代表甲，建议"), Part(body="建议乙，代表")])]
            speech = make_speech("题", parts, date=date, level="county" if at % 2 else "")
            tag_section(speech, "1.2", theme)
            index_speeches([speech.pk])
        for facets in ({}, {"year": ("2022",)}, {"level": ("county",)}, {"theme": ("lvzhi",)}):
            for text in ("代表", "代表 建议", "“代表甲”", "代表 -乙"):
                request = SearchRequest(text=text, **facets, per_page=None)
                assert ask(text, **facets).speeches == run_search(request).total
                hits = run_search(request.change(unit="section")).hits
                lines = ask(text, **facets, unit="section", per_page=None).lines
                found = {(line.speech_id, line.section_key) for line in lines}
                assert {(hit.speech_id, hit.section_key) for hit in hits} <= found

    def test_a_damaged_index_is_told_and_no_error(self, index_folder: Path) -> None:
        index_speeches([make_speech("题", ["代表"]).pk])
        (index_folder / "arrays" / "manifest.json").write_text("{", encoding="utf-8")
        assert ask("代表").stale

    def test_a_gap_in_what_is_shown_is_told(self, index_folder: Path) -> None:
        text = f"代表甲，此处缺。{'字' * 70}代表乙"
        index_speeches([make_speech("题", [text], gap_in="此处").pk])
        assert [line.has_gap for line in ask("“代表”").lines] == [True, False]

    def test_withdrawn_text_is_not_shown_though_the_index_lags(self, index_folder: Path) -> None:
        speech = make_speech("题", ["代表"])
        index_speeches([speech.pk])
        speech.status = "withdrawn"
        speech.save()
        assert ask("“代表”").lines == []

    def test_a_query_on_fields_alone_has_no_key(self, index_folder: Path) -> None:
        index_speeches([make_speech("题", ["代表"], date="2021").pk])
        answer = ask("日期:2021")
        assert (answer.total, answer.has_key) == (0, False)
        assert ask("标题:题 代表").total == 2

    def test_no_index_is_told_and_no_error(self, index_folder: Path) -> None:
        answer = ask("代表")
        assert (answer.total, answer.lines, answer.stale) == (0, [], True)
        rebuild_index()
        assert not ask("代表").stale

    def test_an_unreadable_query_is_refused(self, index_folder: Path) -> None:
        with pytest.raises(QueryError):
            ask("“代表")

    def test_the_number_of_database_queries_does_not_grow(self, index_folder: Path) -> None:
        theme = make_theme("t", "主题一")
        text = "提法:四个机关 OR 代表"
        counts = []
        for _ in range(2):
            for _ in range(5):
                speech = make_speech("题", ["代表" * 5])
                tag_section(speech, "1", theme)
                index_speeches([speech.pk])
            with CaptureQueriesContext(
                connection,
            ) as caught:
                answer = ask(text, theme=("t",), per_page=1000)
            counts.append((len(caught), answer.total))
        assert counts == [(4, 25), (4, 50)]


def test_a_request_reads_itself_from_an_address_and_writes_itself_back() -> None:
    address = "q=代表&unit=section&year=2021&context=30&sort=left&collation=stroke&sample=9&seed=4"
    request = ConcordanceRequest.from_params(QueryDict(address))
    assert (request.context, request.sort, request.sample, request.seed) == (30, "left", 9, 4)
    assert request.search == SearchRequest(text="代表", unit="section", year=("2021",))
    assert ConcordanceRequest.from_params(QueryDict(request.to_querystring())) == request
    later = request.change(page=3)
    assert ConcordanceRequest.from_params(QueryDict(later.to_querystring())) == later
    assert later.change(context=40).page == 1


def test_wrong_parameters_count_as_unset_or_as_the_nearest() -> None:
    request = ConcordanceRequest.from_params(
        QueryDict("context=9999&sort=x&collation=y&sample=no&seed=-5&page=0")
    )
    assert request == replace(ConcordanceRequest(), context=60)
