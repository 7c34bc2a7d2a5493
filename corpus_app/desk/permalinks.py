"""Where a permalink leads today: to the same words, or to what is most like them now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from corpus_app.catalog.addresses import link_speech
from corpus_app.catalog.models import Revision, Section, Speech
from corpus_app.catalog.relocation import map_keys
from corpus_app.catalog.revisions import list_visible_revisions
from corpus_app.catalog.text_maps import map_states
from corpus_app.desk.passages import MissingPassageError, find_holder
from corpus_app.desk.shortcodes import decode_place
from corpus_app.text.chars import count_chars, squeeze
from corpus_app.text.difference import DiffSpan, compare_words
from corpus_app.text.matching import find_alike, find_same
from corpus_app.text.spans import Span, trim_span
from corpus_app.text.text_map import TextMap

# A passage that has this share of its characters left is where they are.
MOSTLY: Final = 0.5


@dataclass(frozen=True)
class PermalinkTarget:
    """The words stand in the current text: url leads to them, marked."""

    url: str


@dataclass(frozen=True)
class Departure:
    """The words no longer stand there: what they were and what is most like them now."""

    speech: Speech
    old: Revision
    old_url: str
    now_url: str
    words: str
    changes: tuple[DiffSpan, ...]


def resolve_code(code: str, user: AbstractBaseUser | AnonymousUser) -> PermalinkTarget | Departure:
    """Return where the code leads.

    MissingPassageError for a mistyped code or a speech the user can't see.
    """
    place = decode_place(code)
    if place is None:
        raise MissingPassageError
    number, start, end = place
    old = Revision.objects.filter(pk=number).first()
    if old is None or end > len(old.text):
        raise MissingPassageError
    visible = Speech.objects.visible_to(user).select_related("current")
    speech = visible.filter(pk=old.speech_id).first()
    if speech is None or speech.current is None:
        raise MissingPassageError
    if not list_visible_revisions(speech, user).filter(pk=old.pk).exists():
        raise MissingPassageError
    return _resolve_span(speech, old, start, end)


def find_disclosed(code: str) -> int | None:
    """Return the speech whose words the code names, None where readers never had them."""
    place = decode_place(code)
    if place is None:
        return None
    revision = Revision.objects.filter(pk=place[0]).exclude(public_since=None).first()
    return revision.speech_id if revision and place[2] <= len(revision.text) else None


def find_today(speech: Speech, old: Revision, start: int, end: int) -> tuple[int, int] | None:
    """Return where in the current text the words are, else what took their place, else None."""
    current = speech.current
    assert current is not None
    there = map_states(old, current)
    exactly = _find_exactly(old, current, start, end, there)
    same = exactly or find_same(old.text, start, end, current.text)
    return same or _find_heir(old, current, start, end, there)


def link_place(speech: Speech, revision: Revision, start: int, end: int, key: str) -> str:
    """Return the speech page's address with the characters marked, at the section's anchor."""
    number = None if revision.pk == speech.current_id else revision.number
    return link_speech(speech.pk, key, span=(start, end), revision=number)


def _resolve_span(
    speech: Speech, old: Revision, start: int, end: int
) -> PermalinkTarget | Departure:
    current = speech.current
    assert current is not None
    if current.pk == old.pk:
        return PermalinkTarget(_link_span(speech, current, start, end))
    there = map_states(old, current)
    exactly = _find_exactly(old, current, start, end, there)
    found = exactly or find_same(old.text, start, end, current.text)
    if found is not None:
        return PermalinkTarget(_link_span(speech, current, *found))
    return _describe_departure(speech, old, current, start, end, there)


def _find_exactly(
    old: Revision, current: Revision, start: int, end: int, there: TextMap
) -> Span | None:
    """Return where these very characters went, if all of them and no others stand there."""
    span = there.find_span(start, end)
    words, now = old.text[start:end], current.text[slice(*span)]
    return span if words.split() and squeeze(words) == squeeze(now) else None


def _describe_departure(
    speech: Speech, old: Revision, current: Revision, start: int, end: int, there: TextMap
) -> Departure:
    words = old.text[start:end]
    alike = _find_heir(old, current, start, end, there)
    now = current.text[slice(*alike)] if alike else ""
    return Departure(
        speech=speech,
        old=old,
        old_url=_link_span(speech, old, start, end),
        now_url=_link_span(speech, current, *alike) if alike else speech.get_absolute_url(),
        words=words,
        changes=compare_words(words, now) if alike else (),
    )


def _find_heir(
    old: Revision, current: Revision, start: int, end: int, there: TextMap
) -> tuple[int, int] | None:
    """Return the stretch of the current text that took the words' place."""
    holder = find_holder(list(old.sections.order_by("position")), start, end)
    words = old.text[start:end]
    whole = holder is not None and (start, end) == trim_span(old.text, holder.start, holder.end)
    if not whole and there.count(start, end) >= count_chars(words) * MOSTLY:
        return there.find_span(start, end)
    if holder is not None:
        key = map_keys(old, current, {holder.key}).get(holder.key)
        section = current.sections.filter(key=key).first() if key else None
        if section is not None:
            return _choose_stretch(current, section, holder, start, end, words)
    return find_alike(words, current.text, 0, len(current.text))


def _choose_stretch(
    current: Revision, section: Section, holder: Section, start: int, end: int, words: str
) -> tuple[int, int] | None:
    if (start, end) == trim_span(holder.revision.text, holder.start, holder.end):
        return trim_span(current.text, section.start, section.end)
    within = find_alike(words, current.text, section.start, section.end)
    return within or find_alike(words, current.text, 0, len(current.text))


def _link_span(speech: Speech, revision: Revision, start: int, end: int) -> str:
    sections = list(revision.sections.order_by("position"))
    holder = find_holder(sections, start, end)
    return link_place(speech, revision, start, end, holder.key if holder else "")
