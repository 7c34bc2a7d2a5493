"""What speaks against a text being the speech, all of it and nothing else.

Words of the page left in it, words of the speech lost, an end that is not there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from corpus_app.ingest.certainty.head_reading import HeadReading
from corpus_app.ingest.draft import Draft, Removed
from corpus_app.ingest.labelling.labels import SPEECH
from corpus_app.ingest.labelling.shapes import describe
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze
from corpus_app.text.paragraphs import list_lines

# Counts grow without bound; so many are about as telling as more.
FEW: Final = 3.0
# So many lines at either end are looked at by themselves.
EDGE: Final = 4
MARGIN: Final = 10.0
# A line as likely the page's as this is the one to be shown.
UNSURE: Final = 0.1
_WORDS: Final = re.compile(r"[\u3400-\u9fffA-Za-z]")
_OPENED: Final = re.compile(r"[（(【\[《“「]")
_CLOSED_BY: Final = re.compile(r"[）)】\]》”」]")
# Signs of a first or last line that are told whatever else it bears.
_TOLD: Final = frozenset({"end-stop", "salutation", "thanks", "heading", "prose", "end-colon"})
_CLOSED: Final = frozenset({"end-stop", "salutation", "end-colon"})


@dataclass(frozen=True, slots=True)
class _LineRules:
    """What rules/doubt.toml says of lines of a text."""

    short: int
    foreign: frozenset[str]
    natural: frozenset[str]
    ends: re.Pattern[str]
    host: re.Pattern[str]


@cache
def _load_rules() -> _LineRules:
    rules: dict[str, Any] = read_rules("doubt")["text"]
    return _LineRules(
        rules["short"],
        frozenset(rules["foreign"]),
        frozenset(rules["natural"]),
        re.compile(rules["ends"]),
        re.compile(rules["host"]),
    )


def list_text_signs(draft: Draft, reading: HeadReading, kept: Sequence[int]) -> dict[str, float]:
    """Return the signs of a parsed file's text, with how strongly each is there.

    kept are the places of the units that stayed in the text, as list_kept returns them.
    """
    lines = list_lines(draft.text)
    signs = {"bias": 1.0, f"format:{draft.format}": 1.0}
    signs |= dict(_tell_kept(reading, kept))
    signs |= dict(_tell_lines(lines))
    signs |= dict(_tell_ends(lines))
    signs |= dict(_tell_names(draft))
    signs |= dict(_tell_findings(draft))
    return signs


def find_doubted_line(draft: Draft, reading: HeadReading, kept: Sequence[int]) -> tuple[int, int]:
    """Return where in the text the line stands that is least likely the speech's."""
    worst = max(kept, key=lambda n: _doubt(reading, n), default=None)
    if worst is not None and _doubt(reading, worst) >= UNSURE:
        words = reading.page.units[worst].text
        at = draft.text.rfind(words)
        if at >= 0:
            return at, at + len(words)
    lines = list_lines(draft.text)
    odd = [line for line in lines if not _WORDS.search(line) or _is_odd(line)]
    words = (odd or lines)[-1]
    at = draft.text.rfind(words)
    return at, at + len(words)


def list_kept(removed: Sequence[Removed], reading: HeadReading) -> list[int]:
    """Return the places of the units with words that stayed in the text.

    A numeral cut from its point (1. 算一算……) tells nothing; lines without words are counted apart.
    """
    spans = sorted((span.start, span.end) for span in removed)
    found, at = [], 0
    for place, unit in enumerate(reading.page.units):
        while at < len(spans) and spans[at][1] <= unit.start:
            at += 1
        taken = at < len(spans) and spans[at][0] <= unit.start
        if not unit.gone and not taken and _WORDS.search(unit.text):
            found.append(place)
    return found


def _doubt(reading: HeadReading, place: int) -> float:
    chances = reading.page.chances[place]
    return 1 - sum([chances.get(label, 0.0) for label in SPEECH])


def _tell_kept(reading: HeadReading, kept: Sequence[int]) -> Iterator[tuple[str, float]]:
    """Yield how likely the lines that stayed are the page's, as either reader has it."""
    doubts = [_doubt(reading, n) for n in kept]
    yield "kept-doubt", math.log1p(sum(doubts))
    yield "kept-worst", max(doubts, default=0.0)
    yield "kept-unsure", float(max(doubts, default=0.0) > UNSURE)
    for side, some in (("first", kept[:EDGE]), ("last", kept[-EDGE:])):
        yield f"kept-{side}", max((_doubt(reading, n) for n in some), default=0.0)
        yield f"margin-{side}", min((reading.page.margins[n] for n in some), default=0.0) / MARGIN
        yield f"second-{side}", _count_disputed(reading, some)
    yield "second", _count_disputed(reading, kept)


def _count_disputed(reading: HeadReading, kept: Sequence[int]) -> float:
    """Return how many lines the second reader takes for none of the speech's, as a sign."""
    return math.log1p(sum(reading.second_labels[n] not in SPEECH for n in kept)) / FEW


def _tell_lines(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield how many lines there are of shapes that a speech seldom has."""
    counts = Counter(squeeze(line) for line in lines)
    found: Counter[str] = Counter()
    for index, line in enumerate(lines):
        found["wordless"] += not _WORDS.search(line)
        found["unbalanced"] += _is_unbalanced(line)
        found["twice"] += counts[squeeze(line)] > 1 and line[-1] not in "：:！"
        found.update(_see_line(line, inner=EDGE <= index < len(lines) - EDGE))
    for name, count in found.items():
        if count:
            yield name, math.log1p(count) / FEW
    yield "any-short", float(found["short"] > 0)


def _see_line(line: str, *, inner: bool) -> Iterator[str]:
    rules = _load_rules()
    if len(line) > rules.short:
        if not rules.ends.search(line):
            yield "open"
        return
    odd = _is_odd(line)
    if odd:
        yield from ("short", "short-inner") if inner else ("short",)
    for sign in describe(line) & rules.foreign:
        yield f"line:{sign}"
        if odd:
            yield f"odd:{sign}"


def _is_odd(line: str) -> bool:
    """Say whether a short line is no heading, no salutation and no sentence."""
    rules = _load_rules()
    short = len(line) <= rules.short and not rules.ends.search(line)
    return short and not describe(line) & rules.natural


def _is_unbalanced(line: str) -> bool:
    return len(_OPENED.findall(line)) != len(_CLOSED_BY.findall(line))


def _tell_ends(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the shape of the first and the last line."""
    rules = _load_rules()
    for side, line in (("first", lines[0]), ("last", lines[-1])):
        signs = describe(line)
        for sign in signs & (_TOLD | rules.foreign):
            yield f"{side}:{sign}", 1.0
        if not signs & _CLOSED:
            yield f"{side}:open", 1.0
        if len(line) <= rules.short and not signs & {"end-stop", "salutation", "thanks"}:
            yield f"{side}:short", 1.0


def _tell_names(draft: Draft) -> Iterator[tuple[str, float]]:
    """Yield how often the source's name and addresses stand inside the text."""
    source = draft.metadata.source_name or ""
    if source:
        yield "source-inside", math.log1p(draft.text.count(source)) / FEW
    hosts = _load_rules().host.findall(draft.text)
    yield "hosts", math.log1p(len(hosts)) / FEW


def _tell_findings(draft: Draft) -> Iterator[tuple[str, float]]:
    """Yield what the steps before have noted and taken out, and how the text is said to end."""
    notices = Counter(f"notice:{notice.code}" for notice in draft.notices)
    kinds = Counter(f"removed:{span.kind}" for span in draft.removed)
    for name, count in (*notices.items(), *kinds.items()):
        yield name, math.log1p(count) / FEW
    yield f"completeness:{draft.completeness}", 1.0
    yield "gaps", math.log1p(len(draft.gaps)) / FEW
    yield "announced-missing", float(any(entry.missing for entry in draft.announced))
