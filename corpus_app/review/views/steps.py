"""What the views of rules and of site profiles share: who asks, a step taken, its result told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, ngettext

from corpus_app.intake.models import RemovalRule, SiteProfile
from corpus_app.intake.removal.ruling import Progress, StateError

Held = TypeVar("Held", RemovalRule, SiteProfile)


def read_user(request: HttpRequest) -> User | None:
    """Return the account that asks, None for a visitor."""
    return request.user if isinstance(request.user, User) else None


def take_step(
    request: HttpRequest,
    shown: Held,
    steps: Mapping[str, Callable[[HttpRequest, Held], HttpResponse]],
) -> HttpResponse:
    """Take the step that the form names; one that is none or not allowed is told on the page."""
    step = steps.get(request.POST.get("action", ""))
    if step is None:
        messages.error(request, _("没有这项操作。"))
        return redirect(shown)
    try:
        return step(request, shown)
    except StateError as fault:
        messages.error(request, str(fault))
    return redirect(shown)


def report_portion(
    request: HttpRequest, shown: RemovalRule | SiteProfile, progress: Progress, words: str
) -> HttpResponse:
    """Tell what a portion did and lead back to the page of what did it; words hold %(count)d."""
    messages.success(request, words % {"count": progress.applied})
    if progress.skipped:
        left = ngettext(
            "有 %(count)d 篇未处理，原因见下表。",
            "有 %(count)d 篇未处理，原因见下表。",
            progress.skipped,
        )
        messages.warning(request, left % {"count": progress.skipped})
    # The page goes on with the next portion by itself where scripts run.
    goes_on = "?running=1" if progress.more else ""
    return redirect(f"{shown.get_absolute_url()}{goes_on}")
