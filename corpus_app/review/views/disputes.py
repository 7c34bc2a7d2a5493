"""A published speech whose file, read again, contradicts what readers see: which one is right."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.rereading.describing import describe_plan
from corpus_app.intake.rereading.storing import keep_head, load_speech, read_again


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def settle_head(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Keep the head that readers see (action=keep), or take the one that was read (take)."""
    get_object_or_404(Speech, pk=speech_id)
    action = request.POST.get("action")
    if action == "keep":
        keep_head(load_speech(speech_id))
        messages.success(request, _("已记下：现有的题头是对的，重读不再改它。"))
    elif action == "take":
        plan = read_again(speech_id, user=cast(User, request.user), settled=True)
        messages.success(request, _("重读：%(what)s。") % {"what": describe_plan(plan)})
    else:
        raise Http404
    return redirect("review", speech_id)
