"""Two speeches sentence by sentence, the choice of the other one, and the files of both."""

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
from corpus_app.pages.withdrawn import answer_withdrawn
from corpus_app.research.comparing.exports import (
    describe_pair,
    describe_rule,
    describe_task_rule,
    export_comparison,
)
from corpus_app.research.comparing.neighbours import find_neighbours, list_comparable
from corpus_app.research.comparing.page import build_comparison_page, read_kind, read_view
from corpus_app.research.comparing.speeches import SpeechComparison, compare_two
from corpus_app.research.reuse_page import read_other

# A number beyond SQLite's integers would raise, not miss.
_MOST = 2**63


@require_safe
@limit_pages
@keep_page
def choose_other(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Offer the speeches that one can be compared with; ?other= leads to the two."""
    speech = _find(request, speech_id)
    if speech is None:
        return answer_withdrawn(request, speech_id)
    fault = ""
    if "other" in request.GET:
        number = read_other(request.GET["other"])
        other = _find(request, number) if number is not None and number != speech.pk else None
        if other is not None:
            return redirect("speech_comparison", *_order(speech, other))
        fault = _("没有这一篇可对照的讲话，请填写另一篇讲话的网址或编号。")
    context = {
        "speech": speech,
        "neighbours": find_neighbours(speech),
        "others": [(one, _order(speech, one)) for one in list_comparable(speech)],
        "fault": fault,
    }
    return render(request, "research/compare.html", context, status=404 if fault else 200)


@require_safe
@limit_pages
@keep_page
def show_comparison(request: HttpRequest, speech_id: int, other_id: int) -> HttpResponse:
    """Show two speeches, sentence by sentence, their numbers, tasks or parts."""
    for each in (speech_id, other_id):
        if _find(request, each) is None:
            return answer_withdrawn(request, each)
    comparison = _compare(request, speech_id, other_id)
    context = {
        "page": build_comparison_page(comparison, request.GET),
        "statement": describe_pair(comparison),
        "rule": describe_rule(),
        "task_rule": describe_task_rule(),
    }
    return render(request, "research/comparison.html", context)


@require_safe
@limit_exports
def send_comparison(request: HttpRequest, speech_id: int, other_id: int) -> HttpResponseBase:
    """Send one view of two speeches as a file."""
    comparison = _compare(request, speech_id, other_id)
    view, kind = read_view(request.GET), read_kind(request.GET)
    titles = comparison.first.speech.title, comparison.second.speech.title
    sheet = export_comparison(comparison, view, kind, request.build_absolute_uri("/")[:-1])
    what = f"《{titles[0]}》与《{titles[1]}》逐句对照"
    page = reverse("speech_comparison", args=[speech_id, other_id])
    return send_table(request, sheet, page, what, name_file(_("逐句对照"), titles[1]))


def _compare(request: HttpRequest, speech_id: int, other_id: int) -> SpeechComparison:
    first, second = _find(request, speech_id), _find(request, other_id)
    if first is None or second is None or first.pk == second.pk:
        raise Http404
    return compare_two(first, second)


def _order(speech: Speech, other: Speech) -> tuple[int, int]:
    """Return both ids, the older one's first."""
    days = speech.date_start, other.date_start
    later = days[0] is not None and days[1] is not None and days[1] < days[0]
    return (other.pk, speech.pk) if later else (speech.pk, other.pk)


def _find(request: HttpRequest, speech_id: int) -> Speech | None:
    if speech_id >= _MOST:
        return None
    speeches = Speech.objects.visible_to(request.user).with_parties().select_related("current")
    return speeches.filter(pk=speech_id).first()
