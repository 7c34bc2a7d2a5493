"""Words that a draft quotes of a law, and where they stand in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from corpus_app.laws.citations import LawCitation
from corpus_app.laws.collection import HeldArticle
from corpus_app.text.alignment import align_texts
from corpus_app.text.folding import fold
from corpus_app.text.matching import find_alike

# Fewer characters are a name or an expression.
LEAST_CHARS: Final = 6
# What shares so much with an article is taken from it; told in other words, it shares less.
_SAME: Final = 0.72
# Without marks a law is mostly told in one's own words: only what is all but its own is judged.
_SAME_UNMARKED: Final = 0.9
_QUOTED: Final = r"“(?P<words>[^“”]{1,1200})”"
_VERB: Final = r"规定|指出|明确|写明|载明|写道|要求|提出|确立|强调|宣告"
_BEHIND: Final = re.compile(
    r"(?:的|中|里|还|又|也|就|均|都|已|则|明确|专门|特别|分别|作出|对此|开宗明义地?|开篇|清楚|同时){0,3}"
    rf"(?P<verb>{_VERB})?(?:了|道|的是|如下)?\s*[：:，,]?\s*{_QUOTED}"
)
_AND: Final = re.compile(rf"\s*[、，和及]?\s*{_QUOTED}")
_UNMARKED: Final = re.compile(
    rf"(?:明确|还|也)?(?P<verb>{_VERB})[：:，,]\s*(?P<words>[^“”\n。；]{{12,400}})"
)
_BEFORE: Final = re.compile(
    rf"{_QUOTED}[。；]?\s*(?:[（(]\s*(?:见|引自|摘自|出自|参见|载)?|—{{1,2}}|[，,]?(?:这)?(?:就)?"
    r"(?:是|出自|见于|引自|来自|源自|载于))\s*$"
)
# What a law said before it is changed, and what it is to say.
_CHANGED: Final = re.compile("[，,]?(?:的表述|一句)?(?:拟|建议)?(?:修改|修订|改|调整)(?:为|成)")
_REACH: Final = 1_230
_MARKS: Final = str.maketrans("", "", "“”‘’\"'《》〈〉「」『』")
_GAP: Final = re.compile("…+|[.]{3,}")


@dataclass(frozen=True, slots=True)
class LawQuote:
    """Words text[start:end] of a draft that a law is said to hold; marked: between “ and ”.

    claimed: behind 规定 and the like, or in front of its source; else it may be a name for it.
    """

    words: str
    start: int
    end: int
    marked: bool
    claimed: bool


def list_law_quotes(text: str, citation: LawCitation) -> Iterator[LawQuote]:
    """Yield what a draft quotes of a law that it cites: behind the citation, else before it."""
    match = _BEHIND.match(text, citation.end)
    if match is not None and _CHANGED.match(text, match.end()):
        return
    if match is not None:
        claimed = bool(match["verb"])
        while match is not None:
            yield _read(match, True, claimed)
            match = _AND.match(text, match.end())
        return
    if (match := _UNMARKED.match(text, citation.end)) is not None:
        yield _read(match, False, True)
        return
    low = max(0, citation.start - _REACH)
    opened = text.rfind("“", low, citation.start)
    if opened >= 0 and (match := _BEFORE.match(text[opened : citation.start])) is not None:
        first, end = match.span("words")
        yield LawQuote(match["words"], opened + first, opened + end, True, True)


def _read(match: re.Match[str], marked: bool, claimed: bool) -> LawQuote:
    return LawQuote(match["words"], *match.span("words"), marked, claimed)


class QuotedWords:
    """Quoted words ready to be compared: characters held equal, marks of quotation aside."""

    def __init__(self, quote: LawQuote) -> None:
        self.quote = quote
        self.folded = _fold(quote.words).strip("。；，：、！")
        parts = (_fold(part).strip("。；，：、！") for part in _GAP.split(quote.words))
        self._parts = [part for part in parts if part]
        self.is_long = len(self.folded) >= LEAST_CHARS

    def stand_in(self, words: str) -> bool:
        """Say whether the words stand in others; what … leaves out may stand between."""
        there, at = _fold(words), 0
        for part in self._parts:
            at = there.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return True

    def find_all(self, articles: Iterable[HeldArticle]) -> list[HeldArticle]:
        """Return the articles that hold the words."""
        return [one for one in articles if self.stand_in(one.text)]

    def find_nearest(self, articles: Iterable[HeldArticle]) -> tuple[HeldArticle, str] | None:
        """Return the article that comes nearest, with its wording; None where none is near."""
        least = _SAME if self.quote.marked else _SAME_UNMARKED
        rated = [(self._rate(one), one) for one in articles]
        close = sorted((one for one in rated if one[0] > least * 80), key=lambda one: -one[0])
        for _, article in close[:3]:
            if self._measure(article.text) >= least and (wording := self._cut(article.text)):
                return article, wording
        return None

    def _rate(self, article: HeldArticle) -> float:
        there = _fold(article.text)
        if len(there) < len(self.folded) * 0.6:
            return 0.0
        return fuzz.partial_ratio(self.folded, there)

    def _measure(self, text: str) -> float:
        """Return the share of the words that stand in the likest stretch of a text, 0 to 1."""
        wording = self._cut(text)
        if wording is None:
            return 0.0
        blocks = align_texts(self.folded, _fold(wording), least=2)
        return sum(block.length for block in blocks) / max(1, len(self.folded))

    def _cut(self, text: str) -> str | None:
        span = find_alike(self.quote.words, text, 0, len(text))
        if span is None:
            return None
        wording = text[slice(*span)].strip("\n ")
        # The draft's own end: a sentence quoted without its full stop is shown without it.
        return wording if self.quote.words.endswith("。") else wording.rstrip("。；，")


def _fold(words: str) -> str:
    return fold(words).translate(_MARKS)
