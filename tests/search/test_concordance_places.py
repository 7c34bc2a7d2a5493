from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, strategies as st

from search.arrays.building import SpeechRecord
from search.arrays.store import ArrayIndex, put_speeches, read_arrays
from search.concordance.collation import rank_characters, sort_texts, split_tone
from search.concordance.ordering import draw_sample, order_by_neighbours
from search.matching.occurrences import find_occurrences
from search.matching.selection import Selection, StartYears
from search.query.nodes import (
    DateRange,
    FieldCode,
    Node,
    Phrase,
    Prefix,
    ThemeNamed,
    Words,
    walk_leaves,
)
from search.study.places import Places, gather_places
from tests.search import oracle
from tests.search.oracle import TEXT_LEAVES, Names, Unit, corpora, list_units, queries
from tests.search.plain_folding import LETTERS, fold, fold_part
from tests.thoroughness import draw

SLOW = draw(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
STRINGS = st.builds(Phrase, st.text(LETTERS, min_size=1, max_size=3).filter(fold)) | st.builds(
    Prefix, st.text(LETTERS, min_size=1, max_size=3).filter(fold)
)
Spot = tuple[int, int, int, int]  # speech, zone, folded start, folded end


def build_index(folder: Path, records: list[SpeechRecord], parts: int = 1) -> ArrayIndex:
    """Return an index of the records, spread over segments."""
    for at in range(parts):
        put_speeches(folder, "1", records[at::parts])
    index = read_arrays(folder)
    assert index is not None
    return index


def collect_places(index: ArrayIndex, selection: Selection) -> Places:
    found = [find_occurrences(live, selection, Names()) for live in index.segments]
    return gather_places(index, found)


def list_spots(index: ArrayIndex, selection: Selection) -> list[Spot]:
    places = collect_places(index, selection)
    rows = zip(
        places.speech_ids.tolist(),
        places.zones.tolist(),
        (places.starts - places.lows).tolist(),
        (places.ends - places.lows).tolist(),
        strict=True,
    )
    return list(rows)


def find_plainly(record: SpeechRecord, node: Node) -> set[tuple[int, int, int]]:
    """Return zone, start and end of every occurrence of the positive strings in a speech."""
    found = set()
    for zone, text in enumerate((record.title, record.subtitle, record.text)):
        for leaf in walk_leaves(node, positive_only=True):
            if not isinstance(leaf, Phrase | Prefix | Words):
                continue
            loose = not isinstance(leaf, Phrase)
            held = fold(text).lower() if loose else fold(text)
            for word in leaf.words if isinstance(leaf, Words) else (leaf.text,):
                wanted = fold(word).lower() if loose else fold(word)
                found |= {
                    (zone, at, at + len(wanted))
                    for at in range(len(held))
                    if held.startswith(wanted, at)
                }
    return found


def reach(unit: Unit) -> tuple[int, int]:
    """Return the folded stretch of a section."""
    section = unit.record.sections[unit.section]
    text = unit.record.text
    low, high = (len(fold_part(text, 0, end)) for end in (section.start, section.end))
    return low, high


def encloses(unit: Unit, spot: tuple[int, int, int]) -> bool:
    if unit.section == -1:
        return True
    low, high = reach(unit)
    return spot[0] == 2 and low <= spot[1] and spot[2] <= high


def is_allowed(unit: Unit, selection: Selection) -> bool:
    return all(
        oracle.holds(unit, limit) for limit in selection.limits if not isinstance(limit, StartYears)
    )


def expect_spots(records: list[SpeechRecord], selection: Selection) -> list[Spot]:
    """Return what should be found, by the words of find_occurrences."""
    expected = set()
    for record in records:
        units = list_units(record)
        found = [unit for unit in units if oracle.holds(unit, selection.node)]
        above = {at for unit in found for at in unit.ancestors - {unit.section}}
        allowed = [unit for unit in found if is_allowed(unit, selection)]
        sections = {unit.section for unit in allowed}
        hits = [unit for unit in allowed if unit.section not in above]
        for spot in find_plainly(record, selection.node):
            if selection.unit == "speech":
                counts = -1 in sections
            else:
                around = [unit for unit in units if encloses(unit, spot)]
                own = max(around, key=lambda unit: len(unit.ancestors))
                counts = own.section in sections or any(encloses(unit, spot) for unit in hits)
            if counts:
                expected.add((record.id, *spot))
    return sorted(expected)


@SLOW
@given(corpora(), queries(STRINGS), st.sampled_from(["speech", "section"]), st.integers(1, 3))
def test_it_finds_exactly_the_occurrences_a_plain_reading_finds(
    records: list[SpeechRecord], node: Node, unit: str, parts: int
) -> None:
    selection = Selection(node, (), unit)
    with tempfile.TemporaryDirectory() as name:
        index = build_index(Path(name), records, parts)
        assert sorted(list_spots(index, selection)) == expect_spots(records, selection)


@SLOW
@given(
    corpora(),
    queries(STRINGS),
    st.lists(
        st.one_of(
            st.builds(FieldCode, st.just("level"), st.sampled_from(oracle.LEVELS), st.just("")),
            st.builds(ThemeNamed, st.sampled_from("123")),
            st.builds(DateRange, st.sampled_from(oracle.DAYS), st.just(oracle.DAYS[-1])),
        ),
        min_size=1,
        max_size=2,
    ),
    st.sampled_from(["speech", "section"]),
)
def test_limits_leave_only_what_satisfies_them_too(
    records: list[SpeechRecord], node: Node, limits: list[Node], unit: str
) -> None:
    selection = Selection(node, tuple(limits), unit)
    with tempfile.TemporaryDirectory() as name:
        index = build_index(Path(name), records)
        assert sorted(list_spots(index, selection)) == expect_spots(records, selection)


@SLOW
@given(corpora(), queries(TEXT_LEAVES), st.sampled_from(["speech", "section"]))
def test_the_order_does_not_tell_how_the_index_is_parted(
    records: list[SpeechRecord], node: Node, unit: str
) -> None:
    selection = Selection(node, (), unit)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        whole = list_spots(build_index(Path(one), records), selection)
        parted = list_spots(build_index(Path(other), records, 3), selection)
    assert whole == parted
    assert len(set(whole)) == len(whole)


@SLOW
@given(
    corpora(),
    st.sampled_from(["left", "right"]),
    st.integers(1, 8),
    st.sampled_from(["pinyin", "stroke"]),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_neighbours_are_sorted_as_whole_strings_would_be(
    records: list[SpeechRecord], side: Any, depth: int, collation: Any, first: int, size: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        index = build_index(Path(name), records, 2)
        places = collect_places(index, Selection(Phrase("代"), (), "speech"))
        ranks = rank_characters(collation)
        order = order_by_neighbours(index, places, side, depth, ranks, range(len(places)))
        window = range(first, first + size)
        part = order_by_neighbours(index, places, side, depth, ranks, window)
    texts = {(r.id, z): fold(t) for r in records for z, t in enumerate(list_zones(r))}

    def read_key(row: int) -> tuple[list[int], int]:
        text = texts[int(places.speech_ids[row]), int(places.zones[row])]
        start = int(places.starts[row] - places.lows[row])
        before, after = text[:start][::-1], text[start + 1 :]
        near = (before if side == "left" else after)[:depth]
        return [int(ranks[ord(char)]) for char in near], row

    assert order.tolist() == sorted(range(len(places)), key=read_key)
    assert part[first : first + size].tolist() == order[first : first + size].tolist()
    assert sorted(part.tolist()) == list(range(len(places)))


def list_zones(record: SpeechRecord) -> tuple[str, str, str]:
    return record.title, record.subtitle, record.text


@SLOW
@given(corpora(), st.integers(0, 30), st.integers(1, 5))
def test_a_sample_is_part_of_any_larger_one_and_always_the_same(
    records: list[SpeechRecord], size: int, seed: int
) -> None:
    selection = Selection(Phrase("代"), (), "speech")
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        drawn = []
        for index in (build_index(Path(one), records), build_index(Path(other), records, 3)):
            places = collect_places(index, selection)
            sample = draw_sample(places, size, seed)
            larger = draw_sample(places, size + 1, seed)
            assert len(sample) == min(size, len(places))
            assert set(list_rows(sample)) <= set(list_rows(larger))
            drawn.append(list_rows(sample))
    assert drawn[0] == drawn[1]


def list_rows(places: Any) -> list[tuple[int, int, int]]:
    inside = (places.starts - places.lows).tolist()
    return list(zip(places.speech_ids.tolist(), places.zones.tolist(), inside, strict=True))


def test_another_seed_draws_other_lines(tmp_path: Path) -> None:
    record = SpeechRecord(1, 1, "", "", "代表" * 200)
    index = build_index(tmp_path, [record])
    places = collect_places(index, Selection(Phrase("代表"), (), "speech"))
    first, second = draw_sample(places, 20, 1), draw_sample(places, 20, 2)
    assert not np.array_equal(first.starts, second.starts)


def test_characters_are_ranked_by_syllable_then_tone() -> None:
    assert sort_texts({"中", "啊", "马", "妈", "骂", "麻"}, "pinyin") == list("啊妈麻马骂中")


def test_characters_are_ranked_by_number_of_strokes() -> None:
    assert sort_texts({"国", "人", "一", "中", "大", "议"}, "stroke") == list("一人大中议国")


def test_signs_come_before_digits_letters_and_characters() -> None:
    for collation in ("pinyin", "stroke"):
        assert sort_texts({"中", "b", "A", "a", "1", "。"}, collation) == list("。1Aab中")  # type: ignore[arg-type]


def test_a_tone_is_parted_from_its_letters() -> None:
    assert [split_tone(each) for each in ("lǜ", "de", "zhōng")] == [
        ("lü", 4),
        ("de", 5),
        ("zhong", 1),
    ]
