"""Electronic books (.epub): the chapters in the order of the spine, each read as a web page."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.limits import Limits, check_length

LABEL = "EPUB 电子书"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
LINK = re.compile(rb"<link\b[^>]{1,500}>", re.I)
HREF = re.compile(rb"""href\s*=\s*["']([^"'#?]{1,300})""", re.I)
HEAD_END = re.compile(rb"</head\s*>", re.I)
MOST_SHEETS = 10
PAGES = {"application/xhtml+xml", "text/html", "application/html"}


def extract_book(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .epub; raises "damaged", "unsupported", "too_large" or "no_text"."""
    check_package(data, limits, LABEL)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        locked = (read_member(package, ENCRYPTION) or b"").decode("utf-8", "replace")
        account = FileAccount()
        names = list(_iter_chapters(package, account))
        if any(f'"{name}"' in locked for name in names):
            raise RejectedFile("unsupported", f"{LABEL}设有版权加密，请换用未加密的文件。")
        chapters = [_read_chapter(package, name) for name in names]
    if not any(chapters):
        raise RejectedFile("no_text", f"{LABEL}里没有章节正文。")
    return _join(chapters, account, limits)


def _iter_chapters(package: zipfile.ZipFile, account: FileAccount) -> Iterator[str]:
    container = parse_part(read_member(package, CONTAINER) or b"", LABEL)
    root = next(container.iter("{*}rootfile"), None)
    place = (root.get("full-path") if root is not None else None) or ""
    book = parse_part(read_member(package, place) or b"", LABEL)
    items = {
        item.get("id"): item.get("href") or ""
        for item in book.iter("{*}item")
        if item.get("media-type") in PAGES and "nav" not in (item.get("properties") or "").split()
    }
    seen: set[str] = set()
    for reference in book.iter("{*}itemref"):
        href = items.get(reference.get("idref"))
        if not href or reference.get("linear") == "no":
            account.note("chapters", href or reference.get("idref") or "")
            continue
        # Names lead to members of this package alone, wherever they claim to point.
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(href)))
        name = name.partition("#")[0]
        if name not in seen:
            seen.add(name)
            yield name


def _read_chapter(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a chapter with the style sheets that it names written into it."""
    chapter = read_member(package, name) or b""
    sheets = []
    for link in islice(LINK.finditer(chapter), MOST_SHEETS):
        href = HREF.search(link[0])
        target = unquote(href[1].decode("utf-8", "replace")) if href else ""
        place = posixpath.join(posixpath.dirname(name), target)
        sheet = read_member(package, posixpath.normpath(place))
        if sheet and b"stylesheet" in link[0].lower():
            sheets.append(b"<style>" + sheet.replace(b"<", b" ") + b"</style>")
    if not sheets:
        return chapter
    head = HEAD_END.search(chapter)
    end = head.start() if head else 0
    return chapter[:end] + b"".join(sheets) + chapter[end:]


def _join(chapters: list[bytes], account: FileAccount, limits: Limits) -> Extracted:
    raw, marks, notices = "", list[Removed](), list(account.report())
    for chapter in chapters:
        try:
            page = extract_page(decode_text(chapter))
        except RejectedFile as refusal:
            if refusal.code not in {"no_text", "empty"}:
                raise
            continue
        for mark in page.marks:
            start, end = mark.start + len(raw), mark.end + len(raw)
            marks.append(Removed(mark.kind, mark.text, start, end, mark.rule))
        notices += page.notices
        raw += page.raw if page.raw.endswith("\n") else page.raw + "\n"
        check_length(len(raw), limits)
    return Extracted(raw, "utf-8", "epub", tuple(marks), tuple(dict.fromkeys(notices)))
