"""Breakdowns: brute force over the stored texts is the oracle."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.catalog.models import Speech
from search import KEYS, QueryError, SearchRequest
from search.breakdown import BreakdownRequest, GroupCounts, answer_breakdown, export_breakdown
from search.study.opening import open_study
from tests.search.parted import (
    count_characters,
    count_words,
    list_key_values,
    make_parted,
)
from tests.thoroughness import draw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAIRS = st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True).map(tuple)
WORDS = st.sampled_from(["监督", "代", "表立", "法监督", "立法。", "督督", "无此"])


@pytest.fixture
def speeches() -> list[Speech]:
    return make_parted()


def add_up(speeches: list[Speech], words: str) -> GroupCounts:
    counts = [count_words(speech, words) for speech in speeches]
    return GroupCounts(
        sum(counts),
        sum(count > 0 for count in counts),
        len(speeches),
        sum(map(count_characters, speeches)),
    )


def count_plainly(
    speeches: list[Speech], by: tuple[str, ...], words: str
) -> dict[tuple[str, ...], GroupCounts]:
    groups: dict[tuple[str, ...], list[Speech]] = {}
    for speech in speeches:
        for values in product(*(list_key_values(speech, key) for key in by)):
            groups.setdefault(values, []).append(speech)
    return {values: add_up(held, words) for values, held in groups.items()}


def as_plain(key: str, value: str) -> str:
    return value.replace("·", "") if key == "speaker" else value


@draw(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by=PAIRS, words=WORDS, level=st.sampled_from([(), ("county",), ("county", "prefecture")]))
def test_it_counts_as_plain_reading_does_and_its_places_are_as_many(
    speeches: list[Speech], by: tuple[str, ...], words: str, level: tuple[str, ...]
) -> None:
    asked = BreakdownRequest(SearchRequest(text=f"“{words}”", level=level), by=by)
    answer = answer_breakdown(asked)
    counted = [speech for speech in speeches if not level or speech.level in level]
    found = {
        tuple(as_plain(value.key, value.value) for value in row.values): row.figures
        for row in answer.rows
    }
    assert len(found) == len(answer.rows)
    assert found == count_plainly(counted, by, words)
    assert answer.total == add_up(counted, words)
    for at, key in enumerate(by):
        sums = {as_plain(key, value): one for value, one in answer.sums[at].items()}
        assert sums == {v[0]: one for v, one in count_plainly(counted, (key,), words).items()}
    if not answer.overlaps:
        assert sum(row.figures.occurrences or 0 for row in answer.rows) == answer.total.occurrences
        assert sum(row.figures.characters for row in answer.rows) == answer.total.characters
    row = answer.rows[len(words) % len(answer.rows)]
    places = open_study(answer.find_places(*row.values))
    assert len(places.places) == row.figures.occurrences
    assert sum(int(mask.sum()) for mask in places.matched) == row.figures.speeches


def test_what_is_not_known_comes_last_and_names_are_as_they_are_written(
    speeches: list[Speech],
) -> None:
    answer = answer_breakdown(BreakdownRequest(SearchRequest(text="监督"), by=("speaker",)))
    labels = [value.label for value in answer.axes[0]]
    assert labels[-1] == "不详"
    assert set(labels[:-1]) - {"石·磊"} <= {"石磊", "石磊磊", "李青"}
    months = answer_breakdown(BreakdownRequest(SearchRequest(text="监督"), by=("month",)))
    assert [value.label for value in months.axes[0]] == [
        "2019（月份不详）",
        "2019-03",
        "2020-12",
        "2021-01",
        "不详",
    ]
    sheet = export_breakdown(months)
    rows = list(sheet.rows)
    assert rows[-1][0] == "合计"
    assert rows[-1][1] == sum(int(row[1] or 0) for row in rows[:-1])


def test_a_query_without_words_has_speeches_and_no_occurrences(speeches: list[Speech]) -> None:
    asked = BreakdownRequest(SearchRequest(text="级别:县级"), by=("level",))
    answer = answer_breakdown(asked)
    assert not answer.has_key
    assert answer.total.occurrences is None
    assert answer.total.speeches == sum(speech.level == "county" for speech in speeches)
    with pytest.raises(QueryError):
        answer_breakdown(BreakdownRequest(SearchRequest(text="监督 (")))
