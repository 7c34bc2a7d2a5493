"""Equal characters from the query to the hit, its marks and its counts, in a real index."""

from __future__ import annotations

import pytest

import search
from corpus_app.catalog.models import Speech
from search import SearchRequest
from search.concordance import ConcordanceRequest, build_concordance
from search.counting.marks import find_marks
from search.errors import QueryError
from search.query import parse_query
from search.query.nodes import And, DateRange, FieldText, Not, Phrase, Words
from search.query.values import read_period
from tests.search.factories import make_speech

PARAGRAPHS = [
    "讲两点意⻅。来的⼈也多了，⼀、⼆两处代表联络站一并开放。",
    "阿依古丽·买买提代表说：‘要办到群众⼼⾥’——这是二○二三年的事……上午9∶30～11∶00。",
    "代\u2060表联\u00ad络\u200b站接待了👨\u200d👩\u200d👧一家，Ame\u0301lie和ｶﾞ也来了，葛\U000e0100城站长在。",
]


@pytest.fixture
def speech(index_folder: object) -> Speech:
    made = make_speech("在联络站建设推进会上的讲话", PARAGRAPHS)
    search.rebuild_index()
    return made


FOUND = [
    ('"意见"', ["意⻅"]),
    ('"来的人也多了"', ["来的⼈也多了"]),
    ("来的⼈也多了", ["来的⼈也多了"]),
    ('"一、二两处"', ["⼀、⼆两处"]),
    ('"联络站"', ["联络站", "联\u00ad络\u200b站"]),
    ('"联\u200b络站"', ["联络站", "联\u00ad络\u200b站"]),
    ("联\u200b络站", ["联络站", "联\u00ad络\u200b站"]),
    ('\ufeff"代表联络站"', ["代表联络站", "代\u2060表联\u00ad络\u200b站"]),
    ('"👨\u200d👩\u200d👧"', ["👨\u200d👩\u200d👧"]),
    ('"👨👩👧"', ["👨\u200d👩\u200d👧"]),
    ('"葛城"', ["葛\U000e0100城"]),
    ('"葛"', ["葛\U000e0100"]),
    ('"Amélie和ガ"', ["Ame\u0301lie和ｶﾞ"]),
    ('"Ame"', []),
    *[(f'"古丽{dot}买买提"', ["古丽·买买提"]) for dot in "·•・‧．.⋅･"],
    ('"「要办到群众心里」—这"', ["‘要办到群众⼼⾥’——这"]),
    ('"二〇二三年"', ["二○二三年"]),
    ('"的事..."', ["的事……"]),
    ('"事…上午9：30〜11"', ["事……上午9∶30～11"]),
    ("古丽•买买提", ["古丽·买买提"]),
]


@pytest.mark.django_db
def test_what_is_equal_is_found_marked_and_counted(speech: Speech) -> None:
    assert speech.current is not None
    text = speech.current.text
    for query, places in FOUND:
        result = search.run_search(SearchRequest(text=query))
        assert result.total == bool(places), query
        assert [text[a:b] for a, b in find_marks(query, speech.pk)] == places
        lines = build_concordance(ConcordanceRequest(SearchRequest(text=query))).lines
        assert [text[line.start : line.end] for line in lines if line.zone == "text"] == places


@pytest.mark.django_db
def test_an_expression_goes_by_the_wording_and_is_placed_among_equal_signs(speech: Speech) -> None:
    def find(pattern: str) -> list[str]:
        request = ConcordanceRequest(SearchRequest(text=f"正则:/{pattern}/"))
        return [line.key for line in build_concordance(request).lines]

    assert find("—这") == ["——这"]  # the second stroke of the dash is in the dash
    assert find("Ame") == ["Ame\u0301"]
    assert find("意见") == []
    assert find("\u200b") == []


@pytest.mark.parametrize("query", ["\u200b", "\ufeff \u2060", "\u00ad\u200d\ufe0f"])
def test_a_query_of_nothing_that_is_seen_is_refused(query: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query(query)
    assert (refusal.value.position, refusal.value.reason) == (
        0,
        "检索词里只有看不见的符号，没有文字",
    )
    with pytest.raises(QueryError):
        parse_query(f'代表 "{query}"')


def test_signs_of_the_language_are_read_by_the_table_too() -> None:
    assert parse_query("\u200b代表\u200b －\u2060信访\ufeff") == And(
        (parse_query("代表"), Not(parse_query("信访")))
    )
    assert parse_query("標\u200b題︓培训") == parse_query("标题:培训")
    assert isinstance(parse_query("标题:培训"), FieldText)
    assert parse_query("“代表”〜5“履职”") == parse_query("“代表”~5“履职”")
    # A pasted subtitle begins with a dash; only a hyphen says NOT.
    assert isinstance(parse_query("——在会议上"), Words)
    assert parse_query('"a\u200bb"') == Phrase("a\u200bb")


@pytest.mark.parametrize(
    "sign", ["..", "…", "……", "．．", "⋯", "～", "〜", "~", "—", "——", "–", "至"]
)
def test_a_range_of_dates_is_parted_by_any_of_the_equal_signs(sign: str) -> None:
    period = read_period("2021..2023", 0)
    assert read_period(f"2021{sign}2023", 0) == period
    assert parse_query(f"日期:2021{sign}2023") == DateRange(period.first, period.last)
    assert read_period("２０２１‐06", 0) == read_period("2021-06", 0)
