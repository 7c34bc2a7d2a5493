"""Advertising of the sites that trade in texts: blocks of lines before or after the speech."""

from __future__ import annotations

import re
from functools import cache

from corpus_app.ingest.noise.chrome import METADATA_LABEL
from corpus_app.ingest.noise.page import Line, Page, find_body, is_salutation, is_title_like
from corpus_app.ingest.rule_files import read_rules

DATE = re.compile(r"[(（]?\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[年./-]")
HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部]"
)
LONGEST = 200
# A line that sounds like one word of advertising and stands between two that surely are.
BETWEEN = 12


@cache
def load_weights() -> tuple[re.Pattern[str], dict[str, int], int]:
    """Return the advertising words as one pattern, their weights, and the certain sum."""
    rules = read_rules("noise_lines")["advert"]
    weights: dict[str, int] = rules["weights"]
    words = sorted(weights, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), weights, int(rules["certain"])


def score_advert(text: str) -> int:
    """Return the sum of the weights of the different advertising words in a line."""
    pattern, weights, _ = load_weights()
    return sum(weights[word] for word in set(pattern.findall(text)))


def remove_adverts(page: Page) -> None:
    """Take blocks of advertising at either end (kind "advert"); a title inside them stays."""
    lines = page.list_free()
    first, last = _find_speech(lines)
    for block in (lines[:first], lines[last:]):
        _remove_block(page, block)


def _find_speech(lines: list[Line]) -> tuple[int, int]:
    """The speech's bounds, not counting long sentences of advertising as speech."""
    speech = [line for line in lines if not _is_certain(line)]
    first, last = find_body(speech)
    if first == len(speech):
        return 0, len(lines)
    return lines.index(speech[first]), lines.index(speech[last - 1]) + 1


def _is_certain(line: Line) -> bool:
    if len(line.text) > LONGEST or is_title_like(line) or is_salutation(line):
        return False
    return score_advert(line.text) >= load_weights()[2]


def _remove_block(page: Page, block: list[Line]) -> None:
    certain = [index for index, line in enumerate(block) if _is_certain(line)]
    if not certain:
        return
    start, stop = certain[0], certain[-1] + 1
    for index in range(start, stop):
        line = block[index]
        if index in certain or (len(certain) > 1 and _may_belong(line)):
            page.take(line.start, line.end, "advert", "block")


def _may_belong(line: Line) -> bool:
    text = line.text
    if is_title_like(line) or is_salutation(line) or METADATA_LABEL.match(text):
        return False
    return not (DATE.match(text) or HEADING.match(text)) and len(text) <= 60
