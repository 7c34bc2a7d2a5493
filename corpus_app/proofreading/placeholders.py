"""Places that were left to be filled in: X, ×××, 某某, ____, （待定）, 20XX年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.rules import read_rules

# An example of how others write stands between quotation marks: “加快发展某某产业”.
_QUOTED = 0.6
_LONGEST_QUOTED = 1_200


@cache
def _load() -> tuple[list[tuple[re.Pattern[str], float]], re.Pattern[str]]:
    """Return the patterns with how sure they are, and words that are none."""
    raw = read_rules("placeholders")
    blanks = [(re.compile(blank["find"]), blank["confidence"]) for blank in raw["blank"]]
    return blanks, re.compile(raw["words"]["find"])


def find_placeholders(text: str) -> Iterator[DraftFinding]:
    """Yield the places of kind "placeholder", the longest where several patterns meet."""
    blanks, known = _load()
    taken: set[int] = set()
    words = {match.start() for match in known.finditer(text)}
    found = [(m.start(), m.end(), p) for pattern, p in blanks for m in pattern.finditer(text)]
    for start, end, confidence in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if start in words or taken.intersection(range(start, end)):
            continue
        taken.update(range(start, end))
        low = max(0, start - _LONGEST_QUOTED)
        inside = text.rfind("“", low, start) > text.rfind("”", low, start)
        yield DraftFinding(
            "placeholder",
            start,
            end,
            text[start:end],
            "这里还没有填写。",
            None,
            min(confidence, _QUOTED) if inside else confidence,
        )
