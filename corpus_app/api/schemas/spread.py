"""The lives of expressions."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.links import link_places
from corpus_app.api.schemas.research import StudyOut
from corpus_app.catalog.addresses import link_speech
from search import FirstSeen, OutlinePoint, SpeechPoint, Spread, SpreadYear


class SpeechPointOut(Schema):
    """A speech where the expression stands; section is that of its first place."""

    speech: int
    section: str | None
    title: str
    date: str | None
    date_kind: str | None
    organisation: str | None
    level: str | None
    place: str | None
    url: str

    @classmethod
    def of(cls, answer: Spread, one: SpeechPoint) -> SpeechPointOut:
        """Return the point."""
        search = answer.request.search
        return cls(
            speech=one.speech_id,
            section=one.section_key,
            title=one.title,
            date=one.day.value or None,
            date_kind=one.day.kind or None,
            organisation=one.organisation or None,
            level=one.level or None,
            place=one.place or None,
            url=link_speech(one.speech_id, one.section_key, query=search.text, match=search.match),
        )


class FirstSeenOut(Schema):
    """The first of a level, a place, or of all; point is null where none bears a date."""

    key: str | None
    value: str | None
    label: str
    point: SpeechPointOut | None
    rivals: int = Field(description=gettext_noop("日期不够具体、可能同样早的其他篇数"))
    earlier: int = Field(description=gettext_noop("确定早于此的所查篇数"))
    is_thin: bool = Field(description=gettext_noop("早于此的太少，不能说此前没有"))
    lag_least: int | None = Field(description=gettext_noop("比最早的至少晚几天"))
    lag_most: int | None = Field(description=gettext_noop("比最早的至多晚几天"))
    occurrences: int
    speeches: int
    searched: int
    places: str

    @classmethod
    def of(cls, answer: Spread, one: FirstSeen) -> FirstSeenOut:
        """Return the first of a group."""
        asked = answer.find_places(one.key, one.value) if one.key else answer.request.search
        return cls(
            key=one.key or None,
            value=one.value or None,
            label=one.label,
            point=SpeechPointOut.of(answer, one.point) if one.point else None,
            rivals=one.rivals,
            earlier=one.earlier,
            is_thin=one.is_thin,
            lag_least=one.lag[0] if one.lag else None,
            lag_most=one.lag[1] if one.lag else None,
            occurrences=one.occurrences,
            speeches=one.speeches,
            searched=one.searched,
            places=link_places(asked, has_key=True),
        )


class SpreadYearOut(Schema):
    """A year; occurrences and speeches are null where there is no text of it."""

    year: int
    occurrences: int | None
    speeches: int | None
    searched: int
    characters: int
    rate: float | None
    is_thin: bool
    places: str

    @classmethod
    def of(cls, answer: Spread, one: SpreadYear) -> SpreadYearOut:
        """Return the year."""
        return cls(
            year=one.year,
            occurrences=one.occurrences if one.searched else None,
            speeches=one.speeches if one.searched else None,
            searched=one.searched,
            characters=one.characters,
            rate=one.rate,
            is_thin=one.is_thin,
            places=link_places(answer.find_places("year", str(one.year)), has_key=True),
        )


class TurnsOut(Schema):
    """Years of rise, peak and fading; fading is null where it did not."""

    rise: int
    peak: int
    fading: int | None


class OutlinePointOut(SpeechPointOut):
    """A heading with the expression, and its rank among those beside it."""

    heading: str
    rank: int
    count: int
    depth: int

    @classmethod
    def of_heading(cls, answer: Spread, one: OutlinePoint) -> OutlinePointOut:
        """Return the heading."""
        speech = SpeechPointOut.of(answer, one.speech).model_dump()
        return cls(**speech, heading=one.heading, rank=one.rank, count=one.count, depth=one.depth)


class OutlineRankOut(Schema):
    """The headings of one body, by date."""

    organisation: str
    points: list[OutlinePointOut]


class SpreadOut(StudyOut):
    """The life of an expression; turns is null where the corpus is too thin to tell."""

    total: int
    speeches: int
    undated: int
    first: FirstSeenOut | None
    levels: list[FirstSeenOut]
    by_place: list[FirstSeenOut] = Field(description=gettext_noop("各地，最早的在前，至多三十地"))
    place_count: int
    years: list[SpreadYearOut]
    turns: TurnsOut | None
    ranks: list[OutlineRankOut]
    heading_speeches: int
