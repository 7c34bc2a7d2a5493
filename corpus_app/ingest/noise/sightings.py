"""Strings that may have been put into a sentence: what they look like, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus_app.ingest.metadata.names import is_name
from corpus_app.ingest.noise.breaks import CERTAIN, find_broken
from corpus_app.ingest.noise.page import NoisePage
from corpus_app.ingest.noise.witnesses import fold_latin, is_traded
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import HAN, squeeze

CODE: Final = "possible_watermark"
HAN_SIGN = re.compile(f"[{HAN}]")
QUOTES = frozenset('“”‘’《》「」『』"')
BRACKETS = frozenset(("【】", "[]", "（）", "()", "〔〕", "<>", "《》"))
# -某某网-, *某某网*: the same sign at both sides, with or without a blank.
FRAMES = frozenset("-*_~|·—#+=^•")
# 公 文 网: one name with a blank between all its characters, words running on at both sides.
SPACED = re.compile(f"(?<=[{HAN}，、])[{HAN}](?:[ \u3000][{HAN}]){{2,9}}(?=[{HAN}，、。])")
BLANK = re.compile(f"[{HAN}][ \u3000][{HAN}][ \u3000][{HAN}]")
BRACKETED = re.compile(rf"[【\[〔]([{HAN}A-Za-z0-9]{{2,12}})[】\]〕]")
SITE_LIKE = re.compile("(?:网|库|铺|社|圈|站|公众号|论坛)$")
_WIDE = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
# wenmi114, www.wenmi114.com/1, ｗｅｎｍｉ１１４, and the same with a blank between all its signs.
LATIN = re.compile(f"[{_WIDE}][{_WIDE}_.．/:?=&%#~+@-]{{3,260}}")
SPACED_LATIN = re.compile(f"[{_WIDE}](?:[ \u3000][{_WIDE}.．]){{3,40}}(?![{_WIDE}])")
ONLINE = frozenset("上络站页格点")
# Of more different strings than any speech holds, the most frequent are looked at.
MOST_STRINGS = 1000
LETTER = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
# name@host; an @ behind no name stands before an account (@wenmi114).
MAILED = re.compile("[A-Za-z0-9._-]@")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A string in mid-sentence: raw[start:end], brackets round nothing else counted in.

    asked says that the sentence itself speaks of it (登录某某公文网), led that it may (在…).
    """

    start: int
    end: int
    asked: bool
    led: bool

    @property
    def span(self) -> tuple[int, int]:
        """Return the place in raw."""
        return self.start, self.end


def find_name(page: NoisePage, name: str) -> list[Sighting]:
    """Return where a name stands in mid-sentence."""
    if name not in page.raw:
        return []
    return see_all(page, (m.span() for m in re.finditer(re.escape(name), page.raw)))


def find_bracketed(page: NoisePage) -> dict[str, list[Sighting]]:
    """Return by name where 【某某网】 stands inside lines."""
    return _group(page, ((m[1], m.span()) for m in BRACKETED.finditer(page.raw)))


def find_spaced(page: NoisePage) -> dict[str, list[Sighting]]:
    """Return by name where 公 文 网 stands inside lines; names of persons are left out."""
    if not BLANK.search(page.raw):
        return {}
    found = ((squeeze(m.group()), m.span()) for m in SPACED.finditer(page.raw))
    return _group(page, (one for one in found if is_traded(one[0]) or not is_name(one[0])))


def find_latin(raw: str) -> dict[str, list[tuple[int, int]]]:
    """Return by folded name the places of all Latin strings of four signs or more, save mails."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for pattern in (LATIN, SPACED_LATIN):
        for match in pattern.finditer(raw):
            text = match.group().rstrip(".．-:+_ ")
            text = text if "://" in text else text.rstrip("/")
            mailed = "@" in text or MAILED.match(raw, max(0, match.start() - 2))
            if LETTER.search(text) and not mailed:
                places[fold_latin(text)].append((match.start(), match.start() + len(text)))
    return {name: spans for name, spans in places.items() if name}


def _group(
    page: NoisePage, found: Iterable[tuple[str, tuple[int, int]]]
) -> dict[str, list[Sighting]]:
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, span in found:
        spans[name].append(span)
    names = sorted(spans, key=lambda name: -len(spans[name]))[:MOST_STRINGS]
    groups = {name: see_all(page, spans[name]) for name in names if name}
    return {name: seen for name, seen in groups.items() if seen}


def see_all(page: NoisePage, spans: Iterable[tuple[int, int]]) -> list[Sighting]:
    """Return the free ones of the spans that stand in mid-sentence, without quotes round them."""
    seen = []
    for start, end in spans:
        start, end = _widen(page.raw, start, end)
        before, after = page.raw[start - 1 : start], page.raw[end : end + 1]
        beside = HAN_SIGN.match(before or " ") or HAN_SIGN.match(after or " ")
        if beside and not is_quoted(page.raw, start, end) and not page.is_taken(start, end):
            seen.append(_look_beside(page.raw, start, end))
    return seen


def is_quoted(raw: str, start: int, end: int) -> bool:
    """Say whether raw[start:end] stands beside a quotation mark."""
    return raw[start - 1 : start] in QUOTES or raw[end : end + 1] in QUOTES


def _widen(raw: str, start: int, end: int) -> tuple[int, int]:
    """Brackets, or one sign at both sides, around nothing but the name go with it."""
    if start and raw[start - 1] == "@":
        start -= 1
    pair = raw[start - 1 : start] + raw[end : end + 1]
    if pair in BRACKETS - {"《》"} or (len(pair) == 2 and pair[0] == pair[1] and pair[0] in FRAMES):
        return start - 1, end + 1
    if pair == "  " and HAN_SIGN.match(raw[start - 2 : start - 1]):
        return start - 1, end + 1
    return start, end


def _look_beside(raw: str, start: int, end: int) -> Sighting:
    asks, leads, follows = _load_neighbours()
    floor = max(0, start - 6)
    # 公文网上流转: the last sign of the name is the first of the next word.
    online = raw[end - 1] == "网" and raw[end : end + 1] in ONLINE
    asked = asks.search(raw, floor, start) or follows.match(raw, end) or online
    return Sighting(start, end, bool(asked), leads.search(raw, floor, start) is not None)


@cache
def _load_neighbours() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rules = read_rules("noise_phrases")["discovery"]
    asks, leads, follows = (
        "|".join(map(re.escape, rules[key])) for key in ("asks", "leads", "follows")
    )
    return re.compile(f"(?:{asks})$"), re.compile(f"(?:{leads})$"), re.compile(follows)


def take_seen(page: NoisePage, seen: Iterable[Sighting], kind: str, rule: str) -> None:
    """Take sightings, save those of which the sentence speaks."""
    page.take_all([one.span for one in seen if not one.asked], kind, rule)


def warn_seen(page: NoisePage, name: str, seen: Iterable[Sighting]) -> None:
    """Tell of sightings that stay in the text."""
    message = f"“{name}”可能是网站插入的水印，因没有旁证而保留，请核对。"
    for one in seen:
        page.warn(CODE, message, *one.span)


def count_broken(page: NoisePage, seen: Iterable[Sighting], least: float = CERTAIN) -> int:
    """Return how many different words the sightings break, by a gain of so much at least."""
    return len(find_broken(page.raw, (one.span for one in seen), least))
