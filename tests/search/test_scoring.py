"""Scores and postings read as arrays are Whoosh's own, whatever is written, deleted or merged."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, Every, NullQuery, Or, Query, Term, Wildcard

from search.engine.bulk import ArrayWriter
from search.engine.results import Scored
from search.engine.schema import WordAnalyzer
from search.engine.scoring import WEIGHTING, ArraySearcher, UnsupportedQueryError
from search.query.terms import JoinedTerms, QueryTerm, Terms

WORDS = ("代表", "履职", "监督", "预算", "审查", "人民", "abc")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map("，".join)
DOCUMENTS = st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from("甲乙")), max_size=12)


def make_schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=fields.TEXT(analyzer=WordAnalyzer(), phrase=False),
        heading=fields.TEXT(analyzer=WordAnalyzer(), phrase=False, field_boost=4.0),
        kind=fields.ID(stored=True),
        year=fields.NUMERIC(sortable=True),
    )


@contextmanager
def write(
    commits: list[list[Any]], stock: bool = False, deleted: int | None = None
) -> Iterator[Any]:
    """Yield an index with a commit for each list of documents, one document deleted at the end."""
    with tempfile.TemporaryDirectory() as folder:
        index = FileStorage(folder).create_index(make_schema())
        number = 0
        for documents in commits:
            writer = index.writer() if stock else ArrayWriter(index)
            for text, heading, kind in documents:
                writer.add_document(
                    id=str(number), text=text, heading=heading, kind=kind, year=2000 + number
                )
                number += 1
            writer.commit(merge=False)
        if deleted is not None and number:
            writer = ArrayWriter(index)
            writer.delete_by_term("id", str(deleted % number))
            writer.commit(merge=False)
        yield index


def make_queries() -> st.SearchStrategy[Query]:
    terms = st.builds(
        Term,
        st.sampled_from(["text", "heading"]),
        st.sampled_from([*WORDS, "没有"]),
        boost=st.sampled_from([1.0, 2.5]),
    )
    return st.recursive(
        terms,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(And),
            st.lists(inner, min_size=1, max_size=3).map(Or),
        ),
        max_leaves=6,
    )


def ask_whoosh(index: Any, query: Query, restriction: Query | None) -> dict[int, float]:
    with index.searcher(weighting=WEIGHTING) as searcher:
        found = searcher.search(query, limit=None, filter=restriction)
        return {hit.docnum: hit.score for hit in found}


@settings(max_examples=50, deadline=None)
@given(
    commits=st.lists(DOCUMENTS, min_size=1, max_size=3),
    query=make_queries(),
    kind=st.sampled_from(["", "甲"]),
    deleted=st.none() | st.integers(0, 30),
)
def test_hits_and_scores_are_those_of_whoosh(
    commits: list[Any], query: Query, kind: str, deleted: int | None
) -> None:
    restriction = Term("kind", kind) if kind else None
    with write(commits, deleted=deleted) as index:
        expected = ask_whoosh(index, query, restriction)
        found = ArraySearcher(index.searcher(weighting=WEIGHTING)).search(query, restriction)
    assert found.documents.tolist() == sorted(expected)
    assert found.scores.tolist() == pytest.approx([expected[at] for at in sorted(expected)])


@settings(max_examples=25, deadline=None)
@given(commits=st.lists(DOCUMENTS, min_size=1, max_size=3), merge=st.booleans())
def test_the_writer_makes_the_index_that_whoosh_makes(commits: list[Any], merge: bool) -> None:
    with write(commits) as ours, write(commits, stock=True) as stock:
        if merge:
            ArrayWriter(ours).commit(optimize=True)
            stock.writer().commit(optimize=True)
        assert dump(ours) == dump(stock)


def dump(index: Any) -> Any:
    """Return all that can be read of an index."""
    reader = index.reader()
    postings = {}
    for field, term in reader.all_terms():
        matcher = reader.postings(field, term)
        rows = []
        while matcher.is_active():
            rows.append((matcher.id(), matcher.weight()))
            matcher.next()
        info = reader.term_info(field, term)
        postings[field, term] = (rows, info.weight(), info.doc_frequency(), info.max_weight())
    lengths = [
        (reader.doc_field_length(at, "text"), reader.doc_field_length(at, "heading"))
        for at in range(reader.doc_count_all())
    ]
    years = reader.column_reader("year") if reader.doc_count_all() else []
    stored = [reader.stored_fields(at) for at in range(reader.doc_count_all())]
    totals = [reader.field_length(field) for field in ("text", "heading")]
    return postings, lengths, [years[at] for at in range(len(stored))], stored, totals


def make_wordings() -> st.SearchStrategy[Terms]:
    fields = st.sampled_from([("text",), ("heading",), ("text", "heading")])
    words = st.builds(QueryTerm, st.sampled_from([*WORDS, "没有"]), fields)

    def join(inner: st.SearchStrategy[Terms]) -> st.SearchStrategy[Terms]:
        parts = st.lists(inner, min_size=2, max_size=4)
        return st.builds(JoinedTerms, parts.map(lambda each: tuple(each)), st.booleans())

    return st.recursive(words, join, max_leaves=6)


def write_query(wording: Terms) -> Query:
    if isinstance(wording, QueryTerm):
        return Or([Term(field, wording.text) for field in wording.fields])
    parts = [write_query(part) for part in wording.parts]
    return Or(parts) if wording.any_part else And(parts)


@settings(max_examples=50, deadline=None)
@given(st.lists(DOCUMENTS, min_size=1, max_size=3), make_wordings())
def test_words_score_as_the_query_that_says_the_same(commits: list[Any], wording: Terms) -> None:
    with write(commits) as index:
        expected = ask_whoosh(index, write_query(wording), None)
        found = ArraySearcher(index.searcher(weighting=WEIGHTING)).score_words(wording)
    assert found.documents.tolist() == sorted(expected)
    assert found.scores.tolist() == pytest.approx([expected[at] for at in sorted(expected)])


def test_the_best_of_many_are_those_of_sorting_all() -> None:
    import numpy as np

    scores = np.random.default_rng(1).integers(0, 500, 20_000).astype(float)
    scored = Scored(np.arange(len(scores)), scores)
    whole = sorted(enumerate(scores), key=lambda pair: (-pair[1], pair[0]))
    for start, end in ((0, 20), (0, 1), (60, 80), (4980, 5000)):
        assert scored.take_best(start, end) == whole[start:end]


def test_more_postings_than_a_block_are_all_there() -> None:
    many = [("代表，履职" if at % 3 else "代表", "", "甲") for at in range(5000)]
    with write([many]) as index:
        query = And([Term("text", "代表"), Term("text", "履职")])
        expected = ask_whoosh(index, query, None)
        found = ArraySearcher(index.searcher(weighting=WEIGHTING)).search(query, None)
    assert found.documents.tolist() == sorted(expected)
    assert len(found) == 3333


def test_everything_is_what_is_not_deleted() -> None:
    with write([[("代表", "", "甲"), ("监督", "", "乙")]], deleted=0) as index:
        searcher = ArraySearcher(index.searcher(weighting=WEIGHTING))
        assert searcher.search(Every(), None).documents.tolist() == [1]
        assert len(searcher.search(NullQuery, None)) == 0


def test_other_queries_are_left_to_whoosh() -> None:
    with write([[("代表", "", "甲")]]) as index, pytest.raises(UnsupportedQueryError):
        ArraySearcher(index.searcher(weighting=WEIGHTING)).search(Wildcard("text", "代*表"), None)


@settings(max_examples=200, deadline=None)
@given(scores=st.lists(st.integers(0, 4), max_size=30), cuts=st.tuples(*[st.integers(0, 35)] * 2))
def test_pages_of_the_best_fit_together(scores: list[int], cuts: tuple[int, int]) -> None:
    import numpy as np

    start, end = sorted(cuts)
    scored = Scored(np.arange(len(scores)), np.array(scores, dtype=float))
    whole = sorted(enumerate(scores), key=lambda pair: (-pair[1], pair[0]))
    assert scored.take_best(0, None) == whole
    assert scored.take_best(start, end) == whole[start:end]
