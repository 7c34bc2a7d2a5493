"""Style sheets that lie beside a page in its package: a page is read with them written into it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import unescape
from posixpath import dirname, join
from typing import Final
from urllib.parse import urljoin

_LINK: Final = re.compile(rb"<link\b[^>]{1,1000}>", re.I)
_HREF: Final = re.compile(
    rb"""(href\s*=\s*)(?:"([^"]{1,500})"|'([^']{1,500})'|([^\s"'>]{1,500}))""", re.I
)
_IMPORT: Final = re.compile(
    rb"""@import\s{0,20}(?:url\(\s{0,20})?["']?([^"')\s;]{1,500})["']?(?:\s{0,20}\))?""", re.I
)
_CHARSET: Final = re.compile(rb"""@charset\s{0,20}["']([\w-]{1,40})["']""", re.I)
MOST_SHEETS: Final = 20

FindSheet = Callable[[str], bytes | None]


def write_sheets_in(page: bytes, find_sheet: FindSheet) -> bytes:
    """Return a page whose links to style sheets, and whose @imports, hold the sheets themselves.

    find_sheet gives what lies at an address of the package, None where nothing does.
    """
    packed = PackedSheets(find_sheet)
    page = _LINK.sub(lambda link: packed.write_link(link[0]), page)
    return b"".join(_write_styles(page, packed)) if b"@import" in page else page


def _write_styles(page: bytes, packed: PackedSheets) -> Iterator[bytes]:
    """Yield the page, in pieces; those in <style> with the sheets that they import."""
    small, place = page.lower(), 0
    while (start := small.find(b"<style", place)) >= 0:
        end = small.find(b"</style", start)
        if end < 0:
            break
        yield page[place:start]
        yield packed.write_imports(page[start:end], "")
        place = end
    yield page[place:]


class PackedSheets:
    """The sheets of a package, so many of them as one page may ask for."""

    def __init__(self, find_sheet: FindSheet) -> None:
        self._find = find_sheet
        self._left = MOST_SHEETS

    def write_link(self, link: bytes) -> bytes:
        """Return a <link> with the sheet that it stands for in its address."""
        href = _HREF.search(link)
        if href is None or b"stylesheet" not in link.lower():
            return link
        address = unescape((href[2] or href[3] or href[4]).decode("utf-8", "replace"))
        data = self._pack(address)
        if data is None:
            return link
        return link[: href.start()] + href[1] + b'"' + data + b'"' + link[href.end() :]

    def write_imports(self, sheet: bytes, base: str) -> bytes:
        """Return a sheet with those that it imports in their addresses."""

        def write(found: re.Match[bytes]) -> bytes:
            address = found[1].decode("utf-8", "replace")
            # Of a place in a package nothing may be cut: "../a.css" leads out of the folder.
            beside = urljoin(base, address) if ":" in base else join(dirname(base), address)
            data = self._pack(address if ":" in address else beside)
            return found[0] if data is None else b"@import url(" + data + b")"

        return _IMPORT.sub(write, sheet) if b"@import" in sheet else sheet

    def _pack(self, address: str) -> bytes | None:
        """Return an address that holds the sheet at another one, None where there is none."""
        if self._left <= 0 or address[:5].lower() == "data:":
            return None
        self._left -= 1
        sheet = self._find(address)
        if not sheet:
            return None
        charset = _CHARSET.match(sheet.removeprefix(b"\xef\xbb\xbf"))
        kind = b"data:text/css;charset=" + (charset[1] if charset else b"utf-8") + b";base64,"
        return kind + b64encode(self.write_imports(sheet, address))
