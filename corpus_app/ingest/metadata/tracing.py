"""What inferred values follow from: another field, or words of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from corpus_app.ingest.body import Body
from corpus_app.ingest.draft import Evidence, Metadata
from corpus_app.text.chars import squeeze

FindRaw = Callable[[int, int], tuple[int, int]]
SCANNED: Final = 2_000
# 关于…的讲话, 在…上的讲话: what the parser puts around the words that it found.
_FRAME: Final = re.compile(r"^(?:关于|在)(.{3,}?)(?:上)?的(?:讲话|报告|决议)$")


def lead_to_raw(body: Body) -> FindRaw:
    """Return the way from a stretch of the body's text to the stretch of raw that it came from."""
    return body.from_raw.inverse.find_span


def trace_words(
    meta: Metadata, name: str, value: str, bases: Iterable[str], text: str, find_raw: FindRaw
) -> None:
    """Note what a value is made of: the first of the base fields that holds it, else the text.

    A value whose words stand nowhere together is noted as composed, without a place.
    """
    for base in bases:
        words = getattr(meta, base)
        if base != name and words and squeeze(value) in squeeze(words):
            trace_field(meta, name, base)
            return
    span = find_words(text, value)
    frame = _FRAME.match(value)
    if span is None and frame:
        span = find_words(text, frame[1])
    if span is None:
        meta.evidence[name] = Evidence(None, None, "", "composed")
    else:
        trace_text(meta, name, span, "opening", text, find_raw)


def trace_field(meta: Metadata, name: str, base: str) -> None:
    """Note that a value follows from another field, and so from what that was read from."""
    source = meta.evidence.get(base)
    words = getattr(meta, base) or ""
    made = Evidence(None, None, words, "") if source is None else replace(source, text=words)
    meta.evidence[name] = replace(made, rule=f"from_{base}")


def trace_text(
    meta: Metadata, name: str, span: tuple[int, int], rule: str, text: str, find_raw: FindRaw
) -> None:
    """Note that a value follows from text[start:end]; the place is kept as one in raw."""
    start, end = find_raw(*span)
    meta.evidence[name] = Evidence(start, end, text[slice(*span)].replace("\n", " "), rule)


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Return where words stand near the beginning of text, white space aside, or None."""
    pattern = r"\s*".join(re.escape(sign) for sign in words if not sign.isspace())
    match = re.search(pattern, text[:SCANNED]) if pattern else None
    return match.span() if match else None
