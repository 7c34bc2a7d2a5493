"""Advertising of the sites that trade in texts: blocks of lines before or after the speech."""

from __future__ import annotations

import re

from corpus_app.ingest.noise.chrome import METADATA_LABEL
from corpus_app.ingest.noise.page import NoisePage, PageLine
from corpus_app.ingest.noise.speech import (
    find_body,
    is_prose,
    is_salutation,
    is_speech,
    is_title_like,
    load_weights,
    score_advert,
)

DATE = re.compile(r"[(（]?\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[年./-]")
HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节部条]"
)
SENTENCE_ENDS = re.compile(r"[。！？!?]")
LONGEST = 200
SHORT = 60
# A whole sentence must ask the reader to pay or to get in touch, or it may be the speech's own.
CALL = re.compile(
    r"(?:加|添加|咨询|联系)(?:客服|站长|小编)?(?:微信|QQ|qq|VX|vx|群)|关注(?:本站|我们)?(?:微信)?公众号|扫码(?:领|加|关注|进)"
    r"|(?:QQ|qq|微信|VX|vx)[号群]?\s?[:：]?\s?[A-Za-z0-9_]{5,}|网盘|立享|倒卖会员"
)


def remove_adverts(page: NoisePage) -> None:
    """Take blocks of advertising at either end (kind "advert"); a title inside them stays."""
    free = page.list_free()
    first, last = find_body(free)
    head = free[first].start if first < len(free) else len(page.raw)
    tail = free[last - 1].end if last else 0
    _remove_block(page, [line for line in page.lines if line.end <= head])
    _remove_block(page, [line for line in page.lines if line.start >= tail])


def is_advert(line: PageLine) -> bool:
    """Say whether a line is advertising beyond doubt; what may be a sentence must call to act."""
    text = line.text
    if len(text) > LONGEST or is_title_like(line) or is_salutation(line) or HEADING.match(text):
        return False
    if (is_prose(line) or len(text) > SHORT) and not CALL.search(text):
        return False
    # A sentence beside it that asks for nothing may be the speech's: the line stays whole.
    if any(len(s) > 3 and not score_advert(s) for s in SENTENCE_ENDS.split(text)):
        return False
    return score_advert(text) >= load_weights()[2]


def _remove_block(page: NoisePage, block: list[PageLine]) -> None:
    block = [line for line in block if not _holds_gap(page, line)]
    taken = [_is_taken_as_advert(page, line) for line in block]
    certain = [i for i, line in enumerate(block) if taken[i] or is_advert(line)]
    if not certain:
        return
    for index in range(certain[0], certain[-1] + 1):
        line = block[index]
        if index in certain or (len(certain) > 1 and _may_belong(line)):
            page.take(line.start, line.end, "advert", "block")


def _is_taken_as_advert(page: NoisePage, line: PageLine) -> bool:
    return any(span.kind == "advert" for span in page.find_taken(line.start, line.end))


def _may_belong(line: PageLine) -> bool:
    """A line that sounds like nothing in particular, between two that surely are advertising."""
    text = line.text
    if is_title_like(line) or is_speech(line) or METADATA_LABEL.match(text):
        return False
    return not (DATE.match(text) or HEADING.match(text)) and len(text) <= SHORT


def _holds_gap(page: NoisePage, line: PageLine) -> bool:
    """Say whether a notice was taken out of a line: what is left of it is the speech's own."""
    return any(span.kind in ("paywall", "hidden") for span in page.find_taken(line.start, line.end))
