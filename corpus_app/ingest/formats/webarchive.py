"""Saved web pages (.mht, .mhtml): the page among the parts of a MIME message."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from corpus_app.ingest.decode import Decoded, decode_text
from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.limits import Limits

# Stated name to codec; what servers call GB2312 has long been more. Others are found out anew.
CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "hz-gb-2312": "hz",
}


def extract_web_archive(data: bytes, limits: Limits) -> Extracted:
    """Return the text of the page in a saved web page; raises "damaged" or "no_text"."""
    try:
        parts = list(message_from_bytes(data.lstrip()).walk())
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        raise Refusal("damaged", "网页存档已损坏：MIME 结构读不出来。") from error
    if len(parts) > limits.members:
        raise Refusal("too_large", f"网页存档内部有 {len(parts)} 个部件，数量异常。")
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    # The page itself comes first; later ones are its frames and advertisements.
    for part in [*pages, *plain]:
        payload = _read_payload(part)
        if payload.strip():
            return _extract_part(part, payload)
    raise Refusal("no_text", "网页存档里没有网页正文。")


def _extract_part(part: Message, payload: bytes) -> Extracted:
    decoded = _decode(payload, part)
    if part.get_content_type() == "text/html":
        return replace(extract_page(decoded), format="mht")
    return Extracted(decoded.text, decoded.encoding, "mht", (), decoded.notices)


def _read_payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError) as error:
        raise Refusal("damaged", "网页存档已损坏：正文部分无法解码。") from error
    return payload if isinstance(payload, bytes) else b""


def _decode(payload: bytes, part: Message) -> Decoded:
    """The stated character set counts only where it fits every byte."""
    stated = str(part.get_param("charset") or "").strip().lower()
    name = CODECS.get(stated)
    try:
        text = payload.decode(name) if name else ""
    except UnicodeError:
        text = ""
    if name is None or not text or "\x00" in text:
        return decode_text(payload)
    return Decoded(text.lstrip("\ufeff"), name)
