"""How the desk's tests ask over HTTP."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket, Entry

JSON = {"HTTP_ACCEPT": "application/json"}


def cite(speech: Speech, **params: object) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in params.items())
    return f"/desk/cite/?speech={speech.pk}&{pairs}"


def act(client: Client, basket: Basket, action: str, **fields: str) -> HttpResponse:
    address = reverse("basket_change", args=[basket.pk])
    return client.post(address, {"action": action, **fields})


def act_on(client: Client, entry: Entry, action: str, **fields: str) -> HttpResponse:
    address = reverse("entry_change", args=[entry.pk])
    return client.post(address, {"action": action, **fields})
