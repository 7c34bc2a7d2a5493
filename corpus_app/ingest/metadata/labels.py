"""Lines made of labels and values: 发布时间:2022-06-23 作者:佚名 来源:某网."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from corpus_app.ingest.dates import DATE, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.names import (
    is_name,
    is_organisation,
    may_be_name,
    split_office,
)
from corpus_app.ingest.rule_files import read_rules

_BLANK: Final = "[ \u3000\t]*"
_URL: Final = re.compile(
    r"https?://[^\s，。；）)】\]\u4e00-\u9fff]+|www\.[^\s，。；）)\u4e00-\u9fff]+"
)
# A source's name ends at a wide blank: what follows is a button or the next column.
_BUTTONS: Final = re.compile(
    r"[ \u3000]{2,}|\t|[ \u3000|｜]+(?=\d{4}[-年/.])"
    r"|[ \u3000](?=我要|点击|浏览|打印|分享|收藏|字[号体])"
)
_AREA: Final = re.compile(r"[\u4e00-\u9fff]{2,12}(?:省|自治区|自治州|市|区|县|旗|镇|乡|街道)")
_TIMED: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T\u3000]+\d{1,2}:\d{2}(?::\d{2})?)?")
# What parts labels from one another, and what a list or a table puts before them.
_OUTER: Final = " \u3000\t\u00a0|｜•·●▪■◆[【(（"
# A label that no list knows, before a date or a name: 上线时间：2019.12.28.
_UNKNOWN: Final = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{2,10})\s*[:：]\s*(.{2,40}?)[\s/／；;，,·|｜]*"
)
_BEHIND: Final = re.compile(r"[\s/／；;·|｜]+[\u4e00-\u9fffA-Za-z]{2,10}\s*[:：]\s*(.+)$")
_CHANGED: Final = re.compile(r"更新|修改|编辑|改", re.I)
_SUPPLIERS: Final = frozenset({"供稿", "供稿单位", "报送单位", "来稿单位", "稿件提供", "编发"})
# Tables of government sites lose the colon: 发文机关平原省高级人民法院.
_GLUED: Final = re.compile(
    r"^(发文机关|发文日期|发布机构|发布日期|公布日期|成文日期|时效性|施行日期|效力级别|发文字号|制发机关)"
    r"(?=[\u4e00-\u9fff\d〇])([^，。；：:]{2,40})$"
)
# Behind a label a person's name is as short as this, whatever the people.
LONGEST_NAME: Final = 14
_LONGEST_LABEL: Final = 12
_SHORT_LABELS: Final = frozenset(
    {
        "来源",
        "來源",
        "作者",
        "日期",
        "时间",
        "职务",
        "分类",
        "文号",
        "索引号",
        "信源",
        "稿源",
        "出处",
    }
    | {"讲话人", "报告人", "主讲人", "发言人", "名称", "标题", "题名"}
)
_DATED: Final = ("published", "updated", "delivered", "time")
_PLAIN: Final = {
    "url": "source_url",
    "title": "title",
    "role": "speaker_role",
    "organisation": "organisation",
    "occasion": "occasion",
    "place": "place",
}


@cache
def _label_pattern() -> re.Pattern[str]:
    words = sorted((w for ws in read_rules("metadata")["labels"].values() for w in ws), key=len)
    spaced = "|".join(_BLANK.join(map(re.escape, word)) for word in reversed(words))
    # A colon, a closing bracket (【讲话人】某某) or a date right behind the label.
    mark = rf"(?:[】\]]?{_BLANK}[:：丨]|[】\]]|(?={_BLANK}\d{{4}}[-年/.]))"
    # 来源：某某日报时间：2024-01-15: what a page glued is parted where a date follows the label.
    glued = rf"(?=(?:发布|发表|更新)?(?:时间|日期|于){_BLANK}[:：]{_BLANK}\d{{4}})"
    edge = "(?<![\u4e00-\u9fffA-Za-z])"
    slash = "文|图|撰文|图文|文图"
    return re.compile(
        rf"(?:{edge}|{glued})[\[【(（]?(?:({spaced}){_BLANK}{mark}|({slash}){_BLANK}[/／|｜])"
    )


def is_bare_label(text: str) -> bool:
    """Return whether a cell is a label, though no colon follows: 讲话人, 发布时间."""
    return _squeeze(text) in _bare_labels()


def _squeeze(text: str) -> str:
    return "".join(text.strip(_OUTER + "]】:：").split()) if len(text) <= _LONGEST_LABEL else ""


@cache
def _bare_labels() -> frozenset[str]:
    """Return the labels that are known as such though no colon follows: those of table cells."""
    labels = read_rules("metadata")["labels"]
    words = {word for listed in labels.values() for word in listed}
    return frozenset({word for word in words if len(word) >= 4 or word in _SHORT_LABELS})


@cache
def _find_field(label: str) -> str:
    """Return the field that a label stands for."""
    for name, words in read_rules("metadata")["labels"].items():
        if label in words:
            return str(name)
    return "other"


def read_labels(text: str) -> list[tuple[str, str]]:
    """Return the (field, value) pairs of a line of labels; empty where it is no such line.

    A line is one where it begins with a label, or with a date before the first label.
    """
    glued = _GLUED.match(text)
    if glued:
        return [(_find_field(glued[1]), glued[2].strip())]
    if is_bare_label(text):
        return [(_find_field(_squeeze(text)), "")]
    matches = list(_label_pattern().finditer(text))
    if not matches:
        return [("published", text)] if _TIMED.fullmatch(text.strip()) else []
    lead = text[: matches[0].start()].strip(_OUTER)
    pairs: list[tuple[str, str]] = []
    if lead:
        unknown = _UNKNOWN.fullmatch(lead)
        day = unknown[2] if unknown else lead
        if not _TIMED.fullmatch(day) and not DATE.fullmatch(day):
            return []
        pairs.append(("updated" if unknown and _CHANGED.search(unknown[1]) else "published", day))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        last = index + 1 == len(matches)
        value = text[match.end() : end].strip(_OUTER + ("]】" if last else "]】/／；;，,"))
        label = re.sub(r"[ \u3000\t]", "", match[1] or match[2])
        pairs += _part_value(_weigh_field(label, value), value)
    return pairs if _is_plausible(pairs) else []


def _part_value(field: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a value, and what an unknown label says behind a date (｜来稿单位：某某网)."""
    behind = _BEHIND.search(value) if field in _DATED else None
    if behind is None:
        yield field, value
        return
    yield field, value[: behind.start()]
    if is_medium(behind[1].strip()):
        yield "source", behind[1].strip()


def _weigh_field(label: str, value: str) -> str:
    """Return the field of a label; who supplied the words is a source, if it is a medium."""
    supplied = label in _SUPPLIERS and is_medium(value) and not is_organisation(value)
    return "source" if supplied else _find_field(label)


def is_medium(text: str) -> bool:
    """Return whether words name a newspaper, a site, an account: 枫岭日报, 枫岭人大网."""
    return _load_agency().fullmatch(text) is not None


@cache
def _load_agency() -> re.Pattern[str]:
    return re.compile(read_rules("heads")["signs"]["agency"])


def _is_plausible(pairs: list[tuple[str, str]]) -> bool:
    """Refuse running text that happens to hold a label: values are short, dates are dates."""
    if any(len(value) > 60 and field != "url" for field, value in pairs):
        return False
    if any("。" in value for _, value in pairs):
        return False
    if len(pairs) > 1 or pairs[0][0] not in _DATED or not pairs[0][1]:
        return True
    return find_date(pairs[0][1]) is not None


def apply_labels(meta: Metadata, pairs: list[tuple[str, str]]) -> None:
    """Set what a line of labels says; the first statement of a field stands."""
    for field, value in pairs:
        if field in _DATED:
            date = find_date(value)
            if date is not None:
                meta.dates.setdefault(_settle_time(pairs, field, value), date)
        elif field in ("author", "speaker") or (field == "host" and "主持" in (meta.title or "")):
            _apply_person(meta, value)
        elif field == "source":
            _apply_source(meta, value)
        elif field == "place" and not _AREA.fullmatch(value):
            continue  # 地点：县会议中心 is a hall
        elif field in _PLAIN:
            known = find_url(value) if field == "url" else value
            setattr(meta, _PLAIN[field], getattr(meta, _PLAIN[field]) or known or None)


def _settle_time(pairs: list[tuple[str, str]], field: str, value: str) -> str:
    """Return the kind of a date: 时间 is the speech's where it stands alone, else the page's."""
    if field != "time":
        return field
    printed = len(pairs) > 1 or ":" in value or "年" not in value
    return "published" if printed else "delivered"


def _apply_person(meta: Metadata, value: str) -> None:
    """Take a speaker from 作者 or 讲话人 where it is a person's name, with or without office."""
    if value in read_rules("metadata")["values"]["nobody"] or meta.speaker:
        return
    office = split_office(value)
    if office is not None:
        meta.speaker_role, meta.speaker = meta.speaker_role or office[0], office[1]
    elif is_name(value) or (len(value) <= LONGEST_NAME and may_be_name(value)):
        meta.speaker = re.sub(r"\s", "", value)


def _apply_source(meta: Metadata, value: str) -> None:
    """Take the name of a source, its address or both; a stand-in such as 未知 is none."""
    url = find_url(value)
    name = value.replace(url, "").strip(" \u3000()（）") if url else value
    meta.source_url = meta.source_url or url
    name = _BUTTONS.split(name)[0].strip()
    if name and name not in read_rules("metadata")["values"]["no_source"]:
        meta.source_name = meta.source_name or name


def find_url(text: str) -> str | None:
    """Return the first web address in a text."""
    match = _URL.search(text)
    return match.group().rstrip(".,;:") if match else None
