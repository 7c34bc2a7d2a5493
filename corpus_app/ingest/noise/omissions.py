"""Pay-wall notices glued into a sentence, and marks of an omission in brackets."""

from __future__ import annotations

import re
from functools import cache

from corpus_app.ingest.noise.page import NoisePage, RawGap
from corpus_app.ingest.noise.statements import take_gap
from corpus_app.ingest.rule_files import read_rules


@cache
def load_notices() -> re.Pattern[str]:
    """Return the wordings of rules/noise_phrases.toml [glued] as one pattern."""
    rules = read_rules("noise_phrases")["glued"]
    wordings = "|".join(f"(?:{pattern})" for pattern in rules["patterns"])
    return re.compile(f"(?<![{rules['not_after']}])(?:{wordings})(?![{rules['not_before']}])")


def mark_glued(page: NoisePage) -> None:
    """Take notices that no sentence can hold, wherever they stand, and leave a gap each."""
    for match in load_notices().finditer(page.raw):
        if not page.is_taken(*match.span()):
            take_gap(page, *match.span(), rule="glued")


def mark_omissions(page: NoisePage) -> None:
    """Take （此处略） and the like as hidden text; a bare （略） only as a line of its own."""
    rules = read_rules("noise_phrases")["omission"]
    strong, weak = re.compile(rules["strong"]), re.compile(rules["weak"])
    for line in page.list_free():
        if "略" not in line.text and "隐藏" not in line.text:
            continue
        for match in strong.finditer(line.text):
            _take_omission(page, line.start + match.start(), line.start + match.end())
        for match in weak.finditer(line.text):
            start, end = line.start + match.start(), line.start + match.end()
            if match.group() == line.text:
                _take_omission(page, start, end)
            else:
                page.warn("omission", "原文此处注有“略”，可能省去了内容，请核对。", start, end)


def _take_omission(page: NoisePage, start: int, end: int) -> None:
    text = page.raw[start:end]
    if page.take(start, end, "hidden", "omission"):
        page.gaps.append(RawGap("hidden", start, read_omitted_chars(text), text))


def read_omitted_chars(text: str) -> int | None:
    """Return the number that a mark of an omission names ("（此处略去300字）" gives 300)."""
    number = re.search(r"\d[\d,]*", text)
    return int(number.group().replace(",", "")) if number else None
