"""A body's speeches of the same genre: those of other years, and the two next in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.catalog.versions import map_versions

# A body has a report a year; more are told by their number or address.
MOST_LISTED: Final = 100
# Versions of the speech itself that may stand between it and the next one.
_LOOKED_AT: Final = 5


@dataclass(frozen=True)
class Neighbours:
    """The last speech before one and the first behind it, of its body and genre."""

    previous: Speech | None
    following: Speech | None


def list_comparable(speech: Speech) -> list[Speech]:
    """Return the other speeches of its body and genre, the newest first, at most MOST_LISTED.

    Versions of the speech itself are none of them; of a speech without body or genre nothing.
    """
    rows = _match(speech).order_by("-date_start", "-pk")[:MOST_LISTED]
    return [one for one in rows if not _is_same(speech, one)]


def find_neighbours(speech: Speech) -> Neighbours:
    """Return the speeches of the body and genre next to one in time; none without a day."""
    day = speech.date_start
    if day is None:
        return Neighbours(None, None)
    before = _match(speech).filter(date_start__lt=day).order_by("-date_start", "-pk")
    behind = _match(speech).filter(date_start__gt=day).order_by("date_start", "pk")
    return Neighbours(_take_first(speech, before), _take_first(speech, behind))


def _match(speech: Speech) -> SpeechQuerySet:
    if speech.organisation_id is None or not speech.genre:
        return Speech.objects.none()
    alike = Speech.objects.narrow().filter(organisation=speech.organisation_id, genre=speech.genre)
    return alike.exclude(pk=speech.pk)


def _take_first(speech: Speech, rows: SpeechQuerySet) -> Speech | None:
    return next((one for one in rows[:_LOOKED_AT] if not _is_same(speech, one)), None)


def _is_same(speech: Speech, other: Speech) -> bool:
    versions = map_versions()
    return versions.get(speech.pk, speech.pk) == versions.get(other.pk, other.pk)
