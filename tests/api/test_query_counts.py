"""How many database queries an answer takes: as many for a large corpus as for a small one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme
from search import rebuild_index
from search.suggest.corpus import forget_suggestions
from tests.search.factories import Part, make_speech, make_theme, mention_slogan, tag_section

pytestmark = pytest.mark.django_db

# Address → the most queries that it may take.
LIMITS = {
    "speeches?limit=50": 2,
    "speeches?limit=50&theme=law": 4,
    "speeches/{speech}": 6,
    "speeches/{speech}/text": 4,
    "speeches/{speech}/sections": 3,
    "speeches/{speech}/sections/1": 5,
    "search?q=机关&limit=50": 4,
    "search?q=机关&unit=section&limit=50": 4,
    "search?q=&limit=50": 4,
    "concordance?q=机关&limit=50": 3,
    "trends?expression=机关&expression=会议": 2,
    "breakdown?q=机关&by=year,theme": 3,
    "breakdown?q=机关&by=organisation,speaker": 4,
    "collocates?q=机关": 2,
    "forms?q=机关": 2,
    "keywords?target=机关": 4,
    "ngrams": 2,
    "dispersion?q=机关": 2,
    "spread?q=机关": 4,
    "suggestions?q=jg": 6,
    "slogans?limit=50": 1,
    "slogans/{slogan}": 5,
    "slogans/{slogan}/mentions?limit=50": 2,
    "themes": 2,
    "themes/law": 8,
    "themes/law/passages?limit=50": 2,
    "citations?speech={speech}": 3,
}


def grow(count: int) -> None:
    theme = Theme.objects.filter(slug="law").first() or make_theme("law", "监督法")
    for number in range(count):
        speech = make_speech(
            "会议讲话",
            [Part("一节", "建设四个机关"), Part("二节", "机关会议", [Part("", "一点")])],
            organisation=f"单位{number}",
            date="2022-05-06",
        )
        tag_section(speech, "1", theme)
        mention_slogan(speech, "四个机关")


def count_queries(client: Client) -> dict[str, int]:
    rebuild_index()
    forget_suggestions()
    slogan = Slogan.objects.get(text="四个机关")
    speech = slogan.mentions.earliest("pk").revision.speech
    counts = {}
    for address in LIMITS:
        path = address.format(speech=speech.pk, slogan=slogan.pk)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"/api/v1/{path}").status_code == 200
        counts[address] = len(seen)
    return counts


def test_queries_are_few_and_do_not_grow_with_the_corpus(client: Client) -> None:
    grow(2)
    few = count_queries(client)
    grow(12)
    assert count_queries(client) == few
    over = {address: few[address] for address in LIMITS if few[address] > LIMITS[address]}
    assert not over
