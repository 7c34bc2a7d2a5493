"""Where a script sends the files of a batch, one after another."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corpus_app.batches import services
from corpus_app.batches.models import Batch
from corpus_app.batches.receiving import add_upload
from corpus_app.batches.views.answers import accept, for_scripts, refuse
from corpus_app.catalog.limits import list_single_choices
from corpus_app.ingest.draft import RejectedFile


@require_POST
@for_scripts
def open_batch(request: HttpRequest) -> HttpResponse:
    """Make a batch that files can be sent to; answer its addresses."""
    name = request.POST.get("name", "")
    publish = request.POST.get("publish") == "on"
    limit = request.POST.get("limit", "")
    if limit not in dict(list_single_choices()):
        return refuse(_("没有这一级可见范围。"), 400)
    user = cast(User, request.user)
    batch = services.make_batch(name, user=user, publish=publish, limit=limit)
    return accept(201, **name_addresses(batch))


@require_http_methods(["GET", "HEAD", "POST"])
@for_scripts
def receive_file(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Answer which files the batch has; take one more in that is sent."""
    batch = get_object_or_404(Batch, pk=batch_id)
    if request.method != "POST":
        rows = batch.files.filter(parent=None).values("path", "size", "sha256")
        return accept(files=list(rows))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return refuse(_("没有收到文件。"), 400)
    if batch.state != Batch.State.RECEIVING:
        return refuse(_("这一批已经开始处理，不能再加文件。"), 409)
    try:
        row = add_upload(batch, request.POST.get("path") or file.name or "", file)
    except RejectedFile as refusal:
        return refuse(refusal.message, 422)
    return accept(201, id=row.pk, sha256=row.sha256)


def name_addresses(batch: Batch) -> dict[str, str | int]:
    """Return the id and the addresses by which a script goes on with the batch."""
    return {
        "id": batch.pk,
        "page": reverse("batch", args=[batch.pk]),
        "files": reverse("batch_files", args=[batch.pk]),
        "change": reverse("batch_change", args=[batch.pk]),
    }
