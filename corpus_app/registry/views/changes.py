"""The pages of changes: their record, the preview, saving, the course, undoing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.registry.models import RegistryChange
from corpus_app.registry.page import build_change_page, list_changes
from corpus_app.registry.planning import ConflictError
from corpus_app.registry.running import (
    discard_change,
    prepare_again,
    run,
    save_change,
    undo_change,
)
from corpus_app.registry.views.asking import SECONDS, for_editors, read_user


@require_safe
@for_editors
def list_all(request: HttpRequest) -> HttpResponse:
    """Show who changed what of themes and slogans, and how each change stands."""
    page = list_changes(request.GET.get("page"))
    return render(request, "registry/changes.html", {"page": page})


@require_safe
@for_editors
def show_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what a change will do or did; kind= chooses the effects that are listed."""
    changes = RegistryChange.objects.select_related("made_by", "undone_by")
    change = get_object_or_404(changes, pk=change_id)
    shown = build_change_page(change, request.GET.get("page"), request.GET.get("kind", ""))
    context = {"shown": shown, "change": change, "back": _link_form(change)}
    return render(request, "registry/change.html", context)


def _link_form(change: RegistryChange) -> str:
    """Return the address of the form that the change came from, filled in as it was sent."""
    act, thing = change.asked.get("act"), change.asked.get("id")
    if act not in ("theme", "slogan"):
        return ""
    name = f"registry_{act}" if thing else f"registry_{act}_new"
    return f"{reverse(name, args=[thing] if thing else [])}?from={change.pk}"


@require_POST
@for_editors
def run_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take one step with a change: save, undo, discard, measure again, go on."""
    change = get_object_or_404(RegistryChange, pk=change_id)
    step = STEPS.get(request.POST.get("action", ""))
    if step is None:
        messages.error(request, _("没有这项操作。"))
        return redirect(change)
    try:
        return step(request, change)
    except ConflictError as conflict:
        messages.error(request, str(conflict))
    return redirect(change)


def _save(request: HttpRequest, change: RegistryChange) -> HttpResponse:
    save_change(change, read_user(request))
    _record(request, change, _("保存"))
    run(change, seconds=SECONDS)
    messages.success(request, _("已保存。若发现有误，可在本页撤销。"))
    return redirect(change)


def _undo(request: HttpRequest, change: RegistryChange) -> HttpResponse:
    undo_change(change, read_user(request))
    _record(request, change, _("撤销"))
    run(change, seconds=SECONDS)
    messages.success(request, _("已撤销，登记恢复为改动以前的样子。"))
    return redirect(change)


def _discard(request: HttpRequest, change: RegistryChange) -> HttpResponse:
    if discard_change(change):
        messages.info(request, _("已放弃，没有改动。"))
        return redirect("registry_changes")
    messages.error(request, _("已经保存，不能放弃；可以撤销。"))
    return redirect(change)


def _measure_again(request: HttpRequest, change: RegistryChange) -> HttpResponse:
    prepare_again(change)
    run(change, seconds=SECONDS)
    return redirect(change)


def _go_on(request: HttpRequest, change: RegistryChange) -> HttpResponse:
    run(change)
    return redirect(change)


def _record(request: HttpRequest, change: RegistryChange, done: str) -> None:
    detail = _("%(done)s（第 %(id)d 号改动）") % {"done": done, "id": change.pk}
    record_activity(request, Activity.Kind.VOCABULARY, change.title, detail)


STEPS: Final[dict[str, Callable[[HttpRequest, RegistryChange], HttpResponse]]] = {
    "save": _save,
    "undo": _undo,
    "discard": _discard,
    "again": _measure_again,
    "go-on": _go_on,
}
