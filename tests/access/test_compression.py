"""What goes out compressed: words for strangers, and nothing of anybody's own."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db
ASKED = {"Accept-Encoding": "gzip, br"}


def test_a_stranger_gets_a_page_compressed() -> None:
    client = Client()
    plain, packed = client.get("/numbers/"), client.get("/numbers/", headers=ASKED)
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).startswith(b"<!doctype html>")
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in plain


def test_a_kept_page_is_held_by_the_browser_compressed_or_not() -> None:
    client = Client()
    client.get("/")
    packed = client.get("/", headers=ASKED)
    assert packed["Content-Encoding"] == "gzip"
    for headers in ({}, ASKED):
        held = client.get("/", headers={**headers, "If-None-Match": packed["ETag"]})
        assert (held.status_code, held.content) == (304, b"")


def test_the_size_of_a_page_is_blurred() -> None:
    client = Client()
    assert len({len(client.get("/numbers/", headers=ASKED).content) for _ in range(9)}) > 1


@pytest.mark.parametrize("address", ["/", "/account/", "/api/v1/tokens/"])
def test_what_is_shown_to_a_session_goes_as_it_is(address: str) -> None:
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    answer = client.get(address, headers=ASKED)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer


def test_the_answer_that_begins_a_session_goes_as_it_is(settings: Any) -> None:
    User.objects.create_user("reader", password="dukou-laoqu")
    client = Client()
    form = {"username": "reader", "password": "dukou-laoqu"}
    answer = client.post("/login/", form, headers=ASKED)
    assert settings.SESSION_COOKIE_NAME in answer.cookies
    assert "Content-Encoding" not in answer


def test_what_a_token_asks_for_goes_as_it_is() -> None:
    answer = Client().get("/api/v1/themes", headers={**ASKED, "Authorization": "Bearer none"})
    assert "Content-Encoding" not in answer
