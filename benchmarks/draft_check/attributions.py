"""Sentences of reports given to another speaker or year, and rightly given ones.

The reports get invented speakers, one before a year and one from it on. "aside" shapes were
written for scoring. {own} said it in {year}; {other} and {wrong} did not.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Final

from benchmarks.search_bench.corpora import Source

_CHANGE: Final = 2018
_SPEAKERS: Final = ("林知远", "苏晚晴")
TUNED: Final = (
    "{other}同志指出：“{words}”",
    "{wrong}年政府工作报告指出：“{words}”",
)
ASIDE: Final = (
    "{other}总理在讲话中强调：“{words}”",
    "会上，{other}同志明确要求：“{words}”",
    "{wrong}年3月，{own}同志指出，“{words}”",
    "在{wrong}年的会议上，{own}总理强调：“{words}”",
    "{wrong}年召开的大会指出：“{words}”",
)
RIGHT: Final = (
    "{own}同志指出：“{words}”",
    "{year}年政府工作报告指出：“{words}”",
    "{year}年3月，{own}总理强调：“{words}”",
    "会议强调：“{words}”",
    "{other}总书记指出：“{words}”",
    "{wrong}年以来，我们认真落实。{own}同志指出：“{words}”",
    "{wrong}年修的路很多，报告指出：“{words}”",
)


def measure_attributions(
    reports: Sequence[Source], sentences: Sequence[str], draws: int
) -> dict[str, str]:
    """Return how many of each family are told; the reports are in the corpus, with an index."""
    from corpus_app.proofreading.quotations import find_quotation_faults

    _name_speakers()
    draw, found = random.Random(11), dict[str, str]()
    said = [words for words in sentences if _find_year(reports, words)]
    for family, shapes in (("tuned", TUNED), ("aside", ASIDE), ("right", RIGHT)):
        told, missed = 0, set[str]()
        for shape in shapes:
            for words in draw.sample(said, draws):
                fields = _fill(words, _find_year(reports, words), draw)
                draft = shape.format(**fields)
                hit = any(one.kind == "quotation" for one in find_quotation_faults(draft))
                told += hit
                if hit == (family == "right"):
                    missed.add(shape)
        found[f"attributions, {family}, told"] = f"{told}/{len(shapes) * draws}"
        found[f"attributions, {family}, amiss"] = "; ".join(sorted(missed))
    return found


def _name_speakers() -> None:
    """Give the speeches with a year their speakers."""
    from corpus_app.catalog.models import Speaker, Speech

    first, second = (Speaker.objects.get_or_create(name=name)[0] for name in _SPEAKERS)
    Speech.objects.filter(delivered__lt=str(_CHANGE)).update(speaker=first)
    Speech.objects.filter(delivered__gte=str(_CHANGE)).update(speaker=second)


def _find_year(reports: Sequence[Source], words: str) -> int:
    """Return the year of the one report that has the words, 0 where several have them."""
    held = [one for one in reports if words in one.text]
    return int(held[0].date) if len(held) == 1 and held[0].date else 0


def _fill(words: str, year: int, draw: random.Random) -> dict[str, Any]:
    """Return what the shapes are filled with; a wrong year is of the same speaker's time."""
    late = year >= _CHANGE
    years = range(_CHANGE, 2027) if late else range(2005, _CHANGE)
    return {
        "words": words,
        "own": _SPEAKERS[late],
        "other": _SPEAKERS[not late],
        "year": year,
        "wrong": draw.choice([one for one in years if one != year]),
    }
