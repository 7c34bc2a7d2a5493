"""A place where a set expression was found: refused, or counted again."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.revisions.editing import readmit_mention, refuse_mention
from corpus_app.intake.revisions.succession import OutdatedError, take_base
from corpus_app.slogans.models import Slogan


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def decide_mention(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Refuse the mention at start to end of revision base (action=refuse), or take that back.

    action=readmit takes it back; slogan is whose page is shown again.
    """
    speech = get_object_or_404(Speech, pk=speech_id)
    action = request.POST.get("action")
    base, start, end, slogan_id = (_read_number(request, n) for n in _NUMBERS)
    slogan = get_object_or_404(Slogan, pk=slogan_id)
    if action not in ("refuse", "readmit"):
        raise Http404
    try:
        with transaction.atomic():
            revision = take_base(speech, base)
            revision.speech = speech
            if action == "refuse":
                done = refuse_mention(revision, start, end, cast(User, request.user))
            else:
                done = readmit_mention(revision, start, end)
    except OutdatedError:
        done = False
    if not done:
        messages.error(request, _("这一处已有变动，未作改动，请看现在的情形。"))
    elif action == "refuse":
        messages.success(request, _("已排除这一处，不再计入；以后改稿、重读都不再计入。"))
    else:
        messages.success(request, _("已恢复这一处，重新计入。"))
    return redirect(slogan)


_NUMBERS = ("base", "start", "end", "slogan")


def _read_number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise Http404
    return int(value)
