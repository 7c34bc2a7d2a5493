"""Do the sentences of two versions find each other, and is what moved told?

    python -m benchmarks.planted_versions [--tuning] [--record]

From sample speeches, and from laws and reports beside the project, a second version is made by
rule (seeded): sentences reworded in spans or by characters, numbers changed, left out, put in from
another text, cut in two or put together, blocks moved. Every third text is of the set that the
limits were tuned on (--tuning), the others were kept aside; single characters as edits were kept
aside whole. For versions of one law, made by legislators, the gold is what difflib finds to be in
order of all characters, which knows no sentences. Beside ours stands plain likeness: each sentence
with the one that difflib's ratio finds most alike, from .6 on. Prints precision, recall and F1 of
pairs, of moved sentences, and milliseconds of the processor for 2 x 20,000 characters; --record
writes benchmarks/results/year_on_year.md; exits 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.made_versions import Pairs, Version, cut, make_version  # noqa: E402
from benchmarks.recording import write_record  # noqa: E402
from benchmarks.search_bench.corpora import Source, read_sources  # noqa: E402
from corpus_app.text.pairing import SentencePair, pair_sentences  # noqa: E402
from corpus_app.text.sentences import list_forms, list_sentences  # noqa: E402
from corpus_app.text.spans import Span  # noqa: E402

RESULTS: Final = ROOT / "benchmarks" / "results" / "year_on_year.md"
RATES: Final = (0.0, 0.05, 0.1, 0.2)
TEXTS: Final = 120
LONGEST, SHORTEST = 22_000, 3_000
LEAST_F1, LEAST_MOVED, MOST_MS = 0.95, 0.9, 100.0


@dataclass
class Score:
    """Pairs found, rightly found, and there to be found."""

    found: int = 0
    right: int = 0
    there: int = 0

    def add(self, found: Pairs, gold: Pairs) -> None:
        """Count the pairs of one text."""
        self.found += len(found)
        self.right += len(found & gold)
        self.there += len(gold)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.there)

    def describe(self) -> dict[str, float]:
        """Return precision, recall and F1."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.there)
        return {"P": round(precision, 3), "R": round(recall, 3), "F1": round(self.f1, 3)}


def run_ours(version: Version) -> tuple[Pairs, Pairs]:
    """Return the pairs that we find, and those of them that moved."""
    return spread(pair(version.first, version.second))


def pair(first: list[str], second: list[str]) -> list[SentencePair]:
    """Return our pairs of two lists of sentences."""
    sides = ("\n".join(first), "\n".join(second))
    return pair_sentences(*(list_forms(text, list(_list_lines(text))) for text in sides))


def _list_lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1


def spread(pairs: list[SentencePair]) -> tuple[Pairs, Pairs]:
    """Return pairs of single sentences, and those that moved."""
    every = {(one, other) for row in pairs for one in row.first for other in row.second}
    moved = {
        (one, other) for row in pairs if row.moved for one in row.first for other in row.second
    }
    return every, moved


def run_plain(version: Version) -> tuple[Pairs, Pairs]:
    """Return for each sentence the one most alike by difflib, from .6 on."""
    found: Pairs = set()
    for one, words in enumerate(version.first):
        matcher = difflib.SequenceMatcher(None, "", words, autojunk=False)
        best, at = 0.6, -1
        for other, others in enumerate(version.second):
            matcher.set_seq1(others)
            if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
                value = matcher.ratio()
                if value >= best:
                    best, at = value, other
        if at >= 0:
            found.add((one, at))
    return found, set()


def make_versions(sources: list[Source], rate: float, family: str) -> Iterator[Version]:
    """Yield a version of each text; what is put in comes from the text before."""
    texts = [cut(source.text[:LONGEST]) for source in sources]
    for number, (before, sentences) in enumerate(pairwise(texts)):
        draw = random.Random(f"{number} {rate} {family}")
        yield make_version(sentences, before, rate, family, draw)


def list_families(sources: list[Source]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the older and the newer sentences of laws of one title, half of them the same."""
    families: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.date and 1_500 < len(source.text) < 9_000:
            families[re.sub(r"[（(].*?[)）]|\s", "", source.title)].append(source)
    for versions in families.values():
        for old, new in pairwise(sorted(versions, key=lambda one: one.date)):
            yield cut(old.text), cut(new.text)


def find_gold(first: list[str], second: list[str]) -> Pairs:
    """Return which sentences share most of one's characters, by difflib over the whole texts."""
    texts = "".join(first), "".join(second)
    owners = [[n for n, words in enumerate(side) for _ in words] for side in (first, second)]
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    matcher = difflib.SequenceMatcher(None, *texts, autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size >= 3:
            for step in range(block.size):
                shared[owners[0][block.a + step], owners[1][block.b + step]] += 1
    return {
        (one, other)
        for (one, other), count in shared.items()
        if count >= 0.5 * min(len(first[one]), len(second[other]))
        and count >= 0.25 * max(len(first[one]), len(second[other]))
    }


def judge_planted(sources: list[Source], *, aside: bool) -> dict[str, Any]:
    """Return the scores on planted pairs, by family and share of edits."""
    figures: dict[str, Any] = {}
    for family in ("spans", "characters") if aside else ("spans",):
        every, moves, plain = Score(), Score(), Score()
        for rate in RATES:
            score = Score()
            for number, version in enumerate(make_versions(sources, rate, family)):
                found, moved = run_ours(version)
                for each in (score, every):
                    each.add(found, version.gold)
                moves.add(moved, version.moved)
                if number < 4:
                    plain.add(run_plain(version)[0], version.gold)
            figures[f"{family}, {rate:.0%} edited"] = score.describe()
        figures[f"{family}, all"] = every.describe()
        figures[f"{family}, moved"] = moves.describe()
        figures[f"{family}, plain likeness"] = plain.describe()
    return figures


def judge_natural(sources: list[Source]) -> dict[str, Any]:
    """Return the scores on versions of laws, of which half is the same."""
    score, count = Score(), 0
    for first, second in list_families(sources):
        gold = find_gold(first, second)
        if len(gold) >= 0.5 * min(len(first), len(second)):
            found, moved = spread(pair(first, second))
            # What moved is in no order, and so not in the gold.
            score.add(found - moved, gold)
            count += 1
    return {"pairs of versions": count, **score.describe()}


def time_pairs(sources: list[Source]) -> dict[str, float]:
    """Return milliseconds of the processor for two texts of 20,000 characters."""
    reports = [one.text[:20_000] for one in sources if len(one.text) >= 20_000][:12]
    took = []
    for first, second in pairwise(reports):
        began = time.process_time()
        spans = list_sentences(first), list_sentences(second)
        pair_sentences(list_forms(first, spans[0]), list_forms(second, spans[1]))
        took.append(1000 * (time.process_time() - began))
    for text in reports[:4]:
        lines = cut(text)
        version = make_version(lines, lines, 0.1, "spans", random.Random(1))
        began = time.process_time()
        pair(version.first, version.second)
        took.append(1000 * (time.process_time() - began))
    took.sort()
    return {"median": round(took[len(took) // 2], 1), "most": round(took[-1], 1)}


def main() -> None:
    """Judge, print, record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    every = read_sources()
    fit = [one for one in every if len(one.text) >= SHORTEST]
    side = [one for at, one in enumerate(fit[: 3 * TEXTS]) if (at % 3 == 0) == asked.tuning]
    figures = {
        "planted": judge_planted(side[:TEXTS], aside=not asked.tuning),
        "versions of laws": {} if asked.tuning else judge_natural(every),
        "milliseconds of 2 x 20,000 characters": time_pairs(every),
    }
    for name, numbers in figures.items():
        print(name, *(f"  {key}: {value}" for key, value in numbers.items()), sep="\n")
    if asked.record:
        write_record(RESULTS, "Year on year: sentences of two versions", figures)
    sys.exit(bool(list_broken(figures)))


def list_broken(figures: dict[str, Any]) -> list[str]:
    """Return the promises that the figures break."""
    planted, natural = figures["planted"], figures["versions of laws"]
    broken = [name for name in planted if name.endswith("all") and planted[name]["F1"] < LEAST_F1]
    broken += [n for n in planted if n.endswith("moved") and planted[n]["F1"] < LEAST_MOVED]
    broken += ["versions"] if natural and natural["F1"] < LEAST_F1 else []
    slow = figures["milliseconds of 2 x 20,000 characters"]["most"] > MOST_MS
    return [*broken, *(["time"] if slow else [])]


if __name__ == "__main__":
    main()
