"""Speeches, their texts and outlines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.catalog.models import Revision, Section, Speech
from corpus_app.slogans.models import Mention


class OrganisationOut(Schema):
    """A body on whose behalf a text was written."""

    id: int
    name: str


class SourceOut(Schema):
    """Where the text was found."""

    name: str | None
    url: str | None


class SpeechBrief(Schema):
    """A speech without its text; dates are as precise as their source."""

    id: int
    title: str
    subtitle: str
    title_inferred: bool = Field(description=gettext_noop("原文件没有标题，标题系代拟"))
    speaker: str | None
    speaker_role: str
    organisation: OrganisationOut | None
    occasion: str
    place: str
    level: str | None
    genre: str | None
    date: str | None = Field(description=gettext_noop("最可信的日期：2024、2024-04 或 2024-04-05"))
    date_kind: str | None = Field(
        description=gettext_noop("date 是哪个日期：delivered 讲话、published 发布、updated 更新")
    )
    delivered: str | None
    published: str | None
    updated: str | None
    source: SourceOut
    access: str = Field(
        description=gettext_noop(
            "可见范围：public 公开、members 登录可见、groups 指定用户组、internal 仅供内部"
        )
    )
    licence: str = Field(description=gettext_noop("授权说明，编辑所填；空为未填"))
    completeness: str
    is_sample: bool = Field(description=gettext_noop("示例文稿，内容均为虚构"))
    url: str = Field(description=gettext_noop("网页地址"))
    api_url: str

    @classmethod
    def of(cls, speech: Speech) -> SpeechBrief:
        """Return the speech; its parties come along."""
        return cls(**describe_speech(speech))


class GapOut(Schema):
    """A place where the source hides or drops words; offset counts in the revision's text."""

    kind: str
    offset: int
    hidden_chars: int | None
    note: str


class SectionOut(Schema):
    """A node of the outline; text[start:end] covers heading, body and children."""

    key: str
    parent: str | None
    kind: str
    marker: str
    ordinal: int | None
    heading: str
    start: int
    end: int

    @classmethod
    def of(cls, section: Section, parent: str | None) -> SectionOut:
        """Return the section; parent is the key of the one above it."""
        return cls(**describe_section(section, parent))


class SloganInText(Schema):
    """A slogan of a text with its places as [start, end]."""

    id: int
    text: str
    kind: str
    mentions: list[list[int]]


class RevisionOut(Schema):
    """A state of the text; it never changes."""

    number: int
    created_at: datetime
    characters: int
    sha256: str = Field(description=gettext_noop("原始文件的 SHA-256"))


class SpeechOut(SpeechBrief):
    """A speech with its current text, outline, gaps and slogans."""

    revision: RevisionOut
    text: str
    sections: list[SectionOut]
    gaps: list[GapOut]
    slogans: list[SloganInText]


class TextOut(Schema):
    """A revision's text with the places where words are missing."""

    speech: int
    revision: int
    text: str
    gaps: list[GapOut]


class SectionsOut(Schema):
    """A revision's outline in reading order."""

    speech: int
    revision: int
    sections: list[SectionOut]


class SectionTextOut(SectionOut):
    """A section with its words, and the gaps in it; their offsets count in the whole text."""

    speech: int
    revision: int
    text: str
    gaps: list[GapOut]


def describe_speech(speech: Speech) -> dict[str, Any]:
    """Return the members of SpeechBrief."""
    body = speech.organisation
    return {
        "id": speech.pk,
        "title": speech.title,
        "subtitle": speech.subtitle,
        "title_inferred": speech.title_inferred,
        "speaker": speech.speaker.name if speech.speaker else None,
        "speaker_role": speech.speaker_role,
        "organisation": OrganisationOut(id=body.pk, name=body.name) if body else None,
        "occasion": speech.occasion,
        "place": speech.place,
        "level": speech.level or None,
        "genre": speech.genre or None,
        "date": speech.date or None,
        "date_kind": speech.day.kind or None,
        "delivered": speech.delivered or None,
        "published": speech.published or None,
        "updated": speech.updated or None,
        "source": SourceOut(
            name=speech.source.name if speech.source else None, url=speech.source_url or None
        ),
        "access": speech.limit.name,
        "licence": speech.licence,
        "completeness": speech.completeness,
        "is_sample": speech.is_sample,
        "url": speech.get_absolute_url(),
        "api_url": f"/api/v1/speeches/{speech.pk}",
    }


def describe_section(section: Section, parent: str | None) -> dict[str, Any]:
    """Return the members of SectionOut."""
    return {
        "key": section.key,
        "parent": parent,
        "kind": section.kind,
        "marker": section.marker,
        "ordinal": section.ordinal,
        "heading": section.heading,
        "start": section.start,
        "end": section.end,
    }


def list_sections(sections: list[Section]) -> list[SectionOut]:
    """Return the sections, each with its parent's key, without a query."""
    keys = {section.pk: section.key for section in sections}
    return [SectionOut.of(one, keys.get(one.parent_id or 0)) for one in sections]


def list_slogans(mentions: list[Mention]) -> list[SloganInText]:
    """Return the slogans in the order in which they first stand, each with its places."""
    found: dict[int, SloganInText] = {}
    for mention in mentions:
        slogan = mention.slogan
        entry = found.setdefault(
            slogan.pk, SloganInText(id=slogan.pk, text=slogan.text, kind=slogan.kind, mentions=[])
        )
        entry.mentions.append([mention.start, mention.end])
    return list(found.values())


def describe_revision(revision: Revision) -> RevisionOut:
    """Return the revision; its upload comes along."""
    return RevisionOut(
        number=revision.number,
        created_at=revision.created_at,
        characters=len(revision.text),
        sha256=revision.upload.sha256,
    )
