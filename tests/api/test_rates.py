"""How often may be asked, and how that is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.api.tokens import create_token

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/themes"


def test_too_many_requests_are_refused_until_the_span_ends(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (2, 60)
    first, second, third = (client.get(ADDRESS) for _ in range(3))
    assert [r["RateLimit-Remaining"] for r in (first, second)] == ["1", "0"]
    assert third.status_code == 429
    assert third["Content-Type"] == "application/problem+json"
    assert 0 < int(third["Retry-After"]) <= 60
    assert json.loads(third.content)["title"] == "请求过于频繁"


def test_accounts_and_addresses_are_counted_apart(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE, settings.API_RATE = (1, 60), (2, 60)
    _token, secret = create_token(User.objects.create_user("a"), "测试")
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(ADDRESS).status_code == 200
    assert client.get(ADDRESS).status_code == 429
    given = [client.get(ADDRESS, headers=headers) for _ in range(3)]
    assert [response.status_code for response in given] == [200, 200, 429]
    assert client.get(ADDRESS, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_made_up_forwarded_address_changes_nothing(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (1, 60)
    for number, status in [(1, 200), (2, 429)]:
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        answer = client.get(ADDRESS, headers=headers, REMOTE_ADDR="198.51.100.7")
        assert answer.status_code == status


def test_behind_a_named_proxy_its_own_entry_counts(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (1, 60)
    for number, status in [("192.0.2.1", 200), ("192.0.2.2", 200), ("192.0.2.1", 429)]:
        headers = {"X-Forwarded-For": f"203.0.113.{number[-1]}9, {number}"}
        assert client.get(ADDRESS, headers=headers).status_code == status


def test_a_household_shares_its_ipv6_network(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (1, 60)
    assert client.get(ADDRESS, REMOTE_ADDR="2001:db8::1").status_code == 200
    assert client.get(ADDRESS, REMOTE_ADDR="2001:db8::2").status_code == 429
    assert client.get(ADDRESS, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200
