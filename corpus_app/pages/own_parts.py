"""Parts of a page that are each reader's own: left open where the page is kept, then filled in.

A template names such a part by the tag own_part. All else on a kept page is the same for everybody
who has the same rights.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.context import make_context
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# No text can have it in it: it is drawn at each start and shown to nobody.
_SIGN: Final = secrets.token_hex(16)
_OPEN: Final = re.compile(rf"<!--{_SIGN} ([\w/.]*)-->".encode())
_TOKEN: Final = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w{64}')
_LEAVES_OPEN: Final = "_leaves_own_parts_open"


@contextmanager
def leave_open(request: HttpRequest) -> Iterator[None]:
    """Let the pages that are made inside for the request have their own parts left open."""
    setattr(request, _LEAVES_OPEN, True)
    try:
        yield
    finally:
        setattr(request, _LEAVES_OPEN, False)


def draw_part(context: Context, name: str) -> SafeString:
    """Return the part drawn from the template of that name, or where it is to be filled in."""
    if getattr(context.get("request"), _LEAVES_OPEN, False):
        return mark_safe(f"<!--{_SIGN} {name}-->")
    drawn: SafeString = _find_template(name).render(context)
    return drawn


def draw_fixed(name: str) -> SafeString:
    """Return the part drawn from the template of that name, which reads nothing but the language.

    It is drawn once for each; what a template reads besides would be there for everybody.
    """
    draw = _draw_fixed.__wrapped__ if settings.DEBUG else _draw_fixed
    return draw(name, get_language(), get_script_prefix())


@cache
def _draw_fixed(name: str, _language: str | None, _prefix: str) -> SafeString:
    return mark_safe(get_template(name).render())


def cut_page(content: bytes) -> tuple[bytes, ...]:
    """Return a page in pieces: what all are shown and, in turn, what own part stands there.

    The token of its forms is a part without a name.
    """
    return tuple(_OPEN.split(_TOKEN.sub(f"<!--{_SIGN} -->".encode(), content)))


def fill_page(request: HttpRequest, pieces: tuple[bytes, ...]) -> bytes:
    """Return the page of these pieces with the request's own parts."""
    filled = list(pieces)
    token = b""
    for at in range(1, len(pieces), 2):
        if pieces[at]:
            part = _find_template(pieces[at].decode())
            filled[at] = part.render(make_context({}, request)).encode()
        else:
            token = token or get_token(request).encode()
            filled[at] = token
    return b"".join(filled)


def _find_template(name: str) -> Any:
    # Django's wrapper would make a context of its own.
    return get_template(name).template  # type: ignore[attr-defined]
