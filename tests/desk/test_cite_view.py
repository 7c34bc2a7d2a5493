"""Citing over HTTP: a page, JSON, files."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Speech
from tests.desk.asking import JSON, cite
from tests.desk.baskets import revise, take

pytestmark = pytest.mark.django_db


def test_the_page_shows_every_form_without_scripts(client: Client, speech: Speech) -> None:
    page = client.get(cite(speech, section="2.1")).content.decode()
    for form in ("sourced", "plain", "quotation", "footnote", "bibtex", "ris", "csl-json"):
        assert f'id="form-{form}"' in page
    assert "林知远. 在青芜县人大工作会议上的讲话[" in page


@pytest.mark.parametrize("way", ["header", "parameter"])
def test_scripts_get_json(client: Client, speech: Speech, way: str) -> None:
    address = cite(speech, section="2.1")
    answer = (
        client.get(address, **JSON) if way == "header" else client.get(f"{address}&format=json")
    )
    data = json.loads(answer.content)
    assert data["section"] == "2.1"
    assert {form["key"] for form in data["forms"]} >= {"sourced", "csl-json"}
    assert "Accept" in answer["Vary"]
    arrival = client.get(data["permalink"].removeprefix("http://testserver"))
    assert arrival["Location"].endswith("#2.1")


@pytest.mark.parametrize(
    ("form", "start", "ending"),
    [("bibtex", "@", "bib"), ("ris", "TY  - ", "ris"), ("csl-json", "[", "json")],
)
def test_references_are_downloaded_as_files(
    client: Client, speech: Speech, form: str, start: str, ending: str
) -> None:
    answer = client.get(cite(speech, section="1", download=form))
    assert answer.content.decode().startswith(start)
    assert answer["Content-Disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"section": "9.9"}, 404),
        ({"start": "5"}, 400),
        ({"start": "5", "end": "x"}, 400),
        ({"section": "1", "download": "exe"}, 400),
    ],
)
def test_a_faulty_request_is_told_in_chinese(
    client: Client, speech: Speech, params: dict[str, str], status: int
) -> None:
    page = client.get(cite(speech, **params))
    assert page.status_code == status
    assert "。" in page.content.decode()
    answer = client.get(cite(speech, **params), **JSON)
    assert answer.status_code == status
    assert json.loads(answer.content)["error"]


def test_citing_writes_nothing(client: Client, speech: Speech) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(cite(speech, section="2.1"))
        client.get(f"/p/{take(speech, '1').code}/")
    wrote = [q["sql"] for q in queries if not q["sql"].startswith("SELECT")]
    assert not wrote


def test_the_speech_page_offers_both_for_every_division(client: Client, speech: Speech) -> None:
    page = client.get(f"/speeches/{speech.pk}/").content.decode()
    assert page.count("data-cite>") >= 4
    assert page.count("data-cite>") == page.count("data-gather>")


def test_an_old_revision_cites_itself(client: Client, speech: Speech) -> None:
    assert speech.current
    revise(speech, speech.current.text.replace("三点意见", "三点想法"))
    page = client.get(f"/speeches/{speech.pk}/?rev=1").content.decode()
    assert f"speech={speech.pk}&amp;section=1&amp;rev=1" in page
