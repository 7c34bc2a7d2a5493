"""The features of each unit of a page: its own signs, its neighbours', its place, repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from corpus_app.ingest.labelling.shapes import describe
from corpus_app.ingest.labelling.units import Page
from corpus_app.ingest.metadata.sittings import wraps_on
from corpus_app.ingest.metadata.title_choice import surely_goes_on
from corpus_app.ingest.noise.page import PageLine
from corpus_app.ingest.noise.repeated import may_be_content
from corpus_app.ingest.site import NO_EVIDENCE, SiteEvidence
from corpus_app.text.chars import squeeze

Features = list[list[str]]

# Signs of the neighbours that are told of a unit, too.
_TOLD: Final = re.compile(
    r"date|numdate|cndate|stamp|dash|bracket|on_meeting|title_end|work_report|name|maybe-name|office|"
    r"org|agency|lab:|label|salut|heading|open|prose|button|crumb|menu|caption|preface|digits|signs|"
    r"word|mail|today|len[0-4]$|passed|document|sound|gone|file_mark|link|count"
)
# Signs whose meaning changes with the zone: head, text, tail.
_ZONED: Final = re.compile(
    r"name$|maybe-name|office|title_end|document|cndate|date-at|salutation|prose|org|word|agency|"
    r"numdate-only|button-most|heading|work_report|end-colon|len\d+|title_start|dash|label|sound|"
    r"gone|link|stop|caption|preface|bracket|thanks|stamp-only|fault:(?:person|salutation|sentence)"
)
_PLACES: Final = (0, 1, 2, 4, 8, 16, 30)
_DISTANCES: Final = (0, 1, 2, 3, 5, 8, 14)
_SHARES: Final = (0.0, 0.1, 0.3, 0.6)
_NEIGHBOURS: Final = ((-2, "-2:"), (-1, "-1:"), (1, "+1:"), (2, "+2:"))
# Longer lines are broken by no typist.
LONGEST_WRAPPED: Final = 40
# A title stands so many lines above the salutation at most.
GREETING_REACH: Final = 6
_STOPPED: Final = re.compile(r"[。！？；：!?;]|[，、,]$")
_RUNNING: Final = frozenset({"prose"})
# Signs of lines that all pages of a site may bear though they tell of the speech.
_BORNE_BY_ALL: Final = frozenset({"agency", "label-full", "label-empty", "org"})
# Shorter lines are found in others by chance.
SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a page beside its lines: titles it states, the site's other files."""

    page_title: str = ""
    stated_title: str = ""
    evidence: SiteEvidence = NO_EVIDENCE


def list_features(page: Page, around: Surroundings) -> Features:
    """Return the names of the features of each unit, in the order of the units."""
    signs = _clear_headlines(page, [_describe_unit(page, n) for n in range(len(page.units))])
    frame = _find_frame(page, signs)
    places = _Places(page, signs, frame, around)
    listed = []
    for index, own in enumerate(signs):
        found = ["bias", *places.tell(index), *_list_own(own, frame.name_zone(index))]
        found += _tell_neighbours(page, signs, index)
        listed.append(found)
    return listed


def _describe_unit(page: Page, index: int) -> frozenset[str]:
    unit = page.units[index]
    signs = describe(unit.text)
    more = {f"gone:{unit.gone}", "gone"} if unit.gone else set()
    return signs | more | ({"clipped"} if unit.clipped else set())


# Lines of pages are alike, and so are the sets of signs that they bear.
@lru_cache(maxsize=4096)
def _list_own(signs: frozenset[str], zone: str) -> tuple[str, ...]:
    names = sorted(signs)
    return (*names, *(f"{zone}&{sign}" for sign in names if _ZONED.match(sign)))


@lru_cache(maxsize=4096)
def _list_told(signs: frozenset[str], mark: str) -> tuple[str, ...]:
    return tuple(mark + sign for sign in sorted(signs) if _TOLD.match(sign))


def _tell_neighbours(page: Page, signs: Sequence[frozenset[str]], index: int) -> list[str]:
    """Return the signs of the two units above and below; the gap before the tail parts."""
    found: list[str] = []
    for step, mark in _NEIGHBOURS:
        other = index + step
        parted = not page.whole and (index < page.head) != (other < page.head)
        if not 0 <= other < len(signs):
            found.append(f"{mark}none")
        elif parted:
            found.append(f"{mark}prose")
        else:
            found += _list_told(signs[other], mark)
    return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the speech begins and ends among the units, as far as its running text tells."""

    first: int
    last: int
    greeting: int | None

    def name_zone(self, index: int) -> str:
        return "head" if index < self.first else "tail" if index > self.last else "in"


def _find_frame(page: Page, signs: Sequence[frozenset[str]]) -> _Frame:
    real = [n for n, own in enumerate(signs) if _is_text(own)]
    far = len(signs) + 1
    # Two paragraphs close together: the speech has begun.
    close = (a for a, b in pairwise(real) if b - a <= 3)
    first = next(close, real[0] if real else far)
    greeted = (n for n, own in enumerate(signs) if _greets(own) and n < page.head)
    greeting = next(greeted, None)
    if greeting is not None and greeting < first:
        first = greeting
    return _Frame(first, real[-1] if real else -1, greeting)


def _clear_headlines(page: Page, signs: list[frozenset[str]]) -> list[frozenset[str]]:
    """Return the signs without those of running text for a long line above the salutation.

    It stands among short lines there and bears no full stop: a headline in several clauses.
    """
    greeting = next((n for n in range(page.head) if _greets(signs[n])), 0)
    for index in range(greeting - 1, max(greeting - 1 - GREETING_REACH, -1), -1):
        unit = page.units[index]
        if "prose" in signs[index] and not _STOPPED.search(unit.text):
            signs[index] -= _RUNNING
        elif len(unit.text) > LONGEST_WRAPPED and not unit.gone:
            break
    return signs


def _is_text(signs: frozenset[str]) -> bool:
    other = {"preface", "caption", "button1", "button2", "button3", "gone"}
    return "prose" in signs and not signs & other


def _greets(signs: frozenset[str]) -> bool:
    other = {"office-name", "gone", "prose", "label-full"}
    return "salutation" in signs and not signs & other


class _Places:
    """Tells where a unit stands, and what of it the page repeats."""

    def __init__(
        self, page: Page, signs: Sequence[frozenset[str]], frame: _Frame, around: Surroundings
    ) -> None:
        self.units = page.units
        self.wrapped: dict[int, bool] = {}
        self.flat = [squeeze(unit.text) for unit in page.units]
        self.signs = signs
        self.frame = frame
        self.around = around
        self.counts: dict[str, int] = {}
        for words in self.flat:
            self.counts[words] = self.counts.get(words, 0) + 1
        self.seen: set[str] = set()

    def tell(self, index: int) -> list[str]:
        """Return the features of a unit's place; to be asked in the order of the units."""
        found = [f"pos{_grade(index, _PLACES)}", *self._tell_zone(index)]
        words = self.flat[index]
        found += self._tell_wrapping(index)
        found += self._tell_repetition(index, words)
        if len(words) >= 4:
            found += self._tell_titles(words)
        if self.around.evidence.files and not self._may_be_value(index):
            found.append(f"share{_grade(self.around.evidence.share(words), _SHARES)}")
        self.seen.add(words)
        return found

    def _may_be_value(self, index: int) -> bool:
        """Say whether pages of a site may repeat a line that is none of the site's own.

        Labels stand on all its pages, and so may its source and a report's title.
        """
        if self.signs[index] & _BORNE_BY_ALL:
            return True
        text = self.units[index].text
        return may_be_content(PageLine(0, len(text), text))

    def _tell_zone(self, index: int) -> list[str]:
        frame = self.frame
        zone = frame.name_zone(index)
        found = [zone]
        if zone != "in":
            away = frame.first - index if zone == "head" else index - frame.last
            found.append(f"{zone}:to{_grade(abs(away), _DISTANCES)}")
        if frame.greeting is None:
            return [*found, "no-greeting"]
        below = index > frame.greeting
        return [*found, "below-greeting" if below else "above-greeting"]

    def _tell_wrapping(self, index: int) -> list[str]:
        """Say whether a line above the text breaks off, or is the rest of the one above it."""
        found = []
        if self._wraps(index):
            found.append("wraps")
        if index and self._wraps(index - 1):
            found.append("rest")
        return found

    def _wraps(self, index: int) -> bool:
        known = self.wrapped.get(index)
        if known is None:
            known = self.wrapped[index] = self._goes_on(index)
        return known

    def _goes_on(self, index: int) -> bool:
        below = index + 1
        if below >= len(self.units) or self.frame.name_zone(below) != "head":
            return False
        before, after = self.units[index], self.units[below]
        if before.gone or after.gone or max(len(before.text), len(after.text)) > LONGEST_WRAPPED:
            return False
        if min(len(self.flat[index]), len(self.flat[below])) < 2:
            return False
        if {"label-full", "label-empty", "prose"} & (self.signs[index] | self.signs[below]):
            return False
        return wraps_on(before.text, after.text) or surely_goes_on(before.text, after.text)

    def _tell_repetition(self, index: int, words: str) -> list[str]:
        found = []
        if words in self.seen:
            found.append("repeat")
        if self.counts[words] > 1 and words in self.flat[index + 1 :]:
            found.append("repeats-later")
        if not SHORTEST <= len(words) <= 80:
            return found
        below = [other for other in self.flat[index + 1 : index + 12] if len(other) <= 120]
        if any(words != other and words in other for other in self.seen if len(other) <= 120):
            found.append("inside-earlier")
        if any(words != other and len(other) >= SHORTEST and other in words for other in below):
            found.append("holds-later")
        if any(words != other and words in other for other in below):
            found.append("inside-later")
        return found

    def _tell_titles(self, words: str) -> list[str]:
        title, stated = squeeze(self.around.page_title), squeeze(self.around.stated_title)
        found = []
        if title:
            same = words == title
            inside = "in-page-title" if words in title else "not-page-title"
            found.append("is-page-title" if same else inside)
        if stated and words == stated:
            found.append("is-stated-title")
        return found


def _grade(value: float, steps: Sequence[float]) -> int:
    return sum(value > step for step in steps)
