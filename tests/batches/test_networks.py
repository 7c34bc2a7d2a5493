"""Telling the open internet from local networks."""

import ipaddress

import pytest
from hypothesis import given, strategies as st

from corpus_app.batches.networks import is_public, resolve_host


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "feff:ffff::1",
        "3fff::1",
        "192.0.0.8",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "no address",
        "",
    ],
)
def test_a_local_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_another_is_judged_by_itself(address: ipaddress.IPv4Address) -> None:
    if not is_public(str(address)):
        assert not is_public(f"::ffff:{address}")
        translated = int(ipaddress.ip_address("64:ff9b::")) | int(address)
        assert not is_public(str(ipaddress.IPv6Address(translated)))


def test_the_loopback_name_resolves_to_local_addresses() -> None:
    found = resolve_host("localhost", 80)
    assert found
    assert not any(map(is_public, found))
