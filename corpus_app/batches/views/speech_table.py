"""A table with one speech a row: its columns are set, its first rows shown, then it is taken in."""

from __future__ import annotations

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corpus_app.batches.models import Batch
from corpus_app.batches.services import drop_table, map_table
from corpus_app.batches.speech_tables import list_roles, list_waiting_tables, read_setup
from corpus_app.batches.views.answers import ADD_PERMISSION
from corpus_app.ingest.draft import RejectedFile


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def set_up_table(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show what the table's columns are and how its rows will be read; a post takes them in.

    Of a batch with several such tables file names one, else it is the first.
    """
    batch = get_object_or_404(Batch, pk=batch_id)
    waiting = list_waiting_tables(batch)
    named = request.GET.get("file", "")
    chosen = waiting.filter(pk=named) if re.fullmatch("[0-9]{1,18}", named) else waiting
    file = chosen.first()
    if file is None:
        return redirect("batch", batch.pk)
    if request.POST.get("action") == "cancel":
        drop_table(file)
        messages.success(request, _("没有导入，什么也没有改。"))
        return redirect("batch", batch.pk)
    asked = request.POST if request.method == "POST" else request.GET
    try:
        setup = read_setup(file, asked.dict())
    except RejectedFile as refusal:
        messages.error(request, refusal.message)
        drop_table(file)
        return redirect("batch", batch.pk)
    ready = setup.table.has_text and setup.total > setup.without_text
    if request.POST.get("action") == "import" and ready:
        map_table(file, setup.table.columns)
        return redirect("batch", batch.pk)
    context = {"batch": batch, "file": file, "setup": setup, "roles": list_roles(), "ready": ready}
    status = 422 if request.POST.get("action") == "import" else 200
    return render(request, "batches/speech_table.html", context, status=status)
