"""Collocates, forms, keywords and strings."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.api.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(corpus: dict[str, Speech]) -> None:
    rebuild_index()


def test_every_answer_tells_the_corpus_it_counted_in(ask: Ask) -> None:
    for path, params in (
        ("/collocates", {"q": "代表"}),
        ("/forms", {"q": "代表"}),
        ("/ngrams", {}),
        ("/keywords", {"target": "代表"}),
    ):
        corpus = ask(path, **params)["corpus"]
        assert corpus["speeches"] == 2
        assert corpus["version"]
        assert corpus["day"]


def test_forms_add_up_to_the_lines_of_the_concordance(ask: Ask) -> None:
    answer = ask("/forms", q="代*")
    lines = ask("/concordance", q="代*")
    assert sum(item["count"] for item in answer["items"]) == lines["total"]
    for item in answer["items"]:
        assert ask("/concordance", q="代*", form=item["text"])["total"] == item["count"]


def test_collocates_are_as_many_as_the_limit_and_their_number_is_told(ask: Ask) -> None:
    answer = ask("/collocates", q="代表", measure="count", least=1, limit=2)
    assert len(answer["items"]) == 2
    assert answer["total"] > 2
    assert answer["items"][0]["count"] >= answer["items"][1]["count"]
    assert ask("/search", q=answer["items"][0]["query"])["total"] > 0


def test_keywords_tell_both_sides(ask: Ask) -> None:
    answer = ask("/keywords", year=2023, reference_year_to=2022, which="new", least=1)
    assert (answer["target"]["size"]["speeches"], answer["shared"]) == (1, 0)
    for item in answer["items"]:
        assert (item["reference"], item["log_ratio"] > 0) == (0, True)
    rest = ask("/keywords", year=2023, least=1)
    assert rest["reference"]["size"]["speeches"] == 1
