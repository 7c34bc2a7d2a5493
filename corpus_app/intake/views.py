"""Uploading one file, and reviewing what the parse made of it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.limits import check_size
from corpus_app.intake import editing, review
from corpus_app.intake.forms import MetadataForm, UploadForm, read_decisions
from corpus_app.intake.importing import ImportOutcome, import_bytes

RECENT = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("catalog.add_speech", raise_exception=True)
def upload_file(request: HttpRequest) -> HttpResponse:
    """Show the form and the drafts; take one file in as a draft and go on to its review."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and form.is_valid():
        outcome = take_in(form.cleaned_data["file"], cast(User, request.user))
        if outcome.speech is not None:
            level = messages.SUCCESS if outcome.status == "imported" else messages.WARNING
            messages.add_message(request, level, outcome.message)
            return redirect("review", outcome.speech)
        form.add_error("file", outcome.message)
    drafts = Speech.objects.filter(status=Speech.Status.DRAFT).with_parties()
    context = {"form": form, "drafts": drafts.order_by("-changed_at")[:RECENT]}
    return render(request, "intake/upload.html", context, status=422 if form.errors else 200)


def take_in(file: UploadedFile, user: User) -> ImportOutcome:
    """Return what became of the uploaded file; a refused one is not kept."""
    try:
        check_size(file.size or 0)
    except Refusal as refusal:
        return ImportOutcome("refused", None, None, refusal.message, refusal.code)
    return import_bytes(file.read(), file.name or "", user=user, draft=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def review_speech(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show the parse beside the raw text; on a post, save the corrections and act."""
    speeches = Speech.objects.with_parties().select_related("current__upload")
    speech = get_object_or_404(speeches, pk=speech_id)
    posted = request.method == "POST"
    form = MetadataForm(request.POST if posted else None, present=read_fields(speech))
    if posted and form.is_valid():
        editing.correct(speech, form.read_values(), read_decisions(request.POST))
        return _act(request, speech)
    return render(
        request, "intake/review.html", _collect(speech, form), status=422 if form.errors else 200
    )


def _act(request: HttpRequest, speech: Speech) -> HttpResponse:
    action = request.POST.get("action", "save")
    if action.startswith("merge-"):
        return _merge(request, speech, action.removeprefix("merge-"))
    if action == "publish":
        editing.publish(speech)
        messages.success(request, _("已发布，读者现在可以看到并检索。"))
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


def _merge(request: HttpRequest, speech: Speech, target: str) -> HttpResponse:
    into = Speech.objects.filter(pk=int(target) if target.isdecimal() else 0).first()
    if into is None or into.pk == speech.pk or speech.status == Speech.Status.PUBLISHED:
        messages.error(request, _("不能合并：只有草稿或已撤回的讲话可以并入另一篇。"))
        return redirect("review", speech.pk)
    merged = editing.merge(speech, into)
    message = _("已并入《%(title)s》，成为第 %(number)d 版，原地址自动转到该篇。")
    number = merged.current.number if merged.current else 0
    messages.success(request, message % {"title": merged.title, "number": number})
    return redirect("review", merged.pk)


def _collect(speech: Speech, form: MetadataForm) -> dict[str, object]:
    context: dict[str, object] = {"speech": speech, "form": form}
    revision = speech.current
    if revision is None:
        return context
    return context | {
        "revision": revision,
        "raw": review.split_raw(revision),
        "legend": review.list_legend(revision),
        "text": review.split_text(revision),
        "characters": sum(not sign.isspace() for sign in revision.text),
        "gaps": list(revision.gaps.all()),
        "themes": review.list_theme_choices(speech),
        "twins": review.list_twins(speech),
        "revisions": speech.revisions.select_related("upload", "created_by").defer("raw", "text"),
        "copies": speech.copies.all(),
    }
