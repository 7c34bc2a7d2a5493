"""The heading behind a marker: its line, its first sentence, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal

from corpus_app.ingest.outline.nodes import OutlineMarker
from corpus_app.ingest.rule_files import read_rules

_TRAILING: Final = "。；;：:，,、 \u3000"
# Signs of emphasis, and brackets that opened before the number.
_AROUND: Final = "*＊_`#＃=~ \u3000"
_CLOSERS: Final = {"】": "【", "〕": "〔", "］": "［", "]": "["}
_SOLID: Final = re.compile(r"\S")
# 一、提高站位：要深入学习…。: the heading ends at the colon, the sentence is the body's.
_COLON: Final = re.compile(r"([^，。：:；！？“”《》（）()\n]{2,24})[：:](?=[^\n]{24,})(?![“‘《])")
_STOP: Final = re.compile(r"[。！？!?；;](?=[^”’」]|$)")


def find_heading(
    text: str, marker: OutlineMarker, limit: int, form: Literal["section", "point"]
) -> tuple[str | None, int]:
    """Return the heading behind a marker and the offset where it ends.

    The heading ends before a line break, before a blank in one-line files, or with its
    first sentence (一是要学深悟透。 gives 要学深悟透); null where that sentence is too long
    or all there is of a point.
    """
    rules = read_rules("outline")["headings"]
    longest: int = rules["line_chars"]
    cut = text.find("\n", marker.end, min(limit, marker.end + longest + 1))
    window = text[marker.end : cut if cut >= 0 else min(limit, marker.end + longest + 1)]
    whole = cut >= 0 or marker.end + len(window) >= limit
    if not window.strip() and form == "section":
        return _read_next_line(text, cut, limit, rules["next_line_chars"]) or (None, marker.end)
    colon = _COLON.match(window) if form == "section" else None
    if colon:
        return _clean(colon[1]), marker.end + colon.end(1)
    sentence = _STOP.search(window)
    if form == "point":
        return _read_point(window, sentence, marker, rules["point_chars"], text, limit)
    if not whole or (sentence and window[sentence.end() :].strip()):
        return _read_shared(window, sentence, marker, rules["sentence_chars"])
    if len(window.strip()) <= longest:
        return _clean(window), marker.end + len(window.rstrip())
    return None, marker.end


def _read_next_line(text: str, cut: int, limit: int, longest: int) -> tuple[str, int] | None:
    """Return the short line below a number that has a line to itself (01 / 深化认识)."""
    end = text.find("\n", cut + 1, min(limit, cut + longest + 2)) if cut >= 0 else -1
    line = text[cut + 1 : end].strip() if end >= 0 else ""
    if not line or line[-1] in "。！？!?；;，,：:" or not has_words(text, end, limit):
        return None
    return line, end


def find_next_gap(gaps: Sequence[int], offset: int, limit: int) -> int:
    """Return the first gap behind an offset, at most limit: no heading reaches over a gap."""
    index = bisect_right(gaps, offset)
    return min(gaps[index], limit) if index < len(gaps) else limit


def has_words(text: str, start: int, end: int) -> bool:
    """Say whether text[start:end] holds anything but white space."""
    return _SOLID.search(text, start, end) is not None


def _read_shared(
    window: str, sentence: re.Match[str] | None, marker: OutlineMarker, longest: int
) -> tuple[str | None, int]:
    """Return a heading that shares its line with body text: up to a blank or a full stop."""
    head = window[: sentence.start()] if sentence else window
    blank = max(head.rstrip().rfind(" "), head.rstrip().rfind("\u3000"))
    if blank > 3:
        return _clean(head[:blank]), marker.end + blank
    if sentence is None or len(head) > longest or window[sentence.start()] in "；;":
        return None, marker.end
    return _clean(head), marker.end + sentence.end()


def _read_point(
    window: str,
    sentence: re.Match[str] | None,
    marker: OutlineMarker,
    longest: int,
    text: str,
    limit: int,
) -> tuple[str | None, int]:
    """Return a point's first sentence where it is short and more text follows it."""
    if sentence is not None:
        end = marker.end + sentence.end()
        fits = sentence.start() <= longest and sentence.group() not in "；;"
        if fits and has_words(text, end, limit):
            return _clean(window[: sentence.start()]), end
        return None, marker.end
    line, mark, _ = window.partition("\n")
    standing = bool(mark) or (len(line) <= longest and marker.end + len(line) < limit)
    standing = standing and marker.opens and 0 < len(line.strip()) <= longest
    if standing and has_words(text, marker.end + len(line), limit):
        return _clean(line), marker.end + len(line)
    return None, marker.end


def _clean(heading: str) -> str | None:
    """Return a heading without blanks, punctuation and signs around it, null where empty."""
    bare = heading.strip().strip(_AROUND).rstrip(_TRAILING)
    while bare and bare[-1] in _CLOSERS and _CLOSERS[bare[-1]] not in bare:
        bare = bare[:-1].rstrip(_TRAILING)
    return bare or None
