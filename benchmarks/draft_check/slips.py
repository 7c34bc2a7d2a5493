"""Slips of the pen planted in a draft's own sentences, one character of each."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from pypinyin import lazy_pinyin

from benchmarks.draft_check.planting import Material, Planted, Planter
from corpus_app.ingest.rule_files import RULES
from corpus_app.proofreading.drafts import DraftFacts

_HAN = re.compile("[\u4e00-\u9fff]")


@cache
def list_by_sound() -> dict[str, list[str]]:
    """Return common characters by how they are read."""
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    text = (RULES / "common_characters.txt").read_text("utf-8")
    for char in dict.fromkeys(_HAN.findall(text)):
        by_sound[lazy_pinyin(char)[0]].append(char)
    return dict(by_sound)


def type_same_sound(pair: str, draw: random.Random) -> str:
    """Return two characters, the first one replaced by another of the same sound."""
    others = [c for c in list_by_sound().get(lazy_pinyin(pair[0])[0], []) if c != pair[0]]
    return draw.choice(others) + pair[1] if others else pair


def double(pair: str, _draw: random.Random) -> str:
    return pair[0] + pair


def swap(pair: str, _draw: random.Random) -> str:
    return pair[::-1]


def drop(pair: str, _draw: random.Random) -> str:
    return pair[1]


def plant_slip(change: Callable[[str, random.Random], str]) -> Planter:
    """Return a planter that changes two neighbours inside a sentence of the draft."""

    def plant(text: str, _f: DraftFacts, _m: Material, draw: random.Random) -> Planted | None:
        body = text.find("\n", len(text) // 4)
        places = [
            m.start() for m in re.finditer(r"(?<=[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{4}", text)
        ]
        at = draw.choice([place for place in places if place > body])
        pair = text[at : at + 2]
        wrong = change(pair, draw)
        if wrong == pair:
            return None
        return Planted(text[:at] + wrong + text[at + 2 :], "wording", at, at + len(wrong))

    return plant


TUNED = [plant_slip(type_same_sound)]
ASIDE = [plant_slip(double), plant_slip(swap), plant_slip(drop)]
