"""The page that shows the interface."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from corpus_app.api.openapi import describe_interface
from corpus_app.api.problems import KINDS
from corpus_app.catalog.models import Speech

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, corpus: dict[str, Speech]) -> str:
    return client.get("/api/v1/").content.decode()


def test_every_address_and_parameter_stands_on_the_page(page: str) -> None:
    for path, methods in describe_interface()["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}<" in page
            for parameter in operation["parameters"]:
                assert f"<code>{parameter['name']}</code>" in page


def test_the_fields_of_what_is_sent_stand_on_the_page(page: str) -> None:
    for field in ("files", "publish"):
        assert f"<code>{field}</code>" in page


def test_every_problem_has_the_anchor_that_its_type_names(page: str) -> None:
    assert all(f'id="problem-{code}"' in page for code in KINDS)


def test_no_anchor_stands_twice(page: str) -> None:
    anchors = re.findall(r'\sid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))


def test_nothing_is_fetched_from_elsewhere(page: str) -> None:
    fetched = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page)
    assert fetched
    assert all(re.match("/[^/]", address) for address in fetched)


def test_the_page_works_on_an_empty_corpus(client: Client) -> None:
    page = client.get("/api/v1/")
    assert page.status_code == 200
    assert "curl" in page.content.decode()


def test_examples_name_a_speech_that_may_be_read(page: str, corpus: dict[str, Speech]) -> None:
    ids = set(re.findall(r"/api/v1/speeches/(\d+)/sections", page))
    assert ids == {str(corpus["work"].pk)}
