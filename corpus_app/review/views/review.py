"""Reviewing what the parse made of a file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.revisions import editing
from corpus_app.review.forms import MetadataForm, read_decisions
from corpus_app.review.page import collect_page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def review_speech(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show the parse beside the raw text; on a post, save the corrections and act."""
    speeches = Speech.objects.with_parties().select_related("current__upload")
    speech = get_object_or_404(speeches, pk=speech_id)
    if speech.current and not speech.current.has_raw:
        # Shown as a text that does not follow from what was received, as check_corpus tells.
        speech.current.raw = ""
    posted = request.method == "POST"
    form = MetadataForm(request.POST if posted else None, present=read_fields(speech))
    if posted and form.is_valid():
        with transaction.atomic():
            editing.correct(speech, form.read_values(), read_decisions(request.POST))
            return _act(request, speech)
    page = collect_page(speech, form)
    return render(request, "review/review.html", page, status=422 if form.errors else 200)


def _act(request: HttpRequest, speech: Speech) -> HttpResponse:
    action = request.POST.get("action", "save")
    if action in ("publish", "publish-next"):
        editing.publish(speech)
        messages.success(request, _("已发布，读者现在可以看到并检索。"))
        if action == "publish-next":
            return redirect(f"{reverse('queue_next')}?after={speech.pk}")
        return redirect("speech", speech.pk)
    if action == "withdraw":
        editing.withdraw(speech)
        messages.success(request, _("已撤回，读者不再能看到。"))
    elif action == "draft":
        editing.hold_back(speech)
        messages.success(request, _("已存为草稿，只有编辑能看到。"))
    else:
        messages.success(request, _("已保存。"))
    return redirect("review", speech.pk)
