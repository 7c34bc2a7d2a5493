"""What the views of rules and of site profiles share: who asks, and one portion's result told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from corpus_app.intake.models import RemovalRule, SiteProfile
from corpus_app.intake.removal.ruling import Progress


def read_user(request: HttpRequest) -> User | None:
    """Return the account that asks, None for a visitor."""
    return request.user if isinstance(request.user, User) else None


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
