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
SHORT = 60
# A longer line must name a way to pay or to get in touch, or it may be the speech's own.
CONTACT = re.compile(
    r"QQ|qq|微信|公众号|[Vv加]群|交流群|资料群|会员群|网盘|https?:|www\.|扫码|二维码|倒卖|外传|元/年|客服|VIP"
)


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
    free = page.list_free()
    first, last = _find_speech(free)
    head = free[first].start if first < len(free) else len(page.raw)
    tail = free[last - 1].end if last else 0
    _remove_block(page, [line for line in page.lines if line.end <= head])
    _remove_block(page, [line for line in page.lines if line.start >= tail])


def _find_speech(lines: list[Line]) -> tuple[int, int]:
    """The speech's bounds, not counting long sentences of advertising as speech."""
    speech = [index for index, line in enumerate(lines) if not is_advert(line)]
    first, last = find_body([lines[index] for index in speech])
    return (speech[first], speech[last - 1] + 1) if first < len(speech) else (0, len(lines))


def is_advert(line: Line) -> bool:
    """Say whether a line is advertising beyond doubt; a sentence of a speech is never."""
    text = line.text
    if len(text) > LONGEST or is_title_like(line) or is_salutation(line) or HEADING.match(text):
        return False
    if len(text) > SHORT and not CONTACT.search(text):
        return False
    return score_advert(text) >= load_weights()[2]


def _remove_block(page: Page, block: list[Line]) -> None:
    taken = [_is_taken_as_advert(page, line) for line in block]
    certain = [i for i, line in enumerate(block) if taken[i] or is_advert(line)]
    if not certain:
        return
    for index in range(certain[0], certain[-1] + 1):
        line = block[index]
        if index in certain or (len(certain) > 1 and _may_belong(line)):
            page.take(line.start, line.end, "advert", "block")


def _is_taken_as_advert(page: Page, line: Line) -> bool:
    return any(span.kind == "advert" for span in page.find_taken(line.start, line.end))


def _may_belong(line: Line) -> bool:
    """A line that sounds like nothing in particular, between two that surely are advertising."""
    text = line.text
    if is_title_like(line) or is_salutation(line) or METADATA_LABEL.match(text):
        return False
    return not (DATE.match(text) or HEADING.match(text)) and len(text) <= SHORT
