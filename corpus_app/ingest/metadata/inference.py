"""What title and text tell beyond the header: occasion, genre, level, place, a made-up title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from corpus_app.ingest.draft import Metadata, Section
from corpus_app.ingest.metadata.evidence import (
    find_level_field,
    find_organ,
    infer_level,
    infer_place,
)
from corpus_app.ingest.metadata.sittings import name_meeting
from corpus_app.ingest.metadata.title_years import find_title_year
from corpus_app.ingest.metadata.titles import ADOPTS, RESOLUTION, infer_title
from corpus_app.ingest.metadata.tracing import FindRaw, trace_field, trace_text, trace_words
from corpus_app.ingest.rule_files import read_rules

_SPEECHES: Final = (
    "讲话|发言|报告|致辞|致词|讲稿|主持词|点评|总结|辅导|党课|汇报|演讲|要求|说明|表态|意见|"
    "讲课|授课|寄语|开场白|答问|講話|發言|報告|致辭"
)
_IN_TITLE: Final = re.compile(
    r"(?:^|[ \u3000—－━:：，,]"
    r"|^(?:[（(【\[][^）)】\]]{2,8}[）)】\]])?[\u3400-\u9fff·]{2,12}?(?:同志)?(?=在))"
    r"(?:[0-9０-９〇○零O一二三四五六七八九]{4}年"
    r"[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日)?"
    r"在(?P<o>.{3,60}?)(?:上|时|時|期间)(?:的)?"
    rf"(?:[^ ，。]{{0,8}}(?:{_SPEECHES})(?:稿|提纲|摘要|材料)?(?:[（(].{{0,12}}[）)])?$|$)"
)
# 某县第十四届人民代表大会第二次会议关于…的决议: the title names who resolved.
_RESOLVED: Final = re.compile(
    r"^(?P<o>[\u4e00-\u9fff]{2,12}?(?:第?[一二三四五六七八九十]{1,3}届)[^，。]{2,24}?次会议)关于.{2,60}决[议定]$"
)
_MEETING: Final = (
    r"(?![了过])[^，,。；：:！]{2,40}?"
    r"(?:会议|大会|[\u4e00-\u9fff]{2}会|全会|例会|仪式|[开结][班业幕]式|闭幕式|启动式|培训班|班)"
)
_SESSION: Final = (
    r"[\u4e00-\u9fff]{2,12}第[一二三四五六七八九十]{1,4}届(?:人民代表大会|人大)(?:常务委员会|常委会)?"
    r"第[一二三四五六七八九十]{1,4}次会议"
)
# The meeting that an opening opens, or that it speaks of as its own: 我们召开…, 这次…推进会是…, and
# a session that is the first thing named: …第三次会议，在县委领导下….
_IN_TEXT: Final = re.compile(
    r"(?:(?<!去年)(?<!去年，)(?<!昨天)(?<!昨天，)我们(?:今天)?(?:在这里|在此)?|(?:今天|现在)[^。；]{0,16}?在(?:这里|此))(?:隆重)?"
    rf"(?:召开|举行|举办|组织召开|组织举办)(?P<opened>{_MEETING})(?=[，,。；！、])"
    rf"|(?:^|[：:。！])这次(?P<own>全?{_MEETING})(?=[，,]?(?:是|的主要任务|的任务|的目的))"
    rf"|^(?:[^，。：:！!]{{2,16}}[：:！!])?(?:(?:今天|现在)[，,]?)?(?P<session>{_SESSION})"
    r"(?=[，,]?(?:在|经过|历时|已|现在|今天|圆满|胜利|就要|即将|隆重))"
)
_FOR: Final = re.compile(
    r"我(?:受|代表)(?!大会|本次|会议)(?P<b>[^，,。；我]{0,24}?(?:委员会|常委会|政府|国务院|法院|检察院|党组|办公室|主席团|人大))"
    r"(?:的委托|委托)?[，,]?现?(?:向|作|就|对)"
)
# 常委会党组 could be anybody's: the body must be named with its place.
_NAMED_BODY: Final = re.compile(
    r"(?:中共|中国共产党)?(?:全国|国务院|最高|中央|[\u4e00-\u9fff]{2,12}?(?:省|自治区|州|盟|市|区|县|旗|镇|乡|街道))"
)
_WORDS_IN_OCCASION: Final = re.compile(r"[会會班式坛周节日动组课]")
_CONGRESS: Final = re.compile(r"^(.{0,12}?)第[一二三四五六七八九十]{1,4}届(.{0,4}人民代表大会)")
OPENING_CHARS: Final = 800
# The fields that others may follow from, in this order.
BASES: Final = ("subtitle", "title", "organisation", "speaker_role", "occasion")


def infer_metadata(
    meta: Metadata,
    text: str,
    sections: Sequence[Section],
    find_raw: FindRaw = lambda start, end: (start, end),
) -> Metadata:
    """Return the metadata with what title and text bear out added; nothing is guessed.

    find_raw leads from places in the text to those in raw, for the evidence.
    """
    found = replace(meta, dates=dict(meta.dates), evidence=dict(meta.evidence))
    opening = "".join(text[:OPENING_CHARS].splitlines())
    found.occasion = found.occasion or _read_occasion(found, opening)
    found.organisation = found.organisation or _read_body(opening)
    if not found.title:
        found.title = infer_title(found, text, sections)
        found.title_inferred = found.title is not None
    _trace_new(meta, found, ("occasion", "organisation", "title"), text, find_raw)
    _infer_year(found, text)
    if not found.genre:
        _infer_genre(found, text, find_raw)
    if not found.level:
        _infer_level(found, text, find_raw)
    found.place = found.place or infer_place(found)
    _trace_new(meta, found, ("place",), text, find_raw)
    return found


def _trace_new(
    before: Metadata, found: Metadata, names: Sequence[str], text: str, find_raw: FindRaw
) -> None:
    """Note what the named values follow from, where they were not read but inferred."""
    for name in names:
        value = getattr(found, name)
        if value and not getattr(before, name):
            bases = [base for base in BASES if base != "title" or not found.title_inferred]
            trace_words(found, name, value, bases, text, find_raw)


def _infer_year(found: Metadata, text: str) -> None:
    """Take the year of the title where no other day is known and the file bears that title."""
    title = found.title or ""
    written = not found.title_inferred or text.startswith(f"{title}\n")
    date = find_title_year(title) if written and "delivered" not in found.dates else None
    if date is not None:
        found.dates["delivered"] = date
        trace_field(found, "delivered", "title")


def _infer_level(found: Metadata, text: str, find_raw: FindRaw) -> None:
    """Set the level and note the field, or the first of the organs, that tells it."""
    found.level = infer_level(found, text)
    if found.level is None:
        return
    base = find_level_field(found)
    if base is not None:
        trace_field(found, "level", base)
        return
    span = find_organ(text, found.level)
    if span is not None:
        trace_text(found, "level", span, "organs", text, find_raw)


def _read_occasion(meta: Metadata, opening: str) -> str | None:
    """Return the meeting that the title names (在…会议上的讲话), or that the opening opens."""
    for line in (meta.subtitle, meta.title):
        match = _IN_TITLE.search(line or "")
        named = match and _WORDS_IN_OCCASION.search(match["o"]) and name_meeting(match["o"])
        if named:
            return named
    match = RESOLUTION.match(opening)
    if match and ADOPTS.search(opening):
        return match["meeting"]
    match = _RESOLVED.match(meta.title or "")
    if match and not meta.title_inferred:
        return match["o"]
    match = _IN_TEXT.search(opening)
    return name_meeting(match[str(match.lastgroup)]) if match else None


def _read_body(opening: str) -> str | None:
    """Return the body in whose name the opening speaks (我代表某县人民政府，向大会…)."""
    match = RESOLUTION.match(opening)
    if match and ADOPTS.search(opening):
        congress = _CONGRESS.search(match["meeting"])
        return congress[1] + congress[2] if congress else None
    match = _FOR.search(opening)
    return match["b"] if match and _NAMED_BODY.match(match["b"]) else None


@cache
def _genre_rules() -> list[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]]:
    return [_compile_rule(rule) for rule in read_rules("genres")["rule"]]


def _compile_rule(
    rule: dict[str, Any],
) -> tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return a rule's genre and its compiled patterns for title and text."""
    title, text = rule.get("title"), rule.get("text")
    return rule["genre"], re.compile(title) if title else None, re.compile(text) if text else None


def _infer_genre(found: Metadata, text: str, find_raw: FindRaw) -> None:
    """Set the genre of the first rule that fits the title or the opening, and note what fits."""
    made_up = found.title_inferred and not (found.title or "").endswith(("报告", "决议"))
    names = ("subtitle", "occasion") if made_up else ("title", "subtitle", "occasion")
    lines = [(name, line) for name in names if (line := getattr(found, name))]
    opening = text[: read_rules("genres")["opening_chars"]]
    for genre, in_title, in_text in _genre_rules():
        base = next((n for n, line in lines if in_title and in_title.search(line)), None)
        words = in_text.search(opening) if in_text else None
        if (in_title and base is None) or (in_text and words is None):
            continue
        found.genre = genre
        if base is not None:
            trace_field(found, "genre", base)
        elif words is not None:
            trace_text(found, "genre", words.span(), "wording", text, find_raw)
        return
