"""Lines made of labels and values: 发布时间:2022-06-23 作者:佚名 来源:某网."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.dates import DATE, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.names import is_name, split_office
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
    mark = rf"(?:[】\]]?{_BLANK}[:：]|[】\]]|(?={_BLANK}\d{{4}}[-年/.]))"
    # 来源：某某日报时间：2024-01-15: what a page glued is parted where a date follows the label.
    glued = rf"(?=(?:发布|发表|更新)?(?:时间|日期|于){_BLANK}[:：]{_BLANK}\d{{4}})"
    return re.compile(rf"(?:(?<![\u4e00-\u9fff])|{glued})[\[【(（]?({spaced}){_BLANK}{mark}")


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
    matches = list(_label_pattern().finditer(text))
    if not matches:
        return [("published", text)] if _TIMED.fullmatch(text.strip()) else []
    lead = text[: matches[0].start()].strip(" \u3000\t|｜[【(（")
    pairs: list[tuple[str, str]] = []
    if lead:
        if not _TIMED.fullmatch(lead) and not DATE.fullmatch(lead):
            return []
        pairs.append(("published", lead))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        value = text[match.end() : end].strip(" \u3000\t|｜]】")
        label = re.sub(r"[ \u3000\t]", "", match[1])
        pairs.append((_find_field(label), value))
    return pairs if _is_plausible(pairs) else []


def _is_plausible(pairs: list[tuple[str, str]]) -> bool:
    """Refuse running text that happens to hold a label: values are short, dates are dates."""
    if any(len(value) > 60 and field != "url" for field, value in pairs):
        return False
    if any("。" in value for _, value in pairs):
        return False
    return len(pairs) > 1 or pairs[0][0] not in _DATED or find_date(pairs[0][1]) is not None


def apply_labels(meta: Metadata, pairs: list[tuple[str, str]]) -> None:
    """Set what a line of labels says; the first statement of a field stands."""
    for field, value in pairs:
        if field in _DATED:
            date = find_date(value)
            if date is not None:
                meta.dates.setdefault(_settle_time(pairs, field, value), date)
        elif field in ("author", "speaker"):
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
    elif is_name(value):
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
