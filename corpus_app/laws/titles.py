"""Names of laws: full, without 中华人民共和国, short (代表法), with words shortened (人大)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

_STATE: Final = "中华人民共和国"
_MARKS: Final = re.compile("[《》〈〉<>“”‘’]")
# What a law's name ends with; other titles between 《》 are books and papers.
LAW_NAME: Final = re.compile(rf"(?:法|法典|条例|细则|议事规则|暂行规定)$|^{_STATE}.*(?:规定|办法)$")
# A shorter name is near to many.
_LEAST_NEAR: Final = 6
_LEAST_CHANGED: Final = 8
# In a name so long some words may be missing or too many (各级政府 for 各级人民政府); a shorter one
# with 管理 or 暂行 more or less is mostly that of the law before it.
_LONG: Final = 16
_MOST_SLIPS: Final = 3
_KIND: Final = re.compile("(?:办法|法典|法|条例|细则|规定|规则)?$")
# A local law bears the name of a place; that of another place is another law.
_PLACED: Final = re.compile(r"^[\u4e00-\u9fff]{2,12}?(?:省|市|自治区|自治州|自治县|县|经济特区)")


@dataclass(frozen=True, slots=True)
class RepealedLaw:
    """A law that is no longer in force: the ISO day from which on, and what took its place."""

    name: str
    day: str
    successor: str


@cache
def _read() -> dict[str, dict[str, str]]:
    return read_rules("titles", Path(__file__).parent / "rules")


def normalize_title(name: str) -> str:
    """Return the one form under which all names of a law are known.

    >>> normalize_title("《各级人大常委会监督法》"), normalize_title("代表法")[-7:]
    ('各级人民代表大会常务委员会监督法', '民代表大会代表法')
    """
    words = _MARKS.sub("", squeeze(name)).replace(_STATE, "")
    for short, long in _read()["words"].items():
        words = words.replace(short, long)
    return _read()["short"].get(words, words)


def find_repealed(name: str) -> RepealedLaw | None:
    """Return what is known of a law that was repealed, None for any other name."""
    words = normalize_title(name)
    known = _read()["repealed"].get(words)
    return RepealedLaw(words, known[0], known[1]) if known else None


def list_short_names() -> list[str]:
    """Return the names by which laws go that no collection tells."""
    return [*_read()["short"], *_read()["short"].values(), *_read()["repealed"], "宪法", "立法法"]


def suggest_title(name: str, known: Iterable[str]) -> str | None:
    """Return the one of the known names, in their one form, that a wrong name is a slip of.

    None where several are as near, where the place or the kind (法, 条例) is another, or where the
    name is too short to tell.
    """
    words = normalize_title(name)
    slips = _MOST_SLIPS if len(words) >= _LONG else 1
    near = process.extract(words, list(known), scorer=OSA.distance, score_cutoff=slips)
    # The state's own laws are of no other place (城市维护建设税法).
    place = "" if _STATE in name else _name_place(words)
    near = [
        one
        for one in near
        if _name_kind(one[0]) == _name_kind(words)
        and (not place or place == _name_place(one[0]))
        and _is_slip(words, one[0], len(words) - len(place))
    ]
    least = min((distance for _, distance, _ in near), default=0)
    best = [one for one, distance, _ in near if distance == least]
    return best[0] if len(best) == 1 else None


def _is_slip(words: str, name: str, rest: int) -> bool:
    """Say whether two names differ by slips; rest is how long the name is, its place aside."""
    if rest < _LEAST_NEAR:
        return False
    if OSA.distance(words, name) == 1 != Levenshtein.distance(words, name):
        return True
    changed = [op.src_pos for op in Levenshtein.editops(words, name) if op.tag == "replace"]
    # 供水 and 排水, 城市 and 城乡: one character of a short name makes another law.
    if changed and rest < _LEAST_CHANGED:
        return False
    return not any(second - first == 1 for first, second in pairwise(changed))


def _name_kind(words: str) -> str:
    match = _KIND.search(words)
    return match.group() if match else ""


def _name_place(words: str) -> str:
    match = _PLACED.match(words)
    return match.group() if match else ""
