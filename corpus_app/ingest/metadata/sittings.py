"""The line below a title that says when and where the speech was given, or the text adopted."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.dates import DATE_WORDS, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.labels import is_medium
from corpus_app.ingest.metadata.names import is_organisation, split_office
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

_DASHES: Final = re.compile(r"^[—━－―─–-]+\s*")
_OUTER: Final = "（）()〔〕[]【】 \u3000"
# 2024年1月27日在某县第十四届人民代表大会第四次会议上, and perhaps who spoke.
_SITTING: Final = re.compile(
    r"(?:^|[月日号號\d]\s?(?:[（(]?(?:星期|周).[）)]?)?\s?(?:上午|下午|晚上?|凌晨)?\s?"
    r"(?:\d{1,2}[时:：]\d{0,2}分?)?\s?)在(?P<o>[^，。；]{3,70}?(?:会议|會議|大会|全会|会|會|班|式|论坛|课))"
    r"(?:闭幕|开幕|结束|闭会)?(?P<on>上|时|期间|中)?(?:的?(?:讲话|发言|报告|致辞|主持词))?"
    r"(?P<rest>[，,\s].*)?$"
)
_ADOPTED: Final = re.compile(
    rf"^{DATE_WORDS}\s*(?:由|经)?(?P<o>.{{4,60}}?)(?:通过|批准)(?:[，,].{{0,40}})?$"
)
_NUMERIC: Final = re.compile(r"\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*")
_RULES: Final = " \u3000—－―─–-|｜·"
# Machines write each month with two figures, and no typist a day of a speech so: [2023-05-08].
_PRINTED: Final = re.compile(
    r"[\s（(【\[〔]*\d{4}-\d{2}-\d{2}[\s）)】\]〕]*|[\[【]\s?\d{4}([-/.])\d{1,2}\1\d{1,2}\s?[\]】]"
)
_HANDWRITTEN: Final = re.compile(r"\s*\d{4}\.(?:[1-9]\.\d{1,2}|\d{1,2}\.[1-9])\s*")
# （1998年2月28日15:00）: when the meeting began.
_SPOKEN: Final = re.compile(r"[（(【\[〔]\s?\d{4}年|.*日\s?(?:[上下]午|晚)")
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d{2}|\d{1,2}时\d{2}分")
_APART: Final = re.compile(r"\s[·•|｜/]\s")
_DAY: Final = re.compile(DATE_WORDS)
WEEKDAY: Final = re.compile("(?:星期|周)[一二三四五六日天]")
_BARE_DAY: Final = re.compile(rf"[\s（(]*{DATE_WORDS}[\s（(]*(?:{WEEKDAY.pattern})?[\s）)]*")
# Words of those who print and report: 本报讯, 记者, 原载《枫岭日报》.
REPORTED: Final = re.compile("本报|本刊|本网|本台|记者|通讯员|报讯|原载|载于|刊于|[载据]《")
_ENDED: Final = re.compile(r"(?:上|时|期间|讲话|发言|报告|通过|批准|[）)])$")
_REST: Final = re.compile(r"(?:上|时|期间|通过|批准|讲话|发言|报告|会议)[）)]?$")
_OPENS: Final = re.compile(r"[—━－―─–（(在]")
_SITS: Final = re.compile(r"[日号號月\d].{0,8}在|^在|通过|批准")
_STAGE: Final = re.compile(
    r"(?<=会议|會議)(?:闭幕|开幕|閉幕|開幕|闭会|结束)(?:会|會|式|大会|会议)?$|(?<=会议|會議)期[间間]$"
)
# 闭幕会, 工作会议, 这次会议 could be anybody's.
_UNNAMED: Final = re.compile(
    r"(?:这次|此次|本次|这个|这样一次|今天的?|一次|一个|隆重的?|专题|全体|工作|干部|部署|总结|表彰|学习|闭幕|开幕|开班|结业|动员|座谈)*"
    r"(?:会议|大会|会|式|班|座谈会|培训班|推进会|动员会|仪式|全会|例会|学习会|研讨会)"
)
SHORTEST_MEETING: Final = 4
LONGEST_REST: Final = 40
LONGEST_DAY: Final = 32
_PLENARY: Final = re.compile(r"(?<=会议)第[一二三四五六七八九十]{1,3}次全体会议$")


def read_sitting(meta: Metadata, text: str) -> bool:
    """Set day, meeting and perhaps speaker from such a line; say whether it gave anything."""
    line = re.sub(r"\s+(?=第)", "", _DASHES.sub("", text).strip(_OUTER))
    adopted = _ADOPTED.match(line)
    date = find_date(line)
    sitting = _SITTING.search(line)
    if date is not None and date.precision != "year" and (adopted or sitting):
        meta.dates.setdefault("delivered", date)
    if adopted and "在" not in adopted["o"][:1]:
        meta.occasion = meta.occasion or _PLENARY.sub("", squeeze(adopted["o"]))
        return True
    if sitting is None:
        return False
    meta.occasion = meta.occasion or name_meeting(sitting["o"])
    office = split_office((sitting["rest"] or "").strip("，, \u3000"))
    if office and meta.speaker is None:
        meta.speaker_role, meta.speaker = office
    return True


def name_meeting(words: str) -> str | None:
    """Return a meeting's name without its opening or closing, None where it is no name."""
    name = _STAGE.sub("", squeeze(words))
    return name if len(name) >= SHORTEST_MEETING and not _UNNAMED.fullmatch(name) else None


def read_day(meta: Metadata, text: str, *, above: bool, typed: bool = False) -> bool:
    """Set the day that a line gives; say whether it gave one.

    Numbers without brackets, and a day of the week above the title, are the page's own date;
    typed says that somebody typed the numbers, no site's machine.
    """
    date = None if tells_today(text) else find_date(text)
    if date is None or read_sitting(meta, text):
        return date is not None
    figures = not typed and (_NUMERIC.fullmatch(text.strip(_RULES)) or is_printed(text))
    clock = _CLOCK.search(text) and not _SPOKEN.match(text)
    printed = figures or clock or (above and WEEKDAY.search(text))
    printed = printed or REPORTED.search(text)
    printed = printed or (names_issuer(text) and (above or _APART.search(text)))
    meta.dates.setdefault("published" if printed else "delivered", date)
    return True


def names_issuer(text: str) -> bool:
    """Say whether a body stands beside a day: 某县人大常委会办公室　　2023年5月8日."""
    words = [word.strip(f"{_OUTER}·•|｜/") for word in _DAY.split(text)]
    named = any(is_organisation(word) or is_medium(word) for word in words)
    return len(text) <= LONGEST_REST and named


def is_printed(text: str) -> bool:
    """Say whether a line is a day as machines print it, whatever brackets stand around it."""
    return _PRINTED.fullmatch(text) is not None


def is_handwritten(text: str) -> bool:
    """Say whether a line is a day in figures as no machine prints it: 2023.5.6."""
    return _HANDWRITTEN.fullmatch(text) is not None


def tells_today(text: str) -> bool:
    """Say whether a line tells the day on which the page is looked at, or a message was sent."""
    return _today().search(text) is not None


@cache
def _today() -> re.Pattern[str]:
    signs = read_rules("heads")["signs"]
    return re.compile(f"{signs['today']}|{signs['mail']}")


def is_day(text: str) -> bool:
    """Say whether a line is a day and hardly more: （2021年12月8日，根据录音整理）."""
    line = text.strip(_OUTER)
    return find_date(line) is not None and len(line) <= LONGEST_DAY and "在" not in line


def is_bare_day(text: str) -> bool:
    """Say whether a line is a day, perhaps with its day of the week, and no other word."""
    return _BARE_DAY.fullmatch(text) is not None and is_day(text)


def wraps_on(text: str, following: str) -> bool:
    """Say whether a line such as ——2024年1月9日在某县第十四届 goes on in the next one."""
    line, after = _DASHES.sub("", text), following.strip()
    if _ENDED.search(line) or len(after) > LONGEST_REST or not _SITS.search(line + after):
        return False
    return _REST.search(after) is not None and not _OPENS.match(after)
