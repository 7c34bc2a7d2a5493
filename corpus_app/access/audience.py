"""For whom the present request is answered: what others may not see is asked of this, everywhere.

Reads of speeches and the index ask here, not their callers: a view that is added later hides what
it must without knowing of it. Outside a request (commands, the worker) everything is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponseBase

from corpus_app.access.models import UserGroup
from corpus_app.access.proxies import Answer

# Who is not signed in, who is, and who edits: each sees what those before see.
STRANGERS, MEMBERS, EDITORS = 0, 1, 2
_EDIT: Final = "catalog.change_speech"
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_KNOWN: Final = "_audience"


class Audience(NamedTuple):
    """A rank, and the living groups that one is in, by id in their order; of editors none."""

    rank: int
    groups: tuple[int, ...] = ()

    @property
    def sees_all(self) -> bool:
        """Whether nothing that is published is hidden."""
        return self.rank == EDITORS

    @property
    def key(self) -> str:
        """Return what the audience is called in the key of something kept."""
        return "-".join(map(str, (self.rank, *self.groups)))


EVERYTHING: Final = Audience(EDITORS)


class AudienceMiddleware:
    """Remembers the request while it is answered, to the last byte of a stream."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        _request.set(request)
        return self.get_response(request)


def _forget(**_signal: object) -> None:
    _request.set(None)


# Sent when an answer is closed: after a stream was read, in the thread that read it.
request_finished.connect(_forget, dispatch_uid="corpus_app.access.audience")


def read_audience() -> Audience:
    """Return for whom is answered; outside a request EVERYTHING is seen."""
    request = _request.get()
    if request is None:
        return EVERYTHING
    known: Audience | None = getattr(request, _KNOWN, None)
    if known is None:
        user = getattr(request, "user", None)
        if user is None:
            return Audience(STRANGERS)
        known = find_audience(user)
        setattr(request, _KNOWN, known)
    return known


def find_audience(user: User | AnonymousUser) -> Audience:
    """Return the audience that a user belongs to now: nothing is kept beyond a request."""
    if not user.is_authenticated:
        return Audience(STRANGERS)
    if user.has_perm(_EDIT):
        return EVERYTHING
    living = UserGroup.objects.filter(members=user.pk, dissolved_at=None)
    return Audience(MEMBERS, tuple(living.order_by("pk").values_list("pk", flat=True)))


def answer_for(request: HttpRequest, user: User | AnonymousUser) -> None:
    """Answer the request for another than its session's user: a token's, or nobody's."""
    setattr(request, _KNOWN, find_audience(user))


@contextmanager
def answer_inside(request: HttpRequest) -> Iterator[None]:
    """Let what is asked inside be answered as to the request, where no server handed one over."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


@contextmanager
def see_everything() -> Iterator[None]:
    """Let what is asked inside see every speech: for checks and the index, never for an answer."""
    token = _request.set(None)
    try:
        yield
    finally:
        _request.reset(token)
