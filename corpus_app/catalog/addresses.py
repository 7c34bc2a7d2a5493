"""The addresses of pages that lists lead to, a speech's down to characters of its text."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse


def link_row(name: str, number: int) -> str:
    """Return the path of that name for a row's number: a page has hundreds of them."""
    before, after = _find_shape(name, get_script_prefix())
    return f"{before}{number}{after}"


@lru_cache(maxsize=64)
def _find_shape(name: str, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return before, after


def link_speech(
    speech_id: int,
    key: str | None = "",
    *,
    query: str = "",
    match: str = "auto",
    span: tuple[int, int] | None = None,
    revision: int | None = None,
) -> str:
    """Return the path of a speech's page, at the anchor of the section with the key.

    The query's words, read the way that match says, are marked there, and the characters span[0]
    to span[1] of the revision's text. Without a revision's number the page shows the current one,
    whose characters may be others tomorrow; what is kept for long names it.
    """
    pairs = {
        "q": query,
        "match": match if query and match != "auto" else "",
        "rev": revision or "",
        "hl": f"{span[0]}-{span[1]}" if span else "",
    }
    chosen = urlencode({name: value for name, value in pairs.items() if value})
    question = f"?{chosen}" if chosen else ""
    anchor = f"#{key}" if key else ""
    return f"{link_row('speech', speech_id)}{question}{anchor}"
