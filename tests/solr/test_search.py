"""A search over Solr answers as one over this host's own files does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.test import Client
from haystack import connections

import search
from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from corpus_app.engine_settings import read_engine
from search import SearchRequest, SearchResult, run_search
from tests.search.factories import Part, make_speech, make_theme, mention_slogan, tag_section
from tests.solr.conftest import Cluster

MANY = 230
# Of the first twenty of all requests such a share is the same, though most speeches here are all
# but equal and so near ties.
SAME = 0.88
TEXTS = (
    "",
    "监督",
    "“全过程人民民主”",
    "“abc”",
    "ABC",
    "代表 履职 -信访",
    "代表 OR 预算",
    "(代表 OR 委员) 监督",
    "履*",
    "“代表”~6“履职”",
    "标题:工作会议",
    "标题:工作会议 监督",
    "讲话人:沈知远",
    "单位:云岭市人大常委会 预算",
    "级别:县级",
    "日期:2021..2022",
    "主题:预算",
    "提法:四个机关",
    "党",
    "/第[一二三]项预算/",
    "监督 -信访 /第[一二]项.{2,4}监督/",
    "沈知远",
    "如何监督预算执行",
    "国有资产管理情况专项报告审议",
    "预算执行的监督与审查要点",
    "没有这样的字眼",
)
REQUESTS = [
    *(SearchRequest(text, unit=unit) for text in TEXTS for unit in ("speech", "section")),
    SearchRequest("预算", sort="date", year=("2021",)),
    SearchRequest("预算", sort="-date", page=3),
    SearchRequest("预算", sort="fresh", level=("county", "township")),
    SearchRequest("预算", unit="section", theme=("budget",)),
    SearchRequest("监督", organisation=("第7镇人大",), year=("2020..2022",)),
    SearchRequest("预算", sort="date", per_page=None),
]


def fill() -> None:
    """Store speeches of many organisations, all unlike."""
    theme = make_theme("budget", "预算")
    make_theme("audit", "审计", theme)
    for at in range(MANY):
        body = f"第{'一二三四'[at % 4]}项预算{'监督' * (at % 3)}，代表{'要' * (at % 9)}履职。" * (
            at % 5 + 1
        )
        one = Part("", f"支持代表依法履职{at}。", marker="一是")
        inner = [one, Part("", "接待信访。", marker="二是")]
        speech = make_speech(
            f"在第{at}次工作会议上的讲话",
            [
                Part("", "同志们：建好“四个机关”。" if at % 7 == 0 else "同志们："),
                Part("加强预算监督", body, inner if at % 2 else [], marker="一、"),
                Part("发展全过程人民民主", "AbC党的领导。" if at % 10 == 0 else "", marker="二、"),
            ],
            organisation=f"第{at % 40}镇人大",
            date=("2020", "2021-05", "2022-03-04", "")[at % 4],
            level=("county", "township", "")[at % 3],
        )
        if at % 6 == 0:
            tag_section(speech, "2", theme)
        if at % 7 == 0:
            mention_slogan(speech, "四个机关", "“四个机关”")


@contextmanager
def on_whoosh(folder: Path, settings: Any) -> Iterator[None]:
    """Let this host's own files answer."""
    before = connections.connections_info["default"], settings.INDEX_DIR
    connections.connections_info["default"], settings.INDEX_DIR = read_engine(folder, {}), folder
    connections.reload("default")
    try:
        yield
    finally:
        connections.connections_info["default"], settings.INDEX_DIR = before
        connections.reload("default")


def list_places(result: SearchResult) -> list[tuple[int, str | None]]:
    return [(hit.speech_id, hit.section_key) for hit in result.hits]


def test_every_request_is_answered_alike(solr: Cluster, tmp_path: Path, settings: Any) -> None:
    fill()
    search.rebuild_index()
    found = [run_search(request, leads=True) for request in REQUESTS]
    with on_whoosh(tmp_path / "own", settings):
        search.rebuild_index()
        expected = [run_search(request, leads=True) for request in REQUESTS]
    for request, one, other in zip(REQUESTS, found, expected, strict=True):
        compare(request, one, other)
    shares = [share for pair in zip(found, expected, strict=True) for share in measure(*pair)]

    share = sum(shares) / len(shares)
    assert share >= SAME, (share, sorted(shares))


def measure(one: SearchResult, other: SearchResult) -> Iterator[float]:
    """Yield the share of the first twenty that are first on both, where words give the order."""
    if one.request.text and "date" not in one.request.sort and one.total > 20:
        yield len(set(list_places(one)) & set(list_places(other))) / len(one.hits)


def compare(request: SearchRequest, one: SearchResult, other: SearchResult) -> None:
    assert one.total == other.total, request
    assert one.facets == other.facets, request
    assert (one.runs, one.understood, one.stale) == (other.runs, other.understood, False), request
    assert (one.searched, one.corpus) == (other.searched, other.corpus), request
    assert one.leads == other.leads, request
    assert one.advice == other.advice, request
    assert len(one.hits) == len(other.hits), request
    assert len(one.partial_matches) == len(other.partial_matches), request
    if "date" in request.sort or not request.text:
        assert list_places(one) == list_places(other), request
    shown = {(hit.speech_id, hit.section_key): hit for hit in other.hits}
    for hit in one.hits:
        twin = shown.get((hit.speech_id, hit.section_key))
        if twin is not None:
            assert (hit.pieces, hit.path, hit.span) == (twin.pieces, twin.path, twin.span), request
            assert hit.passages == twin.passages, request


def test_a_page_far_down_is_reached_by_a_cursor(solr: Cluster, monkeypatch: Any) -> None:
    for at in range(12):
        make_speech(f"第{at}次讲话", ["依法监督。" * (at + 1)])
    search.rebuild_index()
    whole = list_places(run_search(SearchRequest("监督", per_page=None)))
    monkeypatch.setattr("search.finders.solr.found._DEEP", 2)
    monkeypatch.setattr("search.solr.names.STREAM", 5)
    pages = [
        list_places(run_search(SearchRequest("监督", page=at, per_page=4))) for at in (1, 2, 3)
    ]
    assert [place for page in pages for place in page] == whole
    assert run_search(SearchRequest("监督", page=9, per_page=4)).hits == []


def test_no_page_asks_for_more_documents_than_it_shows(solr: Cluster, monkeypatch: Any) -> None:
    for at in range(30):
        make_speech(f"第{at}次讲话", ["依法监督预算。"])
    search.rebuild_index()
    limits: list[int] = []
    ask = search.solr.nodes.SolrNodes.ask  # type: ignore[attr-defined]

    def note(self: Any, body: dict[str, Any]) -> dict[str, Any]:
        limits.append(body["limit"])
        return ask(self, body)

    monkeypatch.setattr(search.solr.nodes.SolrNodes, "ask", note)  # type: ignore[attr-defined]
    assert run_search(SearchRequest("监督 预算", sort="relevance")).total == 30
    assert limits
    assert max(limits) <= 20


def test_what_is_withdrawn_closed_or_published_is_so_at_once(solr: Cluster, client: Client) -> None:
    kept, gone = make_speech(parts=["依法监督"]), make_speech(parts=["依法监督"])
    draft = make_speech(parts=["依法监督"], published=False)
    search.rebuild_index()
    assert run_search(SearchRequest("监督")).total == 2
    Speech.objects.filter(pk=gone.pk).update(status=Speech.Status.DRAFT)
    search.index_speeches([gone.pk])
    Speech.objects.filter(pk=draft.pk).update(status=Speech.Status.PUBLISHED)
    search.index_speeches([draft.pk])
    assert {hit.speech_id for hit in run_search(SearchRequest("监督")).hits} == {kept.pk, draft.pk}
    assert search.check_index() == []
    Speech.objects.filter(pk=kept.pk).update(access=INTERNAL)
    page = client.get("/search/", {"q": "监督"}).content.decode()
    assert f"/speeches/{draft.pk}/" in page
    assert f"/speeches/{kept.pk}/" not in page


def test_readers_find_all_while_the_index_is_built_anew(solr: Cluster) -> None:
    for at in range(20):
        make_speech(f"第{at}次讲话", ["依法监督"])
    search.rebuild_index()
    seen: list[int] = []
    search.rebuild_index(lambda _done, _all: seen.append(run_search(SearchRequest("监督")).total))
    assert set(seen) == {20}
    assert run_search(SearchRequest("监督")).total == 20
    assert search.read_index_state().is_fresh
    assert search.check_index() == []
