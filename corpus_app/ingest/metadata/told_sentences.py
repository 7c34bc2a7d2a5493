"""Sentences of editors and announcers that tell who spoke, when and where.

2023年5月6日，县委书记周明在县委人大工作会议上作了讲话。现予刊发。 下面请听县长周明的讲话录音。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from corpus_app.ingest.dates import DATE_WORDS
from corpus_app.ingest.metadata.names import is_name, is_office, may_be_name, split_office
from corpus_app.ingest.metadata.sittings import name_meeting

_ACT: Final = (
    r"(?:讲话|发言|致辞|致词|报告|演讲|讲稿|主持词|点评|党课|汇报|授课|说明|宣讲|寄语|贺词|演说)"
)
_CLAUSES: Final = re.compile(r"[，,。；;：:！!\n]|(?<=[\u4e00-\u9fff）)])[ \u3000]+")
_MEETING: Final = re.compile(
    r"在(?P<o>[^，。；：]{3,60}?(?:会议|會議|大会|全会|会|班|式|论坛|课堂|活动|闭幕|开幕))"
    r"(?:上|时|期间)"
)
# What is said before the person is named: 下面请听, 以下是, 现将, 图为.
_LEAD: Final = re.compile(
    r"^(?:[\s▲△↑▼◆●■（(]|[【\[〔][^】\]〕]{1,8}[】\]〕])+"
    r"|^.{0,12}?(?:(?:现在|下面)?请听?|有请|播[送出发]的?|以下[是为系]|下面[是为]|[这此]是|本[文篇件][是为系]|现将"
    r"|[刊登]发|登载|全文刊登|图为|推送|转发|整理了|分享)(?:的是|是|了)?"
    r"|^(?:本[文篇件])?(?:根据|据)|^《[^》]{2,40}》[是系为]|^(?:当天|当日|会上|会议上|日前|近日|昨日|昨天|今天|随后|其间|期间|[上下]午|晚上|凌晨)"
)
_WHO: Final = re.compile(
    rf"(?P<who>[^，。；：]{{3,48}}?)(?:同志)?(?:于?{DATE_WORDS}\s?(?:[上下]午)?)?"
    rf"(?:在(?:会|会议|大会|现场)上|在(?P<o>.{{3,60}}?)(?:上|时|期间|中))?"
    rf"(?:的重?要?|所作的?|(?:作|做|发表|进行|宣读|致|向.{{2,16}}作|出席.{{0,20}}并|讲)了?"
    rf"[^，。；：]{{0,16}}?)?{_ACT}(?!精神|要求)[^，。；：]{{0,14}}"
)
_DAY: Final = re.compile(DATE_WORDS)
# Who is told to do something else is no holder: 要认真学习县委书记….
_NO_HOLDER: Final = re.compile("学习|贯彻|听取|根据|按照|落实|传达|审议|邀请|要求|刚才|我")
# What editors and announcers say, and no speaker: 全文如下, 现予刊发, 下面请听; a day first of all.
_ANNOUNCES: Final = re.compile(
    r"编者|按[:：]|》[是系为]|全文|如下|刊[发登载]|[摘登]登|请听|有请|请大家欢迎|大家欢迎|播[送出]|以下|下面[是为]|现将|现予|图为|节选"
    r"|录音|整理|本文|本[刊报台网]|有删|^[▲△↑▼◆]"
    rf"|^[（(【\[]?(?:这是|此件)?{DATE_WORDS}[^。]{{0,10}}[，,]?[^。]*[。：:）)]?$"
)
_NOTES: Final = re.compile(r"[*＊※（(【\[〔\s]*(?:本[文篇]|此[件文篇]|该文|这是)[系是为]?")
# Such a sentence is no longer, and what it tells of is the text at hand.
LONGEST: Final = 200
# Several may stand one behind another: （这是 … 上午.
MOST_LEADS: Final = 3


def announces(text: str) -> bool:
    """Say whether a line is what somebody says of the speech that follows, no line of its own."""
    return _ANNOUNCES.search(text) is not None and bool(tell_sentence(text))


def reports(text: str) -> bool:
    """Say whether a line reports that somebody spoke, as news do: 县长周明作政府工作报告."""
    return bool(tell_sentence(text)) and "的" not in text[-14:]


def notes(text: str) -> bool:
    """Say whether a last line is an editor's note on the text: 本文系县长周明…讲话的记录稿。"""
    return _NOTES.match(text) is not None and bool(tell_sentence(text))


@lru_cache(maxsize=512)
def tell_sentence(text: str) -> Mapping[str, str]:
    """Return what a sentence tells of the speech it stands with: speaker, speaker_role, occasion,
    and the words of the day under delivered; empty unless it names one holder of an office.
    """
    if len(text) > LONGEST or re.search(_ACT, text) is None:
        return {}
    holders = dict.fromkeys(_list_holders(text))
    if len(holders) != 1:
        return {}
    (holder,) = holders
    told = {"speaker_role": holder[0], "speaker": holder[1]}
    meeting = _MEETING.search(text)
    name = name_meeting(meeting["o"]) if meeting else None
    day = _DAY.search(text)
    return told | ({"occasion": name} if name else {}) | ({"delivered": day[0]} if day else {})


def _list_holders(text: str) -> Iterator[tuple[str, str]]:
    """Yield office and name of all who are told to have spoken."""
    for clause in _CLAUSES.split(text):
        words = _DAY.sub("", clause or "", count=1).strip()
        for _ in range(MOST_LEADS):
            words = _LEAD.sub("", words).strip()
        match = _WHO.fullmatch(words)
        holder = _split_holder(match["who"], known=match["o"] is not None) if match else None
        if holder is not None:
            yield holder


def _split_holder(words: str, *, known: bool) -> tuple[str, str] | None:
    """Return office and name; known says that a meeting is named behind them."""
    words = _DAY.sub("", words).strip()
    if _NO_HOLDER.search(words):
        return None
    split = split_office(words, certain=not known)
    if split is not None:
        return split
    # 县长艾尔肯·吐尼亚孜, 书记嘎玛泽登: no blank, and a name of any people.
    for at in range(len(words) - 2, 1, -1):
        office, name = words[:at], words[at:]
        fits = may_be_name(name) and (known or is_name(name))
        if fits and is_office(office) and not is_office(words[: at + 1]):
            return office, name
    return None
