"""One rule counts occurrences, wherever they are counted: brute force is the oracle."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from corpus_app.catalog.models import Speech
from search import ConcordanceRequest, SearchRequest, build_concordance, count_in_speech
from search.index.indexing import index_speeches
from search.trends import count_trend
from tests.research.conftest import read
from tests.search.factories import Part, make_speech

pytestmark = pytest.mark.django_db
SIGNS = "人大代 \n"
WORDS = st.text("人大代", min_size=1, max_size=3)


@pytest.fixture
def repetitive(index_folder: object) -> list[Speech]:
    """Speeches of three characters, so that most matches overlap or touch others."""
    chance = random.Random(12)

    def draw(size: int) -> str:
        return "".join(chance.choices(SIGNS, [5, 3, 3, 1, 1], k=size)).strip() or "人"

    speeches = [
        make_speech(
            draw(4).replace("\n", "") or "人",
            [Part(draw(5).replace("\n", ""), draw(24), marker="一、"), Part("", draw(30))],
            subtitle=draw(4).replace("\n", ""),
            date=str(2019 + at % 4),
        )
        for at in range(8)
    ]
    index_speeches([speech.pk for speech in speeches])
    return speeches


def list_zones(speech: Speech) -> list[str]:
    assert speech.current
    return ["".join(t.split()) for t in (speech.title, speech.subtitle, speech.current.text)]


def count_plainly(speech: Speech, words: Sequence[str]) -> int:
    """Return how many stretches of the three texts are one of the words, overlapping or not."""
    return sum(
        zone[start:end] in words
        for zone in list_zones(speech)
        for start, end in itertools.combinations(range(len(zone) + 1), 2)
        if end - start <= 3
    )


def write(words: Sequence[str]) -> str:
    return " OR ".join(f"“{word}”" for word in words)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(WORDS, min_size=1, max_size=3, unique=True))
def test_concordance_trend_speech_and_interface_count_as_a_plain_reading_does(
    repetitive: list[Speech], words: list[str]
) -> None:
    query = write(words)
    wanted = {speech.pk: count_plainly(speech, words) for speech in repetitive}
    concordance = build_concordance(ConcordanceRequest(SearchRequest(text=query), per_page=None))
    lines = [line.speech_id for line in concordance.lines]
    assert {pk: lines.count(pk) for pk in wanted} == wanted
    assert concordance.total == sum(wanted.values())
    assert concordance.speeches == sum(count > 0 for count in wanted.values())
    total = count_trend([query]).series[0].total
    assert (total.occurrences, total.speeches) == (concordance.total, concordance.speeches)
    for pk, count in wanted.items():
        counted = count_in_speech(query, pk)
        assert counted is not None
        assert counted.total == count
    client = Client()
    lines_told = client.get("/api/v1/concordance", {"q": query}).json()
    trend_told = client.get("/api/v1/trends", {"expression": query}).json()
    assert (lines_told["total"], lines_told["speeches"]) == (total.occurrences, total.speeches)
    assert trend_told["series"][0]["total"]["occurrences"] == total.occurrences


def test_the_speech_page_says_why_its_numbers_differ(client: Client, index_folder: object) -> None:
    speech = make_speech("人人代表", ["人人人代表，人人。"], date="2020")
    index_speeches([speech.pk])
    page = read(client, f"/speeches/{speech.pk}/?q=“人人”")
    told = " ".join(page.xpath("string(//*[@data-counted])").split())
    assert told.startswith("本文出现 4 次，其中标题 1 次")
    assert "正文标出 2 处，重叠、相连的合标一处" in told
    lines = read(client, "/concordance/?q=“人人”").xpath("string(//p[@role='status'])")
    assert "共出现 4 次，见于 1 篇" in " ".join(lines.split())


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/concordance/?q=“代表家站”", "重叠的各算一次"),
        ("/trends/?expression=代表家站", "重叠的各算一次"),
        ("/search/?q=“代表家站”", "这里数的是讲话"),
        ("/search/?q=“代表家站”&unit=section", "这里数的是段落"),
    ],
)
def test_every_count_says_what_it_counts(
    client: Client, corpus: dict[str, Speech], address: str, told: str
) -> None:
    assert re.search(told, read(client, address).text_content())


def test_a_speech_that_is_not_in_the_index_or_a_faulty_query_has_no_count(
    corpus: dict[str, Speech],
) -> None:
    assert count_in_speech("“代表”", corpus["draft"].pk) is None
    assert count_in_speech("代表 (", corpus["first"].pk) is None
