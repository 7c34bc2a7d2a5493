"""Bodies of another level than the draft's own: 我县 or 县人大常委会要… in a city's speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.sentences import cut_sentence, is_quoted

# Levels by the unit at the end of a name; what lies above one's own is spoken of by right (我省).
_RANKS: Final = {"省": 1, "市": 2, "盟": 2, "州": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4}
_OURS: Final = re.compile(
    r"(?<![\u4e00-\u9fff]自)(?:我们?|我谨?代表|[我现]受)(?P<unit>[省市州盟县区旗镇乡])(?![长域])"
)
_BODY: Final = re.compile(
    r"(?:^|(?<=[，。；：！\n]))\s*(?P<unit>[省市州县区旗镇乡])人大(?:常委会)?"
    r"(?P<organ>党组|机关|办公室|主任会议)?(?:要(?!求)|必须|务必)"
)
# Others speak or are spoken to, each of them of its own place.
_OTHERS: Final = re.compile(
    r"[说讲]|介绍|汇报|发言|告诉|各[省市州县区镇乡]|两级|三级|上级|下级|所辖|指导|督促|镇街|县乡|市县|省市"
    r"|自治区|开发区|园区|新区|分别|比如|例如"
)


def find_foreign_bodies(text: str, facts: DraftFacts) -> Iterator[DraftFinding]:
    """Yield what a draft calls its own and is of another level or kind than its place.

    Nothing is told where the draft speaks so as often as of its own: its place may be misread then.
    """
    own = facts.place[-1:]
    if own not in _RANKS or "自治区" in facts.place:
        return
    ours = [one for one in _OURS.finditer(text) if _is_foreign(one["unit"], own)]
    # Those below are told what to do by right (县人大常委会要…), their own offices are not.
    bodies = [
        one
        for one in _BODY.finditer(text)
        if _is_foreign(one["unit"], own) and (one["organ"] or _RANKS[one["unit"]] == _RANKS[own])
    ]
    right = len(re.findall(rf"(?:我们?|全|本|各位|。|，|\n){own}", text))
    right += text.count(f"{own}人大") + text.count(f"{own}委") + text.count(facts.place)
    if len(ours) + len(bodies) >= right:
        return
    for match in (*ours, *bodies):
        if _is_anothers(text, match, own):
            continue
        words = text[match.start("unit") : match.end()]
        start = match.start("unit") if match in bodies else match.start()
        told = words if match in bodies else match.group()
        message = f"本稿的地方是“{facts.place}”，这里是“{told}”。"
        right_words = told.replace(match["unit"], own, 1)
        yield DraftFinding("residue", start, match.end(), told, message, right_words, 0.8)


def _is_foreign(unit: str, own: str) -> bool:
    """Say whether a unit is below the own level, or another kind of the same."""
    if {unit, own} == {"市", "州"} or {unit, own} == {"市", "盟"}:
        return False
    return unit != own and _RANKS[unit] >= _RANKS[own]


def _is_anothers(text: str, match: re.Match[str], own: str) -> bool:
    """Say whether somebody else speaks, or several levels are told what to do."""
    sentence = cut_sentence(text, *match.span())
    if is_quoted(text, match.start()) or _OTHERS.search(sentence):
        return True
    first = text.rfind("\n", 0, match.start()) + 1
    before = text[max(first, match.start() - 60) : match.start()]
    return f"{own}人大" in sentence or bool(re.search("[说讲]：|介绍：|告诉我", before))
