"""What is believed of what a proxy says about the asker: nothing but a named proxy's word."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# From anybody else these are made up.
_CLAIMS: Final = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
Answer = Callable[[HttpRequest], HttpResponseBase]


class ProxyMiddleware:
    """Sets REMOTE_ADDR to who asked the outermost named proxy, before anything else looks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with its true sender."""
        restore_sender(request.META)
        return self.get_response(request)


def restore_sender(meta: dict[str, Any]) -> None:
    """Put the sender in place of the named proxies that handed the request on.

    Each of them adds whom it was asked by to the end of X-Forwarded-For; what stands before the
    first entry that is no named proxy's, the sender may have made up.
    """
    sender = str(meta.get("REMOTE_ADDR", ""))
    if not is_named_proxy(sender):
        for claim in _CLAIMS:
            meta.pop(claim, None)
        return
    passed = [entry.strip() for entry in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    passed = [entry for entry in passed if entry]
    while passed and is_named_proxy(sender):
        sender = _read_entry(passed.pop())
    meta["REMOTE_ADDR"] = sender


def is_named_proxy(address: str) -> bool:
    """Tell whether the address is one of CORPUS_PROXIES; a connection without one is local."""
    if not address:
        return True
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return any((mapped or parsed) in network for network in settings.PROXIES)


def name_network(request: HttpRequest) -> str:
    """Return the address that asked, of IPv6 the /64 that one household has."""
    try:
        address = ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def _read_entry(entry: str) -> str:
    """Return an entry's address without its port: "[2001:db8::1]:80", "192.0.2.1:80"."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    host, _colon, port = entry.partition(":")
    return host if port.isdigit() else entry
