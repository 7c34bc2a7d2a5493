"""Feeds (RSS, Atom): each entry a page whose title, address and day the feed states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Final

from lxml import etree

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.records import RecordValue, write_values

_START: Final = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:rss|feed|rdf:RDF)\b", re.I)
_FIELDS: Final = {
    "title": "title",
    "link": "url",
    "pubdate": "published",
    "published": "published",
    "updated": "updated",
    "date": "published",
    "author": "author",
    "creator": "author",
    "source": "source",
}
_TEXTS: Final = ("encoded", "content", "description", "summary")


def read_feed(decoded: Decoded) -> Extracted | None:
    """Return the entries of a feed as one page each in a row; None where the text is no feed."""
    if not _START.match(decoded.text):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(decoded.text.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    entries = [node for node in root.iter() if _name(node) in ("item", "entry")]
    values = [value for entry in entries for value in _list_values(entry)]
    if not any(value.is_text for value in values):
        return None
    return write_values(values, decoded)


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _list_values(entry: etree._Element) -> Iterator[RecordValue]:
    texts = {name: node for node in entry if (name := _name(node)) in _TEXTS}
    chosen = next((name for name in _TEXTS if name in texts), "")
    for node in entry:
        name, words = _name(node), "".join(map(str, node.itertext())).strip()
        if name == "link" and not words:
            words = node.get("href") or ""
        if not words or (name in _TEXTS and name != chosen):
            continue
        yield RecordValue(_FIELDS.get(name, name), _read_day(words) if "ate" in name else words)


def _read_day(words: str) -> str:
    """Return the day of a feed's date (Tue, 24 Feb 2009 08:00:00 +0800) as YYYY-MM-DD."""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except ValueError:
        return words
