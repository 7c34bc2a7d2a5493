"""Which encoding a file states: names as the WHATWG standard maps them, and where they stand."""

from __future__ import annotations

import re
from functools import cache

from corpus_app.ingest.rule_files import read_rules

# The statement stands at the start; some pages put scripts before it.
HEAD_BYTES = 16_384
COMMENTS = re.compile(rb"<!--.{0,4000}?-->", re.S)
XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
META = re.compile(rb"<meta\b([^>]{1,1000})", re.I)
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# In a page that was read as bytes to find this statement, UTF-16 cannot be the truth.
WIDE = {"utf-16-le": "utf-8", "utf-16-be": "utf-8"}


@cache
def _load_labels() -> dict[str, str]:
    labels = read_rules("encodings")["labels"]
    return {label: name for name, known in labels.items() for label in known}


def find_encoding(label: str) -> str | None:
    """Return the name of the encoding that a label means, None for one we do not know.

    >>> find_encoding(" GB2312 "), find_encoding("x-x-big5"), find_encoding("iso-8859-1")
    ('gb18030', 'big5', None)
    """
    return _load_labels().get(label.strip().strip("\"'").strip().lower())


def find_stated(data: bytes) -> str | None:
    """Return the encoding that the XML declaration or a meta tag in data states.

    >>> find_stated(b'<meta http-equiv="Content-Type" content="text/html; charset=gbk">')
    'gb18030'
    >>> find_stated(b'<meta charset="utf-16">')
    'utf-8'
    """
    head = data[:HEAD_BYTES]
    if head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    declared = XML.match(head)
    name = find_encoding(declared.group(1).decode("ascii", "replace")) if declared else None
    if name is None:
        name = _find_meta(COMMENTS.sub(b"", head))
    return WIDE.get(name, name) if name else None


def _find_meta(head: bytes) -> str | None:
    for tag in META.finditer(head):
        charset = CHARSET.search(tag.group(1))
        name = find_encoding(charset.group(1).decode("ascii", "replace")) if charset else None
        if name:
            return name
    return None
