"""Saved web pages (.mht, .mhtml): the page among the parts of a MIME message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from typing import Final
from urllib.parse import urljoin

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.web import extract_page, join_pages
from corpus_app.ingest.formats.webpage.linked_sheets import write_sheets_in
from corpus_app.ingest.limits import Limits

PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


def extract_web_archive(data: bytes, limits: Limits) -> Extracted:
    """Return the text of the page in a saved web page; raises "damaged" or "no_text"."""
    try:
        parts = list(message_from_bytes(data.lstrip()).walk())
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        raise RejectedFile("damaged", "网页存档已损坏：MIME 结构读不出来。") from error
    if len(parts) > limits.members:
        raise RejectedFile("too_large", f"网页存档内部有 {len(parts)} 个部件，数量异常。")
    pages = [part for part in parts if part.get_content_type() in PAGES]
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    sheets = [part for part in parts if part.get_content_type() == "text/css"]
    found = [
        (part, _write_sheets(part, payload, sheets))
        for part in (*pages, *plain)
        if (payload := _read_payload(part)).strip()
    ]
    if not found:
        raise RejectedFile("no_text", "网页存档里没有网页正文。")
    # The page itself comes first; later ones are its frames and advertisements.
    try:
        return _extract_part(*found[0])
    except RejectedFile as refusal:
        frames = [entry for entry in found[1:] if entry[0] in pages]
        if refusal.code != "no_text" or not frames:
            raise
    return replace(join_pages((_extract_part(*frame) for frame in frames), limits), format="mht")


def _write_sheets(part: Message, payload: bytes, sheets: Sequence[Message]) -> bytes:
    """Return a page with the style sheets of the archive that it links written into it."""
    if not sheets or part.get_content_type() not in PAGES:
        return payload
    places = {_name_place(sheet): sheet for sheet in reversed(sheets)}
    places |= {f"cid:{_tell(sheet, 'Content-ID').strip('<>')}": sheet for sheet in sheets}
    base = _name_place(part)

    def find_sheet(href: str) -> bytes | None:
        sheet = places.get(href) or places.get(urljoin(base, href))
        return _read_payload(sheet) if sheet is not None else None

    return write_sheets_in(payload, find_sheet)


def _name_place(part: Message) -> str:
    return "".join(_tell(part, "Content-Location").split())


def _tell(part: Message, name: str) -> str:
    return str(part.get(name, "")).strip()


def _extract_part(part: Message, payload: bytes) -> Extracted:
    stated = part.get_param("charset")
    decoded = decode_text(payload, stated if isinstance(stated, str) else None)
    if part.get_content_type() in PAGES:
        return replace(extract_page(decoded), format="mht")
    return Extracted(decoded.text, decoded.encoding, "mht", (), decoded.notices)


def _read_payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError) as error:
        raise RejectedFile("damaged", "网页存档已损坏：正文部分无法解码。") from error
    return payload if isinstance(payload, bytes) else b""
