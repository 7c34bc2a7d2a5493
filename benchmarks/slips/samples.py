"""Sentences as typed and as meant, and what is learnt from them about proposals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.search_bench.corpora import SHARED
from corpus_app.proofreading.slips.characters import CharacterNumbers, Numbers
from corpus_app.proofreading.slips.codes import Reals
from corpus_app.proofreading.slips.correcting import Proposer
from corpus_app.proofreading.slips.replacing import ReadText

ROWS: Final = SHARED / "proofreading" / "odw.train"
REPORTS: Final = SHARED / "gwr_state_council" / "txt"
FOLDS: Final = 5
# Slips are made in reports of these years; later ones are kept to count false alarms on.
LEARNT_YEARS: Final = range(1978, 2000)
SCORED_YEARS: Final = range(2000, 2100)
_SENTENCE: Final = re.compile("[^。！？；]+[。！？；]?")
_SIZES: Final = range(8, 151)
_LEFT_OVER: Final = "的了和是在有等人年中国一"


@dataclass(frozen=True, slots=True)
class TypedSentence:
    """A sentence as typed and as meant; kind is what was done to a sound one, else ""."""

    typed: str
    meant: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LearntRows:
    """Rows of numbers of proposals, whether each is right, and the sentence that each is of."""

    rows: Reals
    right: NDArray[np.bool_]
    sentence: Numbers


def read_rows(path: Path = ROWS) -> list[TypedSentence]:
    """Return the sentences of a file of "number, typed, meant", a row each, of equal length."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    pairs = [TypedSentence(row[1], row[2]) for row in rows if len(row) == 3]
    return [one for one in pairs if len(one.typed) == len(one.meant)]


def read_reports(years: range) -> list[str]:
    """Return the State Council's reports of these years; none of them is in any count."""
    paths = [path for path in sorted(REPORTS.glob("*.txt")) if int(path.stem[-4:]) in years]
    return [path.read_text("utf-8") for path in paths]


def draw_sentences(texts: Sequence[str], most: int, seed: int = 5) -> list[str]:
    """Return so many sentences of texts at most, in no order."""
    lines = (re.sub(r"\s", "", line) for text in texts for line in text.splitlines())
    sentences = [one for line in lines for one in _SENTENCE.findall(line) if len(one) in _SIZES]
    Random(seed).shuffle(sentences)
    return sentences[:most]


def fold_of(sentences: Sequence[TypedSentence]) -> list[int]:
    """Return the fold of each sentence; those that mean the same are in the same."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(one.meant, len(numbers)) % FOLDS for one in sentences]


def list_states(sentence: TypedSentence, draw: Random) -> Iterator[str]:
    """Yield a sentence as typed, half corrected and as meant."""
    typed, meant = sentence.typed, sentence.meant
    wrong = [at for at in range(len(typed)) if typed[at] != meant[at]]
    states = {typed: None, meant: None}
    for _ in range(2 if len(wrong) > 1 else 0):
        some = set(draw.sample(wrong, draw.randrange(1, len(wrong))))
        states[
            "".join(
                m if at in some else t for at, (t, m) in enumerate(zip(typed, meant, strict=True))
            )
        ] = None
    yield from states


def learn_rows(
    proposer: Proposer, characters: CharacterNumbers, states: Sequence[tuple[str, str]]
) -> LearntRows:
    """Return the proposals for states of sentences (as it stands, as meant), a line each."""
    read = ReadText.read("\n".join(state for state, _ in states), characters)
    proposals, rows = proposer.propose(read)
    begins = np.cumsum([0, *(len(state) + 1 for state, _ in states)])
    sentence = np.searchsorted(begins, proposals.place, "right") - 1
    right = np.zeros(len(rows), bool)
    for row, number in enumerate(sentence):
        state, meant = states[number]
        start = int(proposals.place[row] - begins[number])
        end = start + int(proposals.width[row])
        new = "".join(chr(point) for point in proposals.meant[row] if point)
        if len(new) == end - start and len(state) == len(meant):
            right[row] = state[start:end] != new == meant[start:end]
        else:
            right[row] = state != meant == state[:start] + new + state[end:]
    return LearntRows(rows, right, sentence)


def make_slips(sentences: Sequence[str], seed: int = 3) -> list[TypedSentence]:
    """Return the sentences, and most again with a character doubled, swapped, put in or lost."""
    draw, made = Random(seed), []
    for meant in sentences:
        made.append(TypedSentence(meant, meant))
        if draw.random() < 0.75:
            kind = draw.choices(("doubled", "surplus", "swapped", "dropped"), (20, 15, 25, 40))[0]
            if (typed := _slip(meant, kind, draw)) not in (None, meant):
                made.append(TypedSentence(str(typed), meant, kind))
    return made


def _slip(meant: str, kind: str, draw: Random) -> str | None:
    places = [at for at in range(1, len(meant) - 1) if "\u4e00" <= meant[at] <= "\u9fff"]
    if len(places) < 4:
        return None
    at = draw.choice(places)
    if kind == "doubled":
        return meant[:at] + meant[at] + meant[at:]
    if kind == "surplus":
        new = draw.choice(_LEFT_OVER) if draw.random() < 0.5 else meant[draw.choice(places)]
        return None if new in meant[at - 1 : at + 1] else meant[:at] + new + meant[at:]
    if kind == "swapped":
        after = meant[at + 1]
        return (
            meant[:at] + after + meant[at] + meant[at + 2 :]
            if "\u4e00" <= after <= "\u9fff"
            else None
        )
    return meant[:at] + meant[at + 1 :]
