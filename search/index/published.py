"""Read the speeches that count from the database as they are searched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from django.db.models import Prefetch

from corpus_app.catalog.models import Gap, Revision, Section, Speech
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.catalog.section_names import name_in_source
from corpus_app.themes.models import SectionTheme
from search.arrays.building import SectionRecord, SpeechRecord

BATCH: Final = 200
_TAGS: Final = "tags_read"


def read_speeches(speech_ids: Collection[int] | None = None) -> Iterator[list[Speech]]:
    """Yield the speeches that count, or those of them with the ids, in batches with all parts."""
    findable = Speech.objects.narrow()
    if speech_ids is None:
        ids = list(findable.order_by("pk").values_list("pk", flat=True))
    else:
        ids = sorted(set(speech_ids))
    for start in range(0, len(ids), BATCH):
        batch = findable.filter(pk__in=ids[start : start + BATCH]).order_by("pk")
        yield [_link(speech) for speech in _fetch_parts(batch)]


def _fetch_parts(speeches: SpeechQuerySet) -> SpeechQuerySet:
    # As a plain list: a queryset for each section takes longer than to index it.
    tags = Prefetch("theme_tags", SectionTheme.objects.about().select_related("theme"), _TAGS)
    sections = Section.objects.order_by("position").prefetch_related(tags)
    parts = Prefetch("current__sections", sections), "current__gaps", "current__mentions"
    return speeches.with_parties().select_related("current").prefetch_related(*parts)


def _link(speech: Speech) -> Speech:
    """Let sections know their speech without asking the database again."""
    read_current(speech).speech = speech
    return speech


def read_current(speech: Speech) -> Revision:
    """Return the current revision of a speech that has one."""
    assert speech.current is not None
    return speech.current


def make_record(speech: Speech) -> SpeechRecord:
    """Return the record of a speech that read_speeches gave."""
    revision = read_current(speech)
    sections = list(revision.sections.all())
    place_of = {section.pk: at for at, section in enumerate(sections)}
    gaps = list(revision.gaps.all())
    return SpeechRecord(
        id=speech.pk,
        revision_id=revision.pk,
        title=speech.title,
        subtitle=speech.subtitle,
        text=revision.text,
        speaker=speech.speaker.name if speech.speaker else "",
        organisation=speech.organisation.name if speech.organisation else "",
        source=" ".join(filter(None, [str(speech.source or ""), speech.source_url])),
        source_name=speech.source.name if speech.source else "",
        place=speech.place,
        level=speech.level,
        genre=speech.genre,
        completeness=speech.completeness,
        date_kind=speech.day.kind,
        date_first=speech.date_start,
        date_last=speech.date_end or speech.date_start,
        sections=tuple(
            _make_section(section, revision.text, place_of, gaps) for section in sections
        ),
        tags=tuple(sorted(_list_tags(sections))),
        mentions=tuple(sorted((m.slogan_id, m.start, m.end) for m in revision.mentions.all())),
    )


def list_tags(section: Section) -> Iterable[SectionTheme]:
    """Return the themes a section is about, from memory where read_speeches read the section."""
    tags: list[SectionTheme] | None = getattr(section, _TAGS, None)
    if tags is not None:
        return tags
    return [tag for tag in section.theme_tags.all() if tag.bearing == SectionTheme.Bearing.ABOUT]


def _list_tags(sections: list[Section]) -> Iterator[tuple[int, int]]:
    for at, section in enumerate(sections):
        for tag in list_tags(section):
            yield tag.theme_id, at


def _make_section(
    section: Section, text: str, place_of: dict[int, int], gaps: list[Gap]
) -> SectionRecord:
    return SectionRecord(
        pk=section.pk,
        key=section.key,
        label=name_in_source(section, text),
        parent=place_of.get(section.parent_id, -1) if section.parent_id else -1,
        start=section.start,
        end=section.end,
        # A gap on the border touches both sides: what is lost may belong to either.
        has_gap=any(section.start <= gap.offset <= section.end for gap in gaps),
    )
