"""Are natural passages rightly named? Those of laws, reports and resolutions, judged by reading.

Asked for by `python -m benchmarks.text_reuse --judged`. `judged_passages.tsv` has 304 passages,
drawn at random by the label that was told, half of them from laws: the two texts by the first
twelve characters of their content's SHA-256, the two spans in content, and what one reader calls
it. No words are in it. Judged: a passage that says something of its own and goes back to the
other text (or the other to it) is a borrowing; from a common source where an older third text is
what both go back to; a formula where any author of such a text would say it so, be it a name, a
list, a sentence of each year's figures or the notice of the page; else a short parallel.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.search_bench.corpora import SHARED, Source, read_sources
from corpus_app.text.folding import fold_codes
from search.arrays.seeds import Content, SeedPlaces, take_content
from search.arrays.tables import Array
from search.reuse.corpus import ReuseCorpus
from search.reuse.finding import find_in_corpus
from search.reuse.labels import LABELS, TextOrigin, label_passages

JUDGED: Final = Path(__file__).with_suffix(".tsv")
_FOLDERS: Final = {"npc_resolutions": "", "cpc_congress": "中国共产党"}
# Less is a notice without a text.
_LEAST: Final = 100

Span = tuple[int, int]


@dataclass(frozen=True)
class JudgedPassage:
    """Where a passage stands in two texts, named by their hashes, and what a reader calls it."""

    first: str
    span: Span
    second: str
    other: Span
    judged: str

    @classmethod
    def list_all(cls) -> list[JudgedPassage]:
        """Return the judged passages."""
        with JUDGED.open(encoding="utf-8", newline="") as file:
            return [
                cls(
                    row["first"],
                    (int(row["start"]), int(row["end"])),
                    row["second"],
                    (int(row["other_start"]), int(row["other_end"])),
                    row["judged"],
                )
                for row in csv.DictReader(file, delimiter="\t")
            ]


def read_texts() -> Iterator[Source]:
    """Yield laws and reports, then resolutions and reports of congresses."""
    yield from read_sources()
    for name, issuer in _FOLDERS.items():
        with (SHARED / name / "metadata.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                path = SHARED / name / "txt" / f"{row['id']}.txt"
                if path.is_file():
                    day = row.get("date") or row.get("year") or ""
                    text = path.read_text(encoding="utf-8")
                    yield Source(row["title"], day, row.get("issuer") or issuer, text, ())


def make_dated_corpus(texts: Sequence[Source], contents: Sequence[Content]) -> ReuseCorpus:
    """Return the texts as a corpus of one segment with days and sources, no versions told."""
    known: dict[tuple[str, str], int] = {}
    sources = [known.setdefault((text.issuer, text.date[:4]), len(known)) for text in texts]
    days = np.array([read_days(text.date) for text in texts])
    numbers = np.arange(len(texts))
    starts = np.cumsum([0, *map(len, contents)])
    seeds = SeedPlaces.seed(np.concatenate(list(contents)), starts)
    alive = np.ones(len(texts), dtype=np.bool_)
    return ReuseCorpus(
        (seeds,), numbers, numbers, alive, days[:, 0], days[:, 1], numbers, np.array(sources)
    )


def read_days(written: str) -> Span:
    """Return first and last day, as ordinals, of a date as precise as it is; 0, 0 for none."""
    parts = [int(part) for part in written.split("-") if part]
    if not parts:
        return 0, 0
    if len(parts) == 3:
        day = date(*parts).toordinal()
        return day, day
    months = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    first, last = date(parts[0], months[0], 1), date(parts[0], months[1], 28)
    return first.toordinal(), last.toordinal()


def measure_labels() -> dict[str, Any]:
    """Return how often what is told of the judged passages is what the reader calls them."""
    texts = list(read_texts())
    contents: list[Array] = [take_content(fold_codes(text.text)) for text in texts]
    kept = [at for at, content in enumerate(contents) if len(content) > _LEAST]
    contents = [contents[at] for at in kept]
    corpus = make_dated_corpus([texts[at] for at in kept], contents)
    named = {name_content(content): at for at, content in enumerate(contents)}
    judged = JudgedPassage.list_all()
    told = {number: tell_labels(number, corpus) for number in {named[one.first] for one in judged}}
    met: Counter[tuple[str, bool]] = Counter()
    for one in judged:
        key = (one.span, named[one.second], one.other)
        label = told[named[one.first]].get(key, "not found")
        met[label, label == one.judged] += 1
    right = sum(count for (_label, is_right), count in met.items() if is_right)
    return {
        "passages": len(judged),
        "rightly named": round(right / len(judged), 3),
        **{
            f"told {label}": f"{met[label, True]} of {met[label, True] + met[label, False]}"
            for label in (*LABELS, "not found")
        },
    }


def name_content(content: Content) -> str:
    """Return the first twelve characters of the SHA-256 of a content."""
    return hashlib.sha256(content.tobytes()).hexdigest()[:12]


def tell_labels(number: int, corpus: ReuseCorpus) -> dict[tuple[Span, int, Span], str]:
    """Return what is told of each passage of a text: by span, the other text, its span there."""
    found = find_in_corpus(corpus.read_content(number), corpus, [number])
    origin = TextOrigin(corpus.get_days(number), corpus.sources[np.array([number])])
    labelled = label_passages(found.passages, found.formula, corpus, origin)
    table = labelled.passages
    firsts = zip(table.first_start.tolist(), table.first_end.tolist(), strict=True)
    seconds = zip(table.second_start.tolist(), table.second_end.tolist(), strict=True)
    keys = zip(firsts, table.second_text.tolist(), seconds, strict=True)
    return dict(zip(keys, labelled.labels, strict=True))
