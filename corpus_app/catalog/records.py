"""The history of rows, with the reason of what is going on noted on every change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any, Final

from django.contrib.auth.models import User
from simple_history.models import HistoricalRecords

REASON_CHARS: Final = 100

_reason: ContextVar[str] = ContextVar("reason", default="")


@contextmanager
def note_reason(reason: str) -> Iterator[None]:
    """Note the reason on every change recorded inside that has none of its own.

    It says why a row changed where nobody is logged in: in a command or in the worker.
    """
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


@contextmanager
def act_for(user: User | None) -> Iterator[None]:
    """Let the history of what changes inside name the user, as it does in a request."""
    if user is None:
        yield
        return
    HistoricalRecords.context.request = SimpleNamespace(user=user)
    try:
        yield
    finally:
        del HistoricalRecords.context.request


class Records(HistoricalRecords):
    """A row's states: who changed it (the request's user), when, and why."""

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> Any:
        """Return the row's own reason, else that of what is going on, else None."""
        own = super().get_change_reason_for_object(instance, history_type, using)
        reason = own or _reason.get()
        return reason[:REASON_CHARS] if reason else None
