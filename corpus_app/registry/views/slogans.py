"""The editors' pages of slogans: the list, and the form of one."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corpus_app.catalog.registry import read_told
from corpus_app.registry.models import RegistryChange
from corpus_app.registry.planning import Asked, ConflictError
from corpus_app.registry.rows import digest_rows
from corpus_app.registry.slogan_form import SloganForm, write_slogan
from corpus_app.registry.slogan_plans import read_slogan
from corpus_app.registry.views.asking import (
    for_editors,
    prepare,
    prepare_act,
    read_draft,
    tell_conflict,
)
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.querysets import list_all_slogans

LISTED: Final = 50
SCOPES: Final = {
    "": Q(registered=True),
    "met": Q(registered=False, retired=False, merged_into=None, mention_count__gt=0),
    "unsourced": Q(registered=True, sourced=False),
    "retired": Q(retired=True) | ~Q(merged_into=None),
}


@require_safe
@for_editors
def list_slogans(request: HttpRequest) -> HttpResponse:
    """Show the registered slogans with counts; scope= asks for others, words= what they say."""
    scope = request.GET.get("scope", "")
    words = request.GET.get("words", "").strip()[:100]
    rows = list_all_slogans().filter(SCOPES.get(scope, SCOPES[""]))
    if words:
        wanted = Q(text__contains=words) | Q(variants__text__contains=words)
        rows = rows.filter(pk__in=Slogan.objects.filter(wanted).values("pk"))
    context = {
        "page": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "scope": scope if scope in SCOPES else "",
        "words": words,
        "querystring": urlencode({"scope": scope, "words": words}),
        "running": RegistryChange.objects.in_work(),
        "told": read_told("slogans"),
    }
    return render(request, "registry/slogans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def edit_slogan(request: HttpRequest, slogan_id: int | None = None) -> HttpResponse:
    """Show the form of a slogan; a post leads to the preview of what it would change.

    action=preview (the form's values), merge (into=, its words), retire, revive.
    """
    slogan = None
    if slogan_id is not None:
        rows = Slogan.objects.select_related("superseded_by", "merged_into")
        slogan = get_object_or_404(rows.filter(pk__lt=2**63), pk=slogan_id)
    posted = request.method == "POST"
    if posted and slogan is not None and request.POST.get("action", "preview") != "preview":
        return _act(request, slogan)
    if posted:
        form = SloganForm(request.POST, slogan=slogan)
        answer = _preview(request, form, slogan) if form.is_valid() else None
        if answer is not None:
            return answer
    else:
        form = _open_form(request, slogan)
    context = {"form": form, "slogan": slogan, "running": RegistryChange.objects.in_work()}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "registry/slogan.html", context, status=status)


def _open_form(request: HttpRequest, slogan: Slogan | None) -> SloganForm:
    shown = read_draft(request, "slogan", slogan.pk if slogan else None)
    if shown is None:
        asked = {"text": request.GET.get("text", "")[:200]}
        shown = write_slogan(slogan) if slogan else asked
    base = digest_rows(read_slogan(slogan.pk)) if slogan else ""
    return SloganForm(initial=shown | {"base": base}, slogan=slogan)


def _preview(request: HttpRequest, form: SloganForm, slogan: Slogan | None) -> HttpResponse | None:
    asked: Asked = {
        "act": "slogan",
        "id": slogan.pk if slogan else None,
        "base": form.cleaned_data["base"],
        "values": form.read_values(),
        "shown": {name: form.data.get(name, "") for name in form.fields},
    }
    try:
        return prepare(request, asked)
    except ConflictError as conflict:
        if slogan is not None:
            tell_conflict(form, conflict, read_slogan(slogan.pk), write_slogan(slogan))
    return None


def _act(request: HttpRequest, slogan: Slogan) -> HttpResponse:
    back = reverse("registry_slogan", args=[slogan.pk])
    asked: Asked = {"act": f"slogan-{request.POST['action']}", "id": slogan.pk}
    if asked["act"] == "slogan-merge":
        into = Slogan.objects.filter(text=request.POST.get("into", "").strip()).first()
        if into is None:
            messages.error(request, _("没有这一提法，请写全原文。"))
            return redirect(back)
        asked["into"] = into.pk
    return prepare_act(request, asked, back)
