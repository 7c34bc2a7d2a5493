"""Several speeches in one file: where each further one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.ingest.draft import Notice
from corpus_app.ingest.metadata.title_lines import IN_MEETING
from corpus_app.ingest.plausibility.titles import ends_as_document, find_title_fault

# The code of the notices made here.
SEVERAL: Final = "several_speeches"
MESSAGE: Final = (
    "文件里似有 {count} 篇讲话，第 {number} 篇从“{words}”起；如确是几篇，请分开后另行收录。"
)
_NUMBERED: Final = re.compile(
    r"[【\[（(]?(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3}|范文[一二三四五六七八九十\d]{1,3}"
    r"|[一二三四五六七八九十]{1,3}[、．.]\s?在.{4,50}(?:讲话|发言|致辞))[】\]）)]?\s*[:：]?.{0,60}"
)
_GREETING: Final = re.compile(
    r"(?:尊敬的|敬爱的|各位|同志们|女士们|朋友们|代表们|大家好|老师们|主任|主席团?).{0,40}[:：！!]"
)
# A title stands at most so many short lines above the salutation.
REACH: Final = 4
LONGEST: Final = 70
SHOWN: Final = 30
# Of a longer text the rest is not searched: no collection that people make has so many lines.
MOST_LINES: Final = 20_000


def tell_collection(text: str) -> list[Notice]:
    """Return a notice at the beginning of each speech of a text but the first."""
    starts = list(_list_starts(text))
    count = len(starts) + 1
    return [
        Notice(
            SEVERAL,
            MESSAGE.format(count=count, number=number, words=text[start:end][:SHOWN]),
            start,
            end,
        )
        for number, (start, end) in enumerate(starts, 2)
    ]


def _list_starts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines with which a further speech begins: numbered as one, or a title above a
    salutation.
    """
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)][:MOST_LINES]
    words = [text[start:end].strip() for start, end in lines]
    numbered = [n for n, line in enumerate(words) if n and _is_numbered(words, n)]
    if numbered:
        yield from (lines[n] for n in numbered)
        return
    reached = 0
    for place, line in enumerate(words):
        if place <= reached or not _may_be_title(line) or not _is_greeted(words, place):
            continue
        yield lines[place]
        reached = place + REACH


def _is_numbered(words: Sequence[str], place: int) -> bool:
    """Say whether a line counts the speeches of a file: a head or a speech stands below it."""
    if len(words[place]) > LONGEST or not _NUMBERED.fullmatch(words[place]):
        return False
    return _is_greeted(words, place) or any(map(_may_be_title, words[place + 1 : place + 3]))


def _may_be_title(line: str) -> bool:
    if not 6 <= len(line) <= LONGEST or "。" in line:
        return False
    named = IN_MEETING.match(line) is not None or ends_as_document(line)
    return named and find_title_fault(line) is None


def _is_greeted(words: Sequence[str], place: int) -> bool:
    """Say whether a salutation stands close below, and nothing but short lines between."""
    for line in words[place + 1 : place + 2 + REACH]:
        if _GREETING.fullmatch(line):
            return True
        if "。" in line or len(line) > LONGEST:
            return False
    return False
