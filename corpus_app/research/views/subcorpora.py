"""Subcorpora: one's own, a new one of a search, and one whose link one has."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.pages.search_page import locate_fault
from corpus_app.research.narrowing import build_narrowing
from corpus_app.research.subcorpora_page import (
    build_subcorpus_page,
    list_lines,
    offer_subcorpus,
    write_condition,
)
from corpus_app.subcorpora.models import Subcorpus
from corpus_app.subcorpora.services import SubcorpusError, make_subcorpus, rename_subcorpus
from corpus_app.text.numbers import read_bounded, read_number
from search import QueryError, SearchRequest

_MAX_PAGE = 100_000


@require_safe
@login_required
def show_subcorpora(request: HttpRequest) -> HttpResponse:
    """List the user's subcorpora with their sizes."""
    own = Subcorpus.objects.filter(owner=cast(User, request.user))
    return render(request, "research/subcorpora.html", {"lines": list_lines(own)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@limit_pages
def make_new(request: HttpRequest) -> HttpResponse:
    """Show what a search could be kept as; on POST keep it, or the speeches ticked, and go there.

    On POST too the search stands in the address: what was typed is there again after a fault.
    """
    asked = SearchRequest.from_params(request.GET)
    context: dict[str, Any] = {
        "asked": asked,
        "narrowing": build_narrowing(asked, lambda search: f"?{search.to_querystring()}"),
        "typed": request.POST,
    }
    try:
        if request.method == "POST":
            return redirect(_make(request, asked))
        status = 200
    except SubcorpusError as error:
        context["error"], status = str(error), 422
    try:
        context["offer"] = offer_subcorpus(asked)
    except QueryError as error:
        context["fault"], status = locate_fault(asked.text, error), 400
    return render(request, "research/subcorpus_new.html", context, status=status)


def _make(request: HttpRequest, asked: SearchRequest) -> Subcorpus:
    name, note = request.POST.get("name", ""), request.POST.get("note", "")
    owner = cast(User, request.user)
    if request.POST.get("kind") == "picked":
        ticked = map(read_number, request.POST.getlist("speech"))
        picked = [number for number in ticked if number is not None]
        return make_subcorpus(owner, name, note, picked=picked)
    return make_subcorpus(owner, name, note, asked=write_condition(asked) or "q=*")


@require_safe
@limit_pages
def show_subcorpus(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a subcorpus holds to whoever has its link."""
    subcorpus = _find(token)
    number = read_bounded(request.GET.get("page"), 1, _MAX_PAGE, 1)
    context: dict[str, Any] = {
        "subcorpus": subcorpus,
        "is_own": subcorpus.owner_id == request.user.pk,
        "address": request.build_absolute_uri(subcorpus.get_absolute_url()),
    }
    try:
        context["page"] = build_subcorpus_page(subcorpus, number)
    except QueryError as error:
        context["reason"] = error.reason
    return render(request, "research/subcorpus.html", context)


@require_POST
@login_required
def change_subcorpus(request: HttpRequest, token: str) -> HttpResponse:
    """Rename one's own subcorpus or delete it."""
    subcorpus = _find(token)
    if subcorpus.owner_id != request.user.pk:
        raise Http404
    if request.POST.get("action") == "delete":
        subcorpus.delete()
        messages.success(request, _("子语料库已删除，用到它的检索式从此查不到东西。"))
        return redirect("subcorpora")
    try:
        rename_subcorpus(subcorpus, request.POST.get("name", ""), request.POST.get("note", ""))
    except SubcorpusError as error:
        messages.error(request, str(error))
    return redirect(subcorpus)


def _find(token: str) -> Subcorpus:
    found = Subcorpus.objects.filter(token=token).first()
    if found is None:
        raise Http404
    return found
