"""Answers to scripts: JSON, and a refusal with words for the person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

ADD_PERMISSION: Final = "catalog.add_speech"
View = Callable[..., HttpResponse]


def refuse(message: str, status: int) -> JsonResponse:
    """Return a refusal with its reason for the person."""
    return JsonResponse({"ok": False, "message": message}, status=status)


def accept(status: int = 200, **values: Any) -> JsonResponse:
    """Return what a script asked for."""
    return JsonResponse({"ok": True, **values}, status=status)


def for_scripts(view: View) -> View:
    """Let those who may bring files in through to the view; tell others why not, in JSON."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return refuse(_("登录已过期，请在另一个窗口重新登录后再试。"), 401)
        if not request.user.has_perm(ADD_PERMISSION):
            return refuse(_("这个账号不能收文稿。"), 403)
        return view(request, *args, **kwargs)

    return checked
