"""Texts made into a corpus in memory, and plain counting beside which reuse is tried."""

from __future__ import annotations

import random

import numpy as np

from search.arrays.seeds import SeedPlaces, take_content
from search.reuse.corpus import ReuseCorpus

Texts = list[str]
HAN = [chr(0x4E00 + 7 * at) for at in range(300)]


def write(size: int, seed: int, chars: list[str] = HAN) -> str:
    """Return so many characters drawn at random, the same for the same seed."""
    return "".join(random.Random(seed).choices(chars, k=size))


def read_text(text: str) -> np.ndarray:
    """Return the content of a text that is written in plain simplified characters."""
    return take_content(np.array([ord(char) for char in text], dtype=np.uint32))


def make_corpus(texts: Texts, cut: int = 0, **columns: list[int]) -> ReuseCorpus:
    """Return the corpus of the texts, text i as speech i, the first cut of them in a segment.

    columns replace those that say nothing: each text of a source of its own, without a day.
    """
    groups = [texts[:cut], texts[cut:]] if cut else [texts]
    segments = []
    for group in groups:
        contents = [read_text(text) for text in group]
        starts = np.cumsum([0, *map(len, contents)])
        segments.append(SeedPlaces.seed(np.concatenate(contents), starts))
    numbers = np.arange(len(texts))
    none = np.zeros(len(texts), dtype=np.int64)
    usual = {
        "speech_ids": numbers,
        "revision_ids": numbers,
        "alive": none == 0,
        "first_days": none,
        "last_days": none,
        "versions": numbers,
        "sources": numbers,
    }
    given = {name: np.array(values) for name, values in columns.items()}
    return ReuseCorpus(segments=tuple(segments), **(usual | given))


def list_common(first: str, second: str, least: int) -> list[int]:
    """Return where in the first text runs of so many characters begin that both have."""
    held = {second[at : at + least] for at in range(len(second) - least + 1)}
    return [at for at in range(len(first) - least + 1) if first[at : at + least] in held]
