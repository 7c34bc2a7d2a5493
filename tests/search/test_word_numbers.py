"""The words kept beside the characters against those of the segmenter, one by one."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, strategies as st

from search.arrays.building import SpeechRecord, build_tables
from search.arrays.segment import LooseSegment
from search.arrays.store import put_speeches, read_arrays
from search.frequencies.corpus_words import load_corpus_words
from tests.search.plain_words import count_words, count_words_once, worded_corpora
from tests.thoroughness import draw

SLOW = draw(60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(worded_corpora(), st.integers(1, 3))
def test_words_are_those_of_the_segmenter_with_set_expressions_whole(
    records: list[SpeechRecord], parts: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        for at in range(parts):
            put_speeches(Path(name), "1", records[at::parts])
        index = read_arrays(Path(name))
        assert index is not None
        words = load_corpus_words(index)
        alive = [live.alive for live in index.segments]
        counts, once = words.count(alive), words.count_once(alive)
        texts = [words.write(number) for number in range(len(words))]
    told = Counter(dict(zip(texts, counts.tolist(), strict=True)))
    assert +told == count_words(records)
    assert +Counter(dict(zip(texts, once.tolist(), strict=True))) == count_words_once(records)


def list_numbered(record: SpeechRecord) -> list[str]:
    """Return the words of a speech as its segment has them."""
    segment = LooseSegment(build_tables([record]), "one")
    words, found, start = segment.words, [], 0
    steps = segment.tables.columns["word_step"].tolist()
    for number, step in zip(words.numbers.tolist(), steps, strict=True):
        if number:
            codes = segment.codes[start : start + int(words.sizes[number])].tolist()
            found.append("".join(map(chr, codes)))
        start += step
    assert start == len(segment.codes)
    return found


def test_a_set_expression_and_a_date_are_one_word_each() -> None:
    text = "“三张清单”要在2024年3月前优化。"
    plain = SpeechRecord(1, 10, "", "", text)
    marked = SpeechRecord(1, 10, "", "", text, mentions=((7, 1, 5),), source="代表网")
    assert list_numbered(plain) == ["三张", "清单", "要", "在", "2024年", "3月", "前", "优化"]
    assert list_numbered(marked) == ["三张清单", "要", "在", "2024年", "3月", "前", "优化"]


def test_long_rows_without_a_word_lose_none() -> None:
    text = "代表" + "—" * 3 + "。，" * 400 + "A" * 600 + "履职"
    assert list_numbered(SpeechRecord(1, 10, "", "", text))[::4] == ["代表", "履职"]
