"""Pages for writers: outlines side by side, openings and closings, parallel phrases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.catalog.kept import keep_answers, read_page
from corpus_app.catalog.models import Section, Speech
from corpus_app.pages.kept_pages import keep_page
from corpus_app.structure.forms import BenchFilter, OpeningFilter, ParallelFilter
from corpus_app.structure.parallels import build_parallels, build_sentences
from corpus_app.structure.passages import load_frame_parts
from corpus_app.structure.querysets import (
    list_frame_parts,
    list_outlined,
    list_parallel_sentences,
    list_parallels as list_phrases,
)
from corpus_app.structure.skeletons import load_skeletons

SKELETONS_PER_PAGE: Final = 12
PARTS_PER_PAGE: Final = 12
PHRASES_PER_PAGE: Final = 20
# What each page lists of what is chosen.
_LISTS: Final[dict[str, Callable[[dict[str, Any]], QuerySet[Any, Any]]]] = {
    "outlines": list_outlined,
    "parts": lambda chosen: list_frame_parts(chosen["part"], chosen),
    "sentences": list_parallel_sentences,
    "phrases": list_phrases,
}
# Beyond this many roots the columns' rows are no longer aligned (css/structure/structure.css).
ALIGNED_ROWS: Final = 12


@require_safe
@limit_pages
@keep_page
def show_bench(request: HttpRequest) -> HttpResponse:
    """Show the skeletons of the chosen speeches side by side."""
    form = BenchFilter(request.GET)
    chosen = form.read()
    page = _read_page(
        "outlines", SKELETONS_PER_PAGE, tuple(chosen.items()), request.GET.get("page")
    )
    skeletons = load_skeletons(
        list(page.object_list),
        int(chosen["depth"]),
        request.build_absolute_uri,
        chosen.get("theme", ""),
    )
    context = {
        "form": form,
        "page": page,
        "skeletons": skeletons,
        "rows": min(max((len(one.points) for one in skeletons), default=0), ALIGNED_ROWS),
        "theme_name": form.name_theme(),
        "depth": chosen["depth"],
        "depths": form.list_switch("depth", _name_depths()),
        "sorts": form.list_switch("sort", _name_sorts(chosen)),
        "querystring": form.to_querystring(),
    }
    return render(request, "structure/bench.html", context)


@require_safe
@keep_page
def send_skeleton(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Send a published speech's skeleton with its source as plain text."""
    depth = request.GET.get("depth", "")
    speeches = Speech.objects.published().bear()
    # A number beyond SQLite's integers would raise, not miss.
    if speech_id >= 2**63 or not speeches.filter(pk=speech_id).exists():
        raise Http404
    level = int(depth) if depth in BenchFilter.switches["depth"] else 3
    (skeleton,) = load_skeletons([speech_id], level, request.build_absolute_uri)
    return HttpResponse(skeleton.text + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@limit_pages
@keep_page
def list_openings(request: HttpRequest) -> HttpResponse:
    """Show how the chosen speeches open, or how they close."""
    form = OpeningFilter(request.GET)
    chosen = form.read()
    page = _read_page("parts", PARTS_PER_PAGE, tuple(chosen.items()), request.GET.get("page"))
    labels = {Section.Kind.OPENING.value: _("开头"), Section.Kind.CLOSING.value: _("结尾")}
    context = {
        "form": form,
        "page": page,
        "part": chosen["part"],
        "parts": form.list_switch("part", labels),
        "passages": load_frame_parts(list(page.object_list)),
        "querystring": form.to_querystring(),
    }
    return render(request, "structure/openings.html", context)


@require_safe
@limit_pages
@keep_page
def list_parallels(request: HttpRequest) -> HttpResponse:
    """Show the parallel phrases of the chosen speeches, or their full parallel sentences."""
    form = ParallelFilter(request.GET)
    chosen = form.read()
    whole = bool(chosen["form"])
    what = "sentences" if whole else "phrases"
    page = _read_page(what, PHRASES_PER_PAGE, tuple(chosen.items()), request.GET.get("page"))
    rows, locate = list(page.object_list), request.build_absolute_uri
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "whole": whole,
        "phrases": [] if whole else build_parallels(rows, chosen, locate),
        "sentences": build_sentences(rows, locate) if whole else [],
        "forms": form.list_switch("form", {"": _("短语"), "sentence": _("整句")}),
        "members": form.list_switch("members", _name_members()),
        "querystring": form.to_querystring(),
    }
    return render(request, "structure/parallels.html", context)


@keep_answers
def _read_page(
    what: str, size: int, chosen: tuple[tuple[str, Any], ...], number: str | None
) -> Page[Any]:
    return read_page(_LISTS[what](dict(chosen)), size, number)


def _name_depths() -> dict[str, str]:
    return {"1": _("只看一级"), "2": _("到二级"), "3": _("到要点")}


def _name_sorts(chosen: Mapping[str, Any]) -> dict[str, str]:
    # Without a theme both values mean the newest first; the link stands for the given one.
    dates = {"": _("切题在前"), "date": _("新的在前")}
    if "theme" not in chosen:
        dates = {"date" if chosen["sort"] == "date" else "": _("新的在前")}
    return dates | {"long": _("长的在前"), "short": _("短的在前"), "points": _("要点多的在前")}


def _name_members() -> dict[str, str]:
    return {
        "": _("不限"),
        "2": _("两项"),
        "3": _("三项"),
        "4": _("四项"),
        "5": _("五项以上"),
    }
