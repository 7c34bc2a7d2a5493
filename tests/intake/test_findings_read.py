"""The table of findings tells the truth: each is traced, and reads what it says and no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from django.db import connection

import search
from corpus_app.catalog.models import Revision, Speech
from corpus_app.intake.revisions.derived import FINDINGS, DerivedFinding, Input, Subject
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme, ThemePin, ThemeTerm
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db

# What the reader noted of a text is of the text or of its outline, what people decided of the
# outline or of the metadata: of either, for a trace.
NOTED: Final = Input.TEXT | Input.OUTLINE
DECIDED: Final = Input.OUTLINE | Input.METADATA
NO_INPUT: Final = {
    *("id", "speech", "speech_id", "number", "upload", "upload_id", "origin", "based_on"),
    *("based_on_id", "reason", "public_since", "created_at", "created_by", "created_by_id"),
    *("current", "current_id", "changed_at", "published_at", "status", "is_sample"),
}
OF_REVISION: Final = {
    "raw": Input.TEXT,
    "text": Input.TEXT,
    "removed": Input.TEXT,
    "suspects": Input.TEXT,
    "origins": Input.TEXT,
    "notices": NOTED,
    "announced": Input.OUTLINE,
    "decisions": DECIDED,
    "metadata": Input.METADATA,
}
TABLES: Final = {
    "catalog_section": Input.OUTLINE,
    "catalog_gap": Input.OUTLINE,
    "themes_theme": Input.THEMES,
    "themes_themeterm": Input.THEMES,
    "themes_themepin": Input.THEMES,
    "slogans_slogan": Input.SLOGANS,
    "slogans_sloganvariant": Input.SLOGANS,
    "slogans_mentionrefusal": Input.SLOGANS,
}
COLUMN: Final = re.compile(r'"catalog_(speech|revision)"\."(\w+)"')
TABLE: Final = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def name_fields(model: type[Any]) -> set[str]:
    fields = model._meta.concrete_fields
    return {field.name for field in fields} | {field.attname for field in fields}


def tell_input(model: type[Any], name: str) -> Input:
    """Return of which inputs a field of a speech or revision may be."""
    if name in NO_INPUT or name not in name_fields(model):
        return Input(0)
    if model is Revision:
        return OF_REVISION[name]
    return Input.OUTLINE if name == "completeness" else Input.METADATA


@contextmanager
def trace(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[Input]]:
    """Gather of which inputs everything is that is read inside: from rows and by queries."""
    read: set[Input] = set()

    def watch(model: type[Any]) -> Callable[[Any, str], Any]:
        def note(row: Any, name: str) -> Any:
            read.add(tell_input(model, name))
            return object.__getattribute__(row, name)

        return note

    def note_query(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            read.update(TABLES.get(table, Input(0)) for table in TABLE.findall(sql))
            read.update(list_columns(sql))
        return execute(sql, params, many, context)

    with monkeypatch.context() as patch, connection.execute_wrapper(note_query):
        for model in (Speech, Revision):
            patch.setattr(model, "__getattribute__", watch(model), raising=False)
        yield read
        read.discard(Input(0))


def list_columns(sql: str) -> Iterator[Input]:
    """Yield of which inputs the single columns are that a query asks for; whole rows aside."""
    named = COLUMN.findall(sql.partition(" FROM ")[0])
    for model in (Speech, Revision):
        columns = {name for table, name in named if table == model.__name__.lower()}
        if len(columns) < len(model._meta.concrete_fields) / 2:
            yield from (tell_input(model, name) for name in columns)


@pytest.fixture
def speech() -> Speech:
    """A speech beside one that has nearly its text, with themes and registered expressions."""
    theme = Theme.objects.create(slug="a", name="代表工作")
    ThemeTerm.objects.create(theme=theme, text="代表家站", weight=3)
    Slogan.objects.create(text="代表轮流坐班", registered=True)
    store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt")
    speech = store(WORK_CONFERENCE, "a.txt", draft=True)
    ThemePin.objects.create(theme=theme, speech=speech, section_key="", decision="pin")
    # Else nothing on it would be outdated, and its neighbour not looked at.
    Speech.objects.filter(pk=speech.pk).update(title="在全县人大工作会议上的讲话")
    return Speech.objects.select_related("current").get(pk=speech.pk)


def build_subject(speech: Speech) -> Subject:
    assert speech.current is not None
    return Subject(speech, speech.current, speech.current)


def list_read(read: set[Input]) -> Input:
    """Return the inputs that were read beyond doubt."""
    return Input(sum(one.value for one in read if one not in (NOTED, DECIDED)))


@pytest.mark.parametrize("finding", FINDINGS[:-1], ids=lambda finding: finding.name)
def test_a_finding_reads_what_it_declares_and_nothing_else(
    speech: Speech, finding: DerivedFinding, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = build_subject(speech)
    with trace(monkeypatch) as read:
        finding.find(subject)
    assert [one for one in read if not one & finding.reads] == []
    assert list_read(read) == finding.reads


def test_the_index_reads_text_outline_and_metadata(
    speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.PUBLISHED)
    index = FINDINGS[-1]
    assert index.name == "index"
    with trace(monkeypatch) as read:
        search.index_speeches([speech.pk])
    # Of themes it reads the names with the tags.
    assert list_read(read) & ~Input.THEMES == index.reads


def test_the_trace_sees_what_is_read(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    with trace(monkeypatch) as read:
        assert speech.current is not None
        assert speech.current.text
        assert Speech.objects.filter(pk=speech.pk).values_list("occasion", flat=True)[0]
        assert speech.current.sections.exists()
    assert list_read(read) == Input.TEXT | Input.METADATA | Input.OUTLINE
