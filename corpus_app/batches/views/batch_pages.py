"""Batches: the list, one with its files, and how far it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, Final, cast

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from corpus_app.batches.desk_front import describe_limits
from corpus_app.batches.forms import UploadForm
from corpus_app.batches.models import UNTAKEN_STATES, Batch, BatchFile
from corpus_app.batches.overview import (
    BatchProgress,
    estimate_minutes,
    list_batches,
    list_files,
    measure_batches,
    read_bell,
)
from corpus_app.batches.presence import is_worker_present
from corpus_app.batches.speech_tables import can_undo, list_waiting_tables
from corpus_app.batches.views.answers import ADD_PERMISSION, accept, for_scripts
from corpus_app.batches.views.receiving import name_addresses
from corpus_app.catalog.provenance import UNKNOWN, read_provenances

BATCHES_PER_PAGE: Final = 30
FILES_PER_PAGE: Final = 50
TABLES_SHOWN: Final = 20


@require_safe
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the batches, the newest first."""
    page = Paginator(list_batches(), BATCHES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "batches": measure_batches(page.object_list),
        "worker_runs": is_worker_present(),
    }
    return render(request, "batches/batch_list.html", context)


@require_safe
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def show_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show a batch: how far it is, and each file with what became of it."""
    batch = get_object_or_404(list_batches(), pk=batch_id)
    progress = measure_batches([batch])[0]
    state = request.GET.get("state", "")
    page = Paginator(list_files(batch, state), FILES_PER_PAGE).get_page(request.GET.get("page"))
    told = read_provenances(file.speech_id or 0 for file in page)
    context: dict[str, Any] = {
        "batch": batch,
        "progress": progress,
        "minutes": estimate_minutes(progress),
        "worker_runs": is_worker_present(),
        "state": state if state in BatchFile.State.values else "",
        "page": page,
        # The file's path stands there already.
        "files": [(one, replace(told.get(one.speech_id or 0, UNKNOWN), file="")) for one in page],
        "untaken_states": UNTAKEN_STATES,
        "form": UploadForm(),
        "waiting_tables": list_waiting_tables(batch)[:TABLES_SHOWN],
        "can_undo": can_undo(batch),
        "resume": json.dumps(name_addresses(batch)),
    }
    return render(request, "batches/batch.html", context | describe_limits())


@require_safe
@for_scripts
def show_progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Answer how far a batch is; the same again costs a 304."""
    batch = get_object_or_404(Batch, pk=batch_id)
    progress = measure_batches([batch])[0]
    return _answer_fresh(request, describe_progress(progress))


@require_safe
@for_scripts
def show_bell(request: HttpRequest) -> HttpResponse:
    """Answer what the bell tells: batches finished and not looked at, and those that run."""
    bell = read_bell(request.user)
    return _answer_fresh(request, {"unseen": bell.unseen, "running": bell.running})


def describe_progress(progress: BatchProgress) -> dict[str, Any]:
    """Return a batch's progress as JSON has it."""
    return {
        "id": progress.batch.pk,
        "state": progress.batch.state,
        "running": progress.is_running,
        "done": progress.done,
        "total": progress.total,
        "counts": progress.counts,
    }


def _answer_fresh(request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    response = accept(**values)
    response.headers["ETag"] = tag = quote_etag(digest[:20])
    # Asked again each time, and kept by nobody but the browser that asked.
    patch_cache_control(response, private=True, no_cache=True)
    return cast(HttpResponse, get_conditional_response(request, tag, response=response))
