"""What the review page shows: raw text with the removed marked, clean text with its finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus_app.catalog.models import Gap, Revision, Section, Speech
from corpus_app.intake.duplicates import find_alike
from corpus_app.intake.fingerprints import take_fingerprint
from corpus_app.pages.labels import name_removed
from corpus_app.themes.models import SectionTheme, Theme, ThemePin


@dataclass(frozen=True)
class RawPiece:
    """A stretch of the raw text; kind is "" where it was kept."""

    text: str
    kind: str = ""
    label: str = ""
    rule: str = ""
    hue: int = 0


@dataclass(frozen=True)
class TextPiece:
    """A stretch of the clean text, or a thing that stands at its place."""

    text: str = ""
    section: Section | None = None
    gap: Gap | None = None
    suspect: dict[str, Any] | None = None


@dataclass
class ThemeChoice:
    """A theme with its evidence in the speech and what an editor decided."""

    theme: Theme
    sections: int = 0
    evidence: list[tuple[str, int]] = field(default_factory=list)
    score: float = 0.0
    decision: str = ""


@dataclass(frozen=True)
class Twin:
    """Another speech with nearly the same text."""

    speech: Speech
    percent: int


# So many colours has the page's style sheet for removed spans.
HUES = 6


def list_hues(removed: list[dict[str, Any]]) -> dict[str, int]:
    """Return a colour number for each kind removed, in order of first place."""
    kinds = dict.fromkeys(span["kind"] for span in removed)
    return {kind: number % HUES + 1 for number, kind in enumerate(kinds)}


def split_raw(revision: Revision) -> list[RawPiece]:
    """Return the raw text cut at the removed spans."""
    hues = list_hues(revision.removed)
    pieces, at = [], 0
    for span in revision.removed:
        kind = span["kind"]
        pieces.append(RawPiece(revision.raw[at : span["start"]]))
        pieces.append(
            RawPiece(span["text"], kind, name_removed(kind), span.get("rule", ""), hues[kind])
        )
        at = span["end"]
    pieces.append(RawPiece(revision.raw[at:]))
    return [piece for piece in pieces if piece.text]


def list_legend(revision: Revision) -> list[tuple[int, str, int]]:
    """Return (colour number, kind in words, how many spans) for each kind removed."""
    counts = Counter(span["kind"] for span in revision.removed)
    hues = list_hues(revision.removed)
    return [(hue, name_removed(kind), counts[kind]) for kind, hue in hues.items()]


def split_text(revision: Revision) -> list[TextPiece]:
    """Return the clean text cut where sections begin, gaps lie and suspects stand."""
    things = sorted(_place_things(revision), key=lambda entry: entry[0])
    pieces, at = [], 0
    for place, _rank, piece in things:
        if place > at:
            pieces.append(TextPiece(revision.text[at:place]))
            at = place
        pieces.append(piece)
        at += len(piece.text)
    pieces.append(TextPiece(revision.text[at:]))
    return [piece for piece in pieces if piece != TextPiece()]


def list_theme_choices(speech: Speech) -> list[ThemeChoice]:
    """Return all themes, those on the speech or decided upon first, strongest evidence first."""
    choices = {theme.pk: ThemeChoice(theme) for theme in Theme.objects.all()}
    tags = SectionTheme.objects.filter(section__revision=speech.current_id)
    for tag in tags:
        choice = choices[tag.theme_id]
        choice.sections += 1
        choice.score += tag.score
        found = Counter(dict(choice.evidence))
        found.update(dict(tag.evidence))
        choice.evidence = found.most_common()
    pins = ThemePin.objects.filter(speech=speech, section_key="")
    for theme, decision in pins.values_list("theme_id", "decision"):
        choices[theme].decision = decision
    return sorted(
        choices.values(), key=lambda c: (not c.sections and not c.decision, -c.score, c.theme.name)
    )


def list_twins(speech: Speech) -> list[Twin]:
    """Return the other speeches with nearly the same text as the speech, likest first."""
    if speech.current is None:
        return []
    text = speech.current.text
    alike = find_alike(text, take_fingerprint(text), exclude=speech.pk)
    speeches = Speech.objects.in_bulk([likeness.speech_id for likeness in alike])
    return [Twin(speeches[found.speech_id], int(found.ratio * 100)) for found in alike]


def _place_things(revision: Revision) -> Iterator[tuple[int, int, TextPiece]]:
    # Sorting keeps this order at one place: the gap lies before the section that follows it.
    for gap in revision.gaps.all():
        yield gap.offset, 0, TextPiece(gap=gap)
    for section in revision.sections.order_by("position"):
        yield section.start, 1, TextPiece(section=section)
    for suspect in _drop_crossed(revision):
        words = revision.text[suspect["start"] : suspect["end"]]
        yield suspect["start"], 2, TextPiece(words, suspect=suspect)


def _drop_crossed(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the suspects into which no section or gap cuts."""
    cuts = {*revision.sections.values_list("start", flat=True)}
    cuts |= {*revision.gaps.values_list("offset", flat=True)}
    for suspect in revision.suspects:
        if not any(place in cuts for place in range(suspect["start"] + 1, suspect["end"])):
            yield suspect
