"""Bounds on what costs the server much: how often, and how many at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from corpus_app.access.proxies import name_network
from corpus_app.access.rates import Rate, count_request
from corpus_app.access.slots import Slot, take_slot

View = Callable[..., HttpResponseBase]
# When a place comes free is not known; an export takes about so many seconds, a page a few.
EXPORT_WAIT: Final = 20
PAGE_WAIT: Final = 3
# A page may wait so long for its place: a burst of readers passes, a flood does not.
_PATIENCE: Final = 2.0


def limit_exports(view: View) -> View:
    """Return the view bounded as a file: by rate for strangers, in number for all together."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = _count(request, "export", Rate(*settings.EXPORT_RATE))
        if refused is not None:
            return refused
        slot = take_slot("exports", settings.EXPORTS_AT_ONCE)
        if slot is None:
            words = _("同时导出的人较多，请在 %(wait)d 秒之后再试。")
            return answer_too_many(words % {"wait": EXPORT_WAIT}, EXPORT_WAIT)
        return _answer_within(slot, view, request, *args, **kwargs)

    return answer


def limit_pages(view: View) -> View:
    """Return the view bounded as a page that is dear to make; who is signed in is not held."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        refused = _count(request, "page", Rate(*settings.PAGE_RATE))
        if refused is not None:
            return refused
        slot = take_slot("pages", settings.PAGES_AT_ONCE, _PATIENCE)
        if slot is None:
            words = _("同时检索的人较多，请在 %(wait)d 秒之后再试。")
            return answer_too_many(words % {"wait": PAGE_WAIT}, PAGE_WAIT)
        return _answer_within(slot, view, request, *args, **kwargs)

    return answer


def limit_drafts(view: View) -> View:
    """Return the view bounded as the check of a draft, whoever asks: its file is read meanwhile."""
    bounded = limit_checks(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        chosen = bounded if request.method == "POST" else view
        return chosen(request, *args, **kwargs)

    return answer


def limit_checks(view: View) -> View:
    """Return the view bounded as the check of a draft however it is asked."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        slot = take_draft_slot()
        if slot is None:
            words = _("同时校稿的人较多，请在 %(wait)d 秒之后再试。")
            return answer_too_many(words % {"wait": PAGE_WAIT}, PAGE_WAIT)
        return _answer_within(slot, view, request, *args, **kwargs)

    return answer


def take_draft_slot() -> Slot | None:
    """Return a place to check a draft in, to be let go of; None where all are taken for a while."""
    return take_slot("drafts", settings.DRAFTS_AT_ONCE, _PATIENCE)


def take_long_draft_slot() -> Slot | None:
    """Return a place for a long draft besides; of those for checks one stays for short ones."""
    return take_slot("long-drafts", max(1, settings.DRAFTS_AT_ONCE - 1), _PATIENCE)


def answer_too_many(words: str, wait: int) -> HttpResponse:
    """Return the page that says what was too much, and the seconds after which to come back.

    It asks nothing of the database: refusing a flood must cost less than answering it.
    """
    page = render_to_string("refused.html", {"title": _("请稍候再试"), "words": words})
    response = HttpResponse(page, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def _count(request: HttpRequest, what: str, rate: Rate) -> HttpResponse | None:
    if request.user.is_authenticated:
        return None
    standing = count_request(f"{what}:{name_network(request)}", rate)
    if not standing.exceeded:
        return None
    words = _("来自这个地址的请求过于频繁，请在 %(wait)d 秒之后再试；登录后不受此限。")
    return answer_too_many(words % {"wait": standing.wait}, standing.wait)


def _answer_within(
    slot: Slot, view: View, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """Answer and let go of the slot: of a stream when it has been sent or given up."""
    try:
        response = view(request, *args, **kwargs)
    except BaseException:
        slot.release()
        raise
    if response.streaming:
        # Django closes what a response holds by this list, and offers no public way to add to it.
        response._resource_closers.append(slot.release)  # type: ignore[attr-defined]
    else:
        slot.release()
    return response
