"""Speeches in the database, made without the parser."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import search
from corpus_app.catalog.models import Gap, Organisation, Revision, Section, Speech, Upload
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.themes.models import SectionTheme, Theme

_NUMBERS = itertools.count(1)


@dataclass
class Part:
    """A section to make: heading, own text, children."""

    heading: str = ""
    body: str = ""
    parts: Sequence[Part] = field(default_factory=tuple)
    marker: str = ""


def make_speech(
    title: str = "在全区人大工作会议上的讲话",
    parts: Iterable[Part | str] = (),
    *,
    published: bool = True,
    organisation: str = "",
    date: str = "",
    gap_in: str = "",
    **fields: object,
) -> Speech:
    """Return a stored speech whose text is the parts' paragraphs."""
    number = next(_NUMBERS)
    speech = Speech.objects.create(
        title=title,
        organisation=Organisation.objects.get_or_create(name=organisation)[0]
        if organisation
        else None,
        status=Speech.Status.PUBLISHED if published else Speech.Status.DRAFT,
        **_read_date(date),
        **fields,
    )
    add_revision(speech, parts, number=1, gap_in=gap_in, name=f"{number}.txt")
    return speech


def _read_date(date: str) -> dict[str, object]:
    if not date:
        return {}
    year, month, day = (*(int(part) for part in date.split("-")), None, None)[:3]
    assert year is not None
    first = datetime.date(year, month or 1, day or 1)
    if day:
        last = first
    elif month:
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    else:
        last = datetime.date(year, 12, 31)
    return {"delivered": date, "date_start": first, "date_end": last}


def add_revision(
    speech: Speech, parts: Iterable[Part | str], *, number: int, gap_in: str = "", name: str = ""
) -> Revision:
    """Return a new current revision with its outline."""
    sha256 = f"{next(_NUMBERS):064x}"
    upload = Upload.objects.create(sha256=sha256, name=name or sha256, size=1, format="txt")
    revision = Revision.objects.create(speech=speech, number=number, upload=upload, raw="", text="")
    lines: list[str] = []
    for at, part in enumerate(parts, start=1):
        _add_part(
            revision, lines, part if isinstance(part, Part) else Part(body=part), None, f"{at}"
        )
    revision.text = "\n".join(lines)
    revision.raw = revision.text
    revision.save()
    if gap_in:
        offset = revision.text.index(gap_in)
        Gap.objects.create(revision=revision, kind=Gap.Kind.HIDDEN, offset=offset)
    speech.current = revision
    revision.public_since = revision.created_at
    revision.save(update_fields=["public_since"])
    speech.save()
    return revision


def _add_part(
    revision: Revision, lines: list[str], part: Part, parent: Section | None, key: str
) -> None:
    start = sum(len(line) + 1 for line in lines)
    lines += [text for text in (part.marker + part.heading, part.body) if text]
    section = Section.objects.create(
        revision=revision,
        key=key,
        parent=parent,
        position=revision.sections.count(),
        depth=key.count(".") + 1,
        kind=Section.Kind.SECTION if parent is None else Section.Kind.POINT,
        marker=part.marker,
        heading=part.heading,
        start=start,
        end=start,
    )
    for at, child in enumerate(part.parts, start=1):
        _add_part(revision, lines, child, section, f"{key}.{at}")
    section.end = max(start, sum(len(line) + 1 for line in lines) - 1)
    section.save()


def tag_section(speech: Speech, key: str, theme: Theme) -> SectionTheme:
    """Return a new tag of a section with a theme."""
    assert speech.current is not None
    section = speech.current.sections.get(key=key)
    return SectionTheme.objects.create(theme=theme, section=section, score=1.0)


def make_theme(slug: str, name: str, parent: Theme | None = None) -> Theme:
    """Return a new theme."""
    return Theme.objects.create(slug=slug, name=name, parent=parent)


def mention_slogan(speech: Speech, text: str, found: str | None = None) -> Mention:
    """Return a new mention of a slogan where found (or its own text) first stands."""
    assert speech.current is not None
    slogan, _ = Slogan.objects.get_or_create(text=text, kind=Slogan.Kind.COUNTED)
    start = speech.current.text.index(found or text)
    return Mention.objects.create(
        slogan=slogan, revision=speech.current, start=start, end=start + len(found or text)
    )


def lose_entry(speech: Speech) -> None:
    """Take a published speech out of the index alone."""
    rows = Speech.objects.filter(pk=speech.pk)
    rows.update(status=Speech.Status.DRAFT)
    search.index_speeches([speech.pk])
    rows.update(status=Speech.Status.PUBLISHED)
