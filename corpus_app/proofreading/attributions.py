"""Who a draft says a quotation is by, and when, against where the corpus has the same words.

A speech that quotes the words is no proof of who said them first, and one that says them itself
may repeat another's; so nothing is told where the corpus agrees in one place with the draft, or
where somebody of a lower level may have repeated them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Revision, Speaker, Speech
from corpus_app.ingest.vocabulary import LEVELS
from corpus_app.proofreading.draft_days import read_congresses
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.passages import prove
from corpus_app.proofreading.rules import read_rules
from search import ConcordanceLine

# A sentence that introduces a quotation is no longer.
_REACH: Final = 80
_NAMED: Final = re.compile(
    r"(?:^|[，。；：、（\s年月日在])(?P<name>[\u4e00-\u9fff]{2,3}?)"
    r"(?P<post>总书记|国家主席|主席|总理|委员长|同志|主任|书记|省长|市长|区长|县长|院长|检察长)"
)
# Whose words everybody repeats, with marks or without.
_REPEATED: Final = frozenset({"总书记", "国家主席"})
_HIGH: Final = frozenset({"总书记", "国家主席", "总理", "委员长"})
_YEAR: Final = re.compile(
    r"(?:^|[，。；：（\s在])(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:[，,在]|政府工作报告|[^，。；]{0,12}(?:会议|大会|全会|讲话|报告|考察|调研|视察))"
)
_CONGRESS: Final = re.compile(r"党的(?P<number>十[六七八九]|二十)大(?:报告|上)")
_OPEN_NAME: Final = frozenset("的了是在和与对向")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom some words are said to be by (name and post, "" for nobody) and in which year (0)."""

    name: str
    post: str
    year: int

    def __bool__(self) -> bool:
        return bool(self.name or self.year)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A place of the corpus that has the words: by whom ("" unknown), in whose level and year.

    own: the speech says them itself, it quotes nobody.
    """

    line: ConcordanceLine
    name: str
    level: str
    year: int
    own: bool


def read_attribution(before: str) -> Attribution:
    """Return what the words before a quotation say of who said it and when."""
    sentence = re.split("[。！？\n”]", before[-_REACH:])[-1]
    names = [m for m in _NAMED.finditer(sentence) if not _OPEN_NAME & set(m["name"])]
    known = names[-1] if names else None
    year = _YEAR.search(sentence)
    congress = _CONGRESS.search(sentence)
    told = int(year["year"]) if year else 0
    if congress:
        told = next(
            (int(day[:4]) for number, day in read_congresses() if number == congress["number"]),
            told,
        )
    return Attribution(known["name"] if known else "", known["post"] if known else "", told)


def check_attribution(
    start: int, words: str, before: str, lines: Sequence[ConcordanceLine]
) -> DraftFinding | None:
    """Return what is told of words at a place of a draft that the lines have, None for nothing."""
    claimed = read_attribution(before)
    if not claimed or any(line.zone != "text" for line in lines):
        return None
    texts = _read(lines)
    found = [_describe(line, texts) for line in lines]
    told = _judge_speaker(claimed, found) or _judge_year(claimed, found)
    if told is None:
        return None
    message, confidence, proof = told
    end = start + len(words)
    proofs = (prove(proof.line, words),)
    return DraftFinding("quotation", start, end, words, message, None, confidence, proofs)


def _judge_speaker(
    claimed: Attribution, found: Sequence[Utterance]
) -> tuple[str, float, Utterance] | None:
    """Return message, confidence and proof where the corpus knows the words as another's alone."""
    if not claimed.name or any(one.name in {"", claimed.name} for one in found):
        return None
    names = {one.name for one in found}
    own = [one for one in found if one.own]
    quoted = [one for one in found if not one.own]
    if len(names) > 1 or (not own and not quoted):
        return None
    if own and not quoted and not _may_be_first(claimed, own):
        return None
    proof = (own or quoted)[0]
    message = f"语料库中这句话是{proof.name}说的，没有找到{claimed.name}这样说。"
    return message, 0.85 if quoted else 0.6, proof


def _may_be_first(claimed: Attribution, own: Sequence[Utterance]) -> bool:
    """Say whether who says the words may be the first: of no lower level, and not later."""
    if claimed.post in _REPEATED:
        return False
    order = list(LEVELS)
    level = _find_level(claimed)
    if level and any(one.level not in order for one in own):
        return False
    if level and all(order.index(one.level) > order.index(level) for one in own):
        return False
    return not claimed.year or any(one.year and one.year <= claimed.year for one in own)


def _find_level(claimed: Attribution) -> str:
    """Return the highest level at which the speaker speaks, "" where nothing tells."""
    order = list(LEVELS)
    if claimed.post in _HIGH:
        return order[0]
    levels = Speech.objects.filter(speaker__name=claimed.name).values_list("level", flat=True)
    return min((one for one in levels if one in order), key=order.index, default="")


def _judge_year(
    claimed: Attribution, found: Sequence[Utterance]
) -> tuple[str, float, Utterance] | None:
    """Return message, confidence and proof where the words are of other years alone."""
    own = [one for one in found if one.own and (not claimed.name or one.name == claimed.name)]
    years = {one.year for one in own}
    if not claimed.year or not own or 0 in years or claimed.year in years:
        return None
    if any(not one.own and one.year <= claimed.year for one in found):
        return None
    proof = min(own, key=lambda one: one.year)
    message = f"语料库中这句话见于{proof.line.date}《{proof.line.title}》，没有{claimed.year}年的。"
    return message, 0.7, proof


@dataclass(frozen=True, slots=True)
class _Texts:
    words: dict[int, str]
    speeches: dict[int, tuple[str, str]]
    speakers: frozenset[str]


def _read(lines: Sequence[ConcordanceLine]) -> _Texts:
    """Return the texts, speakers and levels of some lines, and the names of all speakers."""
    words = dict(
        Revision.objects.filter(pk__in={one.revision_id for one in lines}).values_list("pk", "text")
    )
    rows = Speech.objects.filter(pk__in={one.speech_id for one in lines})
    speeches = {
        pk: (name or "", level)
        for pk, name, level in rows.values_list("pk", "speaker__name", "level")
    }
    return _Texts(words, speeches, frozenset(Speaker.objects.values_list("name", flat=True)))


def _describe(line: ConcordanceLine, texts: _Texts) -> Utterance:
    """Return by whom a line's words are, as the speech tells it."""
    text = texts.words.get(line.revision_id, "")
    name, level = texts.speeches.get(line.speech_id, ("", ""))
    year = int(line.date[:4] or 0)
    first = max(text.rfind("\n", 0, line.start) + 1, line.start - 1_200)
    opened = text.rfind("“", first, line.start)
    marked = opened > text.rfind("”", first, line.start)
    intro = text[first : opened if marked else line.start]
    sentence = re.split("[。！？]", intro)[-1]
    verbs = "|".join(read_rules("quotations")["saying"])
    if not marked and not re.search(rf"(?:{verbs})[，：:]", sentence):
        return Utterance(line, name, level, year, own=True)
    said = read_attribution(sentence)
    by = said.name or next((one for one in texts.speakers if one in sentence), "")
    return Utterance(line, by, "", said.year or year, own=False)
