"""What was changed on a speech, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.revisions.restoring import (
    UnknownStateError,
    restore_metadata,
    restore_outline,
    restore_revision,
)
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.review.timeline import list_moments
from corpus_app.review.views.steps import read_user
from corpus_app.text.numbers import read_number

PAGE_SIZE = 30


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_history(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show every change of values, text and themes, newest first."""
    speech = get_object_or_404(Speech.objects.select_related("current"), pk=speech_id)
    page = Paginator(list_moments(speech), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"speech": speech, "page_obj": page, "copies": speech.copies.all()}
    return render(request, "review/history_page.html", context)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def restore_state(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Make an earlier revision's text, or a recorded moment's metadata, the present one."""
    speech = get_object_or_404(Speech.objects.with_parties(), pk=speech_id)
    try:
        messages.success(request, _restore(request, speech))
    except NothingChangedError:
        messages.info(request, _("与现在一致，未作改动。"))
    except (OutdatedError, UnknownStateError) as refusal:
        messages.error(request, str(refusal))
    return redirect("review_history", speech.pk)


def _restore(request: HttpRequest, speech: Speech) -> str:
    record = read_number(request.POST.get("record"))
    if record:
        changed = restore_metadata(speech, record)
        return _("已恢复当时的文献信息（%(count)d 项）。") % {"count": len(changed)}
    user = read_user(request)
    number, base = (read_number(request.POST.get(name)) or 0 for name in ("revision", "base"))
    if request.POST.get("part") == "outline":
        revision = restore_outline(speech, number, base, user)
        return _("已把第 %(old)d 版的提纲用于当前正文，存为第 %(new)d 版。") % {
            "old": number,
            "new": revision.number,
        }
    revision = restore_revision(speech, number, base, user)
    return _("已恢复第 %(old)d 版的正文与提纲，存为第 %(new)d 版。") % {
        "old": number,
        "new": revision.number,
    }
