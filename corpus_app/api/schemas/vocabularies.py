"""Slogans, themes and the passages that bear them; citations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.schemas.shared import YearCount


class SloganBrief(Schema):
    """A slogan with how often published speeches mention it."""

    id: int
    text: str
    kind: str
    registered: bool
    mention_count: int
    speech_count: int
    url: str
    api_url: str


class SloganSource(Schema):
    """The document that a slogan comes from, and where in it; sourced: whether it was checked."""

    document: str | None
    place: str | None
    quote: str | None
    date: str | None
    url: str | None
    sourced: bool


class SuccessorOut(Schema):
    """The wording that took another's place, since when at the latest, by an official text."""

    text: str
    since: str
    document: str
    place: str
    quote: str
    note: str


class SloganOut(SloganBrief):
    """A slogan with what it counts, its standard wording ("" without source), variants, years."""

    members: list[str]
    standard: str
    superseded_by: SuccessorOut | None
    source: SloganSource
    note: str
    variants: list[str]
    first_date: str | None
    first_date_kind: str | None
    earlier_speeches: int | None = Field(
        description=gettext_noop("库中早于首见那一年的讲话篇数；没有首见的为 null")
    )
    by_year: list[YearCount]


class MentionOut(Schema):
    """A place where a slogan stands, with its neighbours; offsets count in the revision's text."""

    speech: int
    revision: int
    title: str
    date: str | None
    date_kind: str | None
    organisation: str | None
    section: str | None
    start: int
    end: int
    left: str
    key: str
    right: str
    url: str


class ThemeNodeOut(Schema):
    """A theme, with the published speeches and sections about it or a theme below it.

    mentions are the sections that only mention it.
    """

    slug: str
    name: str
    speeches: int
    passages: int
    mentions: int
    url: str
    api_url: str
    children: list[ThemeNodeOut]


class ThemesOut(Schema):
    """The theme tree."""

    items: list[ThemeNodeOut]


class ThemeRef(Schema):
    """A theme by name."""

    slug: str
    name: str


class RelatedThemeOut(ThemeRef):
    """A theme beside another: named by an editor, or on so many of the same sections."""

    shared: int
    named: bool


class TermOut(Schema):
    """An expression that counts for a theme; excluded ones only look like it."""

    text: str
    weight: float
    excluded: bool


class ThemeOut(ThemeRef):
    """A theme with its place in the tree, the terms that find it, and its years."""

    description: str
    parent: ThemeRef | None
    children: list[ThemeRef]
    terms: list[TermOut]
    related: list[RelatedThemeOut]
    by_year: list[YearCount]
    url: str


class EvidenceOut(Schema):
    """A term and how often it stands in the section."""

    term: str
    count: int


class ThemePassageOut(Schema):
    """A section about a theme, or one that mentions it, with its words and the evidence.

    reason says why it is about it: heading, topic (it opens with it), sustained, parent or title
    (what stands above names it), speech (the whole speech is), pin; empty for a mention. named_at
    is the section whose heading names it.
    """

    speech: int
    revision: int
    title: str
    date: str | None
    date_kind: str | None
    organisation: str | None
    section: str
    heading: str
    text: str
    score: float
    pinned: bool
    bearing: str
    reason: str
    named_at: str
    evidence: list[EvidenceOut]
    url: str


class CitationForm(Schema):
    """The passage in one form, ready to be pasted."""

    form: str
    label: str
    text: str


class CitationOut(Schema):
    """A passage with its notices, permanent link and every form of citation."""

    speech: int
    revision: int
    section: str | None
    start: int
    end: int
    title: str
    path: list[str]
    words: str
    notices: list[str] = Field(description=gettext_noop("引用时须知：缺失、未核对、代拟标题等"))
    permalink: str
    in_text: str = Field(description=gettext_noop("著者-出版年制的正文标注"))
    forms: list[CitationForm]
    csl: list[dict[str, Any]] = Field(description=gettext_noop("CSL-JSON"))
