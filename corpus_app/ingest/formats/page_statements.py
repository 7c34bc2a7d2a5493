"""What a web page states of itself in its head: <meta>, OpenGraph, JSON-LD, <title>."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from lxml import etree

from corpus_app.ingest.formats.extracted import Statement
from corpus_app.ingest.site_marks import LINKED as LINKED_HOST, find_host

# By the name of a <meta>; those with a colon are OpenGraph's and its kin.
_NAMES: Final = {
    "articletitle": "title",
    "og:title": "title",
    "twitter:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "publish_time": "published",
    "publishtime": "published",
    "date": "published",
    "article:published_time": "published",
    "og:release_date": "published",
    "article:modified_time": "updated",
    "og:updated_time": "updated",
    "lastmodified": "updated",
    "contentsource": "source",
    "source": "source",
    "mediaid": "source",
    "author": "author",
    "article:author": "author",
    "og:article:author": "author",
    "url": "url",
    "og:url": "url",
}
_LINKED: Final = {
    "headline": "title",
    "datePublished": "published",
    "dateModified": "updated",
    "author": "author",
    "publisher": "source",
    "url": "url",
}
_ARTICLE: Final = re.compile(r"Article|Posting|Report|WebPage")
_BLANKS: Final = re.compile(r"\s+")
LONGEST: Final = 300
MOST: Final = 60
MOST_LINKS: Final = 2_000
# Fewer links may all lead to a friend.
LEAST_LINKS: Final = 3
MOST_SCRIPT_CHARS: Final = 100_000


def read_statements(root: etree._Element) -> tuple[Statement, ...]:
    """Return what the page's head states, in the order of trust: meta, JSON-LD, title."""
    found = [*_read_meta(root), *_read_linked(root)]
    title = _clean(root.findtext(".//title"))
    if title:
        found.append(Statement("page_title", title, "page_title"))
    host = find_host(_list_addresses(root), LEAST_LINKS)
    linked = [Statement(LINKED_HOST, host, "links")] if host else []
    return (*found[:MOST], *linked)


def _list_addresses(root: etree._Element) -> Iterator[str]:
    """Yield the whole addresses that the page links to or loads from."""
    for node in islice(root.iter("a", "base", "link", "img", "script", "form"), MOST_LINKS):
        address = node.get("href") or node.get("src") or node.get("action") or ""
        if "//" in address[:8]:
            yield address


def _read_meta(root: etree._Element) -> Iterator[Statement]:
    for node in root.iter("meta"):
        name = (node.get("name") or node.get("property") or "").strip().lower()
        value = _clean(node.get("content"))
        if name in _NAMES and value:
            yield Statement(_NAMES[name], value, "opengraph" if ":" in name else "meta")
    for node in root.iter("link"):
        if (node.get("rel") or "").lower() == "canonical" and node.get("href"):
            yield Statement("url", _clean(node.get("href")), "meta")


def _read_linked(root: etree._Element) -> Iterator[Statement]:
    for node in root.iter("script"):
        script = node.text or ""
        if "ld+json" not in (node.get("type") or "") or len(script) > MOST_SCRIPT_CHARS:
            continue
        try:
            record = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for article in _list_articles(record):
            yield from _read_article(article)


def _list_articles(record: Any) -> Iterator[dict[str, Any]]:
    entries = record if isinstance(record, list) else [record]
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        inner = entry.get("@graph")
        for one in [entry, *(inner if isinstance(inner, list) else [])]:
            if isinstance(one, dict) and _ARTICLE.search(str(one.get("@type", ""))):
                yield one


def _read_article(article: dict[str, Any]) -> Iterator[Statement]:
    for key, field in _LINKED.items():
        value = article.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            person = value.get("@type") == "Person"
            field = field if person or field == "source" else "source"
            value = value.get("name")
        # A program that writes one day for both knows of no change.
        same = key == "dateModified" and value == article.get("datePublished")
        if isinstance(value, str) and _clean(value) and not same:
            yield Statement(field, _clean(value), "json_ld")


def _clean(value: str | None) -> str:
    words = _BLANKS.sub(" ", value or "").strip()
    return words if len(words) <= LONGEST else ""
