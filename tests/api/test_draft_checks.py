"""Checking a draft by the interface: who may, what is answered, what is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corpus_app.api.tokens import create_token

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/draft-checks"
WORDS = "同志们：\n要坚持人民当家做主，发展全过程民主，把各项任务落到实处。\n"


def send(client: Client, **sent: Any) -> Any:
    user, _made = User.objects.get_or_create(username="program")
    _token, secret = create_token(user, "test")
    return client.post(ADDRESS, sent, headers={"Authorization": f"Bearer {secret}"})


def test_it_takes_a_token_of_any_account_and_nothing_less(client: Client) -> None:
    assert client.post(ADDRESS, {"text": WORDS}).status_code == 401
    client.force_login(User.objects.create_user("by-cookie"))
    assert client.post(ADDRESS, {"text": WORDS}).status_code == 401
    assert send(client, text=WORDS).status_code == 200


@pytest.mark.parametrize("way", ["text", "file"])
def test_words_and_files_are_answered_alike(client: Client, way: str) -> None:
    file = SimpleUploadedFile("稿.txt", WORDS.encode())
    sent = {"file": file} if way == "file" else {"text": WORDS}
    answer = send(client, as_of="2026-05", **sent).json()
    assert [one["kind"] for one in answer["findings"]] == ["slogan", "superseded"]
    for one in answer["findings"]:
        assert answer["text"][one["start"] : one["end"]] == one["text"]
    assert answer["not_checked"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"text": " "}, 422),
        ({"text": WORDS, "as_of": "明天"}, 422),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04broken")}, 400),
    ],
)
def test_what_cannot_be_checked_is_a_problem_in_words(
    client: Client, sent: dict[str, Any], status: int
) -> None:
    answer = send(client, **sent)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["detail"]
