"""Which machines a page may be fetched from: those that anyone on the internet can reach."""

from __future__ import annotations

import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Networks in whose addresses an IPv4 address is hidden, which then decides.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# Local or of special use, though the standard library calls them global. Site-local addresses
# (fec0::/10) were given up, but networks that still have them route them.
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in ("fec0::/10", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")
)


def is_public(address: str) -> bool:
    """Return whether the IP address belongs to the open internet, not to a local network."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_open(part) for part in (parsed, *_list_hidden(parsed)))


def resolve_host(host: str, port: int) -> list[str]:
    """Return the host's IP addresses in the system's order; raise OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_open(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and _list_hidden(address):
        # The outer form is a reserved one; what it leads to is judged by itself.
        return True
    if any(address in network for network in _CLOSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _list_hidden(address: Address) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    hidden = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        hidden.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [part for part in hidden if part is not None]
