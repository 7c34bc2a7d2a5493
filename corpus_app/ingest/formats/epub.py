"""Electronic books (.epub): the chapters in the order of the spine, each read as a web page."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.formats.web import extract_page, join_pages
from corpus_app.ingest.formats.webpage.linked_sheets import write_sheets_in
from corpus_app.ingest.limits import Limits

LABEL = "EPUB 电子书"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
PAGES = {"application/xhtml+xml", "text/html", "application/html"}


def extract_book(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .epub; raises "damaged", "unsupported", "too_large" or "no_text"."""
    check_package(data, limits, LABEL)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        locked = (read_member(package, ENCRYPTION) or b"").decode("utf-8", "replace")
        account = FileAccount()
        names = list(dict.fromkeys(_iter_chapters(package, account)))
        if any(f'"{name}"' in locked for name in names):
            raise RejectedFile("unsupported", f"{LABEL}设有版权加密，请换用未加密的文件。")
        chapters = [_read_chapter(package, name) for name in names]
    if not any(chapters):
        raise RejectedFile("no_text", f"{LABEL}里没有章节正文。")
    book = join_pages(_iter_pages(chapters), limits)
    notices = tuple(dict.fromkeys([*account.report(), *book.notices]))
    return replace(book, format="epub", encoding="utf-8", notices=notices, stated=())


def _iter_pages(chapters: list[bytes]) -> Iterator[Extracted]:
    for chapter in chapters:
        try:
            yield extract_page(decode_text(chapter))
        except RejectedFile as refusal:
            if refusal.code not in {"no_text", "empty"}:
                raise


def _iter_chapters(package: zipfile.ZipFile, account: FileAccount) -> Iterator[str]:
    """Yield the members of the reading order; parts that are none to be read are noted."""
    container = parse_part(read_member(package, CONTAINER) or b"", LABEL)
    root = next(container.iter("{*}rootfile"), None)
    place = (root.get("full-path") if root is not None else None) or ""
    book = parse_part(read_member(package, place) or b"", LABEL)
    items = {item.get("id"): item for item in book.iter("{*}item")}
    for reference in book.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "nav" in (item.get("properties") or "").split():
            continue
        if item is None or item.get("media-type") not in PAGES or reference.get("linear") == "no":
            href = item.get("href") if item is not None else None
            account.note("chapters", href or reference.get("idref") or "")
            continue
        # Names lead to members of this package alone, wherever they claim to point.
        href = unquote(item.get("href") or "")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), href))
        yield name.partition("#")[0]


def _read_chapter(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a chapter with the style sheets that it names written into it."""

    def find_sheet(href: str) -> bytes | None:
        path = unquote(re.split("[#?]", href, maxsplit=1)[0])
        place = posixpath.join(posixpath.dirname(name), path)
        return read_member(package, posixpath.normpath(place))

    return write_sheets_in(read_member(package, name) or b"", find_sheet)
