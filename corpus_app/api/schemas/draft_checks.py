"""A draft sent to be checked, and what is to be looked at in it."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.proofreading.findings import Kind


class DraftSent(Schema):
    """What is sent beside a file, or the words themselves."""

    text: str = Field("", description=gettext_noop("稿件全文；与文件二选一"))
    as_of: str = Field("", description=gettext_noop("按哪一天的说法校核，如 2026-05-12"))
    place: str = Field("", description=gettext_noop("稿件所属的地方"))


class FindingEvidenceOut(Schema):
    """A passage that proves a finding."""

    text: str
    title: str
    date: str
    url: str
    speech: int | None = Field(description=gettext_noop("讲话编号；库外文件为空"))
    section: str | None
    start: int | None
    end: int | None


class FindingOut(Schema):
    """A place of the draft that is to be looked at."""

    kind: Kind
    start: int = Field(description=gettext_noop("在 text 里的起止"))
    end: int
    text: str
    suggestion: str | None = Field(description=gettext_noop("依据中的写法；没有则为空"))
    message: str
    confidence: float = Field(description=gettext_noop("此处有误的可能，0 到 1"))
    evidence: list[FindingEvidenceOut]


class DraftSourcesOut(Schema):
    """How much of the draft stands in published speeches; shares of its characters, 0 to 1."""

    characters: int = Field(description=gettext_noop("比对的字数，标点、空白不计"))
    borrowed: float = Field(description=gettext_noop("借用所占比例"))
    quoted: float = Field(description=gettext_noop("标明为引文的所占比例"))
    formula: float = Field(description=gettext_noop("套语所占比例"))
    versions: list[FindingEvidenceOut] = Field(
        description=gettext_noop("与稿件大体相同、视为同一篇而未比对的讲话")
    )


class DraftCheckOut(Schema):
    """A checked draft; nothing of it is stored."""

    file: str
    text: str
    findings: list[FindingOut] = Field(
        description=gettext_noop("borrowed、formula 两类只说明出处，不是差错")
    )
    sources: DraftSourcesOut
    checked: list[str] = Field(description=gettext_noop("校核了哪些方面"))
    not_checked: list[str] = Field(description=gettext_noop("没有校核哪些方面"))
    took_ms: int
