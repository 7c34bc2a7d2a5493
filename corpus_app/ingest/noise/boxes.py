"""Boxes that a page's mark-up calls its own, where their words may be the speech's all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.noise.chrome import METADATA_LABEL, load_line_rules
from corpus_app.ingest.noise.page import NoisePage, PageLine, split_lines
from corpus_app.ingest.noise.speech import (
    find_body,
    is_salutation,
    load_weights,
    score_advert,
)
from corpus_app.text.chars import squeeze

# How a web page's boxes are named in the rules of what they hold: html:in-article:links:nav.
RULE: Final = "html:"
IN_ARTICLE: Final = "in-article:"
LINKS: Final = "links:"
ASIDE: Final = "possible_aside"
KEPT: Final = "网页把“{words}”标作旁注、导航一类，因可能是讲话原文而保留，请核对。"
# A shorter sentence (好！) is no proof of a speech.
SHORTEST: Final = 6
# What a style hides, and tags in a plain text, are no boxes.
_OTHER: Final = frozenset({"hidden_text", "annotation", "markup"})
_ENDED: Final = re.compile(r"[。！？；：!?;:…][”’）)」』]*$")
_CLAUSES: Final = re.compile("[\u4e00-\u9fff][，、][^，、]{2,}")
_HEADING: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]\S|第[一二三四五六七八九十]{1,3}[章节条部]"
)


def doubt_boxes(page: NoisePage) -> None:
    """Give back, or tell of, the lines of such boxes that may be the speech's.

    Between lines of the speech they stay in the text, with a notice; above and below it those in
    the box of the text itself go as not understood. What stands elsewhere on the page as well,
    links and what a rule knows as the page's are no lines of a speech.
    """
    boxes = [span for span in page.removed if _is_box(span)]
    if not boxes:
        return
    free = page.list_free()
    first, last = find_body(free)
    if first == len(free):
        return
    start, end = free[first].start, free[last - 1].end
    rest = squeeze("".join(line.text for line in free))
    for box in boxes:
        for line in _list_spoken(page, box, rest):
            if start < line.start < end:
                page.give_back(line.start, line.end)
                words = line.text[:30]
                page.warn(ASIDE, KEPT.format(words=words), line.start, line.end)
            elif box.rule.startswith(RULE + IN_ARTICLE):
                below = "footer" if line.start >= end else "header"
                page.give_back(line.start, line.end)
                page.take(line.start, line.end, "unread", below)


def _is_box(span: Removed) -> bool:
    links = span.rule.removeprefix(RULE).removeprefix(IN_ARTICLE).startswith(LINKS)
    return span.rule.startswith(RULE) and span.kind not in _OTHER and not links


def _list_spoken(page: NoisePage, box: Removed, rest: str) -> Iterator[PageLine]:
    """Yield the lines of a box that may be the speech's."""
    for line in split_lines(box.text):
        if may_be_spoken(line) and squeeze(line.text) not in rest:
            yield replace(line, start=box.start + line.start, end=box.start + line.end)


def may_be_spoken(line: PageLine) -> bool:
    """Say whether a line reads like one of a speech, and no rule knows it as a page's own."""
    text = line.text
    if (
        len(text) < SHORTEST
        or METADATA_LABEL.match(text)
        or score_advert(text) >= load_weights()[2]
    ):
        return False
    if any(rule.matches(text) for table in ("line", "block") for rule in load_line_rules(table)):
        return False
    shaped = _ENDED.search(text) or _CLAUSES.search(text) or _HEADING.match(text)
    return bool(shaped) or is_salutation(line)
