"""Advertising between the lines of a speech, and what is glued to a paragraph's last sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus_app.ingest.noise.adverts import CALL, HEADING
from corpus_app.ingest.noise.chrome import load_line_rules
from corpus_app.ingest.noise.page import NoisePage, PageLine
from corpus_app.ingest.noise.speech import find_body
from corpus_app.ingest.noise.witnesses import (
    MOST_NAMES,
    Witness,
    find_witness,
    is_traded,
    load_pinyin,
)
from corpus_app.ingest.rule_files import read_rules

TRAILER_CHARS = 90
NAMES = re.compile("[\u4e00-\u9fffA-Za-z0-9]{4,}")
MESSAGE = "“{words}”可能是网站的推广语，因没有旁证而保留，请核对。"


@cache
def load_trailers() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return (kind, name, pattern) of what may be glued to a paragraph's end."""
    rules = read_rules("noise_lines")["trailer"]
    return tuple((rule["kind"], rule["name"], re.compile(rule["pattern"])) for rule in rules)


def remove_trailers(page: NoisePage) -> None:
    """Take trailers and lines; an advert inside the speech only where something bears it out.

    Speakers ask to follow an account, too: behind the last sentence of all, with a number to
    call, repeated or named by the page it is the site's; else it stays, with a notice.
    """
    free = page.list_free()
    first, last = find_body(free)
    found = [*_find_trailers(page), *_find_lines(free[first:last])]
    if not found:
        return
    tail = free[last - 1].start if last else 0
    counts = Counter(trailer.words for trailer in found)
    names = _list_names(find_witness(page))
    for one in found:
        sure = one.kind != "advert" or one.start >= tail or counts[one.words] > 1
        if sure or _is_borne_out(one.words, names):
            page.take(one.start, one.end, one.kind, one.rule)
        else:
            page.warn("possible_advert", MESSAGE.format(words=one.words), one.start, one.end)


@dataclass(frozen=True, slots=True)
class _Trailer:
    start: int
    end: int
    words: str
    kind: str
    rule: str


def _find_trailers(page: NoisePage) -> Iterator[_Trailer]:
    for line in page.list_free():
        reach = max(0, len(line.text) - TRAILER_CHARS)
        for kind, name, pattern in load_trailers():
            match = pattern.search(line.text, reach)
            if match:
                place = line.start + match.start(), line.start + match.end()
                yield _Trailer(*place, match.group().strip(), kind, f"trailer:{name}")
                break


def _find_lines(body: list[PageLine]) -> Iterator[_Trailer]:
    """Yield the lines of the speech that read like advertising; numbered headings are none."""
    rules = [
        rule for rule in load_line_rules("line") if (rule.kind, rule.zone) == ("advert", "any")
    ]
    longest = max(rule.longest for rule in rules)
    for line in body:
        if len(line.text) <= longest and not HEADING.match(line.text):
            rule = next((rule for rule in rules if rule.matches(line.text)), None)
            if rule:
                yield _Trailer(line.start, line.end, line.text, rule.kind, f"line:{rule.name}")


def _list_names(witness: Witness) -> list[str]:
    return [*witness.traded, *witness.named, *sorted(witness.latin)[:MOST_NAMES]]


def _is_borne_out(words: str, names: list[str]) -> bool:
    if CALL.search(words.replace("公众号", "")) or load_pinyin().search(words):
        return True
    traded = any(is_traded(name) for name in NAMES.findall(words))
    return traded or any(name in words.lower() for name in names)
