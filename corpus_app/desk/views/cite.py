"""One passage in every form of citation: a page, JSON, or a file to download."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.desk import citing
from corpus_app.desk.citation import EXPORTS
from corpus_app.desk.passages import (
    MissingPassageError,
    Passage,
    PassageError,
    find_passage,
    read_asked,
)
from corpus_app.desk.permalinks import link_place
from corpus_app.desk.querysets import list_baskets
from corpus_app.desk.views.answers import send_fault, send_json, wants_json

# What reference managers read.
DOWNLOADS = {"bibtex": "BibTeX (.bib)", "ris": "RIS (.ris)", "csl-json": "CSL-JSON (.json)"}


@require_safe
def show_citation(request: HttpRequest) -> HttpResponse:
    """Show, send as JSON or as a file the passage that the parameters name."""
    try:
        passage = find_passage(read_asked(request.GET), request.user)
        form = _read_download(request)
    except (PassageError, MissingPassageError) as fault:
        return send_fault(request, fault)
    options = citing.Options.from_params(request.GET)
    permalink = request.build_absolute_uri(reverse("permalink", args=[passage.code]))
    accessed = timezone.localdate().isoformat()
    if form:
        text = citing.write_download(passage, permalink, accessed, form, options)
        return _send_file(passage, form, text)
    forms = citing.write_forms(passage, permalink, accessed, options)
    if wants_json(request):
        return send_json(_describe(passage, permalink, forms))
    context = _collect(request, passage, permalink, options, forms)
    response = render(request, "desk/cite.html", context)
    patch_vary_headers(response, ["Accept"])
    return response


def _read_download(request: HttpRequest) -> str:
    form = request.GET.get("download", "")
    if form and form not in EXPORTS:
        raise PassageError(_("没有“%(form)s”这种导出形式。") % {"form": form[:40]})
    return form


def _send_file(passage: Passage, form: str, text: str) -> HttpResponse:
    export = EXPORTS[form]
    response = HttpResponse(text, content_type=f"{export.media_type}; charset=utf-8")
    name = f"yanku-{passage.speech.pk}.{export.ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _describe(passage: Passage, permalink: str, forms: list[citing.Form]) -> dict[str, object]:
    return {
        "speech": passage.speech.pk,
        "revision": passage.revision.number,
        "section": passage.key,
        "start": passage.start,
        "end": passage.end,
        "title": passage.speech.title,
        "path": list(passage.path),
        "words": passage.words,
        "notices": citing.list_passage_notices(passage),
        "permalink": permalink,
        "forms": [{"key": one.key, "label": one.label, "text": one.text} for one in forms],
    }


def _collect(
    request: HttpRequest,
    passage: Passage,
    permalink: str,
    options: citing.Options,
    forms: list[citing.Form],
) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("format", None)
    choices = ("edition", "style", "full_width", "link", "form")
    return {
        "passage": passage,
        "permalink": permalink,
        "options": options,
        "editions": citing.EDITIONS,
        "styles": citing.STYLES,
        "forms": forms,
        "notices": citing.list_passage_notices(passage),
        "kept": [(name, value) for name, value in query.items() if name not in choices],
        "downloads": [
            (label, f"?{query.urlencode()}&download={form}") for form, label in DOWNLOADS.items()
        ],
        "place_url": link_place(
            passage.speech, passage.revision, passage.start, passage.end, passage.key
        ),
        "baskets": list(list_baskets(request.user)) if request.user.is_authenticated else [],
    }
