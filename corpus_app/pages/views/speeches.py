"""Speeches: the list, the reading page, permanent links."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.relocation import find_section, resolve_alias
from corpus_app.catalog.revisions import list_visible_revisions
from corpus_app.pages.display import Display
from corpus_app.pages.kept_pages import keep_page
from corpus_app.pages.speech_list import build_speech_list
from corpus_app.pages.speech_page import build_speech_page
from corpus_app.pages.withdrawn import answer_withdrawn
from corpus_app.text.numbers import read_number


@require_safe
@keep_page
def list_speeches(request: HttpRequest) -> HttpResponse:
    """Show the speeches by year, narrowed by simple filters."""
    return render(request, "pages/speech_list.html", {"page": build_speech_list(request.GET)})


@require_safe
@keep_page
def show_speech(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show a speech; the address of one that was merged leads to the living one."""
    speech = _find_speech(request, speech_id)
    if speech is None:
        return _redirect_alias(request, speech_id, "speech")
    display = Display.from_params(request.GET)
    visible = list_visible_revisions(speech, request.user)
    revision = _find_revision(speech, display.revision, visible)
    page = build_speech_page(speech, revision, display, visible)
    return render(request, "pages/speech.html", {"page": page, "speech": speech})


@require_safe
def redirect_to_section(request: HttpRequest, speech_id: int, key: str) -> HttpResponse:
    """Lead a permanent link to where its section stands today."""
    speech = _find_speech(request, speech_id)
    if speech is None:
        return _redirect_alias(request, speech_id, "section", key)
    today = find_section(speech, key, read_number(request.GET.get("rev")))
    anchor = f"#{today}" if today else ""
    query = request.GET.copy()
    query.pop("rev", None)
    question = f"?{query.urlencode()}" if query else ""
    return HttpResponseRedirect(f"{speech.get_absolute_url()}{question}{anchor}")


def _find_speech(request: HttpRequest, speech_id: int) -> Speech | None:
    # pk beyond SQLite's integers would raise, not miss.
    if speech_id >= 2**63:
        raise Http404
    speeches: QuerySet[Speech] = Speech.objects.visible_to(request.user)
    return (
        speeches.select_related("speaker", "organisation", "source", "current__upload")
        .filter(pk=speech_id)
        .first()
    )


def _redirect_alias(request: HttpRequest, old_id: int, name: str, *rest: str) -> HttpResponse:
    living = resolve_alias(old_id)
    if living is None:
        return answer_withdrawn(request, old_id)
    response = redirect(name, living, *rest, permanent=True)
    if request.GET:
        response["Location"] += f"?{request.GET.urlencode()}"
    return response


def _find_revision(speech: Speech, number: int | None, visible: QuerySet[Revision]) -> Revision:
    if speech.current is None:
        raise Http404
    if number is None or number == speech.current.number:
        return speech.current
    revision = visible.select_related("upload").filter(number=number).first()
    if revision is None:
        raise Http404
    return revision
