"""Who asks: a user by token or login, else an address."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpus_app.access.proxies import name_network
from corpus_app.access.rates import Rate
from corpus_app.api.problems import ProblemError
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
    return Caller(f"address:{name_network(request)}", Rate(*settings.API_ANONYMOUS_RATE))


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
