"""Passages of one text, altered and put into another: are they found, and rightly named?

Asked for by `python -m benchmarks.text_reuse --passages`. Texts are laws and reports beside the
project; hosts and sources share nothing before. Two families of edits: in spans of one to four
characters, by which the finding was tuned, and character by character, kept apart. A part is put
in with its halves changed round. Formulas are runs that many texts of the other half of the corpus
have, put in unchanged. All in content: letters, digits and Han characters.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from benchmarks.reuse_times import alter, make_corpus, measure_size
from benchmarks.search_bench.corpora import Source, read_sources
from corpus_app.text.folding import fold_codes
from search.arrays.seeds import Content, take_content
from search.arrays.tables import Array, Mask
from search.reuse.corpus import ReuseCorpus
from search.reuse.finding import FoundPassages, find_in_corpus
from search.reuse.labels import TextOrigin, label_passages
from search.reuse.refining import compare_pair
from search.reuse.table import PassageTable

RATES: Final = (0.0, 0.05, 0.1, 0.2, 0.3)
FAMILIES: Final = ("spans", "characters")
# Planted passages that many sources have by nature are no borrowings.
_MOST_FORMULA: Final = 0.25
_FORMULA_SIZE: Final = 16
_FORMULA_TEXTS: Final = 15
_FORMULA_SOURCES: Final = 8
_UNKNOWN: Final = (0, 0)


@dataclass(frozen=True)
class Plant:
    """A stretch of a host, and where it is from: a text's number, or -1 for a formula."""

    start: int
    end: int
    source: int
    rate: float
    swapped: bool = False


@dataclass(frozen=True)
class Host:
    """A text with what was planted in it; family is that of its edits."""

    number: int
    content: Content
    plants: tuple[Plant, ...]
    family: str


def number_sources(texts: Sequence[Source]) -> Array:
    """Return the number of the independent source, issuer and year, of each text."""
    known: dict[tuple[str, str], int] = {}
    return np.array([known.setdefault((text.issuer, text.date[:4]), len(known)) for text in texts])


def list_formulas(contents: Sequence[Content], sources: Array) -> list[Content]:
    """Return runs of 16 characters whose seeds many texts and sources of these have."""
    corpus = make_corpus(contents, sources)
    (seeds,) = corpus.segments
    heads = np.append(True, np.diff(seeds.hashes[:]) != 0).nonzero()[0]
    sizes = np.diff(np.append(heads, len(seeds.hashes)))
    chosen: dict[bytes, Content] = {}
    many = sizes >= _FORMULA_TEXTS
    for head, size in zip(heads[many].tolist(), sizes[many].tolist(), strict=True):
        places = seeds.places[head : head + size].astype(np.int64)
        runs = Counter(seeds.content[at : at + _FORMULA_SIZE].tobytes() for at in places.tolist())
        words, texts = runs.most_common(1)[0]
        same = [seeds.content[at : at + _FORMULA_SIZE].tobytes() == words for at in places.tolist()]
        held = {int(one) for one in sources[corpus.find_texts(0, places[same])]}
        if texts >= _FORMULA_TEXTS and len(held) >= _FORMULA_SOURCES:
            chosen.setdefault(words, np.frombuffer(words, dtype=np.uint16))
    return list(chosen.values())


def make_hosts(
    contents: Sequence[Content], corpus: ReuseCorpus, formulas: Sequence[Content], count: int
) -> Iterator[Host]:
    """Yield texts in which passages of others, edited, and formulas are planted."""
    draw = random.Random(47)
    usable = [n for n, content in enumerate(contents) if 600 < len(content) < 20_000]
    marks: dict[int, Mask] = {}
    for turn, number in enumerate(draw.sample(usable, count)):
        family = FAMILIES[turn % len(FAMILIES)]
        rate = RATES[turn // len(FAMILIES) % len(RATES)]
        pieces: list[tuple[Content, int, bool]] = []
        for _ in range(draw.randint(1, 3)):
            source = draw.choice(usable)
            passage = _choose(contents, corpus, number, source, marks, draw)
            if passage is not None:
                longest = 4 if family == "spans" else 1
                edited = alter(passage, rate, contents[draw.choice(usable)], draw, longest)
                swapped = draw.random() < 0.25 and len(edited) > 120
                half = len(edited) // 2
                turned = np.concatenate([edited[half:], edited[:half]]) if swapped else edited
                pieces.append((turned, source, swapped))
        if formulas:
            pieces.append((draw.choice(list(formulas)), -1, False))
        yield _plant(number, contents[number], pieces, family, rate, draw)


def _choose(
    contents: Sequence[Content],
    corpus: ReuseCorpus,
    number: int,
    source: int,
    marks: dict[int, Mask],
    draw: random.Random,
) -> Content | None:
    """Return a passage of a source that shares nothing with the host and is no formula."""
    if source == number or len(compare_pair(contents[number], contents[source])):
        return None
    if source not in marks:
        marks[source] = find_in_corpus(contents[source], corpus, [source]).formula
    size = draw.randint(40, 400)
    at = draw.randrange(max(1, len(contents[source]) - size))
    if marks[source][at : at + size].mean() > _MOST_FORMULA:
        return None
    return contents[source][at : at + size]


def _plant(
    number: int,
    content: Content,
    pieces: Sequence[tuple[Content, int, bool]],
    family: str,
    rate: float,
    draw: random.Random,
) -> Host:
    cuts = sorted(draw.sample(range(50, len(content) - 50, 25), len(pieces)))
    out, plants, last, at = [], [], 0, 0
    for cut, (words, source, swapped) in zip(cuts, pieces, strict=True):
        out += [content[last:cut], words]
        at += cut - last
        plants.append(Plant(at, at + len(words), source, rate, swapped))
        at += len(words)
        last = cut
    return Host(number, np.concatenate([*out, content[last:]]), tuple(plants), family)


class Tally:
    """Characters planted, found and found in vain, by family, pass and rate of edits."""

    def __init__(self) -> None:
        self.planted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.labels: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, plant: Plant, table: PassageTable, host: Host) -> None:
        """Count what passages from the plant's source cover, of it and of the host.

        What other texts gave to the host is left out: they may share it with this one by nature.
        """
        covered = np.zeros(len(host.content), dtype=np.bool_)
        spans = zip(table.first_start.tolist(), table.first_end.tolist(), strict=True)
        for start, end in spans:
            covered[start:end] = True
        for other in host.plants:
            if other is not plant:
                covered[other.start : other.end] = False
        self.planted[name] += plant.end - plant.start
        self.found[name] += int(covered[plant.start : plant.end].sum())
        self.told[name] += int(covered.sum())

    def describe(self) -> dict[str, str]:
        """Return recall and precision of each name, in characters."""
        return {
            name: f"{self.found[name] / self.planted[name]:.3f} / "
            f"{self.found[name] / max(1, self.told[name]):.4f}"
            for name in sorted(self.planted)
        }


def score(hosts: Sequence[Host], contents: list[Content], sources: Array) -> dict[str, Any]:
    """Return recall and precision of both passes, and how often labels are right."""
    for host in hosts:
        contents[host.number] = host.content
    corpus = make_corpus(contents, sources)
    tally = Tally()
    for host in hosts:
        found = find_in_corpus(host.content, corpus, [host.number])
        for plant in host.plants:
            if plant.source < 0:
                covered = found.formula[plant.start : plant.end].mean() > 0.5
                tally.labels["formula", "right" if covered else "wrong"] += 1
                continue
            _score_plant(tally, host, plant, found, corpus)
    right = {
        kind: round(tally.labels[kind, "right"] / max(1, _count(tally, kind)), 3)
        for kind in ("borrowing", "formula")
    }
    return {"recall / precision": tally.describe(), "labels right": right}


def _count(tally: Tally, kind: str) -> int:
    return tally.labels[kind, "right"] + tally.labels[kind, "wrong"]


def _score_plant(
    tally: Tally, host: Host, plant: Plant, found: FoundPassages, corpus: ReuseCorpus
) -> None:
    same = [one for one in host.plants if one.source == plant.source]
    if len(same) > 1:
        return
    rate = f"{round(100 * plant.rate)} % edits"
    name = f"{host.family}, {rate}"
    table = found.passages.take((found.passages.second_text == plant.source).nonzero()[0])
    tally.add(f"one text, {name}", plant, table, host)
    if plant.swapped:
        turned = f"one text, halves changed round, {rate}"
        tally.add(turned, plant, table, host)
    deep = compare_pair(host.content, corpus.read_content(plant.source))
    tally.add(f"one pair, {name}", plant, deep, host)
    if len(table):
        origin = TextOrigin(_UNKNOWN, corpus.sources[np.array([host.number])])
        labels = label_passages(table, found.formula, corpus, origin).labels
        tally.labels["borrowing", "right" if "borrowing" in labels else "wrong"] += 1


def measure_passages(count: int, texts: int) -> dict[str, Any]:
    """Return all figures: planted passages in so many hosts, and the time with so many texts."""
    read = read_sources()
    contents = [take_content(fold_codes(text.text)) for text in read]
    sources = number_sources(read)
    half = len(contents) // 2
    formulas = list_formulas(contents[half:], sources[half:])
    first, own = contents[:half], sources[:half]
    hosts = list(make_hosts(first, make_corpus(first, own), formulas, count))
    numbers = score(hosts, list(first), own)
    return {"hosts": len(hosts), "formulas": len(formulas), **numbers} | {
        "size": measure_size(contents, sources, texts)
    }
