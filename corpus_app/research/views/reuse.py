"""What a speech shares with others, its table, and two speeches side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.catalog.models import Speech
from corpus_app.pages.downloads import name_file, send_table
from corpus_app.pages.kept_pages import keep_page
from corpus_app.research.reuse_page import (
    build_reuse_page,
    lay_out_pair,
    read_label,
    read_other,
)
from search import (
    TOLD,
    LocatedReuse,
    compare_speeches,
    describe_rule,
    export_reuse,
    locate_in_speech,
)

# A number beyond SQLite's integers would raise, not miss.
_MOST = 2**63


@require_safe
@limit_pages
@keep_page
def show_reuse(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show the passages of a speech that stand in others; ?other= leads to the two side by side."""
    speech = _find(request, speech_id)
    fault = ""
    if "other" in request.GET:
        other = read_other(request.GET["other"])
        if other is not None and other != speech.pk and _is_there(other):
            return redirect("speech_reuse_pair", speech.pk, other)
        fault = _("没有这一篇可对照的讲话，请填写讲话的网址或编号。")
    page = build_reuse_page(speech, _locate(speech), request.GET)
    context = {"speech": speech, "page": page, "rule": describe_rule(), "fault": fault}
    return render(request, "research/reuse.html", context, status=404 if fault else 200)


@require_safe
@limit_pages
@keep_page
def show_pair(request: HttpRequest, speech_id: int, other_id: int) -> HttpResponse:
    """Show the passages that two speeches share, aligned."""
    speech = _find(request, speech_id)
    if not _is_there(other_id) or other_id == speech.pk:
        raise Http404
    other = Speech.objects.published().get(pk=other_id)
    pair = compare_speeches(speech, other)
    if pair is None:
        raise Http404
    context = {
        "speech": speech,
        "other": other,
        "passages": lay_out_pair(speech, pair),
        "chars": sum(one.chars for one in pair.passages),
        "rule": describe_rule(),
        "stale": pair.located.stale,
    }
    return render(request, "research/reuse_pair.html", context)


@require_safe
@limit_exports
def export_passages(request: HttpRequest, speech_id: int) -> HttpResponseBase:
    """Send all passages of a speech, or those of one label, as a file."""
    speech = _find(request, speech_id)
    label = read_label(request.GET)
    site = request.build_absolute_uri("/")[:-1]
    sheet = export_reuse(_locate(speech), [label] if label else TOLD, site)
    what = f"与《{speech.title}》相同的段落"
    page = reverse("speech_reuse", args=[speech.pk])
    return send_table(request, sheet, page, what, name_file(_("相同段落"), speech.title))


def _find(request: HttpRequest, speech_id: int) -> Speech:
    speeches = Speech.objects.visible_to(request.user)
    found = speeches.filter(pk=speech_id).first() if speech_id < _MOST else None
    if found is None:
        raise Http404
    return found


def _is_there(speech_id: int) -> bool:
    return speech_id < _MOST and Speech.objects.published().filter(pk=speech_id).exists()


def _locate(speech: Speech) -> LocatedReuse:
    located = locate_in_speech(speech)
    if located is None:
        raise Http404
    return located
