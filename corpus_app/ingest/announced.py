"""What a speech announces (讲四点意见) against the sections that are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_app.ingest.draft import Announcement, Section
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.numerals import read_ordinal


def check_announcements(text: str, sections: Sequence[Section]) -> list[Announcement]:
    """Return the announcement that the opening makes of the sections to come, if any.

    found counts the named top-level sections, missing lists the ordinals up to the announced
    number that none of them bears. Without any named section nothing is promised.
    """
    opening = next((s for s in sections if s.parent is None and s.kind == "opening"), None)
    named = [s for s in sections if s.parent is None and s.kind == "section" and _is_named(s)]
    if opening is None or not named:
        return []
    match = _find_last(text, _find_tail(text, opening), opening.end)
    number = read_ordinal(match["number"] or match["weak"]) if match else None
    if match is None or number is None or number < 2:
        return []
    ordinals = {s.ordinal for s in named} - {None}
    borne = ordinals or set(range(1, len(named) + 1))
    missing = [n for n in range(1, number + 1) if n not in borne]
    return [Announcement(match.group().strip(), number, len(named), missing)]


def _is_named(section: Section) -> bool:
    """Say whether a section bears a number or a heading, as one lost in a gap does not."""
    return section.ordinal is not None or section.heading is not None


def _find_tail(text: str, opening: Section) -> int:
    """Return where the opening's last paragraphs begin, a few hundred characters at most."""
    rules = read_rules("announced")
    earliest = max(opening.start, opening.end - int(rules["opening_chars"]))
    start = opening.end
    for _ in range(int(rules["paragraphs"]) + 1):
        start = text.rfind("\n", earliest, start)
        if start < 0:
            return earliest
    return start


@cache
def _pattern() -> re.Pattern[str]:
    rules = read_rules("announced")
    keys = ("verbs", "units", "between", "things")
    words = {
        key: "|".join(map(re.escape, sorted(rules[key], key=len, reverse=True))) for key in keys
    }
    things = words["things"]
    number = "[二两三四五六七八九十]{1,2}|[2-9]"
    return re.compile(
        rf"(?:{words['verbs']})(?:{words['between']}){{0,3}}"
        rf"(?P<number>{number})(?:{words['units']})(?:[\u4e00-\u9fff]{{0,4}}(?:{things}))?"
        rf"|我(?:有|的)(?P<weak>{number})(?:{words['units']})[\u4e00-\u9fff]{{0,4}}(?:{things})"
    )


def _find_last(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last announcement between start and end outside quotation marks."""
    found = None
    for match in _pattern().finditer(text, start, end):
        before = text[start : match.start()]
        if before.count("“") == before.count("”"):
            found = match
    return found
