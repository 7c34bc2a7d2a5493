"""What the values behind labels set: a person, a source, an address, a day."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.dates import DATE, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.label_words import is_known_label
from corpus_app.ingest.metadata.labels import DATED, EDGES, is_medium
from corpus_app.ingest.metadata.names import (
    SAID_OF,
    is_local_body,
    is_name,
    is_office,
    may_be_name,
)
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.title_lines import IN_MEETING
from corpus_app.ingest.plausibility.titles import find_title_fault
from corpus_app.ingest.rule_files import read_rules

_URL: Final = re.compile(
    r"https?://[^\s，。；）)】\]\"'<>\u4e00-\u9fff]+|www\.[^\s，。；）)\"'<>\u4e00-\u9fff]+"
)
# A source's name ends at a wide blank: what follows is a button or the next column.
_COLUMN: Final = re.compile(r"[ \u3000]{2,}|\t|[ \u3000|｜]+(?=\d{4}[-年/.])")
_AREA: Final = re.compile(r"[\u4e00-\u9fff]{2,12}(?:省|自治区|自治州|市|区|县|旗|镇|乡|街道)")
_SUFFIX: Final = re.compile(r"\.(?:docx?|wps|txt|pdf|rtf|html?|odt)$", re.I)
# An archive's address holds the original's: https://…/web/20290819/http://…
_ARCHIVED: Final = re.compile(r"https?://[^/\s]+/(?:web/)?\d{4,14}[a-z_]*/(?=https?://)")
# 枫林日报数字报: how a paper is looked at on the web.
_EDITION: Final = re.compile(r"(?<=\S{4})(?:数字报|多媒体报|电子报|电子版|官方账号)$")
# 某县人民政府办公室客户端: what a body shows its words by.
_LENT: Final = re.compile("(?:客户端|(?:微信)?公众号|官方?微信?|网站)$")
_DOUBLED: Final = re.compile("(客户端|公众号)(?:客户端|公众号)+$")
# What is left of a heading such as 【枫林手机报】早报 is no name.
_UNPAIRED: Final = re.compile(r"^[^【\[]*[】\]]|[【\[][^】\]]*$")
_CREDIT: Final = re.compile(
    r"(?<=\S)[（(](?:记者|作者|通讯员|编辑|责编|微信号|公众号)[^（()）]*[）)]$"
)
_MEETINGS: Final = ("会", "会议", "大会", "全会", "班", "式", "论坛")
_TITLED: Final = re.compile(r"《([^《》]{2,20})》")
# Behind a label a person's name is as short as this, whatever the people.
LONGEST_NAME: Final = 14
_PLAIN: Final = {
    "url": "source_url",
    "role": "speaker_role",
    "organisation": "organisation",
    "occasion": "occasion",
    "place": "place",
}


def apply_labels(meta: Metadata, pairs: list[tuple[str, str]]) -> None:
    """Set what a line of labels says; the first statement of a field stands."""
    for field, value in pairs:
        if field in DATED:
            date = find_date(value)
            if date is not None:
                meta.dates.setdefault(_settle_time(pairs, field, value), date)
        elif field in ("author", "speaker") or (field == "host" and "主持" in (meta.title or "")):
            _apply_person(meta, value)
        elif field == "source":
            _apply_source(meta, value)
        elif field == "place" and not _AREA.fullmatch(value):
            continue  # 地点：县会议中心 is a hall
        elif field == "title" or (field == "occasion" and IN_MEETING.match(value)):
            meta.title = meta.title or cut_suffix(value)  # 会议名称：在…会上的讲话 is the title
        elif field == "organisation" and is_office(value):
            meta.speaker_role = meta.speaker_role or value  # 单位：某县副县长
        elif field in _PLAIN:
            known = find_url(value) if field == "url" else value
            setattr(meta, _PLAIN[field], getattr(meta, _PLAIN[field]) or known or None)


def fits_field(field: str, value: str) -> bool:
    """Say whether a cell is plainly what its label asks for: a person, an office, an address."""
    if field in ("speaker", "author"):
        told = tell_person(value)
        return "speaker" in told and (len(told) > 1 or may_be_name(value))
    if field == "role":
        return is_office(SAID_OF.sub("", value))
    if field == "source":
        return is_medium(value) or is_local_body(value)
    if field == "url":
        return find_url(value) == value.strip()
    return field == "occasion" and value.endswith(_MEETINGS)


def cut_suffix(title: str) -> str | None:
    """Return a stated title without a file's suffix, None where it is no title (123.wps)."""
    bare = _SUFFIX.sub("", title)
    return bare if find_title_fault(bare) is None else None


def _settle_time(pairs: list[tuple[str, str]], field: str, value: str) -> str:
    """Return the kind of a date: 时间 is the speech's where it stands alone, else the page's."""
    if field != "time":
        return field
    printed = len(pairs) > 1 or ":" in value or "年" not in value
    return "published" if printed else "delivered"


def _apply_person(meta: Metadata, value: str) -> None:
    """Take a speaker from 作者 or 讲话人 where it is a person's name, with or without office."""
    if value in read_rules("metadata")["values"]["nobody"] or _load_pattern("desks").match(value):
        return
    told = tell_person(value)
    if meta.speaker:
        if told.get("speaker") == meta.speaker:
            meta.speaker_role = meta.speaker_role or told.get("speaker_role")
    elif "speaker_role" in told and "speaker" in told:
        meta.speaker_role, meta.speaker = meta.speaker_role or told["speaker_role"], told["speaker"]
    elif is_known_label(value):
        return
    elif is_name(value) or (len(value) <= LONGEST_NAME and may_be_name(value)):
        meta.speaker = re.sub(r"\s", "", value)


def _apply_source(meta: Metadata, value: str) -> None:
    """Take the name of a source, its address or both; a stand-in such as 未知 is none."""
    url = find_url(value)
    name = _URL.sub("", value).strip(" \u3000()（）") if url else value
    meta.source_url = meta.source_url or url
    name = _COLUMN.split(name)[0]
    name = _load_pattern("buttons").split(name)[0].strip(EDGES + "/／")
    if _load_pattern("devices").match(name) or DATE.match(name):
        return
    name = _DOUBLED.sub(r"\1", strip_brackets(_CREDIT.sub("", name)))
    if _UNPAIRED.search(name):
        return
    titled = _TITLED.match(name)
    name = titled[1] if titled else _load_pattern("taken").sub("", name.lstrip("@＠"))
    first = name.replace("\u3000", " ").partition(" ")[0]
    first = _LENT.sub("", first) if is_local_body(_LENT.sub("", first)) else first
    name = _EDITION.sub("", first if is_medium(first) or is_local_body(first) else name)
    if len(name) > 1 and name not in read_rules("metadata")["values"]["no_source"]:
        meta.source_name = meta.source_name or name


@cache
def _load_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of rules/metadata.toml [values]."""
    return re.compile(read_rules("metadata")["values"][name], re.I)


def find_url(text: str) -> str | None:
    """Return the first web address in a text."""
    match = _URL.search(_ARCHIVED.sub("", text))
    return match.group().rstrip(".,;:") if match else None
