"""Baskets as files over HTTP, and what the pages cost."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket
from tests.desk.baskets import fill, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("md", "# 备用材料"),
        ("txt", "备用材料"),
        ("bib", "@"),
        ("ris", "TY  - "),
        ("json", "["),
    ],
)
def test_a_basket_leaves_as_text(signed_in: Client, basket: Basket, form: str, words: str) -> None:
    answer = signed_in.get(f"/desk/baskets/{basket.pk}/export/{form}/")
    assert answer.content.decode().startswith(words)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_basket_leaves_as_word(signed_in: Client, basket: Basket) -> None:
    answer = signed_in.get(f"/desk/baskets/{basket.pk}/export/docx/?references=list")
    with ZipFile(BytesIO(answer.content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "一是办好代表家站" in text
    assert "参考文献" in text


def test_each_speech_is_listed_once_in_the_references(signed_in: Client, basket: Basket) -> None:
    answer = signed_in.get(f"/desk/baskets/{basket.pk}/export/json/")
    assert len(json.loads(answer.content)) == 2


def test_the_print_page_has_words_and_notes(signed_in: Client, basket: Basket) -> None:
    page = signed_in.get(f"/desk/baskets/{basket.pk}/print/").content.decode()
    assert "一是办好代表家站" in page
    assert "[3]" in page
    assert "注释" in page


def test_an_unknown_form_is_not_found(signed_in: Client, basket: Basket) -> None:
    assert signed_in.get(f"/desk/baskets/{basket.pk}/export/exe/").status_code == 404


# Cost


@pytest.mark.parametrize("address", ["page", "export/docx/", "export/md/", "print/"])
def test_a_longer_basket_costs_no_more_queries(
    signed_in: Client, clerk: User, speech: Speech, other: Speech, address: str
) -> None:
    short = fill(clerk, take(speech, "1"))
    keys = ("1", "2", "1.1", "1.2", "2.1", "2.2")
    long = fill(clerk, *(take(one, key) for one in (speech, other) for key in keys))
    # What a first page makes and keeps is no cost of the baskets.
    signed_in.get("/desk/")
    counts = []
    for basket in (short, long):
        base = basket.get_absolute_url()
        with CaptureQueriesContext(connection) as queries:
            answer = signed_in.get(base if address == "page" else base + address)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    # The session, the user with two of their rights and the groups, the basket and the entries.
    assert counts[0] <= 9


def test_more_baskets_cost_no_more_queries(signed_in: Client, clerk: User, speech: Speech) -> None:
    # What a first page makes and keeps is no cost of the baskets.
    signed_in.get("/desk/")
    counts = []
    for _round in range(2):
        for number in range(3):
            fill(clerk, take(speech, "1"), name=f"第{number}份")
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/desk/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
