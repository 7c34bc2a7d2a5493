"""A section has one name: in the outline, the index, excerpts, skeletons, passages and edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import search
from corpus_app.catalog.models import Revision, Section, Speech
from corpus_app.catalog.section_names import (
    name_in_source,
    name_outline,
    name_section,
    translate_name,
)
from corpus_app.desk.passages import build_passage
from corpus_app.intake.importing.files import import_bytes
from corpus_app.pages.excerpts import MarkedSection, show_passages
from corpus_app.pages.outline import OutlineTree, build_outline
from corpus_app.review.outline_desk import open_desk
from corpus_app.structure.skeletons import Skeleton, load_skeletons
from search import PathStep, SearchRequest, run_search
from tests.places import ROOT

pytestmark = pytest.mark.django_db

SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))[::6]


@pytest.fixture
def speeches(index_folder: Path) -> list[Speech]:
    """Return a few of the sample speeches, published and indexed."""
    for path in SAMPLES:
        import_bytes(path.read_bytes(), path.name)
    Speech.objects.update(status=Speech.Status.PUBLISHED)
    search.rebuild_index()
    return list(Speech.objects.select_related("current"))


def list_names(revision: Revision) -> dict[str, str]:
    return {row.key: name_section(row, revision.text) for row in revision.sections.all()}


def walk(lines: OutlineTree) -> Iterator[tuple[str, str]]:
    for line, below in lines:
        if line.kind != "gap":
            yield line.key, line.name
        yield from walk(below)


def walk_skeleton(skeleton: Skeleton) -> Iterator[tuple[str, str]]:
    frame = [part for part in (skeleton.opening, skeleton.closing) if part is not None]
    for root, below in [*((part, []) for part in frame), *skeleton.points]:
        for section in [root, *below]:
            yield section.key, section.name


def name_path(steps: list[PathStep]) -> dict[str, str]:
    return {step.key: step.label for step in steps}


def test_pages_and_files_name_every_section_alike(speeches: list[Speech]) -> None:
    for speech in speeches:
        revision = speech.current
        assert revision is not None
        sections = list(revision.sections.order_by("position"))
        names = list_names(revision)
        outline = build_outline(name_outline(sections, revision.text), list(revision.gaps.all()))
        assert dict(walk(outline)) == names
        (skeleton,) = load_skeletons([speech.pk], 3, lambda address: address)
        assert dict(walk_skeleton(skeleton)) == names
        assert {row.key: row.name for row in open_desk(revision).rows} == names
        places = [MarkedSection(row, revision, []) for row in sections]
        for row, shown in zip(sections, show_passages(places), strict=True):
            assert name_path(shown.path).items() <= names.items()
            passage = build_passage(speech, revision, sections, row.start, row.end, row.key)
            assert passage.path == tuple(step.label for step in shown.path)


def test_the_index_names_every_section_alike(speeches: list[Speech]) -> None:
    hits = run_search(SearchRequest(text="的", unit="section", per_page=None)).hits
    assert len(hits) > 50
    known = {speech.pk: list_names(speech.current) for speech in speeches if speech.current}
    for hit in hits:
        assert name_path(hit.path).items() <= known[hit.speech_id].items()


def test_the_index_keeps_one_name_whoever_publishes() -> None:
    opening = Section(kind=Section.Kind.OPENING, marker="", heading="", start=0, end=8)
    lost = Section(kind=Section.Kind.SECTION, marker="", heading="", start=0, end=8)
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert name_in_source(opening, "各位代表，开会。") == "导语"
            assert name_in_source(lost, "要抓紧，要抓实。") == "（标题缺失）"


def test_each_reader_sees_the_name_of_a_part_in_their_language() -> None:
    with translation.override("en"):
        assert translate_name("导语") == "Opening"
        assert translate_name("三、结语") == "三、结语"
        assert translate_name("") == ""
    assert translate_name("导语") == "导语"


@pytest.mark.parametrize(
    ("kind", "marker", "heading", "text", "name"),
    [
        ("section", "一、", "加强监督", "一、加强监督\n要抓。", "一、加强监督"),
        ("section", "二、", "", "二、\n要抓。", "二、"),
        ("point", "一是", "", "一是加强学习，提高本领。", "一是加强学习"),
        ("point", "一是", "", "一是：加强学习，提高本领。", "一是：加强学习"),
        ("closing", "", "", "谢谢大家！", "结语"),
        ("point", "", "", "长" * 60, "长" * 23 + "…"),
    ],
)
def test_a_name_is_heading_part_or_first_clause(
    kind: str, marker: str, heading: str, text: str, name: str
) -> None:
    section = Section(kind=kind, marker=marker, heading=heading, start=0, end=len(text))
    assert name_section(section, text) == name
