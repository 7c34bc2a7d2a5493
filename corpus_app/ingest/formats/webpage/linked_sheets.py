"""Style sheets that lie beside a page in its package: a page is read with them written into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import islice
from typing import Final

_LINK: Final = re.compile(rb"<link\b[^>]{1,1000}>", re.I)
_HREF: Final = re.compile(rb"""href\s*=\s*["']([^"']{1,500})""", re.I)
_HEAD_END: Final = re.compile(rb"</head\s*>", re.I)
MOST_SHEETS: Final = 20


def write_sheets_in(page: bytes, find_sheet: Callable[[str], bytes | None]) -> bytes:
    """Return a page with the style sheets that it links; find_sheet has those at hand, or None."""
    sheets = []
    for link in islice(_LINK.finditer(page), MOST_SHEETS):
        href = _HREF.search(link[0])
        if href is None or b"stylesheet" not in link[0].lower():
            continue
        sheet = find_sheet(unescape(href[1].decode("utf-8", "replace")))
        if sheet:
            sheets.append(b"<style>" + sheet.replace(b"<", b" ") + b"</style>")
    if not sheets:
        return page
    head = _HEAD_END.search(page)
    end = head.start() if head else 0
    return page[:end] + b"".join(sheets) + page[end:]
