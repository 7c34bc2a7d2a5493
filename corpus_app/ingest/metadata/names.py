"""Persons, offices and organisations in short lines: 市人大常委会主任 张三, 某区人大常委会."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.rule_files import read_rules

_BLANKS: Final = re.compile(r"\s+")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_MASKED: Final = re.compile(r"[XxＸ×*＊某]{1,3}|[\u4e00-\u9fff][XxＸ×*＊某]{1,2}")
# 阿依古丽·买买提; a column's name with such a dot holds words of the trade.
_OF_PEOPLES: Final = re.compile(
    r"(?!.*(?:人大|代表|要闻|监督|工作|时政|新闻|讲话|专题|特稿|专栏|论坛|会议))"
    r"[\u3400-\u9fff]{1,6}(?:[·•・‧．][\u3400-\u9fff]{1,6}){1,3}"
)
_HOLDER: Final = re.compile(r"(?P<name>\S{2,20})[（(](?P<office>[^（()）]{2,40})[）)]")
ORGANISATION_CHARS: Final = 30


@cache
def _role_endings() -> str:
    words = sorted(read_rules("metadata")["roles"]["endings"], key=len, reverse=True)
    return "|".join(map(re.escape, words))


def is_name(text: str) -> bool:
    """Say whether a text is a person's name: 张三, 习　近　平, 欧阳修文 (blanks ignored)."""
    bare = _BLANKS.sub("", text)
    if _OF_PEOPLES.fullmatch(bare):
        return True
    if bare.endswith("摄") or not 2 <= len(bare) <= 4 or not _HAN.fullmatch(bare):
        return False
    roles = read_rules("metadata")["roles"]
    if bare[:2] in roles["compound_surnames"]:
        return len(bare) >= 3
    return len(bare) <= 3 and bare[0] in roles["surnames"]


def split_office(text: str) -> tuple[str, str] | None:
    """Return (office, name) of a line such as 国务院总理 李强 or 李强（国务院总理）, else None.

    Blanks part the two, or the name follows the last word for an office directly.
    """
    holder = _HOLDER.fullmatch(text.strip())
    if holder and is_name(holder["name"]) and is_office(holder["office"]):
        return holder["office"].strip(), _BLANKS.sub("", holder["name"])
    line = text.strip().strip("（）()")
    if len(line) > 50 or re.search(r"[。；：:，,！？]", line):
        return None
    who = r"\S(?:\s?\S){1,3}|\S{1,4}|[^\s·]{1,6}·\S{1,12}"
    match = re.fullmatch(rf"(.{{0,40}}(?:{_role_endings()}))(?:\s+|[（(])?({who})", line)
    if match is None:
        return None
    name = _BLANKS.sub("", match[2])
    if not is_name(name) and not (_MASKED.fullmatch(name) and len(name) >= 2):
        return None
    return _BLANKS.sub(" ", match[1]).strip(), name


def is_office(text: str) -> bool:
    """Say whether a line is an office without its holder: 国务院总理."""
    line = text.strip()
    return len(line) <= 30 and re.fullmatch(rf"\S{{0,26}}(?:{_role_endings()})", line) is not None


def is_organisation(text: str) -> bool:
    """Say whether a line is the name of an organisation: 某区人大常委会."""
    line = text.strip().strip("（）()")
    if not 3 <= len(line) <= ORGANISATION_CHARS or re.search(r"[。，,；：:！？“”《》\s——]", line):
        return False
    if re.match(r"在|关于|对|以|为|把|让|向|论|谈|浅谈", line):
        return False
    return line.endswith(tuple(read_rules("metadata")["roles"]["organisations"]))
