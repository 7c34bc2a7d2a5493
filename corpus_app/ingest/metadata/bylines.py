"""Lines that say when and where a page appeared without any label: 溪北人大 2023-05-08 09:00."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus_app.ingest.dates import DATE, DATE_WORDS, find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.label_values import find_url
from corpus_app.ingest.metadata.labels import is_medium, read_labels
from corpus_app.ingest.metadata.names import is_name, is_organisation, may_be_name
from corpus_app.ingest.metadata.sittings import REPORTED, is_printed, tells_today

_OUTER: Final = " \u3000\t\u00a0|｜•·●▪■◆→←/／[]【】（）()〔〕「」<>"
_PARTS: Final = re.compile(r"[\s\u3000|｜·•/／]+")
CLOCK: Final = re.compile(
    r"T?\s*\d{1,2}[:：时]\d{2}(?:分|[:：]\d{2})?(?:[+.Z]\S*)?|(?:星期|周)[一二三四五六日天]"
)
_ORIGINAL: Final = re.compile(
    r"^以下文章来源于|^(?:原创|转载|首发)[:：]?(?=\S{3})|^(?:发表于|发布于|发布在)\S*"
)
_CITED: Final = re.compile(
    rf"(?:原?[载載]|刊[于发载]|[据摘选转录]自?)\s*(?:于|自)?[:：]?\s*《?(?P<name>[^《》，。：:\d]{{2,16}}?)》?"
    rf"[\s（(，,]*(?P<day>{DATE_WORDS})"
)
_TAKEN: Final = re.compile(r"(?:转自|转载自|摘自|选自|据)[:：]?\s*《?(\S{2,16}?)》?")
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
    r"(?:发布|发表|推荐|上传|转载|分享|首播|刊登|回答|修改|更新|编辑|修订)[于在]?\s*(?=\n)|\n\s*(?:推荐|发布|发表|回答|上传|更新|修改)"
)
# 本帖最后由某某于 2013-12-31 编辑, 某某办公室 2008年6月18日印发: another's act.
EDITED: Final = re.compile("最后由|印发|印制|翻印")
_CHANGED: Final = re.compile("修改|更新|编辑|修订")
# What a text browser puts before a link: [5]枫岭日报.
_LINK: Final = re.compile(r"\[\d{1,3}\]")
_HAN: Final = re.compile("[\u4e00-\u9fffA-Za-z0-9]{3,18}")
_WORDS: Final = re.compile(
    r"原创|转载|首发|阅读|点击|浏览|关注|打印|分享|字号|收藏|评论|发表于|星期"
)


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
        printed = date["sep"] is not None or CLOCK.search(rest) is not None
        printed = printed or REPORTED.search(text) is not None
        bracketed = text.lstrip()[:1] in "（(【[〔" and not CLOCK.search(rest)
        bracketed = bracketed and not is_printed(text)
        around = f"{text[: date.start()]} {rest}"
        named = any(is_medium(word) for word in _PARTS.split(around) if word)
        spoken = (bracketed or not (printed or named)) and "delivered" not in meta.dates
        own = tell_posting(text)
        pairs.append((own or ("delivered" if spoken else "published"), date.group()))
        if bracketed:
            return pairs
        text = f"{_BEFORE.sub('', text[: date.start()])} {CLOCK.sub(' ', rest)}"
    return [*pairs, *_read_words(text, alone)]


def _read_words(text: str, alone: bool) -> Iterator[tuple[str, str]]:
    for part in _PARTS.split(text.strip(_OUTER)):
        word = _ENDS.sub("", _ORIGINAL.sub("", _LABEL.sub("", part))).strip(_OUTER)
        if not word:
            continue
        if is_medium(word):
            yield "source", word
        elif may_be_name(word) and (is_name(word) or word == text.strip(_OUTER)):
            yield "author", word
        elif is_organisation(word) or (alone and _HAN.fullmatch(word) and not _WORDS.search(word)):
            yield "source", word


def read_citation(text: str, *, near: bool = False) -> list[tuple[str, str]]:
    """Return source and day of a line that tells where the text was printed (原载《…》…).

    near says that it stands where such lines do, so that a paper's name and a day alone are one.
    """
    cited = _CITED.search(text)
    if cited is not None:
        return [("source", cited["name"].strip()), ("published", cited["day"])]
    taken = _TAKEN.fullmatch(text)
    if taken is not None and is_medium(taken[1]):
        return [("source", taken[1])]
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
