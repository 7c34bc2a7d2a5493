"""Slogans: the list by kind, and the page of one."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.catalog.kept import keep_answers, read_page
from corpus_app.catalog.periods import count_before
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.ingest.word_borders import may_stand_bare
from corpus_app.pages.charts import chart_passages
from corpus_app.pages.excerpts import MarkedSection, show_passages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.pages.queries import Option, link_field_search
from corpus_app.pages.superseded import describe_successor, list_predecessors
from corpus_app.slogans import querysets
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.refusals import list_refusals
from search import count_corpus_years, quote_words

PER_PAGE: Final = 50
PASSAGES_PER_PAGE: Final = 15
REFUSALS_SHOWN: Final = 50
SORTS: Final = {
    "": ("-mention_count", "text"),
    "first": ("first_date", "text"),
    "last": ("-last_date", "text"),
}


@require_safe
@keep_page
def list_slogans(request: HttpRequest) -> HttpResponse:
    """Show the slogans with how often and since when they are used."""
    chosen = _read_choices(request)
    page = _read_page(tuple(chosen.items()), request.GET.get("page"))
    uses = querysets.find_uses(slogan.pk for slogan in page)
    # The index counts them without a query; where it can't tell, nothing is said.
    held = count_corpus_years()
    dated = uses if held is not None else {}
    earlier = {pk: count_before(held or {}, one.first.value) for pk, one in dated.items()}
    kinds = {"": _("全部")} | {kind.value: str(kind.label) for kind in Slogan.Kind}
    context = {
        "page": page,
        "rows": [(slogan, uses.get(slogan.pk), earlier.get(slogan.pk)) for slogan in page],
        "chosen": chosen,
        "kinds": [
            Option(label, chosen["kind"] == kind, _link(chosen, kind=kind))
            for kind, label in kinds.items()
        ],
        "scopes": [
            Option(_("登记在册的"), not chosen["all"], _link(chosen, all="")),
            Option(_("连同文中所见"), bool(chosen["all"]), _link(chosen, all="1")),
        ],
        "sorts": [
            Option(_("按次数"), chosen["sort"] == "", _link(chosen, sort="")),
            Option(_("最早见"), chosen["sort"] == "first", _link(chosen, sort="first")),
            Option(_("最近见"), chosen["sort"] == "last", _link(chosen, sort="last")),
        ],
        "querystring": _link(chosen).removeprefix("?"),
    }
    return render(request, "pages/slogan_list.html", context)


@require_safe
@limit_pages
@keep_page
def show_slogan(request: HttpRequest, slogan_id: int) -> HttpResponse:
    """Show a slogan with its members, source and passages."""
    if slogan_id >= 2**63:
        raise Http404
    slogan = get_object_or_404(Slogan.objects.select_related("merged_into"), pk=slogan_id)
    successor = slogan.find_successor()
    if successor is not None:
        return redirect(successor)
    may_edit = request.user.has_perm(EDIT_PERMISSION)
    if not may_edit and not querysets.is_readable(slogan):
        # Its words would tell what stands in a draft.
        raise Http404
    page = _read_mentions(slogan, request.GET.get("page"))
    # The numbers are kept, the texts are not.
    mentions = list(querysets.list_mentions(slogan).filter(pk__in=page.object_list))
    places = [MarkedSection(one.section, one.revision, [(one.start, one.end)]) for one in mentions]
    stored = partial(querysets.count_by_year, slogan)
    context = {
        "slogan": slogan,
        "variants": slogan.variants.all(),
        "successor": describe_successor(slogan),
        "predecessors": list_predecessors(slogan),
        "page": page,
        "passages": list(zip(mentions, show_passages(places), strict=True)),
        "may_edit": may_edit,
        "refusals": list_refusals(slogan)[:REFUSALS_SHOWN] if may_edit else [],
        "only_quoted": not slogan.registered or not may_stand_bare(slogan.text),
        "passage_query": "?" + urlencode({"q": quote_words(slogan.text)}),
        "chart": chart_passages(
            _("“%(text)s”历年段落数") % {"text": slogan.text}, "提法", slogan.text, stored
        ),
        "search_url": link_field_search("提法", slogan.text),
    }
    return render(request, "pages/slogan.html", context)


@keep_answers
def _read_mentions(slogan: Slogan, number: str | None) -> Page[int]:
    mentions = querysets.list_mentions(slogan).values_list("pk", flat=True)
    return read_page(mentions, PASSAGES_PER_PAGE, number)


def _read_choices(request: HttpRequest) -> dict[str, str]:
    kind = request.GET.get("kind", "")
    sort = request.GET.get("sort", "")
    return {
        "kind": kind if kind in Slogan.Kind.values else "",
        "words": request.GET.get("words", "").strip()[:100],
        "all": "1" if request.GET.get("all") else "",
        "sort": sort if sort in SORTS else "",
    }


@keep_answers
def _read_page(chosen: tuple[tuple[str, str], ...], number: str | None) -> Page[Slogan]:
    return read_page(_narrow(dict(chosen)), PER_PAGE, number)


def _narrow(chosen: dict[str, str]) -> QuerySet[Slogan]:
    # The dates cost a join over all mentions: asked for only where it decides the order.
    read = querysets.list_slogans if chosen["sort"] else querysets.list_counted_slogans
    slogans = read(chosen["kind"])
    if not chosen["all"]:
        slogans = slogans.filter(registered=True)
    if chosen["words"]:
        slogans = slogans.filter(text__contains=chosen["words"])
    if chosen["sort"]:
        slogans = slogans.exclude(Q(("first_date", None)))
    return slogans.order_by(*SORTS[chosen["sort"]])


def _link(chosen: dict[str, str], **changes: str) -> str:
    pairs = {name: value for name, value in (chosen | changes).items() if value}
    return "?" + urlencode(pairs)
