"""Whole pages as strangers are shown them, kept in memory, and answered 304 where they hold them.

Who is not signed in is shown the same page as everybody who is not, in the same language, on the
same day, from the same corpus and index; but for the token of its forms, which stays each
browser's own. For whoever bears a session every page is made anew.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from corpus_app.access.audience import STRANGERS, read_audience
from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.kept import read_corpus_version
from search import read_index_version

View = Callable[..., HttpResponse]
# Bytes of one process; a page has 20,000 to 100,000.
_BYTES: Final = 32 * 1024 * 1024
_TOKEN: Final = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w{64}')
# Another program, other templates or settings make other pages: tags are those of one start.
_START: Final = secrets.token_hex(8)


@dataclass(frozen=True)
class KeptPage:
    """A page's bytes, cut where the token of its forms stands, and its type."""

    pieces: tuple[bytes, ...]
    content_type: str

    @property
    def weight(self) -> int:
        """Return about how many bytes it takes."""
        return sum(map(len, self.pieces)) + 1000


PAGES: Final[BoundedCache] = BoundedCache(_BYTES, lambda page: page.weight)


def keep_page(view: View) -> View:
    """Return the view of a page that reads nothing but its address: kept for strangers."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _make_key(request)
        if key is None:
            return view(request, *args, **kwargs)
        if _holds(request, key):
            return _mark(request, HttpResponseNotModified(), key)
        page: KeptPage | None = PAGES.find(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies or response.has_header("ETag"):
                return response
            page = KeptPage(tuple(_TOKEN.split(response.content)), response["Content-Type"])
            PAGES.keep(key, page)
        return _mark(request, _fill(request, page), key)

    return answer


def _make_key(request: HttpRequest) -> Hashable | None:
    """Return what the page depends on, None where it is not for strangers or not to be kept."""
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    if any(name in request.COOKIES for name in own) or read_audience().rank != STRANGERS:
        return None
    index = read_index_version()
    if index is None:
        return None
    # The question as it was sent, too: bytes that are written out alike may be other words.
    address = request.build_absolute_uri(), request.META.get("QUERY_STRING", "")
    return read_corpus_version(), index, get_language(), timezone.localdate(), address


def _holds(request: HttpRequest, key: Hashable) -> bool:
    """Tell whether the browser holds this very page; "*" names none that was ever shown."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    tag = _make_tag(request, key)
    return tag in named or tag.removeprefix("W/") in named


def _fill(request: HttpRequest, page: KeptPage) -> HttpResponse:
    content = page.pieces[0]
    if len(page.pieces) > 1:
        content = get_token(request).encode().join(page.pieces)
    return HttpResponse(content, content_type=page.content_type)


def _mark(request: HttpRequest, response: HttpResponse, key: Hashable) -> HttpResponse:
    response["ETag"] = _make_tag(request, key)
    # Asked for again each time: what is withdrawn or hidden must not come up from a browser.
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    return response


def _make_tag(request: HttpRequest, key: Hashable) -> str:
    """Return the tag of a page with the tokens of this browser; weak, for each is masked anew."""
    secret = request.META.get("CSRF_COOKIE", "")
    return f'W/"{hashlib.sha256(repr((_START, key, secret)).encode()).hexdigest()[:32]}"'
