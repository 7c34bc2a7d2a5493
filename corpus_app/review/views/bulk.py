"""Changing many speeches at once: ask, look at what would change, apply, undo."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.review.bulk.applying import (
    apply_change,
    begin_undoing,
    hand_to_worker,
    leave_held,
    undo_change,
)
from corpus_app.review.bulk.forms import BulkForm
from corpus_app.review.bulk.page import build_change_list, build_change_page
from corpus_app.review.bulk.planning import AskedChange, prepare_change
from corpus_app.review.bulk.tables import take_spared
from corpus_app.review.models import BulkChange
from corpus_app.review.queue import MOST_CHOSEN, read_filters, read_selection

logger = logging.getLogger(__name__)


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def list_changes(request: HttpRequest) -> HttpResponse:
    """Show what was changed on many speeches at once, and what of it can be undone."""
    page, lines = build_change_list(request.GET.get("page"))
    return render(request, "review/bulk_list.html", {"page": page, "lines": lines})


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def start_change(request: HttpRequest) -> HttpResponse:
    """Prepare a change of the chosen speeches and lead to its preview, or ask what to set."""
    ids = read_selection(request.POST)
    filters = read_filters(request.POST.get("filters", "")).to_querystring()
    wrong = _find_fault(ids)
    if wrong:
        messages.warning(request, wrong)
        return redirect(f"{reverse('queue')}?{filters}")
    action = request.POST.get("action", "")
    if action in Speech.Status.values:
        return _prepare(request, ids, AskedChange(status=action))
    form = BulkForm(request.POST if action == "preview" else None)
    if action == "preview" and form.is_valid():
        return _prepare(request, ids, form.read_asked())
    context = {"form": form, "ids": ids, "filters": filters}
    return render(request, "review/bulk_form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what a change will do or did, speech by speech."""
    changes = BulkChange.objects.select_related("made_by", "undone_by")
    change = get_object_or_404(changes, pk=change_id)
    state = request.GET.get("state", "")
    shown = build_change_page(change, request.GET.get("page"), state)
    context = {"shown": shown, "state": state, "go_on": "go" in request.GET}
    return render(request, "review/bulk_change.html", context)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def run_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Apply the change, undo it or forget it; a long one goes on with the next request."""
    change = get_object_or_404(BulkChange, pk=change_id)
    action = request.POST.get("action", "")
    if action == "forget":
        BulkChange.objects.filter(pk=change.pk, state=BulkChange.State.PREPARED).delete()
        messages.info(request, _("已放弃，没有改动任何讲话。"))
        return redirect("queue")
    try:
        done = _run(request, change, action)
    except OperationalError:
        # Others write for longer than one waits for the lock; what was done so far stands.
        logger.exception("Bulk change %s was held up", change.pk)
        messages.warning(request, _("数据库正忙，已做的部分有效；请稍后点“继续”。"))
        return redirect(change)
    return redirect(change if done else f"{change.get_absolute_url()}?go=1")


def _run(request: HttpRequest, change: BulkChange, action: str) -> bool:
    """Work on the change for some seconds; return whether nothing is left to do."""
    if action == "apply":
        _settle_boxes(request, change)
        if hand_to_worker(change):
            return True
        if not apply_change(change):
            return False
        # One that was undone meanwhile is not applied again; its page says how it stands.
        if change.state == BulkChange.State.APPLIED:
            messages.success(request, _("已完成。若发现有误，可在本页撤销。"))
    elif action == "undo":
        if change.in_background and change.state != BulkChange.State.UNDOING:
            begin_undoing(change, cast(User, request.user))
        elif not undo_change(change, cast(User, request.user)):
            return False
        if change.state == BulkChange.State.UNDONE:
            messages.success(request, _("已撤销；此后另有改动的，仍保持现状。"))
    return True


def _settle_boxes(request: HttpRequest, change: BulkChange) -> None:
    """Leave out, or take in, what the boxes of the preview are about."""
    if "held_too" not in request.POST:
        leave_held(change)
    if "overwrite" in request.POST:
        take_spared(change)


def _prepare(request: HttpRequest, ids: Sequence[int], asked: AskedChange) -> HttpResponse:
    change = prepare_change(ids, asked, cast(User, request.user))
    return redirect(change)


def _find_fault(ids: Sequence[int]) -> str:
    if not ids:
        return _("没有选中讲话。")
    if len(ids) > MOST_CHOSEN:
        return _("一次最多处理 %(most)d 篇，请先缩小范围。") % {"most": MOST_CHOSEN}
    return ""
