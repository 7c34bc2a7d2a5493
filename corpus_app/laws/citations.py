"""Where a text cites a law: 《…法》第N条第M款第K项, several articles, several laws, short names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from corpus_app.text.numerals import read_count

_N: Final = "[〇零一二三四五六七八九十百千0-9０-９]{1,9}"
_MORE: Final = "(?:[、和及与]第?"
_PART: Final = re.compile(
    rf"第(?P<numbers>{_N}{_MORE}{_N})*(?:[至到—～~\-]+第?{_N})?)条"
    r"(?:之(?P<branch>[一二三四五六七八九十]{1,2})(?![切些般定]))?"
    rf"(?:第(?P<paragraphs>{_N}{_MORE}{_N})*)款)?"
    rf"(?:第?(?P<items>[（(]?{_N}[)）]?{_MORE}[（(]?{_N}[)）]?)*)项)?"
)
_NEXT: Final = re.compile(r"\s*(?P<sign>以及|或者|[、和及与或，至到—～~\-]+)\s*(?=第)")
_RANGE: Final = re.compile(r"[至到—～~\-]")
_NUMBER: Final = re.compile(_N)
_TITLE: Final = re.compile(r"《(?P<title>[^《》\n]{2,80}(?:《[^《》\n]{2,60}》[^《》\n]{0,20})?)》")
# 《…法》（以下简称《…》）
_ALIAS: Final = re.compile(
    _TITLE.pattern
    + r"\s*[（(]\s*(?:以下|下)?简称[：:]?[“《]?(?P<alias>[^“”《》（）()\n]{2,30})[”》]?"
)
# Between a law's name and the article: a remark in brackets, 的.
_BETWEEN: Final = re.compile(r"\s*(?:[（(][^（）()\n]{0,40}[)）])?(?:中的|的|中)?\s*(?=第)")
_SAME: Final = re.compile(r"(?:该|同|上述|这部)(?:法律|法|条例|规定)$")
# Before a name without 《》 a word ends; else it is a part of a longer name.
_BORDER: Final = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[和与及对在了的是新如即将把由从为照据按以]|违反|符合|执行|落实|适用|我国|国家"
    r"|现行|援引|引用|遵守|学习|贯彻|实施|修改|制定|检查|依法)$"
)
_LONGEST_NAME: Final = 45


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """Article number to last (equal but for 第三条至第五条), cited at text[start:end].

    branch is 1 for 之一, else 0; paragraphs (款) and items (项) are the numbers named.
    """

    start: int
    end: int
    number: int
    last: int
    branch: int = 0
    paragraphs: tuple[int, ...] = ()
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LawCitation:
    """A law named at text[start:name_end], with the articles of it that are cited up to end."""

    title: str
    start: int
    name_end: int
    end: int
    articles: tuple[CitedArticle, ...] = ()


def find_citations(text: str, is_known: Callable[[str], bool]) -> list[LawCitation]:
    """Return the laws that a text names between 《》, and those cited with an article without them.

    is_known says whether some words are a law's name; a name given in the text (以下简称) is one,
    and 该法 is the law named before it in the paragraph.
    """
    aliases = {match["alias"]: match["title"] for match in _ALIAS.finditer(text)}
    found = [_read_titled(text, match) for match in _TITLE.finditer(text)]

    def knows(words: str) -> bool:
        return words in aliases or is_known(words)

    taken = {article.start for one in found for article in one.articles}
    for match in _PART.finditer(text):
        if match.start() in taken:
            continue
        citation = _read_bare(text, match.start(), knows, found)
        if citation is not None:
            found.append(citation)
            taken.update(article.start for article in citation.articles)
    named = (replace(one, title=aliases.get(one.title, one.title)) for one in found)
    return sorted(named, key=_get_start)


def _read_titled(text: str, match: re.Match[str]) -> LawCitation:
    between = _BETWEEN.match(text, match.end())
    articles = tuple(_read_articles(text, between.end())) if between else ()
    end = articles[-1].end if articles else match.end()
    return LawCitation(match["title"], match.start(), match.end(), end, articles)


def _read_bare(
    text: str, at: int, is_known: Callable[[str], bool], titled: list[LawCitation]
) -> LawCitation | None:
    """Return the citation whose first article stands at a place, None where no law is named."""
    named = _find_same(text, at, titled) or _find_name(text, at, is_known)
    if named is None:
        return None
    title, start = named
    articles = tuple(_read_articles(text, at))
    return LawCitation(title, start, at, articles[-1].end, articles) if articles else None


def _find_same(text: str, at: int, titled: list[LawCitation]) -> tuple[str, int] | None:
    """Return what 该法 before a place stands for, and where it begins."""
    same = _SAME.search(text, max(0, at - 8), at)
    if same is None:
        return None
    line = text.rfind("\n", 0, at)
    before = max((one for one in titled if line < one.start < at), key=_get_start, default=None)
    return (before.title, same.start()) if before else None


def _find_name(text: str, at: int, is_known: Callable[[str], bool]) -> tuple[str, int] | None:
    """Return the longest name of a law that ends at a place, and where it begins."""
    for start in range(max(0, at - _LONGEST_NAME), at - 1):
        if text[start].isspace() or not _BORDER.search(text[max(0, start - 2) : start]):
            continue
        if is_known(text[start:at]):
            return text[start:at], start
    return None


def _get_start(citation: LawCitation) -> int:
    return citation.start


def _read_articles(text: str, at: int) -> list[CitedArticle]:
    """Return the articles cited in a row from a place on."""
    found: list[CitedArticle] = []
    part = _PART.match(text, at)
    while part is not None:
        cited = _list_numbers(part)
        if found and _RANGE.search(text[found[-1].end : part.start()]):
            found[-1] = replace(found[-1], last=cited[0].number)
        found += cited
        between = _NEXT.match(text, part.end())
        part = _PART.match(text, between.end()) if between else None
    return found


def _list_numbers(part: re.Match[str]) -> list[CitedArticle]:
    """Return the articles of one 第…条; the last alone bears branch, paragraphs and items."""
    words = part["numbers"]
    numbers = [number for one in _NUMBER.findall(words) if (number := read_count(one))]
    found = [CitedArticle(*part.span(), number, number) for number in numbers]
    if _RANGE.search(words) and len(found) > 1:
        found[-2] = replace(found[-2], last=numbers[-1])
    if found:
        found[-1] = replace(
            found[-1],
            branch=read_count(part["branch"] or "") or 0,
            paragraphs=_read_numbers(part["paragraphs"]),
            items=_read_numbers(part["items"]),
        )
    return found


def _read_numbers(words: str | None) -> tuple[int, ...]:
    return tuple(n for one in _NUMBER.findall(words or "") if (n := read_count(one)))
