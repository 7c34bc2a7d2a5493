"""Superseded wordings in a text: what took their place since, and whether the text came later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus_app.ingest.draft import Suspect
from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.word_borders import stands_alone
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.phrases import PhraseIndex, choose_longest


@dataclass(frozen=True)
class OfficialSource:
    """A sentence of an official text, with its place (article, paragraph) and date (2018-03)."""

    document: str
    place: str
    date: str
    quote: str


@dataclass(frozen=True)
class Supersession:
    """What took the place of older wordings, since when at the latest ("2018-03"), by two texts."""

    old: tuple[str, ...]
    new: str
    since: str
    old_source: OfficialSource
    new_source: OfficialSource
    note: str = ""

    def is_past(self, day: str) -> bool | None:
        """Tell whether a text of the day ("2019", "2019-04-05") is from after the change.

        None where that can't be told: the day is not known, or no more precise than the change.
        """
        size = min(len(day), len(self.since))
        if not size or day[:size] == self.since[:size]:
            return None
        return day[:size] > self.since[:size]


@dataclass(frozen=True)
class SupersededWording:
    """text[start:end], an older wording; past as Supersession.is_past tells it of the text's day.

    new is what it is today, or what it was at the text's day.
    """

    text: str
    start: int
    end: int
    supersession: Supersession
    new: str
    past: bool | None


@lru_cache(maxsize=1)
def load_supersessions() -> dict[str, Supersession]:
    """Return by each older wording what took its place, from rules/superseded.toml."""
    found: dict[str, Supersession] = {}
    for entry in read_rules("superseded")["wording"]:
        one = Supersession(
            tuple(entry["old"]),
            entry["new"],
            entry["since"],
            OfficialSource(**entry["old_source"]),
            OfficialSource(**entry["new_source"]),
            entry.get("note", ""),
        )
        found.update(dict.fromkeys(one.old, one))
    return found


@lru_cache(maxsize=1)
def _load_index() -> PhraseIndex:
    return PhraseIndex(_list_wordings())


@lru_cache(maxsize=1)
def _list_wordings() -> dict[str, str]:
    """Return the wordings, older and newer, by how they are folded."""
    known = load_supersessions()
    wordings = (*known, *(one.new for one in known.values()))
    return {fold_keeping_space(words): words for words in wordings}


def _find_known(words: str) -> str:
    """Return the wording that words are equal to; themselves where there is none."""
    return _list_wordings().get(fold_keeping_space(words), words)


def find_superseded(text: str, day: str = "") -> list[SupersededWording]:
    """Return the older wordings in the text in reading order, seen from its day ("" unknown).

    One that stands inside the newer wording (住有所居 in 住有所居、弱有所扶) is that wording.
    """
    known = load_supersessions()
    folded = fold_keeping_space(text)
    places = ((start, start + len(words)) for start, words in _load_index().find_all(folded))
    standing = [place for place in places if stands_alone(text, *place)]
    return [
        _describe(text, start, end, day)
        for start, end in choose_longest(standing, len(text))
        if _find_known(text[start:end]) in known
    ]


def _describe(text: str, start: int, end: int, day: str) -> SupersededWording:
    words = text[start:end]
    known = _find_known(words)
    one = load_supersessions()[known]
    return SupersededWording(words, start, end, one, name_newest(known, day), one.is_past(day))


def name_newest(words: str, day: str = "") -> str:
    """Return the wording that has taken the place of the words by the day, by today without one."""
    known = load_supersessions()
    new = known[words].new
    while new in known and (not day or known[new].is_past(day)):
        new = known[new].new
    return new


def is_timely(words: str, day: str) -> bool:
    """Tell whether the words are an older wording that was right on the day."""
    one = load_supersessions().get(_find_known(words))
    return one is not None and one.is_past(day) is False


def drop_timely(suspects: Iterable[Suspect], day: str) -> list[Suspect]:
    """Return the slips without older wordings that were right on the day."""
    return [slip for slip in suspects if not is_timely(slip.text, day)]
