"""Parallel phrases with the sentences they stand in, and full parallel sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus_app.catalog.models import Gap
from corpus_app.slogans.models import Mention, ParallelSentence, Slogan
from corpus_app.structure.querysets import list_newest_mentions
from corpus_app.structure.quotations import Quotation, copy_words, list_warnings, quote
from corpus_app.structure.sources import Locate

PASSAGES_EACH: Final = 2
SIDE_CHARS: Final = 90
_COMMAS: Final = re.compile("[、，,]")
_SENTENCE_ENDS: Final = "。！？；\n"


@dataclass(frozen=True)
class Parallel:
    """A phrase with its members and its newest passages; slogan carries the counts."""

    slogan: Slogan
    members: list[str]
    quotations: list[Quotation]
    copied: str


def split_members(text: str) -> list[str]:
    """Return the members of a phrase.

    >>> split_members("节日多、平日少，电话多、见面少")
    ['节日多', '平日少', '电话多', '见面少']
    """
    return [member for member in _COMMAS.split(text) if member]


def build_parallels(
    slogans: Sequence[Slogan], chosen: Mapping[str, Any], locate: Locate
) -> list[Parallel]:
    """Return the slogans with passages from the chosen speeches, in two queries for all."""
    ids = [one.pk for one in slogans]
    mentions = list(list_newest_mentions(chosen, ids, PASSAGES_EACH))
    gaps = load_gaps(mention.revision_id for mention in mentions)
    by_slogan: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_slogan[mention.slogan_id].append(mention)
    return [
        Parallel(
            slogan=slogan,
            members=split_members(slogan.text),
            quotations=[_quote(one, gaps[one.revision_id]) for one in by_slogan[slogan.pk]],
            copied=_copy_phrase(slogan, by_slogan[slogan.pk], gaps, locate),
        )
        for slogan in slogans
    ]


def _copy_phrase(
    slogan: Slogan,
    mentions: Sequence[Mention],
    gaps: Mapping[int, Sequence[Gap]],
    locate: Locate,
) -> str:
    """Return the phrase with its source: the checked one, else the newest place without doubts.

    A checked first source says more than the newest speech that repeats the phrase. Where every
    place is doubtful, the newest one's warnings go along.
    """
    if slogan.has_source:
        return f"{slogan.text}\n（{slogan.source_document}{slogan.source_place}）"
    warned = [
        (one, list_warnings(one.revision, (one.start, one.end), gaps[one.revision_id]))
        for one in mentions
    ]
    if not warned:
        return slogan.text
    best, warnings = next((pair for pair in warned if not pair[1]), warned[0])
    key = best.section.key if best.section else ""
    return copy_words(slogan.text, best.revision, key, warnings, locate)


def _quote(mention: Mention, gaps: Sequence[Gap]) -> Quotation:
    place = (mention.start, mention.end)
    span = find_sentence(mention.revision.text, *place)
    return quote(mention.revision, mention.section, span, [place], gaps)


@dataclass(frozen=True)
class QuotedSentence:
    """A full parallel sentence with its members marked, and the text that a click copies."""

    quotation: Quotation
    count: int
    copied: str


def build_sentences(rows: Sequence[ParallelSentence], locate: Locate) -> list[QuotedSentence]:
    """Return the sentences as the page shows them, in one query more for all."""
    gaps = load_gaps(row.revision_id for row in rows)
    return [_build_sentence(row, gaps[row.revision_id], locate) for row in rows]


def _build_sentence(row: ParallelSentence, gaps: Sequence[Gap], locate: Locate) -> QuotedSentence:
    marks = [(start, end) for start, end in row.members]
    quoted = quote(row.revision, row.section, (row.start, row.end), marks, gaps)
    words = row.words.strip()
    copied = copy_words(words, row.revision, quoted.key, quoted.warnings, locate)
    return QuotedSentence(quoted, row.member_count, copied)


def load_gaps(revision_ids: Iterable[int]) -> defaultdict[int, list[Gap]]:
    """Return the gaps by revision."""
    gaps: defaultdict[int, list[Gap]] = defaultdict(list)
    for gap in Gap.objects.filter(revision__in=set(revision_ids)):
        gaps[gap.revision_id].append(gap)
    return gaps


def find_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around text[start:end], at most SIDE_CHARS wider."""
    low, high = max(0, start - SIDE_CHARS), min(len(text), end + SIDE_CHARS)
    before = max(text.rfind(sign, low, start) for sign in _SENTENCE_ENDS)
    after = min(
        (at for sign in _SENTENCE_ENDS if (at := text.find(sign, end, high)) >= 0), default=-1
    )
    first = before + 1 if before >= 0 else low
    if after < 0:
        return first, high
    return first, after + (0 if text[after] == "\n" else 1)
