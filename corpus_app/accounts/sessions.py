"""Sessions in the database, each with its user, address, browser and last use.

The store has no request: what the row tells of its user stands in the session's data, from which
the row is made each time it is saved. So noting a use costs the one write that saves it.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from typing import Any, Final, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from corpus_app.access.proxies import Answer
from corpus_app.accounts.models import Session

logger = logging.getLogger(__name__)

_TRACE: Final = "trace"
# A write for each page would be too dear: the last use is known to so many seconds.
_STEP: Final = 300


class SessionStore(DatabaseStore):
    """Django's store on rows that know their user."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of the rows."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row for the data, with what it tells of its user."""
        row = cast(Session, super().create_model_instance(data))
        trace = data.get(_TRACE, {})
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.address, row.browser = trace.get("address", ""), trace.get("browser", "")
        row.begun_at, row.used_at = _read_moment(trace, "begun"), _read_moment(trace, "used")
        return row


class TraceMiddleware:
    """Notes where and when a session was last used."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note the use where the last one noted is long ago."""
        response = self.get_response(request)
        # Asked of the session alone: a page that needs no user costs no query for one.
        if request.session.accessed and SESSION_KEY in request.session:
            _note_use(request)
        return response


def _note_use(request: HttpRequest) -> None:
    trace, now = request.session.get(_TRACE, {}), int(time.time())
    if abs(now - trace.get("used", 0)) < _STEP:
        return
    is_changed = request.session.modified
    _set_trace(request, trace.get("begun", now), now)
    if not is_changed:
        _save_trace(request.session)


def _note_sign_in(request: HttpRequest, **_signal: object) -> None:
    """Begin the trace in the session that a sign-in saves by itself."""
    now = int(time.time())
    _set_trace(request, now, now)


user_logged_in.connect(_note_sign_in, dispatch_uid="corpus_app.accounts.sessions")


def _set_trace(request: HttpRequest, begun: int, used: int) -> None:
    request.session[_TRACE] = {
        "begun": begun,
        "used": used,
        "address": str(request.META.get("REMOTE_ADDR", ""))[:45],
        "browser": request.headers.get("User-Agent", "")[:300],
    }


def _save_trace(session: SessionBase) -> None:
    """Save it by itself: where nothing can be written, or the session has just ended, no matter."""
    try:
        session.save()
    except (DatabaseError, UpdateError):
        logger.warning("The use of a session could not be noted", exc_info=True)
    session.modified = False


def list_sessions(user_id: int) -> QuerySet[Session]:
    """Return where the user is signed in, the last used first."""
    return Session.objects.filter(user_id=user_id, expire_date__gt=timezone.now())


def end_sessions(user_id: int, *, but: str | None = None) -> int:
    """Sign the user out everywhere (but for the session of that key); return how often."""
    rows = Session.objects.filter(user_id=user_id)
    return (rows.exclude(pk=but) if but else rows).delete()[0]


def _read_moment(trace: dict[str, Any], name: str) -> datetime | None:
    return datetime.fromtimestamp(trace[name], UTC) if name in trace else None
