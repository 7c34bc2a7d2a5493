"""One text through every carrier that is written without another program."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.carrier_writers.plain import WRITERS
from benchmarks.carrier_writers.programs import write_docx
from benchmarks.carriers import list_texts
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.text.chars import squeeze

CARRIERS = {**WRITERS, "python-docx.docx": write_docx}


@cache
def read_plain() -> Draft:
    return parse_bytes(list_texts(1)[0].encode(), "plain.txt")


@pytest.mark.parametrize("name", CARRIERS)
def test_a_speech_is_the_same_from_every_carrier(name: str) -> None:
    wanted = read_plain()
    data = CARRIERS[name](list_texts(1)[0])
    got = parse_bytes(data, f"file.{name.rpartition('.')[2]}")
    assert squeeze(got.text) == squeeze(wanted.text)
    assert [(s.kind, s.marker, s.heading) for s in got.sections] == [
        (s.kind, s.marker, s.heading) for s in wanted.sections
    ]
    assert got.metadata.title == wanted.metadata.title
    assert got.metadata.speaker == wanted.metadata.speaker
    assert got.metadata.dates == wanted.metadata.dates
    assert got.completeness == wanted.completeness
