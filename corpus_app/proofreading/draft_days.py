"""The day of a draft: what is over by then, and whether a sentence speaks of what is to be done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from corpus_app.proofreading.rules import read_rules
from corpus_app.proofreading.sentences import cut_before, cut_sentence

# A review is opened a sentence or two before (五年来，…).
_LOOK_BACK: Final = 80


@dataclass(frozen=True)
class ResidueRules:
    """rules/residue.toml, made ready for use; congresses and plans the oldest first."""

    congresses: tuple[tuple[str, date], ...]
    plans: tuple[tuple[str, int, int], ...]
    grace: timedelta
    now: re.Pattern[str]
    past: re.Pattern[str]
    review: re.Pattern[str]
    task: re.Pattern[str]
    anniversaries: tuple[tuple[str, int], ...]

    def find_congress(self, day: date) -> int:
        """Return the place in the list of the newest congress on a day, -1 before all of them."""
        known = [n for n, (_name, end) in enumerate(self.congresses) if end + self.grace <= day]
        return known[-1] if known else -1

    def find_plan(self, year: int) -> int:
        """Return the place in the list of the plan that runs in a year, -1 where none does."""
        return next(
            (n for n, (_, first, last) in enumerate(self.plans) if first <= year <= last), -1
        )


@cache
def load_rules() -> ResidueRules:
    """Return the rules, read once."""
    raw = read_rules("residue")
    words = {
        name: re.compile("|".join(map(re.escape, raw["words"][name]))) for name in raw["words"]
    }
    return ResidueRules(
        tuple((name, date.fromisoformat(day)) for name, day in raw["congresses"]),
        tuple((name, first, last) for name, first, last in raw["plans"]),
        timedelta(days=raw["grace_days"]),
        anniversaries=tuple((words, year) for words, year in raw["anniversaries"]),
        **words,
    )


def read_congresses() -> list[tuple[str, str]]:
    """Return the party's congresses, the oldest first: number (二十) and the day each closed."""
    return [(name, day.isoformat()) for name, day in load_rules().congresses]


def read_day(words: str) -> date | None:
    """Return the first day of "2026-05-12", "2026-05" or "2026"; None for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", words)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


def is_meant_now(text: str, start: int, end: int) -> bool:
    """Say whether the sentence sets out to do something and looks back at nothing."""
    rules = load_rules()
    sentence = cut_sentence(text, start, end)
    first = max(text.rfind("\n", 0, start) + 1, start - _LOOK_BACK)
    if rules.past.search(sentence) or rules.review.search(text, first, start):
        return False
    return bool(rules.now.search(cut_before(text, start)))
