"""Full parallel sentences: clauses that begin alike (让…，让…) or pair off (既要…，又要…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from corpus_app.ingest.noise.breaks import load_chances
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
# So many characters may stand before the first lead of a row: 我们要把….
_BEFORE: Final = 6
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
    """Yield the rows of parts with one lead, of which neighbours are of a size."""
    run: list[Span] = []
    reached = 0
    for at, part in enumerate([*parts, (0, 0)]):
        if (
            run
            and part[1]
            and _read_lead(text, run[-1], part)
            and _are_even(text, [*run[-_COMPARED:], part])
        ):
            run.append(part)
            continue
        lead = _read_lead(text, run[0], run[1]) if len(run) > 1 else ""
        enough = len(run) > 2 or lead in _load_rules().couples
        if lead and enough and run[0][0] >= reached:
            yield (row := _complete_row(text, parts, (at - len(run), at), lead))
            reached = row[-1][1]
        run = [part]


def _complete_row(
    text: str, parts: Sequence[Span], known: tuple[int, int], lead: str
) -> list[Span]:
    """Return the row of which parts[known] are a run, with the members beyond it.

    A member may be longer or shorter than those, hold one part without the lead before the next,
    and the first may begin inside a clause: 我们要把….
    """
    first, stop = known
    begins = list(range(first, stop))
    while (at := _find_next(text, parts, stop, 1, lead)) is not None:
        begins.append(at)
        stop = at + 1
    while (at := _find_next(text, parts, first - 1, -1, lead)) is not None:
        begins.insert(0, at)
        first = at
    ends = [parts[at - 1][1] for at in begins[1:]] + [parts[stop - 1][1]]
    row = [(parts[at][0], end) for at, end in zip(begins, ends, strict=True)]
    inside = _find_inside(text, parts[first - 1], parts[known[0]], lead) if first else None
    return [inside, *row] if inside else row


def _find_next(text: str, parts: Sequence[Span], at: int, step: int, lead: str) -> int | None:
    """Return which of the next two parts goes on with the row, None where neither does."""
    unlike = _load_rules().unlike
    for place in (at, at + step):
        words = _trim(text, parts[place]) if 0 <= place < len(parts) else ""
        if words.startswith(lead) and not unlike.match(words):
            enough = len(lead) < len(words) <= _LONGEST
            return place if enough and words != _trim(text, parts[place - step]) else None
    return None


def _find_inside(text: str, part: Span, other: Span, lead: str) -> Span | None:
    """Return the member that begins inside the clause before the row, None where none does."""
    at = text.find(lead, part[0] + 1, min(part[1], part[0] + _BEFORE + len(lead)))
    member = (at, part[1])
    if at < 0 or text[at - 1 : at + 1] in load_chances() or not _are_even(text, [member, other]):
        return None
    return member


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
