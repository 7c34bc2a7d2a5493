"""What the finding of shared passages takes with many texts; edits, and texts as a corpus."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from search.arrays.seeds import Content, SeedPlaces
from search.arrays.tables import Array
from search.reuse.all_pairs import find_all_pairs
from search.reuse.corpus import ReuseCorpus
from search.reuse.finding import find_in_corpus


def alter(words: Content, rate: float, pool: Content, draw: random.Random, longest: int) -> Content:
    """Return the words with about that share of the characters edited, in spans up to longest."""
    mean = (1 + longest) / 2
    chance = rate / mean / (1 - rate * (1 - 1 / mean))
    out: list[Content] = []
    at = 0
    while at < len(words):
        if draw.random() >= chance:
            out.append(words[at : at + 1])
            at += 1
            continue
        size = draw.randint(1, longest)
        place = draw.randrange(len(pool) - size)
        kind = draw.randrange(3)
        if kind != 1:
            out.append(pool[place : place + size])
        if kind != 2:
            at += size
        else:
            out.append(words[at : at + 1])
            at += 1
    return np.concatenate(out) if out else words[:0]


def make_corpus(contents: Sequence[Content], sources: Array) -> ReuseCorpus:
    """Return the texts as a corpus of one segment."""
    numbers = np.arange(len(contents))
    none = np.zeros(len(contents), dtype=np.int64)
    starts = np.cumsum([0, *map(len, contents)])
    seeds = SeedPlaces.seed(np.concatenate(list(contents)), starts)
    return ReuseCorpus((seeds,), numbers, numbers, none == 0, none, none, numbers, sources)


def time_texts(contents: Sequence[Content], corpus: ReuseCorpus, count: int) -> dict[str, Any]:
    """Return the milliseconds of the processor that one text takes against all."""
    took = []
    for number in random.Random(48).sample(range(len(contents)), count):
        began = time.process_time()
        find_in_corpus(contents[number], corpus, [number])
        took.append(1000 * (time.process_time() - began))
    took.sort()
    return {"median": round(took[count // 2]), "p95": round(took[count * 95 // 100])}


def measure_size(contents: Sequence[Content], sources: Array, texts: int) -> dict[str, Any]:
    """Return what so many texts take: cut small, then the same again, edited, where too few."""
    draw = random.Random(49)
    size = max(200, min(700, sum(map(len, contents)) // texts))
    made: list[Content] = []
    issuers: list[int] = []
    pool = np.concatenate(list(contents[:200]))
    again = 0
    while len(made) < texts:
        for number, content in enumerate(contents):
            for at in range(0, len(content) - 100, size):
                words = content[at : at + size]
                made.append(alter(words, 0.3, pool, draw, 4) if again else words)
                issuers.append(int(sources[number]) + 1000 * again)
        again += 1
    made, issuers = made[:texts], issuers[:texts]
    began = time.process_time()
    corpus = make_corpus(made, np.array(issuers))
    figures: dict[str, Any] = {
        "texts": texts,
        "characters": sum(map(len, made)),
        "seconds to hash": round(time.process_time() - began, 1),
        "one text, ms": time_texts(made, corpus, 100),
        "longest texts, ms": time_texts(_longest(contents), corpus, 20),
    }
    began = time.process_time()
    figures["passages of all pairs"] = len(find_all_pairs(corpus))
    figures["seconds of all pairs"] = round(time.process_time() - began, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    return figures | {"GB at most": round(peak, 2)}


def _longest(contents: Sequence[Content]) -> list[Content]:
    return sorted(contents, key=len)[-20:]
