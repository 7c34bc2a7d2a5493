"""Faults planted in clean drafts: each planter changes a text at one place and says which.

Planters come in two families. "tuned" were at hand while the finders were written; "aside" were
written for scoring and plant the same kinds in other ways. A planter returns None where the text
offers it no place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_app.proofreading.drafts import DraftFacts


@dataclass(frozen=True, slots=True)
class Material:
    """What faults are made of: wordings (name, standard, members), sentences said, laws."""

    wordings: Sequence[str]
    counted: Sequence[tuple[str, Sequence[str]]]
    superseded: Sequence[str]
    sentences: Sequence[str]
    laws: Any = None


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with a fault of the kind at text[start:end]."""

    text: str
    kind: str
    start: int
    end: int


Planter = Callable[[str, DraftFacts, Material, random.Random], Planted | None]
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经"
)


def insert(text: str, words: str, kind: str, draw: random.Random, mark: str = "") -> Planted | None:
    """Return the text with a sentence put behind one of its sentences; mark is what is wrong."""
    ends = [m.end() for m in re.finditer(r"。(?=[^”’\n])", text)]
    if not ends:
        return None
    at = draw.choice(ends)
    first = at + (words.index(mark) if mark else 0)
    return Planted(text[:at] + words + text[at:], kind, first, first + len(mark or words))


def replace_char(words: str, draw: random.Random) -> str:
    """Return words with one inner character changed for a common one."""
    at = draw.randrange(2, len(words) - 2)
    other = draw.choice([c for c in COMMON if c != words[at]])
    return words[:at] + other + words[at + 1 :]


def drop_char(words: str, draw: random.Random) -> str:
    places = [n for n in range(2, len(words) - 2) if words[n] not in "的、，"]
    at = draw.choice(places)
    return words[:at] + words[at + 1 :]


def swap_chars(words: str, draw: random.Random) -> str:
    places = [n for n in range(2, len(words) - 3) if words[n] != words[n + 1]]
    at = draw.choice(places)
    return words[:at] + words[at + 1] + words[at] + words[at + 2 :]


def replace_pair(words: str, draw: random.Random) -> str:
    at = draw.randrange(2, len(words) - 4)
    return words[:at] + draw.choice(["加强", "推动", "实施", "做好"]) + words[at + 2 :]


def plant_wording(change: Callable[[str, random.Random], str]) -> Planter:
    """Return a planter that puts a standard wording into the text, changed."""

    def plant(text: str, _f: DraftFacts, stuff: Material, draw: random.Random) -> Planted | None:
        right = draw.choice(stuff.wordings)
        wrong = change(right, draw)
        if wrong == right:
            return None
        return insert(text, f"要深刻领会{wrong}这一要求。", "slogan", draw, wrong)

    return plant


def plant_members(change: Callable[[list[str], random.Random], list[str]], shape: str) -> Planter:
    """Return a planter of a counted expression whose list is not right."""

    def plant(text: str, _f: DraftFacts, stuff: Material, draw: random.Random) -> Planted | None:
        name, members = draw.choice(stuff.counted)
        listed = change(list(members), draw)
        if listed == list(members):
            return None
        words = "、".join(listed)
        return insert(text, shape.format(name=name, words=words), "slogan", draw, words)

    return plant


def lose_member(members: list[str], draw: random.Random) -> list[str]:
    members.pop(draw.randrange(1, len(members) - 1))
    return members


def move_member(members: list[str], draw: random.Random) -> list[str]:
    at = draw.randrange(len(members) - 1)
    members[at], members[at + 1] = members[at + 1], members[at]
    return members


def plant_superseded(shape: str) -> Planter:
    def plant(text: str, _f: DraftFacts, stuff: Material, draw: random.Random) -> Planted | None:
        old = draw.choice(stuff.superseded)
        return insert(text, shape.format(old=old), "superseded", draw, old)

    return plant


def plant_quotation(change: Callable[[str, random.Random], str], verb: str) -> Planter:
    """Return a planter of a sentence that somebody said, changed and quoted as said."""

    def plant(text: str, _f: DraftFacts, stuff: Material, draw: random.Random) -> Planted | None:
        right = draw.choice(stuff.sentences)
        wrong = change(right, draw)
        return insert(text, f"报告{verb}：“{wrong}”", "quotation", draw, wrong)

    return plant


def drop_clause(words: str, draw: random.Random) -> str:
    clauses = re.split("(?<=，)", words)
    clauses.pop(draw.randrange(1, len(clauses) - 1))
    return "".join(clauses)


def change_twice(words: str, draw: random.Random) -> str:
    return replace_char(replace_char(words, draw), draw)


def plant_number(change: Callable[[str], str]) -> Planter:
    """Return a planter that renumbers one heading behind the first of its row."""

    def plant(text: str, _f: DraftFacts, _m: Material, draw: random.Random) -> Planted | None:
        marks = list(re.finditer(r"(?m)^(?:[二三四]、|（[二三四]）)", text))
        if not marks:
            return None
        match = draw.choice(marks)
        wrong = change(match.group())
        text = text[: match.start()] + wrong + text[match.end() :]
        return Planted(text, "outline", match.start(), match.start() + len(wrong))

    return plant


def raise_number(mark: str) -> str:
    return mark.translate(str.maketrans("二三四", "三四六"))


def repeat_number(mark: str) -> str:
    return mark.translate(str.maketrans("二三四", "一二三"))


def plant_announced(text: str, _f: DraftFacts, _m: Material, _d: random.Random) -> Planted | None:
    match = re.search(r"讲(?P<n>[两三四五])(?:点|个方面的?)(?:意见|要求|希望|看法)", text)
    roots = len(re.findall(r"(?m)^[一二三四五]、", text))
    if match is None or not roots:
        return None
    wrong = "七" if match["n"] != "七" else "八"
    at = match.start("n")
    return Planted(text[:at] + wrong + text[at + 1 :], "announced", match.start(), match.end())


def plant_points(text: str, _f: DraftFacts, _m: Material, draw: random.Random) -> Planted | None:
    words = "做好这项工作，要把握三个环节：一是早谋划，把底数摸清；二是抓落实，把责任压实。"
    return insert(text, words, "announced", draw, "三个环节")


def plant_mark(words: str, mark: str) -> Planter:
    def plant(text: str, _f: DraftFacts, _m: Material, draw: random.Random) -> Planted | None:
        return insert(text, words, "punctuation", draw, mark)

    return plant


def plant_blank(words: str, mark: str) -> Planter:
    def plant(text: str, _f: DraftFacts, _m: Material, draw: random.Random) -> Planted | None:
        return insert(text, words, "placeholder", draw, mark)

    return plant


def plant_residue(words: str, mark: str, *, unit: str = "") -> Planter:
    """Return a planter of words of another draft; unit is the level of place that they name."""

    def plant(text: str, facts: DraftFacts, _m: Material, draw: random.Random) -> Planted | None:
        if not facts.day or (unit and not facts.place.endswith(unit)):
            return None
        return insert(text, words, "residue", draw, mark)

    return plant


TUNED: dict[str, list[Planter]] = {
    "slogan": [
        plant_wording(replace_char),
        plant_wording(drop_char),
        plant_members(lose_member, "增强“{name}”（{words}）。"),
    ],
    "superseded": [plant_superseded("要做到{old}，抓好落实。")],
    "quotation": [plant_quotation(replace_char, "指出")],
    "outline": [plant_number(raise_number)],
    "announced": [plant_announced],
    "punctuation": [
        plant_mark("要坚决反对“四风’，做到令行禁止，形成长效机制，持续用力。", "’"),
        plant_mark("要早部署,早落实，把各项工作抓细抓实，抓出成效来，让群众满意。", ","),
    ],
    "placeholder": [
        plant_blank("全年办理建议XX件。", "XX"),
        plant_blank("（此处补充数据）", "（此处补充数据）"),
    ],
    "residue": [
        plant_residue("要深入学习党的十六届四中全会精神。", "党的十六届四中全会"),
        plant_residue("麦穗县人大常委会党组要带头落实。", "麦穗县", unit="县"),
    ],
}
ASIDE: dict[str, list[Planter]] = {
    "slogan": [
        plant_wording(swap_chars),
        plant_wording(replace_pair),
        plant_members(move_member, "牢固树立“{name}”：{words}。"),
        plant_members(lose_member, "“{name}”，就是{words}。"),
    ],
    "superseded": [plant_superseded("会议强调，必须坚持{old}这一要求。")],
    "quotation": [plant_quotation(drop_clause, "强调"), plant_quotation(change_twice, "明确要求")],
    "outline": [plant_number(repeat_number)],
    "announced": [plant_points],
    "punctuation": [
        plant_mark("要把（一岗双责落到实处，层层传导压力，级级压实责任，做到守土有责。", "（"),
        plant_mark("要建好站点。。代表要常驻站点，听取群众意见，把问题解决在基层一线。", "。。"),
        plant_mark("要用好 代表联络站，把民意收集上来，把政策宣讲下去，办好每一件实事。", " "),
    ],
    "placeholder": [
        plant_blank("会议于____年召开。", "____"),
        plant_blank("由某某同志牵头负责。", "某某"),
        plant_blank("投入资金×万元。", "×"),
    ],
    "residue": [
        plant_residue("要全面贯彻落实党的十七大精神。", "党的十七大"),
        plant_residue("要对照“十一五”规划抓落实。", "“十一五”规划"),
        plant_residue("芦花市人民政府要尽快拿出方案。", "芦花市", unit="市"),
        plant_residue("苇塘区人大常委会机关今后每季度调度一次。", "苇塘区", unit="区"),
    ],
}
