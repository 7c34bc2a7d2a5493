"""Strings that a site put into sentences: taken only where something bears them out.

What bears a string out is a list of known names, a line outside the sentences that names the
site (noise/witnesses.py), or that it breaks words again and again (noise/breaks.py). Anything
less stays in the text, with a notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus_app.ingest.noise.addresses import remove_latin_names
from corpus_app.ingest.noise.breaks import CERTAIN, LIKELY, find_broken
from corpus_app.ingest.noise.discovery import SHORTEST, find_breakers
from corpus_app.ingest.noise.page import NoisePage
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

# Of so many places one that breaks a word is enough where the page names the string.
MANY = 4
SENTENCE_SIGNS = frozenset("，。；：、！？,.;:!?“”‘’《》（）()\n\r\t 　")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A watermark by name: whether one occurrence is enough, whether it is a public company's."""

    exclusive: bool
    public: bool


@cache
def load_names() -> dict[str, KnownName]:
    """Return the known watermarks of rules/noise_phrases.toml."""
    rules = read_rules("noise_phrases")["watermark"]
    return {
        rule["name"]: KnownName(bool(rule["exclusive"]), bool(rule.get("public"))) for rule in rules
    }


def remove_watermarks(page: NoisePage) -> None:
    """Take injected names (kinds "watermark" and "url"); those not borne out stay, and are told."""
    witness = find_witness(page)
    _remove_framed(page, find_spaced(page), witness, "spaced-name")
    _remove_framed(page, find_bracketed(page), witness, "bracketed-name")
    for name, known in load_names().items():
        _judge_known(page, name, find_name(page, name), known)
    for name in dict.fromkeys([*list_standing_names(page), *witness.traded]):
        take_seen(page, find_name(page, name), "watermark", "named-in-chrome")
    for name in (*witness.named, *witness.alone):
        _judge_named(page, name, find_name(page, name), told=name in witness.named)
    for name in _list_endings(page):
        _judge_discovered(page, name, find_name(page, name))
    for name in find_breakers(page.raw):
        _judge_breaker(page, name, find_name(page, name))
    remove_latin_names(page, witness)


def is_spoken_name(name: str) -> bool:
    """Say whether a name holds a word of the speakers: their own platform or office."""
    return any(word in name for word in read_rules("noise_phrases")["discovery"]["spoken"])


def _remove_framed(
    page: NoisePage, groups: dict[str, list[Sighting]], witness: Witness, rule: str
) -> None:
    """In brackets or spaced out; where it is taken, the same behind a sentence goes, too."""
    taken: set[str] = set()
    asked: set[tuple[int, int]] = set()
    spans: list[tuple[int, int]] = []
    for name, seen in groups.items():
        if _is_framed_mark(page, name, seen, witness):
            taken.add(name)
            spans += [one.span for one in seen if not one.asked]
            asked.update(one.span for one in seen if one.asked)
    known = asked.union(spans)
    if taken:
        found = (m.span() for m in BRACKETED.finditer(page.raw) if m[1] in taken)
        spans += [span for span in found if span not in known]
    page.take_all(sorted(spans), "watermark", rule)


def _is_framed_mark(page: NoisePage, name: str, seen: Sequence[Sighting], witness: Witness) -> bool:
    """Say whether a name is borne out; in brackets it need not break words."""
    broken, site_like = count_broken(page, seen), SITE_LIKE.search(name) is not None
    borne_out = is_traded(name) or name in load_names() or name in witness.traded
    if not borne_out and name in witness.named and not is_spoken_name(name):
        borne_out = broken > 0 or (site_like and len(seen) > 1)
    if not borne_out and len(seen) > 1 and (site_like or broken):
        borne_out = broken > 1 and broken * 2 >= len(seen)
        if not borne_out:
            warn_seen(page, name, seen)
    return borne_out


def _judge_known(page: NoisePage, name: str, seen: Sequence[Sighting], known: KnownName) -> None:
    sure = [one for one in seen if not one.asked]
    weak = known.public or (len(sure) == 1 and (not known.exclusive or sure[0].led))
    if not sure or (weak and not count_broken(page, sure)):
        warn_seen(page, name, seen)
    else:
        take_seen(page, sure, "watermark", "known-name")


def _judge_named(page: NoisePage, name: str, seen: Sequence[Sighting], told: bool) -> None:
    """What the page calls itself may be the speaker's own office: it must break words, too.

    told says whether the name is told of where it stands between whole words.
    """
    spoken = is_spoken_name(name)
    least = CERTAIN if spoken else LIKELY
    broken = find_broken(page.raw, (one.span for one in seen), least)
    if not broken:
        if told and len(seen) > 1 and _is_varied(page, seen) and not spoken:
            warn_seen(page, name, seen[:1])
        return
    enough = 2 if spoken or len(seen) > MANY else 1
    if len(broken) < enough or len(broken) * 3 < len(seen):
        warn_seen(page, name, (one for one in seen if one.span in broken.values()))
    elif len(broken) * 2 >= len(seen) or not spoken:
        take_seen(page, seen, "watermark", "named-and-breaks-words")
    else:
        page.take_all(sorted(broken.values()), "watermark", "named-and-breaks-words")


def _judge_discovered(page: NoisePage, name: str, seen: Sequence[Sighting]) -> None:
    if len(seen) < 2:
        return
    if _is_plain_trade(page, name, seen) or _tears_words(page, name, seen):
        take_seen(page, seen, "watermark", "repeated-name")
    elif _is_varied(page, seen):
        warn_seen(page, name, seen)


def _is_plain_trade(page: NoisePage, name: str, seen: Sequence[Sighting]) -> bool:
    """Say whether this is a brand of the trade, of which no sentence speaks.

    Some shops' names end so, too (建筑材料铺): they must break one word at least.
    """
    free = [one for one in seen if not one.led]
    asked = any(one.asked for one in seen)
    plain = is_traded(name) and not asked and len(free) > 1 and _is_varied(page, free)
    shop = name.endswith(tuple(read_rules("noise_phrases")["discovery"]["shops"]))
    return plain and (not shop or count_broken(page, seen, LIKELY) > 0)


def _judge_breaker(page: NoisePage, name: str, seen: Sequence[Sighting]) -> None:
    if _tears_words(page, name, seen):
        take_seen(page, seen, "watermark", "breaks-words")
    else:
        warn_seen(page, name, seen)


def _tears_words(page: NoisePage, name: str, seen: Sequence[Sighting]) -> bool:
    """Say whether a name breaks so many words that no sentence can hold it.

    Two, at most of the places, come by chance not once in a million speeches; a name of three
    characters may be a platform's of which a careless hand cut the words.
    """
    broken = count_broken(page, seen)
    enough = 2 if len(name) > SHORTEST else 3
    return broken >= enough and broken * 3 >= len(seen) * 2 and not is_spoken_name(name)


def _list_endings(page: NoisePage) -> list[str]:
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


def _is_varied(page: NoisePage, seen: Iterable[Sighting]) -> bool:
    """Say whether a string stands between varied words, at two places or more."""
    left, right = set(), set()
    for one in seen:
        before, after = page.raw[one.start - 1 : one.start], page.raw[one.end : one.end + 1]
        if before and after and not {before, after} & SENTENCE_SIGNS:
            left.add(before)
            right.add(after)
    return len(left) > 1 and len(right) > 1
