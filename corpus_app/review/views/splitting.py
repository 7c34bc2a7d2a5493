"""A file of several speeches: split into its parts, and made whole again."""

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
from corpus_app.intake.importing.splitting import SplittingError, split, undo_split


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def split_speech(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Split the speech at the chosen beginnings (action=split), or take that back (undo)."""
    speeches = Speech.objects.select_related("current__upload")
    speech = get_object_or_404(speeches, pk=speech_id)
    action = request.POST.get("action")
    if action not in ("split", "undo"):
        raise Http404
    try:
        if action == "split":
            messages.success(request, _split(request, speech))
        else:
            messages.success(request, _undo(request, speech))
    except SplittingError as error:
        messages.error(request, str(error))
    return redirect("review", speech.pk)


def _split(request: HttpRequest, speech: Speech) -> str:
    base, cuts = request.POST.get("base", ""), request.POST.getlist("cut")
    if not all(number.isdecimal() for number in (base, *cuts)):
        raise Http404
    user = cast(User, request.user)
    count = split(speech, int(base), map(int, cuts), user)
    return _("已分为 %(count)d 篇，各篇均为草稿，请逐篇校核后发布。") % {"count": count}


def _undo(request: HttpRequest, speech: Speech) -> str:
    kept = undo_split(speech, cast(User, request.user))
    if not kept:
        return _("已撤销分篇，本篇恢复原状。")
    titles = _("、").join(_("《%(title)s》") % {"title": one.title} for one in kept)
    return _("已撤销分篇，本篇恢复原状；%(titles)s已发布或改动过，仍各为一篇。") % {
        "titles": titles
    }
