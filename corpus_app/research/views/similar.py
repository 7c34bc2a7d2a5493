"""Words used like one, as a page and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.downloads import name_file, refuse_export, send_table
from corpus_app.research.similar_page import LONGEST, build_similar_page
from search import (
    describe_coverage,
    describe_learning,
    describe_outcome,
    describe_similarity,
    export_similar,
    find_similar,
)


@require_safe
@limit_pages
def show_similar(request: HttpRequest) -> HttpResponse:
    """Show the words used like ?q=, or the box to ask in."""
    word = request.GET.get("q", "").strip().strip('“”"')
    context = {"word": word, "longest": LONGEST, "rule": describe_similarity()}
    if word and len(word) <= LONGEST:
        page = build_similar_page(word)
        context |= {
            "page": page,
            "outcome": describe_outcome(page.found),
            "learning": describe_learning(page.found),
            "coverage": describe_coverage(page.found.searched),
        }
    return render(request, "research/similar.html", context)


@require_safe
@limit_exports
def send_similar(request: HttpRequest) -> HttpResponseBase:
    """Send the words used like ?q= as a file."""
    word = request.GET.get("q", "").strip().strip('“”"')
    if not word or len(word) > LONGEST:
        return refuse_export(_("请填写一个词语，不超过 %(longest)d 字。") % {"longest": LONGEST})
    sheet = export_similar(find_similar(word))
    what = f"与“{word}”用法相近的词语"
    return send_table(request, sheet, "similar_words", what, name_file(_("相近的词"), word))
