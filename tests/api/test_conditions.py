"""Answers that may be kept: their marks, and when they still hold."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Mention
from tests.api.conftest import Ask
from tests.search.factories import Part, add_revision, make_speech

pytestmark = pytest.mark.django_db
PARTS = ["", "/text", "/sections", "/sections/1"]


@pytest.fixture
def speech(db: None) -> Speech:
    return make_speech("讲话", [Part("标题", "正文里有四个机关")])


@pytest.mark.parametrize("part", PARTS)
def test_what_did_not_change_is_not_sent_again(client: Client, speech: Speech, part: str) -> None:
    first = client.get(f"/api/v1/speeches/{speech.pk}{part}")
    again = client.get(
        f"/api/v1/speeches/{speech.pk}{part}", headers={"If-None-Match": first["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("part", PARTS)
def test_a_new_revision_has_another_mark(client: Client, speech: Speech, part: str) -> None:
    tag = client.get(f"/api/v1/speeches/{speech.pk}{part}")["ETag"]
    add_revision(speech, [Part("标题", "正文改过了")], number=2)
    again = client.get(f"/api/v1/speeches/{speech.pk}{part}", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again["ETag"] != tag


def test_a_changed_title_is_sent_though_the_text_stayed(client: Client, speech: Speech) -> None:
    address = f"/api/v1/speeches/{speech.pk}"
    whole, text = client.get(address)["ETag"], client.get(f"{address}/text")["ETag"]
    Speech.objects.update(title="改过的标题")
    assert client.get(address, headers={"If-None-Match": whole}).status_code == 200
    assert client.get(f"{address}/text", headers={"If-None-Match": text}).status_code == 304


def test_an_older_revision_keeps_its_mark(client: Client, speech: Speech) -> None:
    address = f"/api/v1/speeches/{speech.pk}/text?revision=1"
    tag = client.get(address)["ETag"]
    add_revision(speech, [Part("标题", "新")], number=2)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("part", PARTS)
def test_a_withdrawn_speech_is_gone_even_for_who_kept_it(
    client: Client, speech: Speech, part: str
) -> None:
    tag = client.get(f"/api/v1/speeches/{speech.pk}{part}")["ETag"]
    Speech.objects.update(status="withdrawn")
    again = client.get(f"/api/v1/speeches/{speech.pk}{part}", headers={"If-None-Match": tag})
    assert again.status_code == 404


def test_an_unchanged_text_is_not_even_read(
    client: Client, speech: Speech, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/api/v1/speeches/{speech.pk}/text"
    tag = client.get(address)["ETag"]
    with django_assert_num_queries(2) as seen:
        client.get(address, headers={"If-None-Match": tag})
    assert not any('"text"' in query["sql"] for query in seen.captured_queries)


def test_a_new_mention_changes_the_mark_of_the_speech(
    ask: Ask, client: Client, speech: Speech
) -> None:
    from tests.search.factories import mention_slogan

    address = f"/api/v1/speeches/{speech.pk}"
    tag = client.get(address)["ETag"]
    mention_slogan(speech, "四个机关")
    assert Mention.objects.count() == 1
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
