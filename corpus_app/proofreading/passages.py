"""Passages of published speeches that bear words of a draft, or come nearest to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Revision
from corpus_app.proofreading.findings import EvidencePassage
from corpus_app.text.alignment import align_texts
from corpus_app.text.chars import flatten
from corpus_app.text.folding import fold
from corpus_app.text.matching import find_alike
from search import (
    ConcordanceLine,
    ConcordanceRequest,
    SearchRequest,
    build_concordance,
    quote_words,
)

CLAUSE: Final = re.compile(r"[^，。；：、！？,;:!?“”‘’（）()《》\s…—]+")
# Fewer characters of a clause stand in every speech.
LEAST_CLAUSE: Final = 5
# A clause that is not found whole is looked for by stretches of this length.
_WINDOW: Final = 6
_MOST_SEEDS: Final = 40
_MOST_PLACES: Final = 30
_MARGIN: Final = 60


def find_exact(words: str, limit: int = 1) -> list[ConcordanceLine]:
    """Return up to limit places in published speeches that bear the words."""
    search = SearchRequest(text=quote_words(flatten(words.strip())))
    return build_concordance(ConcordanceRequest(search=search, per_page=limit)).lines


def list_clauses(words: str) -> list[str]:
    """Return the clauses of some words that are long enough to look for."""
    return [clause for clause in CLAUSE.findall(words) if len(clause) >= LEAST_CLAUSE]


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A stretch of a published text, revision.text[start:end], around the place of one line."""

    line: ConcordanceLine
    words: str
    start: int

    def measure_likeness(self, words: str) -> float:
        """Return the share of the words' characters that stand here in the same order, 0 to 1."""
        ours = fold(words)
        shared = sum(block.length for block in align_texts(ours, fold(self.words), least=2))
        return shared / max(1, len(ours))

    def find_wording(self, words: str) -> EvidencePassage | None:
        """Return the wording here that is most like the words; None where nothing is alike."""
        span = find_alike(words, self.words, 0, len(self.words))
        if span is None:
            return None
        bare = self.words[slice(*span)].strip("“”\n ")
        at = self.start + self.words.index(bare)
        return prove(self.line, bare, (at, at + len(bare)))


def prove(
    line: ConcordanceLine, words: str, span: tuple[int, int] | None = None
) -> EvidencePassage:
    """Return the proof that the words stand at the place of a line, or at another of its text."""
    start, end = span or (line.start, line.end)
    return EvidencePassage(
        words, line.title, line.date, line.address, line.speech_id, line.section_key, start, end
    )


def find_nearest(words: str, most: int = 3) -> list[NearPassage]:
    """Return the passages that share most with the words, the likest first."""
    seeds: defaultdict[int, list[ConcordanceLine]] = defaultdict(list)
    for seed in _list_seeds(words):
        for line in find_exact(seed, _MOST_PLACES):
            if line.zone == "text":
                seeds[line.revision_id].append(line)
    ranked = sorted(seeds, key=lambda pk: (-len({one.key for one in seeds[pk]}), pk))[: most * 2]
    texts = dict(Revision.objects.filter(pk__in=ranked).values_list("pk", "text"))
    found = [_cut(texts[pk], seeds[pk], len(words)) for pk in ranked if pk in texts]
    found.sort(key=lambda passage: -passage.measure_likeness(words))
    return found[:most]


def _list_seeds(words: str) -> list[str]:
    """Return what a passage is looked for by: whole clauses, and stretches of the long ones."""
    seeds: list[str] = []
    for clause in list_clauses(words):
        seeds.append(clause)
        if len(clause) > _WINDOW:
            seeds += _list_windows(clause)
    return list(dict.fromkeys(seeds))[:_MOST_SEEDS]


def _list_windows(clause: str) -> Iterator[str]:
    for at in range(0, len(clause) - _WINDOW + 1, _WINDOW // 2):
        yield clause[at : at + _WINDOW]


def _cut(text: str, lines: Sequence[ConcordanceLine], size: int) -> NearPassage:
    """Return the stretch, twice as long as the words, in which most of the lines stand."""
    reach = size * 2
    rows = sorted(lines, key=lambda line: line.start)
    counts = [sum(1 for other in rows if 0 <= other.start - one.start <= reach) for one in rows]
    first = rows[counts.index(max(counts))]
    start = max(0, first.start - size - _MARGIN)
    return NearPassage(first, text[start : first.start + reach + _MARGIN], start)
