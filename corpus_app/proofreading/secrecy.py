"""No word of a draft in a log: of a fault its kind and its places in the program are noted."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

View = Callable[..., HttpResponseBase]
_log = logging.getLogger(__name__)
# What Django, or the site itself, answers in words of its own; none of them speaks of a draft.
_TOLD_ELSEWHERE = (Http404, PermissionDenied, SuspiciousOperation, DatabaseError, OSError)


def keep_secret(view: View) -> View:
    """Return a view of drafts that no cache keeps and whose faults tell nothing of them."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except _TOLD_ELSEWHERE:
            raise
        except Exception as fault:
            note_fault(fault)
            words = _(
                "校核这份稿件时程序出错，稿件没有保存，日志里也没有稿件的文字。请联系管理员。"
            )
            page = render_to_string("refused.html", {"title": _("校稿出错"), "words": words})
            return HttpResponse(page, status=500)

    return never_cache(sensitive_post_parameters()(answer))


def note_fault(fault: Exception) -> None:
    """Log a fault without its message, which may quote the draft."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = " > ".join(f"{one.filename}:{one.lineno} {one.name}" for one in frames)
    _log.error("The check of a draft broke off: %s at %s", type(fault).__name__, places)
