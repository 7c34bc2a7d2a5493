"""Whose word on the asker is believed."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given, strategies as st

from corpus_app.access.proxies import name_network, restore_sender

PROXIES = tuple(map(ipaddress.ip_network, ("127.0.0.1", "10.0.0.0/8", "2001:db8:9::/48")))


@pytest.fixture(autouse=True)
def _name_proxies(settings: Any) -> None:
    settings.PROXIES = PROXIES


def find_sender(peer: str, passed: str, **claims: str) -> dict[str, Any]:
    meta: dict[str, Any] = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": passed, **claims}
    restore_sender(meta)
    return meta


@pytest.mark.parametrize(
    ("peer", "passed", "sender"),
    [
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.1, 10.3.4.5", "198.51.100.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:9::7", "[2001:db8:1::1]:4711", "2001:db8:1::1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        # Asked by the proxy's own machine, or through a socket of this one.
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, nobody knows", "nobody knows"),
    ],
)
def test_the_sender_is_who_asked_the_outermost_named_proxy(
    peer: str, passed: str, sender: str
) -> None:
    assert find_sender(peer, passed)["REMOTE_ADDR"] == sender


def test_a_strangers_claims_are_dropped_whatever_they_are() -> None:
    claims = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_REAL_IP": "10.0.0.1"}
    assert find_sender("192.0.2.1", "10.0.0.1", **claims) == {"REMOTE_ADDR": "192.0.2.1"}
    assert find_sender("127.0.0.1", "192.0.2.1", **claims)["HTTP_X_FORWARDED_PROTO"] == "https"


@given(st.lists(st.ip_addresses(v=4).map(str), max_size=4), st.ip_addresses(v=4).map(str))
def test_nothing_put_before_the_proxys_entry_changes_the_sender(
    made_up: list[str], sender: str
) -> None:
    passed = ", ".join([*made_up, sender])
    plain = not any(ipaddress.ip_address(sender) in network for network in PROXIES[:2])
    if plain:
        assert find_sender("127.0.0.1", passed)["REMOTE_ADDR"] == sender


def test_a_household_is_one_network() -> None:
    request = HttpRequest()
    for address, network in [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("nobody knows", "unknown"),
    ]:
        request.META["REMOTE_ADDR"] = address
        assert name_network(request) == network


@pytest.mark.parametrize(("peer", "secure"), [("192.0.2.1", False), ("127.0.0.1", True)])
def test_a_stranger_cannot_say_that_it_asked_by_https(
    settings: Any, peer: str, secure: bool
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"X-Forwarded-Proto": "https"}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
    restore_sender(request.META)
    assert request.is_secure() is secure
