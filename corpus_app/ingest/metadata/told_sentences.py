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
from corpus_app.text.folding import simplify

_ACT: Final = (
    r"(?:讲话|讲了话|发言|致辞|致词|报告|演讲|讲稿|主持词|点评|党课|汇报|授课|说明|宣讲|寄语|贺词|演说"
    r"|(?<=上的)话|(?<=席)话|(?<=番)话)"
)
_CLAUSES: Final = re.compile(r"[，,。；;：:！!\n]|(?<=[\u4e00-\u9fff）)])[ \u3000]+")
_MEETING: Final = re.compile(
    r"在(?P<o>[^，。；：]{3,60}?(?:会议|大会|全会|会|班|式|论坛|课堂|活动|闭幕|开幕))"
    r"(?:上|时|期间)"
)
# 全县人大工作会议2023年5月6日在县城召开。
_OPENED: Final = re.compile(
    rf"(?:^|[，,。；：:\s）)】\]])(?P<o>[^，,。；：:\s）)】\]在]{{3,40}}(?:会议|大会|全会|会|班|式|论坛|活动))"
    rf"(?:于?{DATE_WORDS})?[^，。；：]{{0,14}}?(?:召开|举行|开幕|举办)"
)
# What is said before the person is named: 下面请听, 以下是, 现将, 图为.
_LEAD: Final = re.compile(
    r"^(?:[【\[〔［（(][^】\]〕］）)]{0,10}[】\]〕］）)]|[\s▲△↑▼◆●■（(※＊*])+"
    r"|^.{0,12}?(?:(?:现在|下面|首先|接下来)?(?:请听?|由)|有请|欢迎|播[送出发]的?|以下[是为系]|下面[是为]|[这此]是"
    r"|[本此][文篇件][是为系]|现将|[刊登]发|直播|登载|全文刊登|图为|推送|转发|整理了|分享)(?:的是|是|了)?"
    r"|^.{0,10}?(?:走上(?:讲台|发言席|主席台)|讲话|发言|致辞|作报告|演讲|主讲|授课)的(?:同志|领导)?[是为]"
    r"|^(?:[本此][文篇件]|以下内容)?(?:根据|据)|^《[^》]{2,40}》[是系为]|^(?:当天|当日|会上|会议上|日前|近日|昨日|昨天|今天|随后|其间|期间|[上下]午|晚上|凌晨)"
)
_WHO: Final = re.compile(
    rf"(?P<who>[^，。；：]{{3,48}}?)(?:同志)?(?:于?{DATE_WORDS}\s?(?:[上下]午)?)?"
    rf"(?:在(?:会|会议|大会|现场)上|在(?P<o>.{{3,60}}?)(?:上|时|期间|中))?(?:正在)?(?:代表[^，。；：]{{2,20}}?(?=向))?"
    rf"(?:的重?要?|所作的?|(?:作|做|发表|进行|宣读|致|向.{{2,16}}(?:作|(?=报告))|到会|出席.{{0,20}}并|讲)了?"
    rf"[^，。；：]{{0,16}}?)?{_ACT}(?!精神|要求)[^，。；：]{{0,14}}"
)
# 区长周明走上发言席; 走上讲台的是区长周明, whose lead is cut off.
_STEPS: Final = re.compile(r"(?P<who>[^，。；：]{3,48}?)(?:同志)?(?:走|登)上(?:讲台|发言席|主席台)")
_INTRODUCED: Final = re.compile("[请由是系为据将送播]|欢迎")
_STEPPED: Final = re.compile(
    r"(?:(?:走|登)上(?:讲台|发言席|主席台)|讲话|发言|作报告)的(?:同志|领导)?[是为]"
)
# 《…》是周明于2023年5月6日在…上发表的公开讲话; 这是周明同志任县长期间的讲话.
_NAMED: Final = re.compile(
    rf"(?P<name>[^，。；：于在任]{{2,14}}?)(?P<comrade>同志)?于?(?:{DATE_WORDS})?"
    rf"(?:在(?P<o>[^，。；：]{{3,60}})上)?(?:(?:担任|时任|任)(?P<office>[^，。；：]{{2,30}}?)(?:期间|时))?"
    rf"(?:(?:发表|所作|作)?的[^，。；：]{{0,6}}(?:{_ACT}|文献))[^，。；：]{{0,6}}"
)
_DAY: Final = re.compile(DATE_WORDS)
# A year in a title is no day: 《2023年政府工作报告》.
_NAMED_TITLE: Final = re.compile("《[^》]{1,60}》")
_CLOCK: Final = re.compile(r"[\[【（(]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\]】）)]?")
# 本社枫林县2023年5月7日电: when it was sent, no day of the speech.
_WIRED: Final = re.compile(
    rf"^[\s【\[〔（(]*[^，。；：\s]{{2,14}}?({DATE_WORDS})(?:电|讯|消息)[】\]〕）)]?"
)
# Who is told to do something else is no holder: 要认真学习县委书记….
_NO_HOLDER: Final = re.compile(
    "学习|贯彻|听取|根据|按照|落实|传达|审议|邀请|要求|刚才|我|现在|直播|正在|由|请|的|[本此][文篇件]|^在|[上中]$"
)
# What editors and announcers say, and no speaker: 全文如下, 现予刊发, 下面请听; a day first of all.
_ANNOUNCES: Final = re.compile(
    r"编者|按[:：]|》[是系为]|全文|如下|刊[发登载]|[摘登播]登|请听|有请|请大家欢迎|大家欢迎|播[送出发]|以下|下面[是为]|现将|现予|图为|节选"
    r"|录音|整理|本文|本[刊报台网社]|有删|照录|一起来读|^[▲△↑▼◆]|(?:走|登)上(?:讲台|发言席|主席台)"
    r"|^.{0,16}?(?:下面|现在|首先|接下来)[，,]?\s?(?:请|由|让我们)|(?:主持人|直播员).{0,12}?请|(?:讲话|发言|报告)的是"
    rf"|^[（(【\[]?(?:这是|此件)?{DATE_WORDS}[^。]{{0,10}}[，,]?[^。]*[。：:）)]?$"
)
_NOTES: Final = re.compile(
    r"(?:[*＊※·#（(【\s]|[\[〔［]\d{0,2}[\]〕］])*(?:(?:本[文篇]|此[件文篇]|该文|这)[系是为]|(?:据|根据).*(?:整理|记录))"
)
# Such a sentence is no longer, and what it tells of is the text at hand.
LONGEST: Final = 200
# Several may stand one behind another: （这是 … 上午.
MOST_LEADS: Final = 3


def announces(text: str) -> bool:
    """Say whether a line is what somebody says of the speech that follows, no line of its own."""
    return _ANNOUNCES.search(simplify(text)) is not None and bool(tell_sentence(text))


def reports(text: str) -> bool:
    """Say whether a line reports that somebody spoke, as news do: 县长周明作政府工作报告."""
    return bool(tell_sentence(text)) and "的" not in text[-14:]


def notes(text: str) -> bool:
    """Say whether a last line is an editor's note on the text: 本文系县长周明…讲话的记录稿。"""
    return _NOTES.match(text) is not None and bool(tell_sentence(text))


def names_meeting(title: str) -> bool:
    """Say whether a title names the meeting at which it was spoken: 在全县人大工作会议上的讲话."""
    meeting = _MEETING.search(simplify(title))
    return meeting is not None and name_meeting(meeting["o"]) is not None


@lru_cache(maxsize=512)
def tell_sentence(text: str) -> Mapping[str, str]:
    """Return what a sentence tells of the speech it stands with: speaker, speaker_role, occasion,
    the words of its day under delivered, of an agency's under published; empty unless it names
    one person.
    """
    plain = simplify(text) if len(text) <= LONGEST else ""
    if re.search(_ACT, plain) is None and not _STEPPED.search(plain) and not _STEPS.search(plain):
        return {}
    wired = _WIRED.match(plain)
    told = plain[wired.end() :] if wired else plain
    told = _CLOCK.sub(" ", told).strip()
    meeting = _MEETING.search(told) or _OPENED.search(told)
    holders = list(dict.fromkeys(_list_holders(told, met=meeting is not None)))
    if len(holders) != 1:
        return {}
    office, name = holders[0]
    day = _DAY.search(_NAMED_TITLE.sub("", told))
    found = {
        "speaker_role": office,
        "speaker": name,
        "occasion": name_meeting(_DAY.sub("", meeting["o"])) if meeting else "",
        "delivered": day[0] if day else "",
        "published": wired[1] if wired else "",
    }
    return {field: _find_words(text, plain, value) for field, value in found.items() if value}


def _find_words(text: str, plain: str, words: str) -> str:
    """Return words of the simplified text as the text has them."""
    at = plain.find(words)
    return words if at < 0 else text[at : at + len(words)]


def _list_holders(text: str, *, met: bool) -> Iterator[tuple[str, str]]:
    """Yield office and name of all who are told to have spoken; the office may be "".

    met says that a meeting is named beside them.
    """
    for clause in _CLAUSES.split(text):
        whole = _DAY.sub("", clause or "", count=1).strip()
        words = whole
        for _ in range(MOST_LEADS):
            words = _LEAD.sub("", words).strip()
        introduced = _INTRODUCED.search(whole.removesuffix(words)) is not None
        holder = _read_holder(words, introduced=introduced, met=met)
        if holder is not None:
            yield holder


def _read_holder(words: str, *, introduced: bool, met: bool) -> tuple[str, str] | None:
    """Return office and name of who a clause says has spoken, or is asked to.

    introduced says that the words stand behind others such as 本文是.
    """
    match = _STEPS.match(words) or _WHO.fullmatch(words)
    bare = match["who"] if match else words if introduced else ""
    holder = _split_holder(bare, known=met or introduced) if bare else None
    named = _NAMED.fullmatch(words) if introduced and holder is None else None
    if named is None:
        return holder
    meant = is_name(named["name"]) or named["comrade"] or named["o"]
    return (named["office"] or "", named["name"]) if meant and may_be_name(named["name"]) else None


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
