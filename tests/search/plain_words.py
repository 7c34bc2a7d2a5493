"""The words of speeches by a plain reading: Python strings, one word after the other."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

from corpus_app.text.folding import fold, fold_with_offsets
from search.analysis.words import cut_words
from search.arrays.building import SpeechRecord

PARTS = (
    *("人民代表大会", "代表", "监督", "高质量", "发展", "的", "同志们", "依法", "工作"),
    *("2024年", "3月", "GDP", "縣"),
    *("，", "。", "、", "“", "”", " ", "\n", "——", "："),
    *("全县上下要凝心聚力推动发展，", "我们要坚持依法监督和正确监督，"),
)
YEARS = (2018, 2020, 2022)
LINE_ENDS = "，。！？；：…"


@dataclass(frozen=True)
class PlainWord:
    """A word of a zone (0 title, 1 subtitle, 2 text), with its place among folded characters."""

    zone: int
    start: int
    end: int
    text: str


def list_zones(record: SpeechRecord) -> list[str]:
    """Return title, subtitle and text, folded."""
    return [fold(text) for text in (record.title, record.subtitle, record.text)]


def list_words(record: SpeechRecord) -> list[PlainWord]:
    """Return the words of a speech in their order."""
    texts = (record.title, record.subtitle, record.text)
    return [word for zone, text in enumerate(texts) for word in _cut(zone, text, record)]


def _cut(zone: int, text: str, record: SpeechRecord) -> Iterator[PlainWord]:
    folded = fold(text)
    offsets = fold_with_offsets(text).offsets.tolist()
    cuts = {sum(at < word.start for at in offsets) for word in cut_words(text)}
    cuts |= {sum(at < word.end for at in offsets) for word in cut_words(text)}
    for low, high in _list_units(record, offsets) if zone == 2 else ():
        cuts = {cut for cut in cuts if not low < cut < high} | {low, high}
    cuts = {c for c in cuts if not (folded[c : c + 1] in set("年月日") and _ends_digit(folded[:c]))}
    borders = sorted(cuts | {0, len(folded)})
    for low, high in pairwise(borders):
        while low < high and not folded[low].isalnum():
            low += 1
        while low < high and not folded[high - 1].isalnum():
            high -= 1
        if low < high:
            yield PlainWord(zone, low, high, folded[low:high])


def _ends_digit(text: str) -> bool:
    return text[-1:] in set("0123456789")


def _list_units(record: SpeechRecord, offsets: list[int]) -> list[tuple[int, int]]:
    spans = [
        (sum(at < start for at in offsets), sum(at < end for at in offsets))
        for _, start, end in record.mentions
    ]
    taken: list[tuple[int, int]] = []
    for low, high in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if high - low > 1 and all(high <= b[0] or b[1] <= low for b in taken):
            taken.append((low, high))
    return taken


def count_words(records: Iterable[SpeechRecord]) -> Counter[str]:
    """Return how often each word stands in the speeches."""
    return Counter(word.text for record in records for word in list_words(record))


def count_words_once(records: Iterable[SpeechRecord]) -> Counter[str]:
    """Return how often each word stands, lines that come again counted the first time alone."""
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for record in sorted(records, key=lambda record: record.id):
        words = list_words(record)
        again: list[tuple[int, int, int]] = []
        for zone, low, high, line in _list_lines(record):
            if line in seen:
                again.append((zone, low, high))
            seen.add(line)
        counts.update(
            word.text
            for word in words
            if not any(z == word.zone and low <= word.start < high for z, low, high in again)
        )
    return counts


def _list_lines(record: SpeechRecord) -> Iterator[tuple[int, int, int, str]]:
    for zone, text in enumerate(list_zones(record)):
        lines, low = [], 0
        for at in range(len(text) + 1):
            if at == len(text) or text[at] in fold(LINE_ENDS):
                lines.append((low, at))
                low = at + 1
        solid = [row for row in lines if any(char.isalnum() for char in text[slice(*row)])]
        for row in solid:
            first = zone == 2 and row == lines[0]
            last = zone == 2 and (
                row == lines[-1] or (row, lines[-1]) == (lines[-2], solid_end(lines, text))
            )
            size = sum(char.isalnum() for char in text[slice(*row)])
            if first or last or size >= 12:
                yield zone, *row, text[slice(*row)]


def solid_end(lines: list[tuple[int, int]], text: str) -> tuple[int, int] | None:
    """Return the last line where it has nothing that counts, None else."""
    low, high = lines[-1]
    return None if any(char.isalnum() for char in text[low:high]) else (low, high)


@st.composite
def worded_records(draw: st.DrawFn, speech_id: int) -> SpeechRecord:
    """Draw a speech of real words, with set expressions in it."""
    text = "".join(draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=14)))
    solid = [at for at, char in enumerate(text) if char.isalnum()]
    mentions = set()
    if solid and draw(st.booleans()):
        ends = draw(st.tuples(st.sampled_from(solid), st.sampled_from(solid)))
        mentions = {(1, min(ends), max(ends) + 1)}
    year = draw(st.sampled_from(YEARS))
    return SpeechRecord(
        id=speech_id,
        revision_id=speech_id * 10,
        title="".join(draw(st.lists(st.sampled_from(PARTS), max_size=2))),
        subtitle=draw(st.sampled_from(["", "监督"])),
        text=text,
        organisation="某县人大常委会",
        source="代表网",
        level=draw(st.sampled_from(["county", "city"])),
        date_first=datetime.date(year, 1, 1),
        date_last=datetime.date(year, 1, 1),
        mentions=tuple(sorted(mentions)),
    )


@st.composite
def worded_corpora(draw: st.DrawFn) -> list[SpeechRecord]:
    """Draw a few speeches of real words."""
    return [draw(worded_records(at)) for at in range(1, draw(st.integers(1, 5)) + 1)]
