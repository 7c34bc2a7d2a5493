"""Lines that say when and where a page appeared without any label: 溪北人大 2023-05-08 09:00."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus_app.ingest.dates import DATE, DATE_WORDS, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.label_values import find_url
from corpus_app.ingest.metadata.labels import is_medium, read_labels
from corpus_app.ingest.metadata.names import (
    is_local_body,
    is_name,
    is_organisation,
    may_be_name,
)
from corpus_app.ingest.metadata.sittings import REPORTED, is_printed, tells_today

_OUTER: Final = " \u3000\t\u00a0|｜•·●▪■◆→←/／[]【】（）()〔〕「」<>"
_PARTS: Final = re.compile(r"[\s\u3000|｜·•/／]+")
CLOCK: Final = re.compile(
    r"T?\s*\d{1,2}[:：时]\d{2}(?:分|[:：]\d{2})?(?:[+.Z]\S*)?|(?:星期|周)[一二三四五六日天]"
)
# 2019年3月3日上午9：30 is when a meeting began.
_HALF_DAY: Final = re.compile(r"\s*(?:[上下]午|晚上?|中午|早上)")
_ORIGINAL: Final = re.compile(
    r"^以下文章来源于|^(?:原创|转载|首发)[:：]?(?=\S{3})|^(?:发表于|发布于|发布在)\S*"
)
_CITED: Final = re.compile(
    rf"(?:原?[载載]|刊[于发载]|[摘选转录]自|据)\s*(?:于|自)?[:：]?\s*《?(?P<name>[^《》，。：:\d]{{2,16}}?)》?"
    rf"[\s（(，,]*(?P<day>{DATE_WORDS})"
)
_CITED_REST: Final = re.compile(r"[\s，,]*(?:第?\s?\S{1,4}版)?[）)。]?")
_TAKEN: Final = re.compile(
    r"[—\-\s]*(?:(?:声明|注|说明|备注|版权声明)[:：])?(?:(?:以下)?(?:文字|原文|本文|本作品|全文|文章|稿件|内容))?"
    r"(?:来源于|源自|出自|via\s|转自|转载自|摘自|选自|剪自|抄自|录自|转录自|来自|原载于?|首发于|刊于|发布于|据)"
    r"(?:微信)?(?:公众号)?[:：]?\s*[《“「【\"]?(?P<name>\S{2,20}?)[》”」】\"]?"
    r"(?:微信)?(?:公众号)?(?:[，,。].{0,20})?"
    r"|(?P<giver>\S{2,16}?)(?:供稿|提供|编发|出品)"
)
# 〔枫林日报枫林县2024年1月9日电〕
_WIRE: Final = re.compile(
    r"[〔【（(\[]?(?P<name>[\u4e00-\u9fff]{2,12}?(?:[日晚时早晨]报|报|社|网|客户端|融媒|发布))"
    rf"[\u4e00-\u9fff]{{0,8}}?(?P<day>{DATE_WORDS})(?:电|讯|消息)[〕】）)\]]?"
)
_POSTED_AT: Final = re.compile(
    rf"[（(]?(?P<day>{DATE_WORDS})\s*(?:由|在)?(?:首?[发刊载]|刊登|发布|发表)[于自在]\s*[《“]?(?P<name>\S{{2,20}}?)[》”]?[）)]?"
)
_DATED_MEDIUM: Final = re.compile(
    rf"《?\s?(\S{{2,16}}?)\s?》?[\s（(，,]*({DATE_WORDS})[^\n]{{0,10}}"
)
_PRINTED_IN: Final = re.compile(
    rf"[（(]?(?:原?[载載]|刊[于发载]|[摘选转录]自)?[于自]?\s?(?:{DATE_WORDS})?\s?《[^《》]{{2,20}}》"
    rf"[\s（(，,]*(?:{DATE_WORDS})?[^。，！？]{{0,12}}[）)]*"
)
_EDITION: Final = re.compile(r"^《.*版[）)]?$")
_ENDS: Final = re.compile(r"(?:发布于|发表于|发布|发表)$(?<=\S{6})")
# A label that no list knows tells nothing of its own: 出处:枫堡发布.
# 剪藏时间 2025年3月1日: a day of the page's that no field is for.
OWN_LABEL: Final = re.compile(r"(?:时间|日期)\s*$")
_BEFORE: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,10}\s*[:：]\s*$")
_LABEL: Final = re.compile(r"^[\u4e00-\u9fffA-Za-z]{2,10}[:：]")
_VERB: Final = re.compile(
    r"(?:发布|发表|推荐|上传|转载|分享|首播|播出|刊登|回答|修改|更新|编辑|修订)[于在]?[:：]?\s*(?=\n)|\n\s*(?:推荐|发布|发表|回答|上传|更新|修改)"
)
# 本帖最后由某某于 2013-12-31 编辑, 某某办公室 2008年6月18日印发: another's act.
EDITED: Final = re.compile(
    "最后由|印发|印制|翻印|日印$|存档|快照|抓取|备份|缓存|归档|剪藏|镜像|采集于|保存于|收录于"
)
_CHANGED: Final = re.compile("修改|更新|编辑|修订")
# What a text browser puts before a link: [5]枫岭日报.
_LINK: Final = re.compile(r"\[\d{1,3}\]")
_HAN: Final = re.compile("[\u4e00-\u9fffA-Za-z0-9]{3,18}")
_DONE: Final = re.compile("(?!原创|转载|首发|作者|记者|文字)[\u4e00-\u9fff]{2}")
_ACT: Final = re.compile(
    r"(?:^|[\s|｜])([\u4e00-\u9fff]{2})(?:\s*[:：]\s*|[ \u3000]+)([\u4e00-\u9fff·]{2,8})(?=\s|$)"
)
_WORDS: Final = re.compile(
    r"原创|转载|首发|阅读|点击|浏览|关注|打印|分享|字号|收藏|评论|发表于|星期"
)


def tells_act(text: str) -> bool:
    """Say whether a line tells who filed, typed or listened, and perhaps when: 制卡　周明."""
    acts = [match for match in _ACT.finditer(text) if _DONE.fullmatch(match[1])]
    return any(is_name(match[2]) or may_be_name(match[2]) for match in acts)


def read_byline(text: str, meta: Metadata, *, alone: bool = False) -> list[tuple[str, str]]:
    """Return the (field, value) pairs of a line that is known to be a byline.

    A date with a clock, or in numbers, is the page's; one written out is the speech's where no
    other is known. alone says that the line is the value of some label or box by itself.
    """
    pairs: list[tuple[str, str]] = []
    if tells_today(text) or EDITED.search(text):
        return pairs
    text = _LINK.sub(" ", text)
    url = find_url(text)
    if url:
        pairs.append(("url", url))
        text = text.replace(url, " ")
    date = DATE.search(text)
    if date is not None and OWN_LABEL.search(text[: date.start()]):
        return pairs
    if date is not None and find_date(text) is not None:
        rest = text[date.end() :]
        clock = CLOCK.search(rest) is not None and _HALF_DAY.match(rest) is None
        printed = date["sep"] is not None or clock
        printed = printed or REPORTED.search(text) is not None
        bracketed = text.lstrip()[:1] in "（(【[〔" and not CLOCK.search(rest)
        bracketed = bracketed and not is_printed(text)
        around = f"{text[: date.start()]} {rest}"
        named = any(is_medium(word) for word in _PARTS.split(around) if word)
        spoken = (bracketed or not (printed or named)) and "delivered" not in meta.dates
        own = tell_posting(text)
        if not (own or named or printed) and meta.dates.get("delivered") == find_date(text):
            return pairs
        pairs.append((own or ("delivered" if spoken else "published"), date.group()))
        if bracketed:
            return pairs
        text = f"{_BEFORE.sub('', text[: date.start()])} {CLOCK.sub(' ', rest)}"
    return [*pairs, *_read_words(text, alone)]


def _read_words(text: str, alone: bool) -> Iterator[tuple[str, str]]:
    above = ""
    for part in _PARTS.split(text.strip(_OUTER)):
        # 听写：周明, 制卡　周明: what he did is another's act.
        other = _LABEL.match(part) is not None or _DONE.fullmatch(above) is not None
        above = part
        word = _ENDS.sub("", _ORIGINAL.sub("", _LABEL.sub("", part))).strip(_OUTER)
        if not word:
            continue
        taken = read_taken(word)
        if taken or is_medium(word):
            yield taken[0] if taken else ("source", word)
        elif other and may_be_name(word):
            continue
        elif may_be_name(word) and (is_name(word) or word == text.strip(_OUTER)):
            yield "author", word
        elif is_organisation(word) or (alone and _HAN.fullmatch(word) and not _WORDS.search(word)):
            yield "source", word


def read_taken(text: str) -> list[tuple[str, str]]:
    """Return the source of a line that says where the words were taken from (转自某某日报)."""
    taken = _TAKEN.fullmatch(text)
    name = (taken["name"] or taken["giver"]) if taken is not None else ""
    known = is_medium(name) or (taken is not None and taken["name"] and is_local_body(name))
    return [("source", name)] if known else []


def read_source(text: str) -> list[tuple[str, str]]:
    """Return source and day of a line that tells these alone: （原载枫岭政府网，2009.01.19）."""
    bare = strip_brackets(text)
    cited = _CITED.match(bare)
    whole = cited is not None and _CITED_REST.fullmatch(bare, cited.end()) is not None
    known = cited and whole and (is_medium(cited["name"]) or is_local_body(cited["name"]))
    return read_citation(bare) if known else read_taken(bare)


def read_citation(text: str, *, near: bool = False) -> list[tuple[str, str]]:
    """Return source and day of a line that tells where the text was printed (原载《…》…).

    near says that it stands where such lines do, so that a paper's name and a day alone are one.
    """
    cited = _CITED.search(text)
    if cited is not None:
        return [("source", cited["name"].strip()), ("published", cited["day"])]
    posted = _POSTED_AT.fullmatch(text) or _WIRE.fullmatch(text)
    if posted is not None and (is_medium(posted["name"]) or is_local_body(posted["name"])):
        return [("source", posted["name"]), ("published", posted["day"])]
    taken = read_taken(text)
    if taken:
        return taken
    dated = _DATED_MEDIUM.fullmatch(text) if near or text.startswith("《") else None
    day = find_date(dated[2]) if dated is not None else None
    exact = near or (day is not None and day.precision == "day")
    if dated is not None and exact and (is_medium(dated[1]) or _EDITION.search(text)):
        return [("source", dated[1]), ("published", dated[2])]
    date = DATE.search(text)
    reported = date is not None and REPORTED.search(text) is not None
    return [("published", text[date.start() :])] if date is not None and reported else []


def tells_print(text: str) -> bool:
    """Say whether a whole line tells where the text was printed: 《枫岭日报》2023年5月8日第3版."""
    date = find_date(text)
    day = date is not None and date.precision == "day"
    return day and _PRINTED_IN.fullmatch(text) is not None


def tell_posting(text: str) -> str:
    """Return which of the page's days a verb beside a day tells (published, updated), "" for none.

    某某人大 发布于 2024-01-15; 修改于 2024年1月15日 15:10; 2024年1月15日更新.
    """
    date = DATE.search(text)
    if date is None:
        return ""
    around = f"{text[: date.start()]}\n{text[date.end() :]}"
    verb = _VERB.search(around)
    if verb is None:
        return ""
    return "updated" if _CHANGED.search(verb.group()) else "published"


def tells_own_day(text: str) -> bool:
    """Say whether a line is a day behind a label that no list knows: 剪藏时间 2025年3月1日."""
    date = DATE.search(text)
    if date is not None and EDITED.search(text):
        return True
    labelled = date is not None and OWN_LABEL.search(text[: date.start()]) is not None
    return labelled and not read_labels(text)


def read_medium(text: str) -> str:
    """Return the site that stands beside a day, or the body beside one that a machine printed."""
    text = _LINK.sub(" ", text)
    date = DATE.search(text)
    if date is None or tells_today(text) or EDITED.search(text):
        return ""
    figures = date["sep"] is not None or CLOCK.search(text[date.end() :]) is not None
    around = f"{text[: date.start()]} {CLOCK.sub(' ', text[date.end() :])}"
    words = [word.strip(_OUTER) for word in _PARTS.split(around.strip(_OUTER))]
    apart = figures or text[date.start() - 1 : date.start()] not in ("（", "(", "【", "[", "〔")
    named = (w for w in words if (is_medium(w) and apart) or (figures and is_organisation(w)))
    return next(named, "")


def settle_time(
    meta: Metadata, pairs: list[tuple[str, str]], *, spoken: bool = False
) -> list[tuple[str, str]]:
    """Return the pairs with 时间 as the page's date where the speech's is another that is known.

    spoken says that the line stands among others that tell of the speech.
    """
    known = meta.dates.get("delivered")
    other = "published" if known is not None else "delivered" if spoken else "time"
    return [
        (other, value) if field == "time" and find_date(value) != known else (field, value)
        for field, value in pairs
    ]
