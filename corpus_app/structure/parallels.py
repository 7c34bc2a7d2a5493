"""Parallel phrases with their members and the sentences they stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus_app.catalog.models import Speech
from corpus_app.pages.excerpts import load_gaps
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.structure.querysets import (
    list_newest_mentions,
    list_parallel_mentions,
)
from corpus_app.structure.sources import Locate, link_place, name_source

PASSAGES_EACH: Final = 2
SIDE_CHARS: Final = 90
_COMMAS: Final = re.compile("[、，,]")
_SENTENCE_ENDS: Final = "。！？；\n"


@dataclass(frozen=True)
class Quotation:
    """The sentence revision.text[start:end] around a phrase, parted at the phrase."""

    speech: Speech
    key: str
    start: int
    end: int
    before: str
    phrase: str
    after: str
    has_gap: bool


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
    found = list_parallel_mentions(chosen)
    mentions = list(list_newest_mentions(found, [one.pk for one in slogans], PASSAGES_EACH))
    gaps = load_gaps(mention.revision_id for mention in mentions)
    quotations: defaultdict[int, list[Quotation]] = defaultdict(list)
    sources: dict[int, str] = {}
    for mention in mentions:
        if mention.slogan_id not in sources:
            sources[mention.slogan_id] = _name_source(mention, locate)
        quotations[mention.slogan_id].append(_quote(mention, gaps[mention.revision_id]))
    return [
        Parallel(
            slogan=slogan,
            members=split_members(slogan.text),
            quotations=quotations[slogan.pk],
            copied=_copy_phrase(slogan, sources.get(slogan.pk, "")),
        )
        for slogan in slogans
    ]


def _name_source(mention: Mention, locate: Locate) -> str:
    key = mention.section.key if mention.section else ""
    return name_source(mention.revision.speech, locate(link_place(mention.revision, key)))


def _copy_phrase(slogan: Slogan, source: str) -> str:
    # A checked first source says more than the newest speech that repeats the phrase.
    checked = slogan.source_document if slogan.sourced else ""
    return f"{slogan.text}\n（{checked or source}）"


def _quote(mention: Mention, gaps: Sequence[int]) -> Quotation:
    text = mention.revision.text
    start, end = find_sentence(text, mention.start, mention.end)
    return Quotation(
        speech=mention.revision.speech,
        key=mention.section.key if mention.section else "",
        start=start,
        end=end,
        before=text[start : mention.start].lstrip(),
        phrase=text[mention.start : mention.end],
        after=text[mention.end : end].rstrip(),
        has_gap=any(start <= offset <= end for offset in gaps),
    )


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
