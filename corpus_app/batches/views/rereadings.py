"""Reading stored originals again: what would change, the order to do it, and how far it is."""

from __future__ import annotations

from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.batches.models import Rereading, RereadingItem
from corpus_app.batches.presence import is_worker_present
from corpus_app.batches.rereading import (
    cancel_rereading,
    describe_scope,
    measure_rereadings,
    start_rereading,
)
from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.intake.rereading.choosing import RereadingScope, choose_speeches
from corpus_app.intake.rereading.describing import ShownPlan, describe_plan, show_plan
from corpus_app.intake.rereading.planning import plan_rereading
from corpus_app.intake.rereading.storing import BusySpeechError, load_speech, read_again
from corpus_app.text.numbers import read_number

# Each is read while the page waits.
PREVIEWED: Final = 10
LISTED: Final = 50
KEYS: Final = ("speech", "batch", "site", "rule", "source")


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def list_rereadings(request: HttpRequest) -> HttpResponse:
    """Show what was read again, the newest first."""
    found = Rereading.objects.select_related("created_by")
    page = Paginator(found, LISTED).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rereadings": measure_rereadings(page.object_list),
        "worker_runs": is_worker_present(),
    }
    return render(request, "batches/rereading_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def begin_rereading(request: HttpRequest) -> HttpResponse:
    """Show what reading the chosen originals again would change; a post does it.

    One speech is read at once, more go to the worker.
    """
    asked = request.POST if request.method == "POST" else request.GET
    scope, query = read_scope(asked)
    if scope is None:
        messages.warning(request, _("没有选定要重读的讲话。"))
        return redirect("rereadings")
    chosen = choose_speeches(scope)
    if request.method == "POST":
        return _begin(request, scope)
    page = Paginator(chosen.values_list("pk", flat=True), PREVIEWED).get_page(asked.get("page"))
    context = {
        "page": page,
        "plans": [_preview(speech_id) for speech_id in page.object_list],
        "name": describe_scope(scope).title,
        "query": query,
        "hidden": dict(parse_qsl(query)),
    }
    return render(request, "batches/rereading_new.html", context)


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_rereading(request: HttpRequest, rereading_id: int) -> HttpResponse:
    """Show how far a rereading is, and what became of each speech."""
    found = Rereading.objects.select_related("created_by")
    rereading = get_object_or_404(found, pk=rereading_id)
    state = request.GET.get("state", "")
    items = rereading.items.select_related("speech__current__upload")
    if state in RereadingItem.State.values:
        items = items.filter(state=state)
    context = {
        "rereading": rereading,
        "progress": measure_rereadings([rereading])[0],
        "page": Paginator(items, LISTED).get_page(request.GET.get("page")),
        "state": state if state in RereadingItem.State.values else "",
        "worker_runs": is_worker_present(),
    }
    return render(request, "batches/rereading.html", context)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def stop_rereading(request: HttpRequest, rereading_id: int) -> HttpResponse:
    """Give up the speeches that were not read yet."""
    rereading = get_object_or_404(Rereading, pk=rereading_id)
    if cancel_rereading(rereading):
        messages.success(request, _("已取消未重读的，已重读的不受影响。"))
    else:
        messages.warning(request, _("已经完成或取消，什么也没有改。"))
    return redirect("rereading", rereading.pk)


def read_scope(asked: Any) -> tuple[RereadingScope | None, str]:
    """Return what a request asks to be read again, and its query.

    None where nothing, or nothing that there is, was named.
    """
    numbers = {key: read_number(asked.get(key)) for key in ("speech", "batch", "rule")}
    words = {key: (asked.get(key) or "")[:200] for key in ("site", "source")}
    drafts = asked.get("drafts") == "1"
    named = {key: asked[key] for key in (*KEYS, "drafts") if asked.get(key)}
    query = urlencode(named)
    if not any(numbers.values()) and not any(words.values()) and not drafts:
        return None, ""
    speech = numbers["speech"]
    scope = RereadingScope(
        speeches=[speech] if speech else None,
        batch=numbers["batch"] or None,
        source=words["source"],
        site=words["site"],
        rule=numbers["rule"] or None,
        drafts=drafts,
    )
    return scope, query


def _begin(request: HttpRequest, scope: RereadingScope) -> HttpResponse:
    user = cast(User, request.user)
    if not scope.speeches:
        return redirect("rereading", start_rereading(scope, user).pk)
    speech = get_object_or_404(Speech, pk=scope.speeches[0])
    try:
        plan = read_again(speech.pk, user=user)
    except (LostError, BusySpeechError):
        messages.error(request, _("没有读成，什么也没有改，请稍后再试。"))
        return redirect("review", speech.pk)
    done = plan.status in ("changed", "unchanged")
    level = messages.SUCCESS if done else messages.WARNING
    messages.add_message(request, level, _("重读：%(what)s。") % {"what": describe_plan(plan)})
    return redirect("review", speech.pk)


def _preview(speech_id: int) -> ShownPlan | None:
    try:
        return show_plan(plan_rereading(load_speech(speech_id)))
    except LostError:
        return None
