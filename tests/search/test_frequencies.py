"""Collocates, keywords, strings and forms against plain Python over the stored texts."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, strategies as st

from search.arrays.building import SpeechRecord
from search.arrays.store import put_speeches
from search.frequencies.collocates import CollocatesRequest, find_collocates
from search.frequencies.forms import FormsRequest, count_forms
from search.frequencies.keywords import KeywordsRequest, find_keywords
from search.frequencies.ngrams import NgramsRequest, count_ngrams
from search.request import SearchRequest
from tests.search.plain_words import (
    PlainWord,
    count_words,
    count_words_once,
    list_words,
    list_zones,
    worded_corpora,
)
from tests.thoroughness import draw

SLOW = draw(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = 5_000


@contextmanager
def indexed(records: list[SpeechRecord], parts: int = 1) -> Iterator[None]:
    """Serve an index of the records, spread over segments."""
    with tempfile.TemporaryDirectory() as name, override_settings(INDEX_DIR=Path(name)):
        for at in range(parts):
            put_speeches(Path(name) / "arrays", "1", records[at::parts])
        yield


def near_words(
    records: list[SpeechRecord], wanted: str, window: int, side: str
) -> tuple[Counter[str], Counter[str], int]:
    """Return the words near the string, in how many speeches each, and how often it stands."""
    near: Counter[str] = Counter()
    speeches: Counter[str] = Counter()
    occurrences = 0
    for record in records:
        marked: set[PlainWord] = set()
        inside: set[PlainWord] = set()
        for zone, text in enumerate(list_zones(record)):
            words = [word for word in list_words(record) if word.zone == zone]
            for at in range(len(text)):
                if not text.startswith(wanted, at):
                    continue
                occurrences += 1
                end = at + len(wanted)
                left = [word for word in words if word.end <= at][-window:]
                right = [word for word in words if word.start >= end][:window]
                marked.update(left if side != "right" else [], right if side != "left" else [])
                inside.update(word for word in words if word.start < end and word.end > at)
        near.update(word.text for word in marked - inside)
        speeches.update({word.text for word in marked - inside})
    return near, speeches, occurrences


def likelihood(a: int, b: int, size_a: int, size_b: int) -> float:
    share = (a + b) / (size_a + size_b)
    return 2 * sum(n * math.log(n / (size * share)) for n, size in ((a, size_a), (b, size_b)) if n)


@SLOW
@given(
    worded_corpora(),
    st.sampled_from(["代表", "监督", "人民代表大会", "的"]),
    st.integers(1, 4),
    st.sampled_from(["both", "left", "right"]),
    st.integers(1, 2),
)
def test_collocates_are_the_words_that_stand_in_the_window(
    records: list[SpeechRecord], wanted: str, window: int, side: str, parts: int
) -> None:
    asked = CollocatesRequest(
        SearchRequest(text=f'"{wanted}"'), window, side, measure="count", least=1, limit=MANY
    )
    with indexed(records, parts):
        answer = find_collocates(asked)
    near, speeches, occurrences = near_words(records, wanted, window, side)
    totals = count_words(records)
    assert {row.text: row.count for row in answer.rows} == near
    assert {row.text: row.speeches for row in answer.rows} == speeches
    assert (answer.occurrences, answer.near_size) == (occurrences, near.total())
    assert answer.size == totals.total()
    for row in answer.rows:
        total, rest = totals[row.text], answer.size - answer.near_size
        assert row.total == total
        assert row.log_likelihood == pytest.approx(
            likelihood(row.count, total - row.count, answer.near_size, rest), abs=1e-6
        )
        assert row.logdice == pytest.approx(14 + math.log2(2 * row.count / (occurrences + total)))
        expected = total * answer.near_size / answer.size
        assert row.mi == pytest.approx(math.log2(row.count / expected))


def near_strings(records: list[SpeechRecord], wanted: str, window: int, size: int) -> Counter[str]:
    near: Counter[str] = Counter()
    for record in records:
        for text in list_zones(record):
            spots = [at for at in range(len(text)) if text.startswith(wanted, at)]
            held = {at + step for at in spots for step in range(len(wanted))}
            starts = {
                start
                for at in spots
                for low, high in (
                    (max(at - window, 0), at),
                    (at + len(wanted), min(at + len(wanted) + window, len(text))),
                )
                for start in range(low, high - size + 1)
            }
            near.update(
                text[start : start + size]
                for start in starts
                if text[start : start + size].isalnum()
                and held.isdisjoint(range(start, start + size))
            )
    return near


@SLOW
@given(worded_corpora(), st.sampled_from(["代表", "的"]), st.integers(2, 6), st.integers(1, 4))
def test_without_a_segmenter_collocates_are_the_strings_in_the_window(
    records: list[SpeechRecord], wanted: str, window: int, size: int
) -> None:
    asked = CollocatesRequest(
        SearchRequest(text=f'"{wanted}"'),
        window,
        of="char",
        size=size,
        measure="count",
        least=1,
        limit=MANY,
    )
    with indexed(records):
        answer = find_collocates(asked)
    texts = [text for record in records for text in list_zones(record)]
    assert {row.text: row.count for row in answer.rows} == near_strings(
        records, wanted, window, size
    )
    for row in answer.rows:
        assert row.total == sum(
            text.startswith(row.text, at) for text in texts for at in range(len(text))
        )
    assert answer.size == sum(
        text[at : at + size].isalnum() for text in texts for at in range(len(text) - size + 1)
    )


@SLOW
@given(
    worded_corpora(),
    st.sampled_from([("2018",), ("2018..2020",), ("2022",)]),
    st.sampled_from([None, ("2022",), ("2020..2022",)]),
    st.sampled_from(["once", "all"]),
    st.integers(1, 2),
)
def test_new_and_gone_words_and_all_figures_are_those_of_a_plain_count(
    records: list[SpeechRecord],
    years: tuple[str, ...],
    others: tuple[str, ...] | None,
    repeats: str,
    parts: int,
) -> None:
    reference = SearchRequest(year=others) if others else None
    with indexed(records, parts):
        answers = {
            which: find_keywords(
                KeywordsRequest(
                    SearchRequest(year=years),
                    reference,
                    which,
                    repeats=repeats,
                    least=1,
                    limit=MANY,
                )
            )
            for which in ("new", "gone")
        }
    count = count_words_once if repeats == "once" else count_words
    here = [record for record in records if falls(record, years)]
    there = [r for r in records if (falls(r, others) if others else r not in here)]
    target, rest = count(here), count(there)
    wanted = {w for w in target if w not in rest and not w[0].isdigit()}
    assert {row.text for row in answers["new"].rows} == wanted
    gone = {w for w in rest if w not in target and not w[0].isdigit()}
    assert {row.text for row in answers["gone"].rows} == gone
    new = answers["new"]
    assert new.shared == sum(record in there for record in here)
    assert (new.target.words, new.reference.words) == (target.total(), rest.total())
    for row in answers["new"].rows:
        parts_held = [count_words([record])[row.text] for record in here]
        assert (row.target, row.reference) == (target[row.text], 0)
        assert row.target_speeches == sum(n > 0 for n in parts_held)
        ratio = (row.target / target.total()) / (0.5 / max(rest.total(), 1))
        assert row.log_ratio == pytest.approx(math.log2(ratio))


def falls(record: SpeechRecord, years: tuple[str, ...]) -> bool:
    first, _, last = years[0].partition("..")
    assert record.date_first is not None
    return int(first) <= record.date_first.year <= int(last or first)


@SLOW
@given(worded_corpora(), st.integers(1, 3), st.sampled_from(["word", "char"]), st.integers(1, 2))
def test_strings_are_those_of_a_plain_count(
    records: list[SpeechRecord], least: int, unit: str, parts: int
) -> None:
    n = "1..6" if unit == "word" else "2..12"
    asked = NgramsRequest(unit=unit, n=n, fold="no", least=least, limit=MANY)
    with indexed(records, parts):
        answer = count_ngrams(asked)
    speeches: dict[tuple[str, ...], list[int]] = {}
    for record in records:
        for string in list_strings(record, unit):
            speeches.setdefault(string, []).append(record.id)
    # The same characters cut in two ways are two strings of words.
    wanted = Counter(
        ("".join(string), len(string), len(ids), len(set(ids)))
        for string, ids in speeches.items()
        if len(ids) >= least
    )
    found = Counter((row.text, row.size, row.count, row.speeches) for row in answer.rows)
    assert found == wanted


def list_strings(record: SpeechRecord, unit: str) -> Iterator[tuple[str, ...]]:
    zones = list_zones(record)
    if unit == "char":
        for text in zones:
            for size in range(2, 13):
                for at in range(len(text) - size + 1):
                    if text[at : at + size].isalnum():
                        yield tuple(text[at : at + size])
        return
    words = list_words(record)
    for size in range(1, 7):
        for at in range(len(words) - size + 1):
            row = words[at : at + size]
            joined = all(a.zone == b.zone and a.end == b.start for a, b in pairwise(row))
            if joined:
                yield tuple(word.text for word in row)


def test_what_is_mostly_part_of_one_longer_string_is_folded_into_it() -> None:
    text = "，".join(["推动高质量发展"] * 9 + ["质量发展"])
    with indexed([SpeechRecord(1, 10, "", "", text)]):
        rows = count_ngrams(NgramsRequest(unit="char")).rows
        every = count_ngrams(NgramsRequest(unit="char", fold="no")).rows
    assert [(row.text, row.count) for row in rows] == [("推动高质量发展", 9)]
    assert ("质量发展", 10) in {(row.text, row.count) for row in every}


@SLOW
@given(worded_corpora(), st.sampled_from(["代表", "监", "人民"]), st.integers(1, 2))
def test_forms_of_a_prefix_are_the_words_it_begins(
    records: list[SpeechRecord], wanted: str, parts: int
) -> None:
    with indexed(records, parts):
        answer = count_forms(FormsRequest(SearchRequest(text=f"{wanted}*"), limit=MANY))
    forms: Counter[str] = Counter()
    for record in records:
        words = list_words(record)
        for zone, text in enumerate(list_zones(record)):
            for at in range(len(text)):
                if text.startswith(wanted, at):
                    end = at + len(wanted)
                    held = (w for w in words if w.zone == zone and w.start < end <= w.end)
                    forms[text[at : max([end, *(word.end for word in held)])]] += 1
    assert {row.text: row.count for row in answer.rows} == forms
    assert answer.occurrences == forms.total()
