"""Strings that a site put into sentences: taken only where something bears them out.

What bears a string out is a list of known names, a line outside the sentences that names the
site (noise/witnesses.py), or that it breaks words again and again (noise/breaks.py). Anything
less stays in the text, with a notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from corpus_app.ingest.noise.addresses import remove_latin_names
from corpus_app.ingest.noise.breaks import find_broken
from corpus_app.ingest.noise.discovery import SHORTEST, find_breakers
from corpus_app.ingest.noise.page import Page
from corpus_app.ingest.noise.sightings import (
    BRACKETED,
    HAN_SIGN,
    SITE_LIKE,
    Sighting,
    count_broken,
    find_bracketed,
    find_name,
    find_spaced,
    take_seen,
    warn_seen,
)
from corpus_app.ingest.noise.witnesses import (
    Witness,
    find_witness,
    is_traded,
    list_standing_names,
)
from corpus_app.ingest.rule_files import read_rules

SENTENCE_SIGNS = frozenset("，。；：、！？,.;:!?“”‘’《》（）()\n\r\t 　")


@cache
def load_names() -> dict[str, bool]:
    """Return the known watermarks and whether their characters cannot occur by chance."""
    rules = read_rules("noise_phrases")["watermark"]
    return {rule["name"]: bool(rule["exclusive"]) for rule in rules}


def remove_watermarks(page: Page) -> None:
    """Take injected names (kinds "watermark" and "url"); those not borne out stay, and are told."""
    witness = find_witness(page)
    for name, seen in find_spaced(page).items():
        _judge_framed(page, name, seen, witness, "spaced-name")
    for name, seen in find_bracketed(page).items():
        _judge_framed(page, name, seen, witness, "bracketed-name")
    for name, exclusive in load_names().items():
        _judge_known(page, name, find_name(page, name), exclusive)
    for name in dict.fromkeys([*list_standing_names(page), *witness.traded]):
        take_seen(page, find_name(page, name), "watermark", "named-in-chrome")
    for name in witness.named:
        _judge_named(page, name, find_name(page, name))
    for name in _list_endings(page):
        _judge_discovered(page, name, find_name(page, name))
    for name in find_breakers(page.raw):
        _judge_breaker(page, name, find_name(page, name))
    remove_latin_names(page, witness)


def is_spoken_name(name: str) -> bool:
    """Say whether a name holds a word of the speakers: their own platform or office."""
    return any(word in name for word in read_rules("noise_phrases")["discovery"]["spoken"])


def _judge_framed(
    page: Page, name: str, seen: Sequence[Sighting], witness: Witness, rule: str
) -> None:
    """In brackets or spaced out, a name that the page bears out need not break words."""
    broken, site_like = count_broken(page, seen), SITE_LIKE.search(name) is not None
    borne_out = is_traded(name) or name in load_names() or name in witness.traded
    if not borne_out and name in witness.named and not is_spoken_name(name):
        borne_out = broken > 0 or (site_like and len(seen) > 1)
    if borne_out or (broken > 1 and broken * 2 >= len(seen)):
        take_seen(page, seen, "watermark", rule)
        _take_bracketed(page, name, seen)
    elif len(seen) > 1 and (site_like or broken):
        warn_seen(page, name, seen)


def _take_bracketed(page: Page, name: str, seen: Sequence[Sighting]) -> None:
    """The same name in brackets behind a sentence goes, too."""
    asked = {one.span for one in seen if one.asked}
    spans = (m.span() for m in BRACKETED.finditer(page.raw) if m[1] == name)
    page.take_all([span for span in spans if span not in asked], "watermark", "bracketed-name")


def _judge_known(page: Page, name: str, seen: Sequence[Sighting], exclusive: bool) -> None:
    sure = [one for one in seen if not one.asked]
    single = len(sure) == 1 and (not exclusive or sure[0].led) and not count_broken(page, sure)
    if single or not sure:
        warn_seen(page, name, seen)
    else:
        take_seen(page, sure, "watermark", "known-name")


def _judge_named(page: Page, name: str, seen: Sequence[Sighting]) -> None:
    """What the page calls itself may be the speaker's own office: it must break words, too."""
    broken = find_broken(page.raw, (one.span for one in seen))
    if not broken:
        if len(seen) > 1 and _is_varied(page, seen) and not is_spoken_name(name):
            warn_seen(page, name, seen[:1])
        return
    enough = 2 if is_spoken_name(name) or len(seen) > 2 else 1
    if len(broken) < enough or len(broken) * 3 < len(seen):
        warn_seen(page, name, (one for one in seen if one.span in broken.values()))
    elif len(broken) * 2 >= len(seen) or not is_spoken_name(name):
        take_seen(page, seen, "watermark", "named-and-breaks-words")
    else:
        page.take_all(sorted(broken.values()), "watermark", "named-and-breaks-words")


def _judge_discovered(page: Page, name: str, seen: Sequence[Sighting]) -> None:
    if len(seen) < 2:
        return
    if _is_plain_trade(page, name, seen) or _tears_words(page, name, seen):
        take_seen(page, seen, "watermark", "repeated-name")
    elif _is_varied(page, seen):
        warn_seen(page, name, seen)


def _is_plain_trade(page: Page, name: str, seen: Sequence[Sighting]) -> bool:
    """Say whether this is a brand of the trade, of which no sentence speaks."""
    free = [one for one in seen if not one.led]
    asked = any(one.asked for one in seen)
    return is_traded(name) and not asked and len(free) > 1 and _is_varied(page, free)


def _judge_breaker(page: Page, name: str, seen: Sequence[Sighting]) -> None:
    if _tears_words(page, name, seen):
        take_seen(page, seen, "watermark", "breaks-words")
    else:
        warn_seen(page, name, seen)


def _tears_words(page: Page, name: str, seen: Sequence[Sighting]) -> bool:
    """Say whether a name breaks so many words that no sentence can hold it.

    Two, at most of the places, come by chance not once in a million speeches; a name of three
    characters may be a platform's of which a careless hand cut the words.
    """
    broken = count_broken(page, seen)
    enough = 2 if len(name) > SHORTEST else 3
    return broken >= enough and broken * 3 >= len(seen) * 2 and not is_spoken_name(name)


def _list_endings(page: Page) -> list[str]:
    """Find repeated names with a tell-tale ending, the same characters before it everywhere."""
    rules = read_rules("noise_phrases")["discovery"]
    endings = sorted({*rules["trade"], *rules["endings"]}, key=len, reverse=True)
    groups: dict[str, list[int]] = defaultdict(list)
    for match in re.finditer("|".join(map(re.escape, endings)), page.raw):
        if not page.is_taken(*match.span()):
            groups[match.group()].append(match.start())
    reach = int(rules["reach"])
    names = (_extend_left(page.raw, word, places, reach) for word, places in groups.items())
    return [name for name in names if name]


def _extend_left(raw: str, word: str, places: list[int], reach: int) -> str | None:
    if len(places) < 2:
        return None
    size = 0
    while size < reach:
        before = {raw[p - size - 1 : p - size] for p in places}
        if len(before) != 1 or not HAN_SIGN.match(next(iter(before)) or " "):
            break
        size += 1
    return raw[places[0] - size : places[0] + len(word)] if size + len(word) >= 4 else None


def _is_varied(page: Page, seen: Iterable[Sighting]) -> bool:
    """Say whether a string stands between varied words, at two places or more."""
    left, right = set(), set()
    for one in seen:
        before, after = page.raw[one.start - 1 : one.start], page.raw[one.end : one.end + 1]
        if before and after and not {before, after} & SENTENCE_SIGNS:
            left.add(before)
            right.add(after)
    return len(left) > 1 and len(right) > 1
