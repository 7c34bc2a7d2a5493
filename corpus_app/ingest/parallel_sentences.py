"""Full parallel sentences: clauses that begin alike (让…，让…) or pair off (既要…，又要…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from corpus_app.ingest.rule_files import read_rules

Span = tuple[int, int]
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?[”’」』]?")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
# From the widest parts to the narrowest: 让…，…；让…，… is parallel by its halves.
_PARTINGS: Final = (re.compile("[；;]"), re.compile("[，；,;]"))
_SHORTEST, _LONGEST = 4, 60
_UNEVEN: Final = 2.5
# A part is compared with so many before it, or a row without end would take for ever.
_COMPARED: Final = 8
_OPENING: Final = "“‘「『（("


@dataclass(frozen=True)
class FoundSentence:
    """text[start:end], a sentence with parallel members, each with its place."""

    start: int
    end: int
    members: tuple[Span, ...]


@dataclass(frozen=True)
class _Rules:
    pairs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    couples: frozenset[str]
    rows: frozenset[str]
    unlike: re.Pattern[str]


@lru_cache(maxsize=1)
def _load_rules() -> _Rules:
    table: dict[str, Any] = read_rules("slogans")["sentences"]
    return _Rules(
        pairs=tuple((re.compile(first), re.compile(second)) for first, second in table["pairs"]),
        couples=frozenset(table["couples"]),
        rows=frozenset(table["rows"]),
        unlike=re.compile("|".join(table["unlike"])),
    )


def find_parallel_sentences(text: str) -> list[FoundSentence]:
    """Return the parallel sentences of the text in order; of a sentence the longest row."""
    found = (_read_sentence(text, *match.span()) for match in _SENTENCE.finditer(text))
    return [one for one in found if one is not None]


def _read_sentence(text: str, start: int, end: int) -> FoundSentence | None:
    while start < end and text[start].isspace():
        start += 1
    for parting in _PARTINGS:
        rows: list[list[Span]] = list(_find_rows(text, list(_split(text, start, end, parting))))
        if parting is _PARTINGS[-1]:
            rows = [*_find_pairs(text, start, end), *rows]
        if rows:
            longest = max(rows, key=len)
            return FoundSentence(start, end, tuple(longest))
    return None


def _split(text: str, start: int, end: int, parting: re.Pattern[str]) -> Iterator[Span]:
    at = start
    for match in parting.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def _find_rows(text: str, parts: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the runs of neighbouring parts that begin with one lead and are of a size."""
    rules = _load_rules()
    run: list[Span] = []
    for part in [*parts, (0, 0)]:
        if (
            run
            and part[1]
            and _read_lead(text, run[-1], part)
            and _are_even(text, [*run[-_COMPARED:], part])
        ):
            run.append(part)
            continue
        lead = _read_lead(text, run[0], run[1]) if len(run) > 1 else ""
        if lead and (len(run) > 2 or lead in rules.couples):
            yield run
        run = [part]


def _read_lead(text: str, first: Span, second: Span) -> str:
    """Return the lead that both parts begin with, "" where they begin with none."""
    one, other = _trim(text, first), _trim(text, second)
    rules = _load_rules()
    return next(
        (
            one[:size]
            for size in (4, 3, 2, 1)
            if one[:size] == other[:size] and one[:size] in rules.couples | rules.rows
        ),
        "",
    )


def _trim(text: str, part: Span) -> str:
    return text[slice(*part)].lstrip().lstrip(_OPENING)


def _are_even(text: str, parts: Sequence[Span]) -> bool:
    """Tell whether the parts are clauses of a size, all different and none of a list."""
    words = [_trim(text, part) for part in parts]
    sizes = [len(_HAN.findall(one)) for one in words]
    if min(sizes) < _SHORTEST or max(sizes) > min(_LONGEST, _UNEVEN * min(sizes)):
        return False
    if any(_load_rules().unlike.match(one) for one in words):
        return False
    return all(first[1:] != second[1:] for first, second in pairwise(words))


def _find_pairs(text: str, start: int, end: int) -> Iterator[list[Span]]:
    """Yield two neighbouring clauses that begin with the halves of a pair: 既要…，又要…."""
    parts = list(_split(text, start, end, _PARTINGS[-1]))
    for first, second in pairwise(parts):
        for opens, answers in _load_rules().pairs:
            begin, answer = opens.search(text, *first), answers.match(text, *second)
            if begin is None or answer is None or begin.groupdict() != answer.groupdict():
                continue
            members = [(begin.start(), first[1]), second]
            if _are_even(text, members):
                yield members
