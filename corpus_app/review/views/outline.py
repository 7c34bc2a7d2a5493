"""Editing the outline: every act is a post that answers with the tree, the last one stores it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.revisions.outline.settling import OutlineFault
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.review.outline_desk import (
    OutlineDesk,
    apply_form,
    open_desk,
    rebase_desk,
    resume_desk,
)
from corpus_app.review.views.steps import read_user
from corpus_app.text.numbers import read_number


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def edit_outline(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Do one act to the outline that the form holds and show it again, or store it."""
    speech = get_object_or_404(Speech.objects.select_related("current"), pk=speech_id)
    if speech.current is None:
        return redirect("review", speech.pk)
    base = speech.revisions.filter(number=read_number(request.POST.get("base")) or 0).first()
    try:
        if base is None:
            raise OutlineFault(_("提交的提纲数据不完整，请重新打开校核页再试。"))
        desk = resume_desk(request.POST, base)
    except OutlineFault as fault:
        desk = open_desk(speech.current)
        desk.faults.append(str(fault))
        return _show(request, speech, desk, 422)
    wanted = apply_form(desk, request.POST)
    if desk.faults:
        return _show(request, speech, desk, 422)
    return _store(request, speech, desk) if wanted else _show(request, speech, desk)


def _store(request: HttpRequest, speech: Speech, desk: OutlineDesk) -> HttpResponse:
    user = read_user(request)
    try:
        revision = revise_outline(speech, desk.revision.number, desk.heads, user)
    except OutdatedError as refusal:
        newest = Revision.objects.get(pk=refusal.current.pk)
        desk = rebase_desk(desk, newest)
        desk.faults.append(str(refusal))
        return _show(request, speech, desk, 409)
    except NothingChangedError as refusal:
        messages.info(request, str(refusal))
        return redirect("review", speech.pk)
    message = _("提纲已存为第 %(number)d 版。") % {"number": revision.number}
    messages.success(request, message)
    return redirect("review", speech.pk)


def _show(
    request: HttpRequest, speech: Speech, desk: OutlineDesk, status: int = 200
) -> HttpResponse:
    """Return the tree alone to a script, in a page of its own without one."""
    part = request.headers.get("X-Part") == "outline"
    template = "review/_outline.html" if part else "review/outline_page.html"
    return render(request, template, {"speech": speech, "outline": desk}, status=status)
