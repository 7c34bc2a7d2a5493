"""Persons, offices and organisations in short lines: 市人大常委会主任 张三, 某区人大常委会."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.equality import list_equal

# Any of these parts a name whose neighbours are Chinese characters.
_POINTS: Final = list_equal("·")
_BLANKS: Final = re.compile(r"\s+")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_MASKED: Final = re.compile(r"[XxＸ×*＊某]{1,3}|[\u4e00-\u9fff][XxＸ×*＊某]{1,2}")
# 阿依古丽·买买提; a column's name with such a dot holds words of the trade.
_OF_PEOPLES: Final = re.compile(
    r"(?!.*(?:人大|代表|要闻|监督|工作|时政|新闻|讲话|专题|特稿|专栏|论坛|会议))"
    rf"[\u3400-\u9fff]{{1,6}}(?:[{_POINTS}][\u3400-\u9fff]{{1,6}}){{1,3}}"
)
_HOLDER: Final = re.compile(
    r"(?P<name>\S{2,20}|\S(?:\s+\S){1,3})\s*[（(](?P<office>[^（()）]{2,40})[）)]"
)
# 县长（代）, 周明（女，回族）: said of office or person, part of neither.
SAID_OF: Final = re.compile(
    r"\s*[（(](?:(?:代(?![^（()）]*[长任记席员官])|[女男兼])[^（()）]{0,8}|[\u4e00-\u9fff]{1,4}族)[）)]"
)
_ROUND: Final = re.compile(r"[（(]")
_POINT: Final = re.compile(f"[{_POINTS}]")
# 时任某县县长
_HELD: Final = re.compile("^(?:现任|时任|原任|曾任)")
_TITLED: Final = re.compile(r"(?<=\S{2})(?:同志|先生|女士|同学|教授|老师)$")
_NAME: Final = re.compile(
    "[\u3400-\u9fff\U00020000-\U0003ffff]{2,7}"
    rf"|(?=[^{_POINTS}]{{1,12}}[{_POINTS}])[\u3400-\u9fff{_POINTS}\U00020000-\U0003ffff]{{4,20}}"
)
# 十三日, 第五次, 三件大事 are no names.
_MEASURED: Final = re.compile(
    "[委办局厅室组部网报社处科站所]$|[年月日号次届版期章节天]$|[的里着过与和在是有]|^第[一二三四五六七八九十]|[一二三四五六七八九十]{2}"
)
_LOCAL: Final = re.compile("[省市县區区州盟旗镇乡鎮鄉縣]|人大|政府|委员会|法院|检察院|国务院")
ORGANISATION_CHARS: Final = 30
# A name that no surname bears out may follow an office without a blank where it is this short.
LONGEST_GLUED: Final = 3


_WHO: Final = rf"\S(?:\s{{0,4}}\S){{1,3}}|\S{{1,7}}|[^\s{_POINTS}]{{1,6}}[{_POINTS}]\S{{1,12}}"
_PARTED: Final = re.compile(r"[。；！？，,]")
_NO_ORGANISATION: Final = re.compile(
    r"在|关于|发布于|发表于|来自|转自|摘自|对|以|为|把|让|向|论|谈|浅谈|.*[。，,；：:！？“”《》\s——]"
    r"|.*(?:主持人|直播|聊天|演播|访谈|会议|宴会|展览|大)厅$",
    re.S,
)


@cache
def _list_role_endings() -> tuple[str, ...]:
    return tuple(sorted(read_rules("metadata")["roles"]["endings"], key=len, reverse=True))


@cache
def _load_role(pattern: str) -> re.Pattern[str]:
    """Return a pattern in which {} stands for any word that ends an office."""
    endings = "|".join(map(re.escape, _list_role_endings()))
    return re.compile(pattern.replace("{}", f"(?:{endings})"))


@cache
def _list_surnames(kind: str) -> frozenset[str]:
    return frozenset(read_rules("metadata")["roles"][kind])


def is_name(text: str) -> bool:
    """Say whether a text is a person's name: 张三, 习　近　平, 欧阳修文 (blanks ignored)."""
    bare = _BLANKS.sub("", SAID_OF.sub("", text) if _ROUND.search(text) else text)
    if not _HAN.fullmatch(bare):
        return _POINT.search(bare) is not None and _OF_PEOPLES.fullmatch(bare) is not None
    if bare.endswith("摄") or not 2 <= len(bare) <= 4:
        return False
    if bare[:2] in _list_surnames("compound_surnames"):
        return len(bare) >= 3
    return len(bare) <= 3 and bare[0] in _list_surnames("surnames")


def may_be_name(text: str) -> bool:
    """Say whether a text may be a person's name of any people: 嘎玛泽登, 扎西多吉, 亓官𬸚.

    Nothing speaks for it but its shape; whoever asks has other evidence that a person stands there.
    """
    bare = _BLANKS.sub("", text)
    if is_place(bare):
        return False
    if sum(len(part) > 1 for part in text.split()) > 1:
        return False
    if is_name(bare):
        return not _words_of_pages().search(bare)
    if not _NAME.fullmatch(bare) or _words_of_pages().search(bare) or _MEASURED.search(bare):
        return False
    return not is_office(bare) and not is_organisation(bare)


@cache
def _words_of_pages() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, read_rules("metadata")["names"]["never"])))


# 在…, 办好代表 / 家站: what is done, no office.
_DONE: Final = re.compile(r"[在由]|关于|主持人|[办建用当做抓管选]好")


def split_office(text: str, *, certain: bool = True) -> tuple[str, str] | None:
    """Return (office, name) of a line such as 国务院总理 李强 or 李强（国务院总理）, else None.

    Blanks or a colon part the two, or the name follows the last word for an office directly.
    Where it is not certain a name parted from the office may be any that looks like one.
    """
    bare = SAID_OF.sub("", text.strip()) or text.strip()
    holder = _HOLDER.fullmatch(bare)
    if holder and is_office(holder["office"]):
        name = _TITLED.sub("", holder["name"])
        if is_name(name) or (not certain and may_be_name(name)):
            return _HELD.sub("", holder["office"].strip()), _BLANKS.sub("", name)
    line = _TITLED.sub("", bare.strip("（）() \u3000—━-"))
    if len(line) > 60 or _PARTED.search(line) or not _load_role("{}").search(line):
        return None
    match = _load_role(rf"(.{{0,50}}{{}})(\s*[:：]\s*|\s+|[（(])?({_WHO})").fullmatch(line)
    if match is None or _DONE.match(match[1]):
        return None
    name = _BLANKS.sub("", match[3])
    known = is_name(name) or (_MASKED.fullmatch(name) is not None and len(name) >= 2)
    apart = match[2] or len(name) <= LONGEST_GLUED
    if not known and (certain or not apart or not may_be_name(name)):
        return None
    # 讲话实录：县委书记 周明: what stands before a colon is no part of the office.
    office = re.split("[:：]", _BLANKS.sub(" ", match[1]))[-1].strip()
    if not is_office(office) and " " not in office:
        return None
    return _add_acting(_HELD.sub("", office), text), name


def _add_acting(office: str, text: str) -> str:
    """Return an office with 代 where the line says that its holder only acts: 县长（代）."""
    acting = re.search(rf"{re.escape(office[-2:])}\s*[（(]代[）)]", text)
    return f"{office}（代）" if acting else office


def is_office(text: str) -> bool:
    """Say whether a line is an office without its holder: 国务院总理."""
    line = text.strip()
    if len(line) > 44 or not line.endswith(_list_role_endings()):
        return False
    return _load_role(r"\S{0,40}{}").fullmatch(line) is not None


def is_organisation(text: str) -> bool:
    """Say whether a line is the name of an organisation: 某区人大常委会."""
    line = text.strip().strip("（）()")
    endings = _list_bodies()
    if not 3 <= len(line) <= ORGANISATION_CHARS or not line.endswith(endings):
        return False
    # 办公室, 委员会 could be anybody's.
    named = line not in endings or line == "国务院"
    return named and _NO_ORGANISATION.match(line) is None


@cache
def _list_bodies() -> tuple[str, ...]:
    return tuple(read_rules("metadata")["roles"]["organisations"])


def is_local_body(text: str) -> bool:
    """Say whether a line names an organisation beyond doubt: 开新局 ends as one, and is none."""
    return is_organisation(text) and _LOCAL.search(text) is not None


def is_place(text: str) -> bool:
    """Say whether a word is a place from which readers post: 广东, 北京."""
    return text in read_rules("metadata")["names"]["places"]
