"""The title's lines put together: title, subtitle, and the date or speaker named in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from corpus_app.ingest.dates import DATE, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import is_name, may_be_name, split_office
from corpus_app.ingest.noise.breaks import LIKELY, measure_break
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze
from corpus_app.text.phrases import PhraseIndex

_DASHES: Final = re.compile(r"(?:—{1,4}|－{2,4}|-{2,4}|―{1,4}|─{1,4}|━{1,4}|–{2,4})")
SUBTITLE: Final = re.compile(rf"^{_DASHES.pattern}\s*(?=\S)")
_PARTED: Final = re.compile(rf"^(.{{4,60}}?){_DASHES.pattern}(.{{4,60}})$")
BRACKETED: Final = re.compile(r"^[（(](在.{4,50}(?:上|时|中)的?.{2,6})[）)]$")
IN_MEETING: Final = re.compile(
    r"^在.{4,60}(?:上|时|中)的?[^，。]{0,6}(?:讲话|发言|致辞|致词|报告|点评|主持词|说明|党课)$"
)
_TRAILING_DATE: Final = re.compile(rf"^(.{{4,70}}?)\s*[（(]\s*({DATE.pattern})\s*[）)]$")
_SUBTITLE_ENDS: Final = re.compile(
    r"(?:上|时|会议|大会|讲话|发言|致辞|致词|报告|主持词|摘要|提纲|体会)[）)]?$"
)
# 2004年3月在某县第十七届人民代表大会, 第四次会议上: a body's name is no end yet.
_SITTING: Final = re.compile(r"第[一二三四五六七八九十\d]{1,3}次\S{0,4}会议")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
# Inside a number, before its unit, inside brackets, before the end of a clause, in a place's name,
# in a word that ends before a blank:
# 20 / 23年, 2023 / 年, 《水法 / 》实施情况, 代表大会 / 制度，发展…, 青芜 / 县人民政府.
_CUT_SIGNS: Final = re.compile(
    r"\d\n[\d年月日]|《[^》\n]*\n|“[^”\n]*\n|（[^）\n]*\n|\n[^，]{1,5}，"
    r"|\n\S{1,2}[ \u3000]|\n[省市县区州盟旗镇乡](?:人民)?(?:政府|人大|法院|检察院|人民代表)"
)
# 某省人民 / 检察院…, 常务委员 / 会…: a name that the end of a line breaks.
_ORGAN_NAME: Final = re.compile(
    r"人民代表大会(?:常务委员会)?|常务委员会|人大常委会|人民检察院|人民法院|人民政府|\d{4}年(?=\S{4})"
)
# No name or expression that a line ends in reaches further to either side.
_REACH: Final = 30
# What no line begins with that was not broken before it.
_GOING_ON: Final = "：:，,、；;）)》”"
LONGEST_COLUMN: Final = 6
# Buttons have fewer: A- A A+.
FEWEST_HAN: Final = 3
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d{2}")
# [公文交流], 某某晚报6月22日电, 第37章 before a title, _图文_百度文库 behind it: not the title's.
_TAG: Final = re.compile(
    r"^#?[\u4e00-\u9fff]{2,12}#\s*(?=\S{4})|^(?:求助|求|转帖|转载|转|分享|推荐)[:：]\s*(?=\S{6})|^篇[一二三四五六七八九十]{1,3}\s?[:：]\s*|^第\d{1,4}[章节回]\s+(?=\S{4})"
    r"|^\S{2,12}\d{1,2}月\d{1,2}日[电讯]\s+(?=\S{4})|^[\[【](?:转|[^\]】]{2,8})[\]】]\s*(?=\S{6})|^[^\u4e00-\u9fff\w、《》“”（）()【\[—－―─━–-]+"
)
# …的讲话 - 公文写作: behind a document's name, what a window or an address adds.
_COLUMN: Final = re.compile(
    r"^(.{6,60}?)\s?(?:_|[ \u3000][-–|｜][ \u3000]|\|)\s?(\S{2,20}.{0,30})$"
)
# Round brackets hold a subtitle, or words of the title: （摘要）.
_ROUND: Final = ("（", "(", "）", ")")
_SITE: Final = re.compile(
    r"\s?[_|｜–-]{1,2}\s?(?:图文|全文|正文)$"
    r"|(?<=\S{4})\s?[（(\[【](?:转载|转帖|转|定稿|终稿|打印稿|电子版|网络版|复制链接)[）)\]】]$"
    r"|(?<=\S{6})\s?[\[【][^\[\]【】]{0,6}[12]\d{3}[-./年][^\[\]【】]{2,16}[\]】]$|(?:\s?[_|｜–-]{1,2}\s?[^_|｜–-]{2,14}){0,3}\s?[_|｜–-]{1,2}\s?[^_|｜–\s-]{1,14}"
    r"(?:网|在线|融媒|日报|时报|晚报|文库|豆丁|门户|频道|论坛|平台|客户端|公众号|人民政府|人大常委会|政府办公室)$"
    r"|(?<=\S{6})(?:[〔\[［]\d{1,2}[〕\]］]|[①-⑳＊*※]+)$|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+$"
)
# One of these stands in whatever a site adds behind.
_SITE_SIGN: Final = re.compile(
    "[_|｜–\\-\\]】〕］）)①-⑳＊*※\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]"
)
LONGEST_KEPT: Final = 200
# 资源描述：《在…会议上的讲话》
_QUOTED: Final = re.compile(r"[\u4e00-\u9fff]{2,6}[:：]\s*《([^《》]{4,60})》")
_NAMED_SPEAKER: Final = re.compile(
    r"^(?:[（(【\[][^）)】\]]{2,8}[）)】\]])?(?P<who>[\u3400-\u9fff·]{2,12}?)(?:同志)?[:：]?(?=在.{3,60}(?:上|时|中)的?.{0,6}(?:讲话|发言|致辞|致词|报告|主持词|点评|党课|说明))"
)


def read_title_words(text: str) -> str:
    """Return a title's line without the label before it (标题：…)."""
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return quoted[1]
    pairs = read_labels(text)
    return pairs[0][1] if len(pairs) == 1 and pairs[0][0] == "title" and pairs[0][1] else text


def set_title(meta: Metadata, titles: Sequence[str], below: Sequence[str] = ()) -> None:
    """Put the title's lines together; what follows a dash, or a dated line, is the subtitle.

    below are lines that are known to be the subtitle, whatever they look like.
    """
    parts, subtitle = _gather_parts(meta, titles)
    for line in below:
        text = strip_brackets(SUBTITLE.sub("", strip_brackets(line)))
        subtitle = text if subtitle is None else subtitle
        if subtitle != text and continues_subtitle(subtitle, text):
            subtitle += text
    parts, subtitle = _prefer_chinese(parts, subtitle)
    if not parts:
        return
    title = _cut_speaker(meta, join_parts(parts))
    named = _NAMED_SPEAKER.match(title)
    if named and meta.speaker is None and is_name(named["who"]) and may_be_name(named["who"]):
        meta.speaker = named["who"]
    parted = _PARTED.match(title)
    if parted and subtitle is None:
        title, subtitle = parted[1].strip(), parted[2].strip()
    meta.title = SUBTITLE.sub("", title)
    meta.subtitle = subtitle if subtitle and may_be_subtitle(subtitle, meta.title) else None
    date = find_date(subtitle or "")
    if date is not None and date.precision == "day":
        meta.dates.setdefault("delivered", date)


def _gather_parts(meta: Metadata, titles: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the lines that are the title, and the subtitle among them."""
    parts: list[str] = []
    subtitle: str | None = None
    for line in titles:
        text = _cut_date(meta, cut_site(line))
        if parts and (text in parts[0] or line in parts[0]):
            continue
        if subtitle and continues_subtitle(subtitle, text):
            subtitle += text
        elif parts and is_subtitle(text):
            subtitle = subtitle or strip_brackets(SUBTITLE.sub("", strip_brackets(text)))
        elif not parts or not _is_whole(parts[0]):
            parts.append(text)
    return parts, subtitle


def _prefer_chinese(parts: list[str], subtitle: str | None) -> tuple[list[str], str | None]:
    """Return title and subtitle without lines in another script, where there is a Chinese one."""
    if subtitle and IN_MEETING.match(subtitle) and not any(map(_HAN.search, parts)):
        return [subtitle], None
    chinese = [part for part in parts if _HAN.search(part)]
    return chinese or parts, subtitle


def cut_site(text: str) -> str:
    """Return a title's line without the tag and the site's name that a page added to it."""
    return _recall_cut(text) if len(text) <= LONGEST_KEPT else _cut_site(text)


def _cut_site(text: str) -> str:
    tag = _TAG.match(text)
    bare = text[tag.end() :] if tag else text
    bare = _SITE.sub("", bare) if _SITE_SIGN.search(bare) else bare
    bare = bare.strip().rstrip("|｜ \u3000")
    parted = _COLUMN.match(bare)
    columned = parted and (len(parted[2]) <= LONGEST_COLUMN or not ends_as_document(parted[2]))
    if parted and columned and ends_as_document(parted[1]):
        bare = parted[1]
    if bare.startswith("《") and bare.find("》") == len(bare) - 1:
        bare = bare[1:-1]
    if bare[:1] not in _ROUND and bare[-1:] not in _ROUND:
        bare = strip_brackets(bare)
    return bare if len(bare) >= 4 else text


# A line is asked for its title's words by signs, choice and doubt.
_recall_cut = lru_cache(maxsize=1024)(_cut_site)


def _is_whole(title: str) -> bool:
    """Say whether a line is a title that needs no further line (在…会议上的讲话)."""
    endings = tuple(read_rules("metadata")["titles"]["endings"])
    bare = re.sub(r"[（(][^（）()]{1,12}[）)]$", "", title)
    return len(title) >= 8 and bare.endswith(endings) and not bare.endswith("全体会")


def _cut_speaker(meta: Metadata, title: str) -> str:
    """Return a title without the speaker named before it (张三：在…会议上的讲话)."""
    lead, colon, rest = title.partition("：" if "：" in title else ":")
    if not colon or len(rest) < 4:
        return title
    office = split_office(lead)
    if office is None and not is_name(lead):
        return title
    if meta.speaker is None:
        meta.speaker_role, meta.speaker = office or (None, re.sub(r"\s", "", lead))
    return rest.strip()


def is_subtitle(text: str) -> bool:
    """Say whether a title's line is its subtitle: behind dashes, in brackets, or dated."""
    dated = re.match(r"[（(]?[0-9０-９]{4}年.{2,12}日在", text)
    return bool(SUBTITLE.match(text) or BRACKETED.match(text) or IN_MEETING.match(text) or dated)


def may_be_subtitle(text: str, title: str | None) -> bool:
    """Say whether words are no second print of the title, and no rest of a broken line."""
    torn = text[:1] in _GOING_ON or _CLOCK.match(text)
    worded = len(_HAN.findall(text)) >= FEWEST_HAN or (text.isascii() and len(text.split()) > 3)
    return squeeze(text) != squeeze(title or "") and worded and not torn


def continues_subtitle(subtitle: str, text: str) -> bool:
    """Say whether a subtitle that ends in mid-name goes on (…第十四届, 人民代表大会…会议上)."""
    ended = _SUBTITLE_ENDS.search(subtitle) is not None and not _SITTING.match(text)
    return not ended and _SUBTITLE_ENDS.search(text) is not None and not is_subtitle(text)


def _cut_date(meta: Metadata, text: str) -> str:
    """Return a title's line without the date in brackets at its end, which is kept as such."""
    match = _TRAILING_DATE.match(text)
    date = find_date(match[2]) if match else None
    if match is None or date is None:
        return text
    meta.dates.setdefault("delivered", date)
    return match[1].strip()


def join_parts(parts: Sequence[str]) -> str:
    """Return the lines of a title as one: what a line break cut joined, phrases parted by a blank.

    政府工作报 + 告 gives 政府工作报告, 决胜… + 夺取… keep a blank between them.
    """
    title = parts[0]
    for part in parts[1:]:
        title += part if _is_cut(title, part) else f" {part}"
    return title


def parts_name(before: str, text: str) -> bool:
    """Say whether a line ends inside an organ's name, or a set expression, that the next one ends.

    Expressions are those of the registry: 发展全过程人民 / 民主.
    """
    whole, border = before[-_REACH:] + text[:_REACH], len(before[-_REACH:])
    places = [match.span() for match in _ORGAN_NAME.finditer(whole)]
    places += [(at, at + len(words)) for at, words in _load_expressions().find_all(whole)]
    return any(start < border < end for start, end in places)


@cache
def _load_expressions() -> PhraseIndex:
    wordings = (entry["text"] for entry in read_rules("standard_wording")["wording"])
    slogans = read_rules("slogans")
    bare = (words for kind in ("counted", "parallel", "quoted") for words in slogans[kind]["bare"])
    return PhraseIndex([*wordings, *bare])


def _is_cut(title: str, part: str) -> bool:
    """Say whether a line break between two lines of a title cut a phrase."""
    whole = title + part
    if len(part) <= 4 or title[-1] in "的和与、，及" or part.startswith(("的", "、")):
        return True
    if parts_name(title, part):
        return True
    if re.fullmatch(r"[12]\d{3}年\S{0,3}", title) or _CUT_SIGNS.search(f"{title}\n{part}"):
        return True
    if measure_break(whole, len(title), len(title)).gain >= LIKELY:
        return True
    if IN_MEETING.match(whole) and not IN_MEETING.match(title):
        return True
    about = title.startswith("关于") and ends_as_document(part) and not ends_as_document(title)
    return about and not part.startswith(("关于", "在"))
