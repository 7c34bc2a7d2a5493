"""Notices in the place of hidden words: glued into a sentence, in brackets, or counting them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_app.ingest.noise.page import NoisePage, PageLine, RawGap
from corpus_app.ingest.noise.statements import load_vocabulary, take_gap
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.needles import may_match

ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-'*-;=?-Z_a-z~]{3,200}|[A-Za-z0-9-]{2,40}(?:\.[A-Za-z0-9-]{2,20}){1,4}(?:/[!-'*-;=?-Z_a-z~]{0,200})?"
)
OPENING, CLOSING = "（(【[〔{", "）)】]〕}"
OPENING_SIGNS = re.escape(OPENING)
REACH = 120


@cache
def load_notices() -> re.Pattern[str]:
    """Return the wordings of rules/noise_phrases.toml [glued] as one pattern."""
    rules = read_rules("noise_phrases")["glued"]
    wordings = "|".join(f"(?:{pattern})" for pattern in rules["patterns"])
    return re.compile(f"(?<![{rules['not_after']}])(?:{wordings})(?![{rules['not_before']}])")


def mark_glued(page: NoisePage) -> None:
    """Take notices that no sentence can hold, wherever they stand, and leave a gap each."""
    patterns = map(re.compile, read_rules("noise_phrases")["glued"]["patterns"])
    if not any(may_match(pattern, page.raw) for pattern in patterns):
        return
    for match in load_notices().finditer(page.raw):
        start, end = match.span()
        if not page.is_taken(start, end):
            take_gap(page, start, _close_bracket(page.raw, start, end), rule="glued")


def _close_bracket(raw: str, start: int, end: int) -> int:
    """Return where a notice ends whose bracket closes behind it: 【此处隐藏9字，登录可查看】."""
    opened = OPENING.find(raw[start])
    if opened < 0 or CLOSING[opened] in raw[start:end]:
        return end
    found = re.compile(rf"[^\n。！？{OPENING_SIGNS}]{{0,60}}?{re.escape(CLOSING[opened])}").match(
        raw, end
    )
    return found.end() if found else end


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


def mark_counted(page: NoisePage) -> None:
    """Take such notices, in brackets or as whole lines, and leave a gap in the place of each."""
    for line in page.list_free():
        if "字" in line.text:
            for start, end in _search_line(line):
                place = line.start + start, line.start + end
                if not page.is_taken(*place):
                    take_gap(page, *place, rule="counted")


def _search_line(line: PageLine) -> Iterator[tuple[int, int]]:
    position = 0
    for match in _load_count().finditer(line.text):
        if match.start() < position:
            continue
        span = _find_frame(line.text, match.start(), match.end())
        if span and _is_notice(line.text[slice(*span)], match.group()):
            yield span
            position = span[1]


def _find_frame(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the brackets around a count with the dots beside them, else the whole line."""
    low = start - 1
    while low >= 0 and start - low < REACH and text[low] not in OPENING + CLOSING + "\n":
        low -= 1
    high = end
    while high < len(text) and high - end < REACH and text[high] not in OPENING + CLOSING:
        high += 1
    framed = low >= 0 and high < len(text) and text[low] in OPENING and text[high] in CLOSING
    if not framed:
        return (0, len(text)) if len(text) <= REACH else None
    high += 1
    while low and text[low - 1] in "…⋯":
        low -= 1
    while high < len(text) and text[high] in "…⋯":
        high += 1
    return low, high


def _is_notice(statement: str, count: str) -> bool:
    """Say whether nothing but words of a pay-wall, a site's name and its address stands there."""
    rules, words = read_rules("noise_phrases")["counted"], load_vocabulary()
    bare = ADDRESS.sub("", statement.replace(count, "", 1))
    bare = _load_sites().sub("", bare)
    other = words.word.sub("", bare)
    for word in rules["words"]:
        other = other.replace(word, "")
    walled = words.barrier.search(statement) is not None
    return len(other) <= (int(rules["other"]) if walled else 0)


@cache
def _load_count() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, read_rules("noise_phrases")["counted"]["verbs"]))
    number = r"\d[\d,，.]{0,11}\s?[万千]?\s?(?:余|多)?个?字(?:符)?"
    return re.compile(
        rf"(?:{verbs})(?:了|掉|有|内容|部分|正文|文字)?\s?[:：]?\s?(?:约|共|近)?\s?{number}"
        rf"|{number}(?:内容|文字|正文)?(?:已|已被|被|未|尚未|没有)?(?:{verbs}|显示|展示)"
    )


@cache
def _load_sites() -> re.Pattern[str]:
    endings = "|".join(read_rules("noise_phrases")["counted"]["sites"])
    return re.compile(f"[\u4e00-\u9fffA-Za-z0-9]{{1,8}}?(?:{endings})")
