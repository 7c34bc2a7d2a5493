"""Faults of Haystack's stock Whoosh backend: every test here must fail on it, and pass on ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from haystack import connections
from haystack.query import SearchQuerySet

from corpus_app.catalog.models import Organisation, Speech
from search.engine.schema import WordAnalyzer
from search.index.documents import rebuild_documents
from search.index.published import read_speeches
from search.search_indexes import SpeechIndex
from tests.search.factories import make_speech, make_theme, tag_section

pytestmark = pytest.mark.django_db

OURS = "search.engine.CorpusWhooshEngine"
STOCK = "haystack.backends.whoosh_backend.WhooshEngine"


@pytest.fixture(
    params=[
        pytest.param(OURS, id="ours"),
        pytest.param(STOCK, id="stock", marks=pytest.mark.xfail(strict=True)),
    ]
)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    before = dict(connections.connections_info["default"])
    path = str(tmp_path / "engine")
    connections.connections_info["default"] = {"ENGINE": request.param, "PATH": path}
    connections.reload("default")
    # Our engine knows the analyzer; the stock one must be told, as any Chinese project would.
    for field in connections["default"].get_unified_index().all_searchfields().values():
        field.analyzer = WordAnalyzer()
    yield connections["default"].get_backend()
    connections.connections_info["default"] = before
    connections.reload("default")


def put(backend: Any, *speeches: Speech) -> None:
    fresh = [each for batch in read_speeches([s.pk for s in speeches]) for each in batch]
    backend.update(SpeechIndex(), fresh)


def find(**wanted: str) -> list[int]:
    return [int(hit.pk) for hit in SearchQuerySet().models(Speech).filter(**wanted)[:100]]


def test_pages_neither_repeat_nor_skip(backend: Any) -> None:
    put(backend, *(make_speech(f"讲话{at}", ["代表履职"]) for at in range(23)))
    whole = [hit.pk for hit in SearchQuerySet().filter(text="代表")[0:23]]
    pages = [
        [hit.pk for hit in SearchQuerySet().filter(text="代表")[start : start + 10]]
        for start in (0, 10, 20)
    ]
    assert [pk for page in pages for pk in page] == whole
    assert [hit.pk for hit in SearchQuerySet().filter(text="代表")[15:23]] == whole[15:23]


def test_a_delete_waits_for_another_writer(backend: Any) -> None:
    speech = make_speech(parts=["代表履职"])
    put(backend, speech)
    busy = backend.index.writer()
    release = threading.Timer(0.2, busy.cancel)
    release.start()
    try:
        backend.remove(speech)
    finally:
        release.join()
    assert find(text="代表") == []


def test_many_deletes_at_once_all_happen(backend: Any) -> None:
    speeches = [make_speech(parts=["代表履职"]) for _ in range(12)]
    put(backend, *speeches)
    start = threading.Barrier(len(speeches))
    removals = [f"catalog.speech.{speech.pk}" for speech in speeches]

    def remove(identifier: str) -> None:
        own = connections["default"].get_backend()  # connections belong to their thread
        own.setup()
        start.wait()
        own.remove(identifier)

    threads = [threading.Thread(target=remove, args=(each,)) for each in removals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert find(text="代表") == []


def test_searches_go_on_during_a_rebuild(backend: Any) -> None:
    speech = make_speech(parts=["代表履职"])
    put(backend, speech)
    with rebuild_documents():
        assert find(text="代表") == [speech.pk]


def test_all_returns_all(backend: Any) -> None:
    put(backend, make_speech(parts=["代表"]), make_speech(parts=["委员"]))
    assert SearchQuerySet().all().count() == 2


def test_facets_over_everything_are_counted(backend: Any) -> None:
    put(backend, *(make_speech(parts=["代表"], level=level) for level in ("county", "county", "")))
    counts = SearchQuerySet().all().facet("level").facet_counts()
    assert ("county", 2) in counts["fields"]["level"]


def test_marks_are_not_empty(backend: Any) -> None:
    put(backend, make_speech(parts=["密切联系群众，代表依法履职。"]))
    hit = SearchQuerySet().filter(text="履职").highlight()[0]
    assert "履职</" in hit.highlighted["text"][0]


def test_marked_text_is_safe_in_a_page(backend: Any) -> None:
    put(backend, make_speech(parts=["<script>代表</script>依法履职。"]))
    hit = SearchQuerySet().filter(text="履职").highlight()[0]
    assert "<mark>履职</mark>" in hit.highlighted["text"][0]
    assert "<script>" not in hit.highlighted["text"][0]


def test_sort_directions_can_be_mixed(backend: Any) -> None:
    first, second, third = (
        make_speech(parts=["代表"], date=date)
        for date in ("2022-01-01", "2022-01-01", "2023-01-01")
    )
    put(backend, first, second, third)
    hits = SearchQuerySet().filter(text="代表").order_by("-date", "speech")[:10]
    assert [int(hit.pk) for hit in hits] == [third.pk, first.pk, second.pk]


def test_a_value_with_a_comma_stays_one_value(backend: Any) -> None:
    speech = make_speech(parts=["代表"])
    tag_section(speech, "1", make_theme("jd", "监督, 评议"))
    tag_section(speech, "1", make_theme("lf", "立法"))
    put(backend, speech)
    assert SearchQuerySet().filter(text="代表")[0].themes == [
        "監督, 评议".replace("監", "监"),
        "立法",
    ]


def test_an_error_while_writing_is_raised(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = SpeechIndex.full_prepare
    monkeypatch.setattr(
        SpeechIndex, "full_prepare", lambda self, obj: {**prepare(self, obj), "unknown": "x"}
    )
    with pytest.raises(Exception, match="unknown"):
        put(backend, make_speech(parts=["代表"]))


def test_an_organisation_is_one_facet_value(backend: Any) -> None:
    Organisation.objects.create(name="云岭市 人大常委会")
    put(backend, make_speech(parts=["代表"], organisation="云岭市 人大常委会"))
    counts = SearchQuerySet().filter(text="代表").facet("organisation").facet_counts()
    assert counts["fields"]["organisation"] == [("云岭市 人大常委会", 1)]
