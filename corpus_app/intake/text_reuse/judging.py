"""What two texts are to each other, by what they share and whether they speak of one event."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from corpus_app.catalog.identity import Agreement, Head, compare_heads
from corpus_app.catalog.models import Kinship, Speech
from corpus_app.catalog.periods import find_period
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.rule_files import read_rules
from corpus_app.intake.text_reuse.quoting import Quotes
from corpus_app.text.folding import keep_folded_words

# The shares were set on benchmarks/kinship.py; what all such speeches say is not in them,
# except in HELD, where so much is the same that it cannot be by chance.
NEAR: Final = 0.8
HELD: Final = 0.8
PART: Final = 0.5
PART_OF_SAME_EVENT: Final = 0.3
QUOTING: Final = 0.12
QUOTING_BY_NAME: Final = 0.06
# Of two texts about as long, neither is notes on the other: successive reports share as much.
QUOTING_AMONG_EQUALS: Final = 0.3
EQUAL_LENGTHS: Final = 0.6
LEAST_QUOTED: Final = 120
LONGEST_QUOTE: Final = 28
LEAST_HELD: Final = 60
# Speeches of different days are different speeches; notes on one follow within months.
DAYS_APART: Final = 45
DAYS_AFTER: Final = 200
# A date that is no more precise than this says nothing about one event.
PRECISE_DAYS: Final = 31
SHORTEST_NAME: Final = 6
_NUMBER: Final = re.compile("[0-9〇零一二三四五六七八九十百]+")


@dataclass(frozen=True)
class Facts:
    """What is known of a text's event; blank or None where nothing is."""

    title: str = ""
    occasion: str = ""
    delivered: tuple[dt.date, dt.date] | None = None
    head: Head = field(default_factory=Head)

    @classmethod
    def of_speech(cls, speech: Speech) -> Facts:
        """Return what the speech's row says."""
        head = Head.of_speech(speech)
        return cls(speech.title, speech.occasion, find_period(speech.delivered), head)

    @classmethod
    def of_draft(cls, draft: Draft) -> Facts:
        """Return what the parse found."""
        meta = draft.metadata
        delivered = meta.dates.get("delivered")
        period = find_period(delivered.value) if delivered else None
        head = Head.of_metadata(draft.to_json())
        return cls(meta.title or "", meta.occasion or "", period, head)

    def is_same_speech(self, other: Facts) -> bool:
        """Return whether the heads prove that both texts are versions of one speech."""
        return compare_heads(self.head, other.head).agreement is Agreement.AGREE

    def is_same_event(self, other: Facts) -> bool:
        """Return whether both name one occasion, or were delivered in the same days."""
        if self.occasion and self.occasion == other.occasion and not self._count_days(other):
            return True
        mine, theirs = self.delivered, other.delivered
        if mine is None or theirs is None:
            return False
        precise = all((end - start).days <= PRECISE_DAYS for start, end in (mine, theirs))
        return precise and mine[0] <= theirs[1] and theirs[0] <= mine[1]

    def names(self, other: Facts) -> bool:
        """Return whether the title names the other text's title or occasion."""
        title = keep_folded_words(self.title)
        known = (keep_folded_words(name) for name in (other.title, other.occasion))
        return any(len(n) >= SHORTEST_NAME and n in title and n != title for n in known)

    def are_notes(self) -> bool:
        """Return whether the title is that of notes on a speech or of a report about one."""
        return any(word in self.title for word in read_rules("text_reuse")["notes"]["words"])

    def is_other_event(self, other: Facts, days: int) -> bool:
        """Return whether so many days lie between, or the titles differ in their numbers alone.

        第二次会议 and 第三次会议, 2023年 and 2024年 mark documents of one series.
        """
        mine, theirs = keep_folded_words(self.title), keep_folded_words(other.title)
        series = mine != theirs and _NUMBER.sub("#", mine) == _NUMBER.sub("#", theirs)
        return series or self._count_days(other) > days

    def _count_days(self, other: Facts) -> int:
        """Return how many days lie between the two, 0 where a date is unknown."""
        if self.delivered is None or other.delivered is None:
            return 0
        first, second = sorted((self.delivered, other.delivered))
        return max(0, (second[0] - first[1]).days)


@dataclass(frozen=True)
class Overlap:
    """What one text holds of another: all quoted words, and those that are no formulas."""

    quoted: Quotes
    own: Quotes


@dataclass(frozen=True)
class ReuseVerdict:
    """What two texts are to each other; shares are of the first and of the second text."""

    kind: str
    share: float
    other_share: float
    likeness: float
    same_event: bool

    @property
    def is_state_of_one(self) -> bool:
        """Return whether one text is a copy or a part of the other, beyond a few quotations."""
        return self.kind == Kinship.Kind.NEAR or (
            self.kind == Kinship.Kind.PART and max(self.share, self.other_share) >= HELD
        )


def judge(
    first: Overlap, second: Overlap, likeness: float, facts: Facts, other: Facts
) -> ReuseVerdict | None:
    """Return what the texts are to each other, None where they are strangers."""
    kind = _find_kind(first, second, likeness, facts, other)
    if kind is None:
        return None
    shares = round(first.quoted.share, 4), round(second.quoted.share, 4)
    return ReuseVerdict(kind, *shares, round(likeness, 4), facts.is_same_event(other))


def _find_kind(
    first: Overlap, second: Overlap, likeness: float, facts: Facts, other: Facts
) -> str | None:
    if likeness >= NEAR:
        return Kinship.Kind.NEAR
    lesser = first if first.own.length <= second.own.length else second
    if lesser.quoted.share >= HELD and lesser.quoted.characters >= LEAST_HELD:
        return Kinship.Kind.PART
    least = PART_OF_SAME_EVENT if facts.is_same_event(other) else PART
    if _is_part(lesser, least) and not facts.is_other_event(other, DAYS_APART):
        about = facts if lesser is first else other
        return Kinship.Kind.QUOTES if about.are_notes() else Kinship.Kind.PART
    wanted = _choose_quoting(first, second, named=facts.names(other) or other.names(facts))
    quoting = any(_is_quoting(overlap, wanted) for overlap in (first, second))
    if quoting and not facts.is_other_event(other, DAYS_AFTER):
        return Kinship.Kind.QUOTES
    return None


def _is_part(lesser: Overlap, least: float) -> bool:
    return lesser.own.characters >= LEAST_QUOTED and lesser.own.share >= least


def _choose_quoting(first: Overlap, second: Overlap, *, named: bool) -> float:
    if named:
        return QUOTING_BY_NAME
    lengths = sorted((first.own.length, second.own.length))
    return QUOTING_AMONG_EQUALS if lengths[0] > EQUAL_LENGTHS * lengths[1] else QUOTING


def _is_quoting(overlap: Overlap, least: float) -> bool:
    own = overlap.own
    enough = own.characters >= LEAST_QUOTED and len(own.runs) > 1 and own.longest >= LONGEST_QUOTE
    return enough and own.share >= least
