"""Small segments are merged without losing, doubling or changing anything."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import Any

from hypothesis import given, strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Term

from search.engine.bulk import MAX_DOCUMENTS, MAX_PER_TIER, ArrayWriter, choose_small
from tests.search.test_scoring import WORDS, dump, make_schema
from tests.thoroughness import draw


@dataclass(frozen=True)
class Sized:
    """A segment as the choice sees it."""

    name: int
    size: int
    deleted: int = 0

    def doc_count(self) -> int:
        return self.size - self.deleted

    def doc_count_all(self) -> int:
        return self.size


def test_few_segments_are_left_alone() -> None:
    segments = [Sized(at, 50) for at in range(MAX_PER_TIER)]
    assert choose_small(segments) == (segments, [])


def test_many_of_one_size_are_merged_and_the_large_one_stays() -> None:
    large, small = Sized(99, 100_000), [Sized(at, 50) for at in range(MAX_PER_TIER + 1)]
    assert choose_small([large, *small]) == ([large], small)


def test_a_segment_without_living_documents_goes() -> None:
    assert choose_small([Sized(1, 50, 50), Sized(2, 50)]) == ([Sized(2, 50)], [])


def test_what_would_keep_a_publisher_waiting_is_left_to_a_rebuild() -> None:
    segments = [Sized(at, MAX_DOCUMENTS // 4) for at in range(MAX_PER_TIER + 1)]
    assert choose_small(segments) == (segments, [])


@draw(15)
@given(
    texts=st.lists(
        st.lists(st.sampled_from(WORDS), max_size=8).map("，".join), min_size=10, max_size=24
    ),
    deleted=st.sets(st.integers(0, 23)),
)
def test_publishing_one_by_one_ends_like_writing_all_at_once(
    texts: list[str], deleted: set[int]
) -> None:
    left = [(at, text) for at, text in enumerate(texts) if at not in deleted]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        merged = FileStorage(one).create_index(make_schema())
        for at, text in enumerate(texts):
            put(merged, [(at, text)])
        for at in deleted:
            writer = ArrayWriter(merged)
            writer.delete_by_term("id", str(at))
            writer.commit()
        assert len(merged._read_toc().segments) <= 2 * MAX_PER_TIER
        assert find(merged, "代表") == {str(at) for at, text in left if "代表" in text}
        ArrayWriter(merged).commit(optimize=True)
        whole = FileStorage(other).create_index(make_schema())
        put(whole, left)
        assert sort_dump(merged) == sort_dump(whole)


def put(index: Any, rows: list[tuple[int, str]]) -> None:
    writer = ArrayWriter(index)
    for at, text in rows:
        writer.add_document(id=str(at), text=text, heading="监督", kind="甲", year=2000 + at)
    writer.commit()


def find(index: Any, word: str) -> set[str]:
    with index.searcher() as searcher:
        return {hit["id"] for hit in searcher.search(Term("text", word), limit=None)}


def sort_dump(index: Any) -> Any:
    """Return what can be read of an index, documents by their ids and not by their numbers."""
    postings, lengths, years, stored, totals = dump(index)
    names = [each["id"] for each in stored]
    by_name = {
        key: sorted((names[at], weight) for at, weight in rows)
        for key, (rows, *_) in postings.items()
    }
    return by_name, sorted(zip(names, lengths, years, strict=True)), totals
