"""What one line above a speech says by itself: labels, dates, a sitting, who spoke for whom."""

from __future__ import annotations

import re
from typing import Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.dates import DATE, find_date, read_match
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.labels import apply_labels, read_labels
from corpus_app.ingest.metadata.lines import Line
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation, split_office

_PASSED: Final = re.compile(r"^[（(](.{4,60})(?:通过|批准)[）)]$")
_ADOPTED: Final = re.compile(r"(?<=[日号])(.+)$")
_PLENARY: Final = re.compile(r"(?<=会议)第[一二三四五六七八九十]{1,3}次全体会议$")
_LETTERHEAD: Final = re.compile(
    r"[ \u3000\t]{3,}|(?:网|网站|公众号|在线|客户端)$|\d{1,2}:\d{2}|www\.|https?:"
)
# What may stand behind a date: a day of the week, a part of the day, a further day, a remark.
_BEHIND_DATE: Final = re.compile(
    r"(?:\s*(?:星期|周)[一二三四五六日天])?\s*(?:上午|下午|晚上?|凌晨)?"
    r"(?:\s*[至到—~～－-]{1,2}\s*(?:\d{1,2}月)?\d{1,2}日)?"
    r"(?:[，,]?\s*(?:根据|依据)(?:现场)?(?:录音|记录|速记)稿?整理)?"
)
# （2024年1月27日在某县第十四届人民代表大会第四次会议上）
_SITTING: Final = re.compile(
    rf"[（(—━―－\s]*(?P<on>{DATE.pattern})在(?P<o>[^，。]{{4,50}}?)(?:上|时)?[）)]?"
)
_TIMED: Final = re.compile(
    r"(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)\s*\d{1,2}[:：时]\d{2}(?:分|[:：]\d{2})?"
)


def read_line(meta: Metadata, line: Line, titles: list[Line], following: str) -> bool:
    """Read one line that is not a title; say whether it was understood."""
    text = line.text
    pairs = read_labels(text)
    if pairs:
        apply_labels(meta, pairs)
        return True
    if _read_date(meta, text, bool(titles)) or _read_adoption(meta, text):
        return True
    if not titles and _read_sitting(meta, text):
        return True
    if titles and _read_time(meta, text):
        return True
    if _LETTERHEAD.search(text) and not titles and following:
        first = re.split(r"[ \u3000\t]{2,}", text)[0]
        if is_organisation(first):
            meta.organisation = meta.organisation or first
        return True
    return bool(titles) and _read_person(meta, text, following)


def _read_person(meta: Metadata, text: str, following: str) -> bool:
    """Read a line below the title that names who spoke, or for whom; say whether it does."""
    if plausible.is_button(text):
        return False
    office = split_office(text)
    if office is not None and meta.speaker is None:
        meta.speaker_role, meta.speaker = office
        return True
    if is_office(text) and is_name(following) and not is_organisation(text):
        meta.speaker_role = meta.speaker_role or text
        return True
    if is_name(text) and meta.speaker is None:
        meta.speaker = re.sub(r"\s", "", text)
        return True
    if is_organisation(text):
        meta.organisation = meta.organisation or text.strip("（）()")
        return True
    return False


def _read_date(meta: Metadata, text: str, below: bool) -> bool:
    """Read a line that is nothing but a date, in brackets or not.

    With the day of the week it is the newspaper's, unless it stands below the title.
    """
    bare = text.strip("（）()[]【】 \u3000")
    match = DATE.match(bare)
    date = read_match(match) if match else None
    if match is None or date is None or not _BEHIND_DATE.fullmatch(bare, match.end()):
        return False
    numeric = match["sep"] is not None and bare == text
    numeric = numeric or (not below and re.search("(?:星期|周).$", bare) is not None)
    meta.dates.setdefault("published" if numeric else "delivered", date)
    return True


def _read_sitting(meta: Metadata, text: str) -> bool:
    """Read （2024年1月27日在某县…会议上） where it stands below no title."""
    match = _SITTING.fullmatch(text)
    date = find_date(match["on"]) if match else None
    if match is None or date is None or not match["o"].endswith(("会议", "大会")):
        return False
    meta.dates.setdefault("delivered", date)
    meta.occasion = meta.occasion or match["o"]
    return True


def _read_time(meta: Metadata, text: str) -> bool:
    """Read a line that is nothing but a date with a time of day, which is the page's."""
    timed = _TIMED.fullmatch(text)
    date = find_date(timed[1]) if timed else None
    if date is not None:
        meta.dates.setdefault("published", date)
    return date is not None


def _read_adoption(meta: Metadata, text: str) -> bool:
    """Read （2021年3月11日某届人民代表大会某次会议通过）: date and meeting of a resolution."""
    match = _PASSED.match(text)
    date = find_date(match[1]) if match else None
    if match is None or date is None:
        return False
    meta.dates.setdefault("delivered", date)
    meeting = _ADOPTED.search(match[1])
    if meeting:
        meta.occasion = meta.occasion or _PLENARY.sub("", meeting[1].strip())
    return True
