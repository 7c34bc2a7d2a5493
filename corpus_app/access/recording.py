"""Adding to the record of activities."""

from __future__ import annotations

import logging

from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import HttpRequest

from corpus_app.access.models import Activity

_log = logging.getLogger(__name__)
_LONGEST = 300


def record_activity(
    request: HttpRequest,
    kind: Activity.Kind,
    subject: str = "",
    detail: str = "",
    *,
    user: User | None = None,
    username: str = "",
) -> None:
    """Add what the request's user did (or user, where nobody is signed in yet).

    A reader gets what was asked for even where the record can't be written (a full disk).
    """
    if user is None and isinstance(getattr(request, "user", None), User):
        user = request.user  # type: ignore[assignment]
    row = Activity(
        kind=kind,
        user=user,
        username=username or (user.get_username() if user else ""),
        address=str(request.META.get("REMOTE_ADDR", ""))[:45],
        subject=subject[:_LONGEST],
        detail=detail[:_LONGEST],
    )
    try:
        row.save()
    except DatabaseError:
        _log.exception("An activity could not be recorded")
