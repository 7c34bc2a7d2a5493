"""Whole pages kept in memory for all who are shown the same, and answered 304 where they hold them.

Readers of one audience with the same rights are shown the same page in the same language, on the
same day, from the same corpus and index; but for the parts that are each reader's own
(own_parts.py). Only strangers' browsers may hold a page: what a session is shown stays in no cache.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from corpus_app.access.audience import read_audience
from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.kept import read_corpus_version
from corpus_app.pages.own_parts import cut_page, fill_page, leave_open
from search import read_index_version

View = Callable[..., HttpResponse]
# Bytes of one process; a page has 20,000 to 100,000.
_BYTES: Final = 32 * 1024 * 1024
# Another program, other templates or settings make other pages: tags are those of one start.
_START: Final = secrets.token_hex(8)


@dataclass(frozen=True)
class KeptPage:
    """A page's bytes, cut where readers' own parts stand, and its type."""

    pieces: tuple[bytes, ...]
    content_type: str

    @property
    def weight(self) -> int:
        """Return about how many bytes it takes."""
        return sum(map(len, self.pieces)) + 1000


PAGES: Final[BoundedCache] = BoundedCache(_BYTES, lambda page: page.weight)


def keep_page(view: View) -> View:
    """Return the view of a page that reads nothing but its address, and of its reader the rights.

    What else it shows of the reader is an own part, filled in for each.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _make_key(request)
        if key is None:
            return view(request, *args, **kwargs)
        if _holds(request, key):
            return _mark(request, HttpResponseNotModified(), key)
        page: KeptPage | None = PAGES.find(key)
        if page is None:
            with leave_open(request):
                response = view(request, *args, **kwargs)
            pieces = cut_page(response.content)
            if not _may_keep(response):
                response.content = fill_page(request, pieces)
                return response
            page = KeptPage(pieces, response["Content-Type"])
            PAGES.keep(key, page)
        filled = HttpResponse(fill_page(request, page.pieces), content_type=page.content_type)
        return _mark(request, filled, key)

    return answer


def _may_keep(response: HttpResponse) -> bool:
    """Tell whether others may be shown the page: whole, and the same for all.

    Where a query failed on its way, the page may say less than there is in its place.
    """
    is_whole = response.status_code == 200 and not connection.errors_occurred
    return is_whole and not response.cookies and not response.has_header("ETag")


def _make_key(request: HttpRequest) -> Hashable | None:
    """Return what the page depends on, None where it is not to be kept."""
    index = read_index_version()
    if index is None:
        return None
    # The question as it was sent, too: bytes that are written out alike may be other words.
    address = request.build_absolute_uri(), request.META.get("QUERY_STRING", "")
    day = timezone.localdate()
    return read_corpus_version(), index, get_language(), day, address, _read_rights(request)


def _read_rights(request: HttpRequest) -> Hashable:
    """Return all that a page may depend on of its reader: not who it is, but what that allows."""
    user = request.user
    if not user.is_authenticated:
        return None
    is_all_allowed = user.is_active and user.is_superuser
    rights = frozenset() if is_all_allowed else frozenset(user.get_all_permissions())
    return read_audience(), user.is_staff, is_all_allowed, rights


def _may_hold(request: HttpRequest) -> bool:
    """Tell whether the browser may hold what it is shown: no session, and no message waits."""
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return not any(name in request.COOKIES for name in own)


def _holds(request: HttpRequest, key: Hashable) -> bool:
    """Tell whether the browser holds this very page; "*" names none that was ever shown."""
    if not _may_hold(request):
        return False
    named = parse_etags(request.headers.get("If-None-Match", ""))
    tag = _make_tag(request, key)
    return tag in named or tag.removeprefix("W/") in named


def _mark(request: HttpRequest, response: HttpResponse, key: Hashable) -> HttpResponse:
    """Return the answer with what tells a stranger's browser how to hold it."""
    if not _may_hold(request):
        return response
    response["ETag"] = _make_tag(request, key)
    # Asked for again each time: what is withdrawn or hidden must not come up from a browser.
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    return response


def _make_tag(request: HttpRequest, key: Hashable) -> str:
    """Return the tag of a page with the tokens of this browser; weak, for each is masked anew."""
    secret = request.META.get("CSRF_COOKIE", "")
    return f'W/"{hashlib.sha256(repr((_START, key, secret)).encode()).hexdigest()[:32]}"'
