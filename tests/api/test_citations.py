"""Citations: as the pages give them, for published speeches alone."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech, SpeechAlias
from tests.api.conftest import Ask

pytestmark = pytest.mark.django_db


def read_forms(answer: dict) -> dict[str, str]:
    return {form["form"]: form["text"] for form in answer["forms"]}


def test_every_form_is_the_one_that_the_page_gives(
    ask: Ask, client: Client, corpus: dict[str, Speech]
) -> None:
    params = {"speech": corpus["work"].pk, "section": "2.1"}
    page = client.get("/desk/cite/", {**params, "format": "json"}).json()
    answer = ask("/citations", **params)
    assert read_forms(answer) == {one["key"]: one["text"] for one in page["forms"]}
    assert answer["permalink"] == page["permalink"]
    assert answer["notices"] == page["notices"]
    assert answer["words"].startswith("一是办好代表家站")


def test_chosen_words_may_be_cited(ask: Ask, corpus: dict[str, Speech]) -> None:
    start = corpus["work"].current.text.index("调查研究")
    answer = ask("/citations", speech=corpus["work"].pk, start=start, end=start + 4)
    assert answer["words"] == "调查研究"
    assert answer["section"] == "3.1"


def test_edition_and_style_change_the_reference(ask: Ask, corpus: dict[str, Speech]) -> None:
    params = {"speech": corpus["work"].pk}
    numeric = read_forms(ask("/citations", **params))["reference"]
    dated = read_forms(ask("/citations", **params, style="author-date"))["reference"]
    assert numeric != dated
    assert ask("/citations", **params)["in_text"] == "（林知远，2023）"
    assert ask("/citations", **params)["csl"][0]["title"] == corpus["work"].title


@pytest.mark.parametrize(
    "params", [{"start": 3}, {"end": 3}, {"start": 5, "end": 5}, {"start": 1, "end": 10**9}]
)
def test_a_span_that_is_none_is_refused(
    ask: Ask, corpus: dict[str, Speech], params: dict[str, int]
) -> None:
    assert ask("/citations", 400, speech=corpus["work"].pk, **params)["code"] == "passage"


def test_what_is_not_published_cannot_be_cited(
    ask: Ask, admin_client: Client, corpus: dict[str, Speech]
) -> None:
    ask("/citations", 404, speech=corpus["draft"].pk)
    response = admin_client.get("/api/v1/citations", {"speech": corpus["draft"].pk})
    assert response.status_code == 404
    ask("/citations", 404, speech=corpus["work"].pk, section="9.9")
    ask("/citations", 404, speech=corpus["work"].pk, revision=9)


def test_a_merged_speech_is_cited_as_the_living_one(ask: Ask, corpus: dict[str, Speech]) -> None:
    SpeechAlias.objects.create(old_id=9999, speech=corpus["work"])
    assert ask("/citations", speech=9999)["speech"] == corpus["work"].pk
