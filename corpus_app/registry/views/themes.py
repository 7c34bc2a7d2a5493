"""The editors' pages of themes: the list, and the form of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from corpus_app.catalog.registry import read_told
from corpus_app.registry.forms import ThemeForm, write_theme
from corpus_app.registry.models import RegistryChange
from corpus_app.registry.planning import Asked, ConflictError
from corpus_app.registry.rows import digest_rows
from corpus_app.registry.theme_plans import read_theme
from corpus_app.registry.views.asking import (
    for_editors,
    prepare,
    prepare_act,
    read_draft,
    tell_conflict,
)
from corpus_app.text.numbers import read_number
from corpus_app.themes.models import Theme
from corpus_app.themes.querysets import ThemeNode, list_theme_tree


@require_safe
@for_editors
def list_themes(request: HttpRequest) -> HttpResponse:
    """Show all themes in their order with counts, retired ones last."""
    context = {
        "nodes": list(_flatten(list_theme_tree(), 0)),
        "retired": Theme.every.filter(retired=True).select_related("merged_into"),
        "running": RegistryChange.objects.in_work(),
        "told": read_told("themes"),
    }
    return render(request, "registry/themes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def edit_theme(request: HttpRequest, theme_id: int | None = None) -> HttpResponse:
    """Show the form of a theme; a post leads to the preview of what it would change.

    action=preview (the form's values), merge (into=), retire, revive.
    """
    theme = get_object_or_404(Theme.every, pk=theme_id) if theme_id else None
    if request.method == "POST" and theme is not None and "preview" not in _read_action(request):
        return _act(request, theme)
    if request.method == "POST":
        form = ThemeForm(request.POST, theme=theme)
        answer = _preview(request, form, theme) if form.is_valid() else None
        if answer is not None:
            return answer
    else:
        form = _open_form(request, theme)
    context = {
        "form": form,
        "theme": theme,
        "others": Theme.objects.exclude(pk=theme.pk) if theme else (),
        "running": RegistryChange.objects.in_work(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "registry/theme.html", context, status=status)


def _flatten(nodes: list[ThemeNode], depth: int) -> Any:
    for node in nodes:
        yield depth, node
        yield from _flatten(node.children, depth + 1)


def _read_action(request: HttpRequest) -> str:
    return request.POST.get("action", "preview")


def _open_form(request: HttpRequest, theme: Theme | None) -> ThemeForm:
    shown = read_draft(request, "theme", theme.pk if theme else None)
    if shown is None:
        shown = write_theme(theme) if theme else {}
    base = digest_rows(read_theme(theme.pk)) if theme else ""
    return ThemeForm(initial=shown | {"base": base}, theme=theme)


def _preview(request: HttpRequest, form: ThemeForm, theme: Theme | None) -> HttpResponse | None:
    shown = {name: form.data.get(name, "") for name in form.fields if name != "related"}
    shown["related"] = [one.pk for one in form.cleaned_data["related"]]
    asked: Asked = {
        "act": "theme",
        "id": theme.pk if theme else None,
        "base": form.cleaned_data["base"],
        "values": form.read_values(),
        "shown": shown,
    }
    try:
        return prepare(request, asked)
    except ConflictError as conflict:
        if theme is not None:
            tell_conflict(form, conflict, read_theme(theme.pk), write_theme(theme))
    return None


def _act(request: HttpRequest, theme: Theme) -> HttpResponse:
    asked: Asked = {"act": f"theme-{_read_action(request)}", "id": theme.pk}
    if asked["act"] == "theme-merge":
        into = read_number(request.POST.get("into")) or 0
        asked["into"] = get_object_or_404(Theme, pk=into).pk
    return prepare_act(request, asked, reverse("registry_theme", args=[theme.pk]))
