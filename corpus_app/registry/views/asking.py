"""What the editors' views share: who may, an act prepared, a conflict told at the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.registry.models import RegistryChange
from corpus_app.registry.planning import Asked, ConflictError
from corpus_app.registry.rows import Rows, digest_rows
from corpus_app.registry.running import PLANS, NothingAskedError, prepare_change, run

# A page is answered within some seconds; the worker goes on with what is left.
SECONDS = 3.0


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only those call a view who may edit."""
    return login_required(permission_required(EDIT_PERMISSION, raise_exception=True)(view))


def read_user(request: HttpRequest) -> User | None:
    """Return the account that asks."""
    return request.user if isinstance(request.user, User) else None


def prepare(request: HttpRequest, asked: Asked) -> HttpResponse | None:
    """Prepare the act and lead to its preview; None, with a message, where there is nothing to do.

    Raises ConflictError where it can't be done.
    """
    try:
        change = prepare_change(asked, read_user(request))
    except NothingAskedError:
        messages.info(request, _("没有改动。"))
        return None
    run(change, seconds=SECONDS)
    return redirect(change)


def prepare_act(request: HttpRequest, asked: Asked, back: str) -> HttpResponse:
    """Prepare an act without a form; what speaks against it is a message on the page before."""
    if asked["act"] not in PLANS:
        messages.error(request, _("没有这项操作。"))
        return redirect(back)
    try:
        answer = prepare(request, asked)
    except ConflictError as conflict:
        messages.error(request, str(conflict))
        answer = None
    return answer or redirect(back)


def tell_conflict(
    form: forms.Form, conflict: ConflictError, rows: Rows, now: dict[str, Any]
) -> None:
    """Say at the form what was changed meanwhile; sent once more, it goes by the present state."""
    form.add_error(None, str(conflict))
    data = form.data.copy()  # type: ignore[attr-defined]
    data["base"] = digest_rows(rows)
    form.data = data
    for name, value in now.items():
        each = form.fields.get(name)
        sent = form.cleaned_data.get(name)
        if each is None or isinstance(value, bool | list) or str(value or "") == _say(sent):
            continue
        form.add_error(name, _("现有内容：%(value)s") % {"value": value or _("（空）")})


def _say(sent: Any) -> str:
    if isinstance(sent, list):
        return "\n".join(map(str, sent))
    return str(getattr(sent, "pk", sent) or "").replace("\r\n", "\n")


def read_draft(request: HttpRequest, act: str, thing: int | None) -> dict[str, Any] | None:
    """Return what a change that was not saved asked for, where the address names one (?from=)."""
    number = request.GET.get("from", "")
    if not number.isdecimal() or len(number) > 15:
        return None
    change = RegistryChange.objects.unsaved().filter(pk=int(number)).first()
    if change is None or (change.asked["act"], change.asked.get("id")) != (act, thing):
        return None
    shown: dict[str, Any] = change.asked["shown"]
    return shown
