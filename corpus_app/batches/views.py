"""Taking files in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from corpus_app.batches.forms import UploadForm
from corpus_app.catalog.models import Speech
from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.limits import check_size
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
    return render(request, "batches/upload.html", context, status=422 if form.errors else 200)


def take_in(file: UploadedFile, user: User) -> ImportOutcome:
    """Return what became of the uploaded file; a refused one is not kept."""
    try:
        check_size(file.size or 0)
    except Refusal as refusal:
        return ImportOutcome("refused", None, None, refusal.message, refusal.code)
    return import_bytes(file.read(), file.name or "", user=user, draft=True)
