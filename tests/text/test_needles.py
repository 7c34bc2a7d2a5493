"""What a pattern can't do without, held against trying the pattern."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, strategies as st

from corpus_app.ingest.rule_files import RULES, read_rules
from corpus_app.text.needles import GuardedPatterns, list_needles, may_match

PATTERNS = [
    re.compile(r"甲+乙|(?:丙|丁)戊?"),
    re.compile(r"(?<!甲)乙(?=丙|丁)"),
    re.compile(r"^[甲乙]{2}|[^丙]丁$"),
    re.compile(r"(甲)?(?:乙丙)*A(?i:b)丁", re.IGNORECASE),
    re.compile(r"(?P<one>[甲乙])丙?(?P=one)"),
    re.compile(r".*?"),
    re.compile(r"[丁-甲]|(?!乙)戊"),
]
texts = st.text("甲乙丙丁戊aAbB", max_size=8)


@given(texts)
def test_no_pattern_that_matches_is_left_out(text: str) -> None:
    matching = [at for at, pattern in enumerate(PATTERNS) if pattern.search(text)]
    assert set(matching) <= set(GuardedPatterns(PATTERNS).select(text))
    assert all(may_match(PATTERNS[at], text) for at in matching)


def test_a_pattern_is_not_tried_on_a_text_without_its_words() -> None:
    pattern = re.compile("第[一二]次(?:会议|全会)")
    assert list_needles(pattern)[-1] == {"会议", "全会"}
    assert may_match(pattern, "一次会议，第三届")
    assert not may_match(pattern, "第二次大会")
    assert GuardedPatterns([pattern]).select("工作报告") == []


def list_patterns(table: Any) -> list[str]:
    """Return what stands as a pattern anywhere in a table of rules."""
    if isinstance(table, dict):
        own = [v for k, v in table.items() if k in ("pattern", "find") and isinstance(v, str)]
        return own + [found for value in table.values() for found in list_patterns(value)]
    return (
        [one for value in table for one in list_patterns(value)] if isinstance(table, list) else []
    )


def test_every_line_that_any_rule_matches_has_what_the_rule_needs() -> None:
    rules = [read_rules(path.stem) for path in sorted(RULES.glob("*.toml"))]
    patterns = [re.compile(one) for table in rules for one in list_patterns(table)]
    lines = [line for path in RULES.glob("*.toml") for line in path.read_text("utf-8").split('"')]
    assert len(patterns) > 100
    guard = GuardedPatterns(patterns)
    for line in lines[::7]:
        matching = {at for at, pattern in enumerate(patterns) if pattern.search(line)}
        assert matching <= set(guard.select(line))
