"""Solr weighs what it finds as the arrays do."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import search
from search import SearchRequest, run_search
from search.ranking.closeness import QUESTION, TOPIC
from search.solr.backend import part_documents
from search.solr.collections import CONFIGSET
from tests.search.factories import make_speech
from tests.solr.conftest import Cluster


def test_the_schema_bends_as_the_arrays_do() -> None:
    schema = ElementTree.parse(CONFIGSET / "schema.xml")
    for name, manner in (("topic", TOPIC), ("question", QUESTION)):
        numbers = schema.findall(f"fieldType[@name='{name}']/similarity/float")
        told = {each.get("name"): float(each.text or "") for each in numbers}
        assert told == {"k1": manner.saturation, "b": manner.length}


def test_every_shard_weighs_a_word_alike(solr: Cluster) -> None:
    for at in range(40):
        # Twice as many speeches with the word as without, however they fall to the shards.
        make_speech(f"第{at:02}次讲话", ["依法监督预算。" if at % 3 else "支持代表履职。"])
    search.rebuild_index()
    for text in ("预算", "监督", "预算", "代表"):
        hits = run_search(SearchRequest(text, per_page=None)).hits
        assert len({round(hit.score, 4) for hit in hits}) == 1, text


def test_long_speeches_are_sent_in_portions_that_are_taken_in_time() -> None:
    documents = [{"id": str(at), "chars": ["依 法" * 50_000]} for at in range(12)]
    portions = list(part_documents(documents))
    assert [each for portion in portions for each in portion] == documents
    assert max(map(len, portions)) < 4
    assert list(part_documents([])) == []
    assert [len(each) for each in part_documents([{"id": "a"}] * 450)] == [200, 200, 50]
