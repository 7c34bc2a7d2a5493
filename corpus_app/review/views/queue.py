"""The queue of speeches that wait for an editor."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.quality.flags import mark_looked, unmark_looked
from corpus_app.review.queue import QueueRequest, find_next, read_filters
from corpus_app.review.queue_page import build_queue_page
from corpus_app.text.numbers import read_number, read_numbers


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_queue(request: HttpRequest) -> HttpResponse:
    """Show the speeches asked for with their quality flags, the most in need of an eye first."""
    asked = QueueRequest.from_params(request.GET)
    queue = build_queue_page(asked, request.GET.get("page"))
    done = "done" in request.GET
    return render(request, "review/queue.html", {"queue": queue, "done": done})


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_next(request: HttpRequest) -> HttpResponse:
    """Lead to the review of the speech after ?after=, or back to the queue where none is left."""
    asked = QueueRequest.from_params(request.GET)
    number = read_number(request.GET.get("after"))
    after = Speech.objects.select_related("doubt").filter(pk=number or 0).first()
    speech = find_next(asked, after)
    if speech is None:
        pairs = [asked.to_querystring(), "done=1"]
        return redirect(f"{reverse('queue')}?{'&'.join(filter(None, pairs))}")
    return redirect("review", speech.pk)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def mark_speeches(request: HttpRequest) -> HttpResponse:
    """Note that the editor has looked at the chosen speeches, or take that back."""
    one, back = request.POST.get("look", ""), request.POST.get("unlook", "")
    ids = read_numbers(one or back or ",".join(request.POST.getlist("speech")))
    chosen = Speech.objects.filter(pk__in=ids).select_related("current")
    for speech in chosen:
        if back:
            unmark_looked(speech)
        else:
            mark_looked(speech, cast(User, request.user))
    _report(request, len(chosen), back=bool(back))
    if "next" in request.POST:
        return redirect(f"{reverse('queue_next')}?after={one}")
    filters = read_filters(request.POST.get("filters", ""))
    return redirect(f"{reverse('queue')}?{filters.to_querystring()}")


def _report(request: HttpRequest, count: int, *, back: bool) -> None:
    if not count:
        messages.warning(request, _("没有选中讲话。"))
    elif back:
        messages.success(request, _("已放回有疑点的一栏。"))
    else:
        words = ngettext(
            "已标为已核阅，共 %(count)d 篇。", "已标为已核阅，共 %(count)d 篇。", count
        )
        messages.success(request, words % {"count": count})
