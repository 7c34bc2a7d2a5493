"""Gathering over HTTP: what goes where, and who may."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.desk import services
from corpus_app.desk.models import Basket, Entry
from tests.desk.asking import JSON
from tests.desk.baskets import list_words, take

pytestmark = pytest.mark.django_db


def test_the_first_passage_makes_a_basket(signed_in: Client, clerk: User, speech: Speech) -> None:
    answer = signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "2.1"}, **JSON)
    data = json.loads(answer.content)
    assert "我的摘编" in data["said"]
    basket = clerk.baskets.get()
    assert list_words(basket) == [take(speech, "2.1").words]
    assert data["basket"] == basket.get_absolute_url()


def test_a_passage_goes_into_the_basket_last_used(
    signed_in: Client, clerk: User, basket: Basket, speech: Speech
) -> None:
    new = services.create_basket(clerk, "另一份")
    fields = {"speech": speech.pk, "section": "1"}
    signed_in.post("/desk/gather/", fields)
    assert len(list_words(new)) == 1
    services.rename_basket(basket, "刚用过的")
    signed_in.post("/desk/gather/", fields)
    assert len(list_words(basket)) == 4


def test_a_basket_is_chosen_or_made_by_name(
    signed_in: Client, clerk: User, basket: Basket, speech: Speech
) -> None:
    fields = {"speech": speech.pk, "section": "1"}
    signed_in.post("/desk/gather/", {**fields, "basket": "new", "name": "开幕讲话"})
    assert clerk.baskets.get(name="开幕讲话").entries.count() == 1
    signed_in.post("/desk/gather/", {**fields, "basket": basket.pk})
    assert len(list_words(basket)) == 4


def test_what_is_gathered_twice_is_pointed_out_at_once(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    answer = signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "2.1"}, **JSON)
    assert "与第 1 条是同一处" in json.loads(answer.content)["said"]


def test_the_form_leads_back_to_where_it_was_sent_from(signed_in: Client, speech: Speech) -> None:
    fields = {"speech": speech.pk, "section": "1"}
    back = signed_in.post("/desk/gather/", {**fields, "next": "/search/?q=代表"})
    assert back["Location"].startswith("/search/")
    away = signed_in.post("/desk/gather/", {**fields, "next": "https://elsewhere.example/"})
    assert away["Location"].startswith("/desk/baskets/")


def test_a_visitor_is_sent_to_the_login(client: Client, speech: Speech) -> None:
    fields = {"speech": speech.pk, "section": "1"}
    assert client.post("/desk/gather/", fields)["Location"].startswith("/login/")
    answer = client.post("/desk/gather/", fields, **JSON)
    assert answer.status_code == 401
    assert json.loads(answer.content)["login"] == "/login/"
    assert not Entry.objects.exists()


def test_a_passage_that_is_not_there_is_not_gathered(signed_in: Client, speech: Speech) -> None:
    answer = signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "9"}, **JSON)
    assert answer.status_code == 404
    assert not Basket.objects.exists()
