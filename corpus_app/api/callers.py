"""Who asks: a user by token or login, else an address."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpus_app.api.problems import ProblemError
from corpus_app.api.rates import Rate
from corpus_app.api.tokens import find_token


@dataclass(frozen=True, slots=True)
class Caller:
    """Under which key requests are counted, how many there may be, and who it is if known."""

    key: str
    rate: Rate
    user: User | None = None
    by_token: bool = False


def name_caller(request: HttpRequest) -> Caller:
    """Return the caller; raise ProblemError for a token that is not in force."""
    header = request.headers.get("Authorization", "")
    if header:
        return _name_by_token(header)
    user = request.user
    if user.is_authenticated:
        return _name_user(user)
    return name_stranger(request)


def name_stranger(request: HttpRequest) -> Caller:
    """Return the caller that is known by address alone."""
    return Caller(f"address:{_read_network(request)}", Rate(*settings.API_ANONYMOUS_RATE))


def _name_by_token(header: str) -> Caller:
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        raise ProblemError("token", _("请用 Authorization: Bearer 令牌。"))
    token = find_token(secret.strip())
    if token is None:
        raise ProblemError("token", _("令牌不存在、已撤销，或者账号已停用。"))
    return _name_user(token.user, by_token=True)


def _name_user(user: User, *, by_token: bool = False) -> Caller:
    return Caller(f"user:{user.pk}", Rate(*settings.API_RATE), user, by_token)


def _read_network(request: HttpRequest) -> str:
    """Return the address that asked, of IPv6 the /64 that one household has."""
    text = _read_address(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def _read_address(request: HttpRequest) -> str:
    """Return the peer's address, or what the outermost trusted proxy was asked from."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    passed = [each for each in passed if each]
    # What stands before the trusted proxies' own entries, the asker may have made up.
    if not settings.API_PROXIES or not passed:
        return peer
    return passed[-min(settings.API_PROXIES, len(passed))]
