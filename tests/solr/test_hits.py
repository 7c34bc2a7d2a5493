"""Solr finds the very units that the arrays find, and those that a plain reading finds."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from search.arrays.building import SectionRecord, SpeechRecord, build_tables
from search.arrays.segment import LooseSegment
from search.arrays.store import ArrayIndex, LiveSegment
from search.matching.hits import collect_hits
from search.query.nodes import Node, Phrase
from search.solr.clauses import ALL
from search.solr.collections import Collections
from search.solr.documents import describe_record, name_node
from search.solr.names import VisibleNodes
from search.solr.nodes import SolrNodes
from search.solr.queries import QueryWriter
from tests.search import oracle
from tests.search.oracle import DAYS, LEAVES, LEVELS, Names, list_units, queries
from tests.search.plain_folding import LETTERS, fold
from tests.solr.conftest import Cluster

SPEECHES = 120


def make_records() -> list[SpeechRecord]:
    """Return speeches of a few letters, with outlines, tags and mentions, the same each time."""
    chance = random.Random(42)
    return [_make_record(chance, pk) for pk in range(1, SPEECHES + 1)]


def _make_record(chance: random.Random, pk: int) -> SpeechRecord:
    text = _draw(chance, 30)
    sections: list[SectionRecord] = []
    _split(chance, (0, len(text)), -1, sections, pk)
    solid = [one.start for one in oracle.list_chars(text)]
    mentions = {
        (chance.randint(1, 2), min(ends), max(ends) + 1)
        for ends in (chance.choices(solid, k=2) for _ in range(chance.randint(0, 3)) if solid)
    }
    day = chance.choice([None, *DAYS])
    last = day + datetime.timedelta(days=chance.randint(0, 90)) if day else None
    return SpeechRecord(
        id=pk,
        revision_id=pk,
        title=_draw(chance, 6),
        subtitle=_draw(chance, 4),
        text=text,
        speaker=_draw(chance, 3),
        organisation=_draw(chance, 3),
        level=chance.choice(LEVELS),
        date_first=day,
        date_last=last,
        sections=tuple(sections),
        tags=tuple(
            sorted({(chance.randint(1, 3), chance.randrange(len(sections))) for _ in range(2)})
        ),
        mentions=tuple(sorted(mentions)),
    )


def _draw(chance: random.Random, most: int) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(0, most)))


def _split(
    chance: random.Random,
    span: tuple[int, int],
    parent: int,
    sections: list[SectionRecord],
    speech: int,
) -> None:
    start, end = span
    cuts = sorted({start, end, *(chance.randint(start, end) for _ in range(2))})
    for low, high in zip(cuts, cuts[1:] or [end], strict=False):
        at = len(sections)
        pk = speech * 1000 + at
        sections.append(SectionRecord(pk, str(at), "", parent, low, high, False))
        if high - low > 3 and chance.random() < 0.6:
            # What stands before and behind the sections inside is the section's own.
            inner = (low + chance.randint(0, 1), high - chance.randint(0, 1))
            _split(chance, inner, at, sections, speech)


class NodeNames(Names):
    """Names by number, as Solr's queries ask for them."""

    def find_nodes(self, leaf: object, within: object) -> tuple[list[str], list[str]]:
        raise AssertionError(leaf)


@dataclass(frozen=True)
class Both:
    """The same speeches as arrays and in Solr."""

    records: list[SpeechRecord]
    arrays: ArrayIndex
    documents: VisibleNodes

    def find_in_arrays(self, query: Node, unit: str) -> set[str]:
        table = collect_hits(self.arrays, query, Names(), unit)
        keys = table.read_node_column("node_pk").tolist()
        pairs = zip(keys, table.speech_id.tolist(), strict=True)
        return {name_node("section", pk) if pk else name_node("speech", own) for pk, own in pairs}

    def find_in_solr(self, query: Node, unit: str) -> set[str]:
        written = QueryWriter(NodeNames()).write_hits(query, unit)
        found = self.documents.ask([written], fields=["node"], limit=100_000)
        return {document["node"] for document in found["response"]["docs"]}


@pytest.fixture(scope="module")
def both(cluster: Cluster) -> Iterator[Both]:
    addresses = [node["url"] for node in cluster.told["nodes"]]
    collections = Collections(SolrNodes(addresses, "letters", 30), 2, 1)
    name = collections.make()
    nodes = SolrNodes(addresses, name, 30)
    records = make_records()
    described = [each for record in records for each in describe_record(record).values()]
    speeches = {each["node"]: each["speech_name"][2:] for each in described}
    nodes.write(
        [{**each, "id": each["node"], "speech": speeches[each["node"]]} for each in described]
    )
    nodes.commit()
    segment = LooseSegment(build_tables(records), "letters")
    live = LiveSegment(segment, segment.speech_ids > 0)
    yield Both(records, ArrayIndex("", 0, (live,)), VisibleNodes(nodes, ALL))
    collections.drop(name)


@given(query=queries(LEAVES), unit=st.sampled_from(["speech", "section"]))
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
def test_every_query_finds_the_units_that_the_arrays_find(
    both: Both, query: Node, unit: str
) -> None:
    assert both.find_in_solr(query, unit) == both.find_in_arrays(query, unit)


def test_two_hundred_strings_are_found_where_they_stand_and_nowhere_else(both: Both) -> None:
    chance = random.Random(7)
    units = [(record, list_units(record)[0]) for record in both.records]
    texts = [text for _, unit in units for text in unit.texts if text]
    wrong = []
    for number in range(200):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        string = text[start : start + chance.randint(1, 50)]
        if number % 4 == 3:  # seldom anywhere
            string += fold(chance.choice(texts))[:3]
        holding = {
            name_node("speech", record.id)
            for record, unit in units
            if any(fold(string) in held for held in unit.texts)
        }
        if both.find_in_solr(Phrase(string), "speech") != holding:
            wrong.append(string)
    assert not wrong


def test_a_pasted_page_asks_for_no_more_than_a_bound() -> None:
    written = QueryWriter(NodeNames()).write_hits(Phrase("依法监督" * 1000), "section")
    assert len(repr(written)) < 100_000
