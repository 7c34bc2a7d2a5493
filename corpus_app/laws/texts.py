"""The text of a law read into its title, dates and articles; an article into paragraphs and items.

Pure: text in, data out. A law is a text file, plain or Markdown: its title, lines that tell when it
was adopted, amended and came into force, then articles, each beginning a line (第一条 …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from corpus_app.text.chars import squeeze
from corpus_app.text.numerals import read_count

_FIGURES: Final = "〇零一二三四五六七八九十百千0-9０-９"
_ARTICLE: Final = re.compile(
    rf"第(?P<number>[{_FIGURES}]+)条(?:之(?P<branch>[{_FIGURES}]+))?(?:[\s\u3000]+|$)"
)
_DIVISION: Final = re.compile(rf"第[{_FIGURES}]+(?:分编|编|章|节)(?:[\s\u3000]|$)")
_ANNEX: Final = re.compile(r"附件|附[：:]|附\s*表")
_MARKUP: Final = re.compile(r"^#{1,6}\s*|^\s*>\s*|\*\*|<!--.*?-->")
_DATE: Final = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_IN_FORCE: Final = re.compile(r"起?\s*(?:正式)?(?:施行|实施|生效)")
_CHANGED: Final = re.compile(r"通过|修正|修订|修改|批准")
_NAMED_DATE: Final = re.compile(r"[（(](\d{4})-(\d{1,2})-(\d{1,2})[)）]")
_ITEM: Final = re.compile(r"[（(][〇零一二三四五六七八九十]+[)）]")
# The day of coming into force stands at the end.
_LAST: Final = 3
_LEAST_PREAMBLE: Final = 100


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article's number, branch (之一 is 1, else 0) and words; number 0 is the preamble."""

    number: int
    branch: int
    text: str


@dataclass(frozen=True, slots=True)
class LawText:
    """What the text of a law says: title, ISO dates of adoption and amendments, articles.

    day is the newest of those dates, or what the file's name tells; since the day it came into
    force; both "" where nothing tells.
    """

    title: str
    day: str
    since: str
    amended: tuple[str, ...]
    articles: tuple[ArticleText, ...]


def read_law(text: str, *, title: str = "", day: str = "") -> LawText | None:
    """Return what a text says; title and day as a table of the collection gives them, else "".

    None where the text bears no title and none is given.
    """
    lines = [line for raw in text.splitlines() if (line := _MARKUP.sub("", raw).strip())]
    title = squeeze(title or (lines[0] if lines else ""))
    if not title:
        return None
    first = next((n for n, line in enumerate(lines) if _ARTICLE.match(line)), len(lines))
    articles = tuple(_read_articles(lines[first:]))
    changed, forced = _read_dates(lines[1:first])
    own = max(changed, default="")
    # A table may know of an amendment that the head of the text does not name; what is
    # published some months after it was adopted is no amendment.
    if int(day[:4] or 0) > int(own[:4] or 0) + 1:
        own = day
        changed.append(day)
    ends = (words for article in articles[-_LAST:] for words in [article.text])
    forced += [when for words in ends for when in _read_dates([words])[1]]
    since = min((when for when in forced if when >= own), default=own)
    return LawText(
        title, own, since, tuple(sorted(changed)), _read_preamble(lines[:first]) + articles
    )


def read_named_date(name: str) -> str:
    """Return the date in a file's name (代表法(2025-03-11).md), "" where there is none."""
    match = _NAMED_DATE.search(name)
    return _write_day(*map(int, match.groups())) if match else ""


def join_parts(first: LawText, second: LawText) -> LawText:
    """Return one text of two files of the same law and day (the books of a code).

    Articles that both have are the first one's.
    """
    known = {(one.number, one.branch) for one in first.articles}
    added = (one for one in second.articles if (one.number, one.branch) not in known)
    articles = sorted((*first.articles, *added), key=lambda one: (one.number, one.branch))
    return replace(
        first,
        since=first.since if first.since > first.day else second.since,
        amended=tuple(sorted({*first.amended, *second.amended})),
        articles=tuple(articles),
    )


def _read_articles(lines: Iterable[str]) -> Iterator[ArticleText]:
    """Yield the articles; of several of one number (an annex has its own) the first."""
    known: set[tuple[int, int]] = set()
    current: tuple[int, int] | None = None
    words: list[str] = []
    for line in [*lines, "附件"]:
        match = _ARTICLE.match(line)
        if match is None and not _DIVISION.match(line) and not _ANNEX.match(line):
            words.append(line)
            continue
        if current is not None and current not in known:
            known.add(current)
            yield ArticleText(*current, "\n".join(words))
        number = read_count(match["number"]) if match else None
        current, words = None, []
        if match is not None and number is not None:
            current = number, read_count(match["branch"] or "") or 0
            words = [line[match.end() :]] if line[match.end() :] else []


def _read_preamble(lines: list[str]) -> tuple[ArticleText, ...]:
    """Return what stands behind 序言, as an article of number 0; nothing where it is short."""
    start = next((n for n, line in enumerate(lines) if squeeze(line) == "序言"), len(lines))
    words = [line for line in lines[start + 1 :] if not _DIVISION.match(line)]
    text = "\n".join(words)
    return (ArticleText(0, 0, text),) if len(text) >= _LEAST_PREAMBLE else ()


def _read_dates(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the dates of adoption and amendment, and those of coming into force."""
    changed: list[str] = []
    forced: list[str] = []
    for line in lines:
        dates = list(_DATE.finditer(line))
        ends = [*(match.start() for match in dates[1:]), len(line)][: len(dates)]
        for match, end in zip(dates, ends, strict=True):
            day = _write_day(*map(int, match.groups()))
            behind = line[match.end() : end].strip()
            if not day:
                continue
            if _IN_FORCE.match(behind):
                forced.append(day)
            elif _CHANGED.search(behind):
                changed.append(day)
    return changed, forced


def _write_day(year: int, month: int, day: int) -> str:
    """Return an ISO date, "" where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def list_article_paragraphs(text: str) -> list[tuple[str, list[str]]]:
    """Return the paragraphs (款) of an article's words, each with its items (项), in order."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if _ITEM.match(line) and found:
            found[-1][1].append(line)
        else:
            found.append((line, []))
    return found
