"""What was taken out beside words that stayed, or unread: told, so that each can be put back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.ingest.body import Body
from corpus_app.ingest.draft import Notice, Removed
from corpus_app.ingest.noise.page import split_lines
from corpus_app.ingest.spans import iter_kept
from corpus_app.text.chars import shorten

# The codes of the notices made here.
INNER: Final = "removed_inside"
INNER_GAP: Final = "gap_inside"
INVISIBLE: Final = "invisible"
UNREAD: Final = "unread"
ABOVE: Final = "site_above"
TOLD: Final = frozenset({INNER, INNER_GAP, INVISIBLE, UNREAD, ABOVE})
# The rule of lines that went for nothing but their place above the title (metadata/zones.py).
ABOVE_TITLE: Final = "above-title"
# Lines that values were read from; tags, what a format hides or annotates, and signs without
# wording, which have notices of their own; what people decided to take out is no news to them.
_OTHER_KINDS = frozenset(
    {"title", "metadata", "unread", "markup", "hidden_text", "annotation", "invisible"}
)
_GAP_KINDS = frozenset({"paywall", "hidden"})
_PEOPLE = re.compile(r"editor\b|rule:")
SHOWN = 30
TAKEN = "句中剔除了“{words}”（视为网站插入），如系讲话原文，请恢复。"
GAP = "句中剔除了“{words}”（视为付费、隐藏提示），如系讲话原文，请恢复。"
STRANGE = "正文前后有一行没有读懂，未列入正文：“{words}”，请核对。"
COLUMNS = "标题之上有 {count} 行按网页栏目剔除：“{words}”，如系讲话内容，请恢复。"
SIGNS = "文中夹有 {count} 处看不见的字符，已剔除。"


def list_inner(raw: str, removed: Sequence[Removed]) -> list[Removed]:
    """Return the removed spans (sorted, disjoint) on whose line something of the text stays."""
    wanted = [s for s in removed if s.kind not in _OTHER_KINDS and not _PEOPLE.match(s.rule)]
    if not wanted:
        return []
    lines = list(split_lines(raw))
    starts = [line.start for line in lines]
    kept = set()
    for start, end in iter_kept(len(raw), removed):
        first, last = (max(0, bisect_right(starts, place) - 1) for place in (start, end - 1))
        for index in range(first, last + 1):
            low, high = max(start, lines[index].start), min(end, lines[index].end)
            if raw[low:high].strip():
                kept.add(index)
    edges = (
        (s, bisect_right(starts, s.start) - 1, bisect_right(starts, s.end - 1) - 1) for s in wanted
    )
    return [span for span, first, last in edges if first in kept or last in kept]


def tell_inner(raw: str, removed: Sequence[Removed], body: Body) -> Iterator[Notice]:
    """Yield a notice for each removal inside a line, at the seam that it left in the text."""
    for span in list_inner(raw, removed):
        place = body.from_raw.find_next(span.start)
        code, message = (INNER_GAP, GAP) if span.kind in _GAP_KINDS else (INNER, TAKEN)
        message = message.format(words=shorten(span.text, SHOWN + 1))
        yield Notice(code, message, max(0, place - 1), min(len(body.text), place + 1))
    for span in removed:
        if span.kind == "unread":
            yield _tell_unread(span, body)
    above = [span.text for span in removed if span.rule == ABOVE_TITLE]
    if above:
        words = shorten("”“".join(above), SHOWN + 1)
        yield Notice(ABOVE, COLUMNS.format(count=len(above), words=words), 0, 0)
    count = sum(span.kind == "invisible" for span in removed)
    if count:
        yield Notice(INVISIBLE, SIGNS.format(count=count))


def _tell_unread(span: Removed, body: Body) -> Notice:
    """Return the notice of a line above or below the speech that was not understood."""
    place = body.from_raw.find_next(span.start)
    return Notice(UNREAD, STRANGE.format(words=shorten(span.text, SHOWN + 1)), place, place)


def read_taken(message: str) -> str:
    """Return the words that a notice of this module says were removed."""
    return message.partition("“")[2].partition("”（视为")[0]
