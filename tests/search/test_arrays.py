from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, strategies as st

from search.arrays.building import SpeechRecord, build_tables
from search.arrays.manifest import MANIFEST, ManifestEntry, read_manifest
from search.arrays.segment import Segment
from search.arrays.store import (
    MAX_PER_TIER,
    ArrayIndex,
    MergedSegment,
    choose_group,
    collect_tables,
    drop_speeches,
    merge_beside,
    put_speeches,
    read_arrays,
    switch_to,
    take_merged,
)
from search.arrays.writing import write_segment
from search.errors import IndexProblem
from search.matching.evaluation import evaluate
from search.matching.hits import choose_hits
from search.query.nodes import Near, Node, Phrase
from tests.search import oracle
from tests.search.oracle import LEAVES, TEXT_LEAVES, Names, corpora, list_units, queries
from tests.search.own_words import holds_by_own_words
from tests.thoroughness import draw

SLOW = draw(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
Found = set[tuple[int, int]]


def search(index: ArrayIndex | None, query: Node, unit: str) -> Found:
    """Return the hits as speech id and place of the section, -1 for the speech."""
    assert index is not None
    found = set()
    for live in index.segments:
        verdict = evaluate(live.segment, query, Names())
        for node in choose_hits(live.segment, query, verdict, Names(), live.node_alive, unit):
            speech = live.segment.node_speech[node]
            at = int(node - live.segment.roots[speech]) - 1
            found.add((int(live.segment.speech_ids[speech]), at))
    return found


def search_plainly(records: list[SpeechRecord], query: Node, unit: str) -> Found:
    """Return what should be found: speeches that hold, or the deepest units that hold.

    And the sections above them that hold by words of their own.
    """
    found = set()
    for record in records:
        units = [each for each in list_units(record) if oracle.holds(each, query)]
        if unit == "speech":
            units = [each for each in units if each.section == -1]
        above = {a for each in units for a in each.ancestors - {each.section}}
        found |= {
            (record.id, each.section)
            for each in units
            if each.section not in above or (each.section >= 0 and holds_by_own_words(each, query))
        }
    return found


@SLOW
@given(corpora(), queries(LEAVES))
def test_it_finds_the_speeches_a_plain_reading_finds(
    records: list[SpeechRecord], query: Node
) -> None:
    with tempfile.TemporaryDirectory() as name:
        put_speeches(Path(name), "1", records)
        assert search(read_arrays(Path(name)), query, "speech") == search_plainly(
            records, query, "speech"
        )


@SLOW
@given(corpora(), queries(TEXT_LEAVES))
def test_it_finds_the_deepest_sections_a_plain_reading_finds(
    records: list[SpeechRecord], query: Node
) -> None:
    with tempfile.TemporaryDirectory() as name:
        put_speeches(Path(name), "1", records)
        assert search(read_arrays(Path(name)), query, "section") == search_plainly(
            records, query, "section"
        )


@SLOW
@given(corpora(), queries(LEAVES))
def test_every_speech_found_has_a_section_hit(records: list[SpeechRecord], query: Node) -> None:
    with tempfile.TemporaryDirectory() as name:
        put_speeches(Path(name), "1", records)
        index = read_arrays(Path(name))
        sections = {speech for speech, _ in search(index, query, "section")}
        assert {speech for speech, _ in search(index, query, "speech")} <= sections


@SLOW
@given(
    st.lists(
        st.one_of(
            st.integers(1, 5).flatmap(lambda at: oracle.records(at)),
            st.integers(1, 5),
        ),
        max_size=24,
    ),
    queries(LEAVES),
)
def test_publishing_and_withdrawing_one_by_one_ends_like_building_at_once(
    steps: list[SpeechRecord | int], query: Node
) -> None:
    held = {at: make_record(at) for at in range(1, 6)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put_speeches(folder, "1", list(held.values()))
        for step in steps:
            if isinstance(step, int):
                held.pop(step, None)
                drop_speeches(folder, [step])
            else:
                held[step.id] = step
                put_speeches(folder, "1", [step])
        index = read_arrays(folder)
        records = list(held.values())
        assert search(index, query, "speech") == search_plainly(records, query, "speech")
        assert index is not None
        assert index.fingerprints == {each.id: each.fingerprint for each in records}
        manifest = read_manifest(folder)
        assert manifest is not None
        assert {entry.name for entry in manifest.entries} == {
            path.name for path in folder.glob("segment-*")
        }


@SLOW
@given(corpora(), st.lists(st.booleans(), min_size=4, max_size=4))
def test_taking_and_joining_tables_gives_what_building_gives(
    records: list[SpeechRecord], chosen: list[bool]
) -> None:
    keep = np.array(chosen[: len(records)])
    left = [record for record, kept in zip(records, keep, strict=True) if kept]
    taken, built = build_tables(records).take(keep), build_tables(left)
    for name, values in built.columns.items():
        np.testing.assert_array_equal(taken.columns[name], values, err_msg=name)
    for name, strings in built.strings.items():
        assert taken.strings[name].to_list() == strings.to_list()


def make_record(speech_id: int, text: str = "代表履职") -> SpeechRecord:
    return SpeechRecord(id=speech_id, revision_id=speech_id, title="题", subtitle="", text=text)


def test_a_match_never_runs_from_the_title_into_the_text(tmp_path: Path) -> None:
    put_speeches(tmp_path, "1", [make_record(1)])
    index = read_arrays(tmp_path)
    assert search(index, Phrase("题"), "speech")
    assert not search(index, Phrase("题代表"), "speech")


def test_two_strings_are_not_near_across_the_border_of_title_and_text(tmp_path: Path) -> None:
    put_speeches(tmp_path, "1", [make_record(1)])
    index = read_arrays(tmp_path)
    assert search(index, Near(Phrase("代"), Phrase("履"), 1), "speech")
    assert not search(index, Near(Phrase("题"), Phrase("代表"), 9), "speech")


def test_many_single_speeches_are_merged_into_few_segments(tmp_path: Path) -> None:
    for at in range(1, 40):
        put_speeches(tmp_path, "1", [make_record(at)])
    index = read_arrays(tmp_path)
    assert index is not None
    assert len(index.segments) <= 2 * MAX_PER_TIER
    assert search(index, Phrase("代表"), "speech") == {(at, -1) for at in range(1, 40)}


def test_what_writers_left_in_pieces_is_merged_by_who_has_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small bounds stand for large ones: a tier whose segments are too large to merge in passing.
    monkeypatch.setattr("search.arrays.store.MAX_MERGED", 15)
    every = range(1, 12 * MAX_PER_TIER + 13)
    for at in every[::12]:
        put_speeches(tmp_path, "1", [make_record(each) for each in range(at, at + 12)])
    drop_speeches(tmp_path, [5, 6])
    left = {(at, -1) for at in every if at not in (5, 6)}
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert len(manifest.entries) > MAX_PER_TIER
    merged = merge_beside(tmp_path)
    assert merged is not None
    # Writers go on while it is merged: one speech goes, one gets another text.
    drop_speeches(tmp_path, [7])
    put_speeches(tmp_path, "1", [make_record(8, "渡口")])
    left -= {(7, -1), (8, -1)}
    assert take_merged(tmp_path, merged)
    index = read_arrays(tmp_path)
    assert index is not None
    assert len(index.segments) == 2
    assert search(index, Phrase("代表"), "speech") == left
    assert search(index, Phrase("渡口"), "speech") == {(8, -1)}
    assert merge_beside(tmp_path) is None


def test_what_a_writer_merged_away_meanwhile_is_not_put_back(tmp_path: Path) -> None:
    for at in range(1, MAX_PER_TIER + 1):
        put_speeches(tmp_path, "1", [make_record(at)])
    entries = read_manifest(tmp_path).entries
    path = tmp_path / "merging-x"
    write_segment(build_tables([make_record(at) for at in range(1, 9)]), path)
    put_speeches(tmp_path, "1", [make_record(9)])
    assert not take_merged(tmp_path, MergedSegment(path, entries))
    assert not path.exists()
    index = read_arrays(tmp_path)
    assert search(index, Phrase("代表"), "speech") == {(at, -1) for at in range(1, 10)}


def test_segments_grow_in_number_as_the_logarithm_of_the_corpus() -> None:
    entries, most = [], {}
    for at in range(800):
        # As writers leave them: no larger ones are merged while somebody waits.
        ids = frozenset(range(300 * at, 300 * at + 300))
        entries.append(ManifestEntry(str(at), ids))
        while group := choose_group(entries):
            ids = frozenset().union(*(entry.held for entry in group))
            entries = [entry for entry in entries if entry not in group]
            entries.append(ManifestEntry(f"{at} merged", ids))
        most[at] = max(len(entries), most.get(at - 1, 0))
    for thousands, count in ((100, most[99]), (800, most[799])):
        tiers = len(f"{300 * thousands:o}") - len(f"{300:o}") + 1
        assert count <= MAX_PER_TIER * tiers


def test_an_open_index_still_answers_while_segments_are_merged(tmp_path: Path) -> None:
    put_speeches(tmp_path, "1", [make_record(1)])
    before = read_arrays(tmp_path)
    switch_to(tmp_path, "1", collect_tables([[make_record(2)]]))
    assert search(before, Phrase("代表"), "speech") == {(1, -1)}
    assert search(read_arrays(tmp_path), Phrase("代表"), "speech") == {(2, -1)}


def test_what_is_being_written_is_not_seen_before_the_switch(tmp_path: Path) -> None:
    put_speeches(tmp_path, "1", [make_record(1)])
    tables = collect_tables([[make_record(2)], [], [make_record(3)]])
    assert search(read_arrays(tmp_path), Phrase("代表"), "speech") == {(1, -1)}
    switch_to(tmp_path, "2", tables)
    index = read_arrays(tmp_path)
    assert index is not None
    assert index.stamp == "2"
    assert search(index, Phrase("代表"), "speech") == {(2, -1), (3, -1)}


def test_an_empty_corpus_can_be_written_and_searched(tmp_path: Path) -> None:
    switch_to(tmp_path, "1", collect_tables([]))
    assert search(read_arrays(tmp_path), Phrase("代表"), "section") == set()


def test_a_segment_of_more_places_than_it_can_number_is_refused_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech = SpeechRecord(id=1, revision_id=1, title="甲", subtitle="", text="人民代表大会")
    switch_to(tmp_path, "s", collect_tables([[speech]]))
    monkeypatch.setattr("search.arrays.writing.MOST_CODES", 20)
    with pytest.raises(IndexProblem, match="20 characters"):
        switch_to(tmp_path, "s", collect_tables([[speech], [replace(speech, id=2)]]))
    assert search(read_arrays(tmp_path), Phrase("代表"), "speech") == {(1, -1)}


def test_no_folder_is_no_index(tmp_path: Path) -> None:
    assert read_arrays(tmp_path / "none") is None


def test_a_segment_cut_short_is_told(tmp_path: Path) -> None:
    put_speeches(tmp_path, "1", [make_record(1)])
    path = next(tmp_path.glob("segment-*/places_low.npy"))
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(IndexProblem):
        read_arrays(tmp_path)


def test_a_manifest_that_is_no_json_is_told(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(IndexProblem):
        read_arrays(tmp_path)


def test_it_starts_from_the_rarest_character_and_still_finds_all(tmp_path: Path) -> None:
    write_segment(build_tables([make_record(1, "aab" * 50 + "aaac")]), tmp_path / "segment-1")
    segment = Segment(tmp_path / "segment-1")
    text = "题\x00\x00" + "aab" * 50 + "aaac"
    wanted = [at for at in range(len(text)) if text.startswith("aa", at)]
    assert segment.find([(97,), (97,)]).tolist() == wanted
