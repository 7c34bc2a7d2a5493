"""The foot of a page: below what surely is the page's own nothing of the speech comes any more."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.noise.chrome import METADATA_LABEL, load_line_rules
from corpus_app.ingest.noise.page import NoisePage, PageLine
from corpus_app.ingest.noise.repeated import may_be_content
from corpus_app.ingest.noise.speech import find_body, is_salutation
from corpus_app.ingest.rule_files import read_rules

# A longer line below the speech is a sentence or two, which a step of its own must know.
LONGEST: Final = 90
LONGEST_AFTER_BUTTONS: Final = 40


def remove_tail(page: NoisePage) -> None:
    """Take the short lines below the first line that surely is the page's own.

    Behind what ends a page (lists of links, comments, the distribution of a document) all of
    them go, titles too; behind mere buttons those that may be a signature or the speech's last
    words stay.
    """
    free = page.list_free()
    _, last = find_body(free)
    floor = free[last - 1].end if last else 0
    anchor = ""
    for line in page.lines:
        if line.start < floor:
            continue
        known = _find_end(page, line) or anchor
        ends = known in _list_ends()
        if anchor and not page.is_taken(line.start, line.end):
            _take_below(page, line, known)
        anchor = known if ends or not anchor else anchor


def _find_end(page: NoisePage, line: PageLine) -> str:
    """Return the name of the rule by which a line is known as the page's own, "" without one.

    The head of a list of links is taken here.
    """
    block = next((rule for rule in load_line_rules("block") if rule.matches(line.text)), None)
    if block is not None and page.take(line.start, line.end, block.kind, f"block:{block.name}"):
        return block.name
    spans = page.find_taken(line.start, line.end)
    names = [span.rule.removeprefix("line:") for span in spans if _is_whole(span, line)]
    return next((name for name in names if name in _list_anchors()), "")


def _take_below(page: NoisePage, line: PageLine, known: str) -> None:
    """Take a line that stands below one of the page's own.

    Labels are left for the reader of heads, which sees no parts of a line: there they go at once.
    """
    if METADATA_LABEL.match(line.text):
        if _is_part(page, line):
            page.take(line.start, line.end, "metadata", f"below:{known}")
    elif _may_go(line, known):
        page.take(line.start, line.end, "related", f"below:{known}")


def _is_part(page: NoisePage, line: PageLine) -> bool:
    """Say whether a line is a part of a longer one, which had lost its line breaks."""
    start = page.raw.rfind("\n", 0, line.start) + 1
    return bool(page.raw[start : line.start].strip())


def _is_whole(span: Removed, line: PageLine) -> bool:
    return span.start <= line.start and line.end <= span.end


def _may_go(line: PageLine, known: str) -> bool:
    rules, text = read_rules("noise_lines")["tail"], line.text
    ends = known in _list_ends()
    if known not in rules["asking"] and _pattern("sentence").match(text):
        return False
    if _pattern("kept").match(text) or is_salutation(line):
        return False
    if ends:
        return len(text) <= LONGEST
    return len(text) <= LONGEST_AFTER_BUTTONS and not may_be_content(line)


@cache
def _list_ends() -> frozenset[str]:
    return frozenset(read_rules("noise_lines")["tail"]["ends"])


@cache
def _list_anchors() -> frozenset[str]:
    return _list_ends() | frozenset(read_rules("noise_lines")["tail"]["buttons"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_rules("noise_lines")["tail"][name])
