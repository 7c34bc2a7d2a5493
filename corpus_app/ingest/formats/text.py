"""Text files: plain, Markdown, a page or a record, once their characters are decoded.

Markdown's text stays as it is; its signs become spans that are not the speech's body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.feeds import read_feed
from corpus_app.ingest.formats.records import read_record, read_separated
from corpus_app.ingest.formats.table_rows import read_row
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.limits import Limits, check_length

NO_SPEECH: Final = "JSON 文件里没有成篇的文字，不是网页数据。"
FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\r?\n(?P<body>.{0,4000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S
)
FRONT_LINE = re.compile(
    r"^(?P<key>[A-Za-z_]{1,30}|[\u4e00-\u9fff]{2,8})[ \t]*[:：][ \t]*"
    r"[\"']?(?P<value>[^\n]*?)[\"']?[ \t\r]*$",
    re.M,
)
# Each sign is matched inside one line and with bounded length, so that the search stays linear.
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # Behind two signs many forget the blank; behind one, #…# names a topic.
    (
        "heading",
        re.compile(
            r"^[ \t]{0,3}(?:#{1,6}[ \t]+|#{2,6}(?=[\u4e00-\u9fff“《（*]))|[ \t]+#{1,6}[ \t]*$",
            re.M,
        ),
    ),
    ("rule", re.compile(r"^[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.M)),
    ("quote", re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,5}", re.M)),
    ("bullet", re.compile(r"^[ \t]{0,12}[-*+][ \t]+(?=\S)", re.M)),
    ("fence", re.compile(r"^[ \t]{0,3}(?:```|~~~)[^\n]{0,40}$", re.M)),
)
# A plain text with several of these lines was typed in Markdown.
TYPED_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]+[\u4e00-\u9fff“《（\d*]"
    r"|[ \t]*(?:\*\*[^*\n]{2,80}\*\*|__[^_\n]{2,80}__)[ \t\r]*$)",
    re.M,
)
TYPED_HEADINGS: Final = 2
IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
LINK = re.compile(r"(?<!!)(\[)[^\[\]\n]{1,300}(\]\((?:https?://|/|#|\.|mailto:)[^)\s]{0,1000}\))")
EMPHASIS = (
    re.compile(r"(\*\*\*)(?=\S)[^*\n]{1,2000}(?<=\S)(\*\*\*)"),
    re.compile(r"(\*\*)(?=\S)[^*\n]{1,2000}(?<=\S)(\*\*)"),
    re.compile(r"(__)(?=\S)[^_\n]{1,2000}(?<=\S)(__)"),
    re.compile(r"(`)[^`\n]{1,500}(`)"),
)


def mark_markup(text: str) -> list[Removed]:
    """Return the spans of Markdown's own signs; tags are left to the noise steps.

    A single asterisk is left alone: in these texts it stands for a name that was blotted out.
    """
    spans = list(_iter_front_matter(text))
    for rule, pattern in SIGNS:
        spans += [_span(text, m.start(), m.end(), rule) for m in pattern.finditer(text)]
    spans += [_span(text, m.start(), m.end(), "image") for m in IMAGE.finditer(text)]
    for pattern in (LINK, *EMPHASIS):
        for match in pattern.finditer(text):
            spans += [_span(text, *match.span(group), "inline") for group in (1, 2)]
    return [span for span in spans if span.start < span.end]


def _span(text: str, start: int, end: int, rule: str, kind: str = "markup") -> Removed:
    return Removed(kind, text[start:end], start, end, f"markdown:{rule}")


def _iter_front_matter(text: str) -> Iterator[Removed]:
    """The title in a front matter is left in place as a first line, the rest is set aside."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return
    start, end = match.span("body")
    yield _span(text, match.start(), start, "front matter")
    yield _span(text, end, match.end(), "front matter")
    for line in FRONT_LINE.finditer(text, start, end):
        if line["key"].lower() in {"title", "标题"}:
            yield _span(text, line.start(), line.start("value"), "front matter")
            yield _span(text, line.end("value"), line.end(), "front matter")
        else:
            yield _span(text, line.start(), line.end(), "front matter", "metadata")


def extract_text(data: bytes, kind: str, limits: Limits) -> Extracted:
    """Return the text of a "txt", "json", "md" or "html" file; of a record in text its values."""
    decoded = decode_text(data)
    if kind == "html":
        return extract_page(decoded)
    record = None
    if kind in ("txt", "json"):
        record = read_row(decoded) or read_record(decoded) or read_feed(decoded)
        record = record or (read_separated(decoded) if kind == "txt" else None)
    if record is not None:
        return record
    if kind == "json":
        raise RejectedFile("unsupported", NO_SPEECH)
    check_length(len(decoded.text), limits)
    marked = kind == "md" or len(TYPED_HEADING.findall(decoded.text)) >= TYPED_HEADINGS
    marks = mark_markup(decoded.text) if marked else []
    return Extracted(decoded.text, decoded.encoding, kind, tuple(marks), decoded.notices)
