"""Strings that a site injects in mid-sentence: known names, and names found by repetition."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from corpus_app.ingest.noise.discovery import (
    find_bracketed,
    find_breakers,
    find_latin,
    find_spaced,
)
from corpus_app.ingest.noise.page import Page
from corpus_app.ingest.rule_files import read_rules

HAN = re.compile("[\u4e00-\u9fff]")
NAME = re.compile("[\u4e00-\u9fffA-Za-z0-9]{4,10}")
CHROME_KINDS = {"site", "breadcrumb", "advert", "disclaimer", "copyright", "editor_note"}
LEADS_UP = re.compile(
    "(?:登录|登陆|访问|通过|来源|来自|使用|借助|打开|进入|关注|登到|来到|在|从|由|据|与|和|及)$"
)
QUOTES = frozenset('“”‘’《》「」『』"')
SENTENCE_SIGNS = frozenset("，。；：、！？,.;:!?“”‘’《》（）()\n\r\t 　")


@cache
def load_names() -> tuple[tuple[str, bool], ...]:
    """Return the known watermarks and whether their characters cannot occur by chance."""
    rules = read_rules("noise_phrases")["watermark"]
    return tuple((rule["name"], bool(rule["exclusive"])) for rule in rules)


def remove_watermarks(page: Page) -> None:
    """Take injected names (kind "watermark"); a single doubtful one stays, with a notice."""
    page.take_all(find_spaced(page), "watermark", "spaced-name")
    page.take_all(find_bracketed(page), "watermark", "bracketed-name")
    for name, exclusive in load_names():
        places = _find_injected(page, name)
        _remove_or_warn(page, name, places, "known-name", exclusive or len(places) > 1)
    for name in _list_advertised(page):
        places = _find_injected(page, name)
        _remove_or_warn(page, name, places, "advertised-name", len(places) > 1)
    for name in _list_named(page):
        places = [p for p in _find_injected(page, name) if not _is_asked_for(page, p)]
        _remove_or_warn(page, name, places, "named-in-chrome", True)
    for name in _discover(page):
        places = _find_injected(page, name)
        _remove_or_warn(page, name, places, "repeated-name", len(places) > 1)
    for name in find_latin(page):
        _remove_or_warn(page, name, _find_injected(page, name), "latin-name", True)
    for name in find_breakers(page.raw):
        _remove_or_warn(page, name, _find_injected(page, name), "breaks-words", True)


def _list_advertised(page: Page) -> list[str]:
    """The name under which a page advertises itself is often what it injects."""
    lines = [span.text.strip() for span in page.removed if span.kind in {"advert", "site"}]
    names = [text for text in dict.fromkeys(lines) if NAME.fullmatch(text)]
    return [name for name in names if _stands_between_words(page, name)]


def _list_named(page: Page) -> list[str]:
    """Names of document sites in breadcrumbs, disclaimers and the like."""
    pattern = load_site_name()
    spans = (span.text for span in page.removed if span.kind in CHROME_KINDS)
    return list(dict.fromkeys(name for text in spans for name in pattern.findall(text)))


@cache
def load_site_name() -> re.Pattern[str]:
    """Return the pattern of a document site's name standing by itself (【某某公文网】)."""
    endings = read_rules("noise_phrases")["discovery"]["endings"]
    ending = "|".join(sorted(map(re.escape, endings), key=len, reverse=True))
    han = "\u4e00-\u9fff"
    return re.compile(f"(?<![{han}])[{han}A-Za-z0-9]{{0,8}}?(?:{ending})(?![{han}])")


def _is_asked_for(page: Page, start: int) -> bool:
    """The sentence itself leads up to the name (登录某某公文网)."""
    return LEADS_UP.search(page.raw, max(0, start - 4), start) is not None


def _remove_or_warn(page: Page, name: str, places: list[int], rule: str, sure: bool) -> None:
    if sure:
        page.take_all([(p, p + len(name)) for p in places], "watermark", rule)
        return
    for place in places:
        page.warn(
            "possible_watermark",
            f"“{name}”可能是网站插入的水印，因只出现一次而保留，请核对。",
            place,
            place + len(name),
        )


def _find_injected(page: Page, name: str) -> list[int]:
    found = (match.start() for match in re.finditer(re.escape(name), page.raw))
    return [place for place in found if _is_injected(page, place, len(name))]


def _is_injected(page: Page, start: int, length: int) -> bool:
    """In mid-sentence: no quotes around it, and words running on at least at one side."""
    raw, end = page.raw, start + length
    before, after = raw[start - 1 : start], raw[end : end + 1]
    if before in QUOTES or after in QUOTES or page.is_taken(start, end):
        return False
    return bool(HAN.match(before or " ") or HAN.match(after or " "))


def _discover(page: Page) -> list[str]:
    """Find repeated names with a tell-tale ending, between two words at every occurrence."""
    rules = read_rules("noise_phrases")["discovery"]
    reach = int(rules["reach"])
    ending = re.compile("|".join(sorted(map(re.escape, rules["endings"]), key=len, reverse=True)))
    groups: dict[str, list[int]] = defaultdict(list)
    for match in ending.finditer(page.raw):
        if not page.is_taken(*match.span()):
            groups[match.group()].append(match.start())
    names = [_extend_left(page.raw, word, places, reach) for word, places in groups.items()]
    return [name for name in names if name and _stands_between_words(page, name)]


def _extend_left(raw: str, word: str, places: list[int], reach: int) -> str | None:
    if len(places) < 2:
        return None
    size = 0
    while size < reach:
        before = {raw[p - size - 1 : p - size] for p in places}
        if len(before) != 1 or not HAN.match(next(iter(before)) or " "):
            break
        size += 1
    return raw[places[0] - size : places[0] + len(word)] if size + len(word) >= 4 else None


def _stands_between_words(page: Page, name: str) -> bool:
    """Two places or more between varied words, none where the sentence asks for the name."""
    raw, places = page.raw, _find_injected(page, name)
    left, right = set(), set()
    for place in places:
        before, after = raw[place - 1 : place], raw[place + len(name) : place + len(name) + 1]
        if before and after and not {before, after} & SENTENCE_SIGNS:
            left.add(before)
            right.add(after)
    asked = any(_is_asked_for(page, place) for place in places)
    return len(left) > 1 and len(right) > 1 and not asked
