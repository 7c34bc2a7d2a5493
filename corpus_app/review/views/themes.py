"""A theme on a section: pinned or excluded, and the same proposed for sections like it."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.revisions.editing import decide_sections
from corpus_app.intake.revisions.succession import OutdatedError, take_base
from corpus_app.pages.excerpts import MarkedSection, show_passages
from corpus_app.review.bulk.sections import prepare_sections
from corpus_app.themes.models import Theme, ThemePin
from corpus_app.themes.similarity import SimilarSection, find_similar

DECISIONS = {"": "auto", **{value: value for value in ThemePin.Decision.values}}


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def decide_theme(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Pin or exclude theme on section of revision base, or leave it to the terms (action=auto).

    Nothing else changes: sections like it are shown next, and change once an editor approves.
    """
    speech = get_object_or_404(Speech, pk=speech_id)
    theme = get_object_or_404(Theme, slug=request.POST.get("theme", ""))
    action, base = request.POST.get("action", ""), request.POST.get("base", "")
    if action not in DECISIONS.values() or not base.isdecimal() or len(base) > 15:
        raise Http404
    decision = "" if action == "auto" else action
    try:
        with transaction.atomic():
            revision = take_base(speech, int(base))
            section = get_object_or_404(revision.sections, key=request.POST.get("section", ""))
            decide_sections(speech, {(theme.pk, section.key): decision})
    except OutdatedError:
        messages.error(request, _("正文已有新的版本，未作改动，请看现在的情形。"))
        return redirect(theme)
    messages.success(request, _TOLD[action]())
    if decision and find_similar(section, theme, decision):
        return redirect(_link_similar(speech, theme, section.key, decision))
    return redirect(theme)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def propose_similar(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show the sections like one that was decided on; the chosen ones go to a bulk preview."""
    speech = get_object_or_404(Speech.objects.select_related("current"), pk=speech_id)
    asked = request.POST if request.method == "POST" else request.GET
    theme = get_object_or_404(Theme, slug=asked.get("theme", ""))
    decision = asked.get("decision", "")
    if decision not in ThemePin.Decision.values or speech.current is None:
        raise Http404
    section = get_object_or_404(speech.current.sections, key=asked.get("section", ""))
    found = find_similar(section, theme, decision)
    if request.method == "POST":
        chosen = set(request.POST.getlist("similar"))
        sections = [one.section for one in found if str(one.section.pk) in chosen]
        if sections:
            like = f"{speech.title} {section.marker}{section.heading}".strip()
            user = cast(User, request.user)
            return redirect(prepare_sections(theme, decision, sections, like, user))
        messages.warning(request, _("没有选中章节。"))
    context = {
        "speech": speech,
        "theme": theme,
        "section": section,
        "decision": decision,
        "label": ThemePin.Decision(decision).label,
        "entries": list(zip(found, _show(found), strict=True)),
    }
    return render(request, "review/theme_similar.html", context)


def _show(found: list[SimilarSection]) -> list[object]:
    ids = [one.section.pk for one in found]
    rows = Section.objects.filter(pk__in=ids).select_related(
        "revision__speech__organisation", "revision__speech__speaker"
    )
    full = {row.pk: row for row in rows}
    places = [MarkedSection(full[pk], full[pk].revision, []) for pk in ids]
    return list(show_passages(places))


def _link_similar(speech: Speech, theme: Theme, key: str, decision: str) -> str:
    query = urlencode({"theme": theme.slug, "section": key, "decision": decision})
    return f"{reverse('theme_similar', args=[speech.pk])}?{query}"


_TOLD = {
    "pin": lambda: _("已指定这一节，计入本主题；改稿、重读后仍然有效。"),
    "exclude": lambda: _("已排除这一节，不再计入本主题；改稿、重读后仍然有效。"),
    "auto": lambda: _("已撤回人工决定，由主题词判断。"),
}
