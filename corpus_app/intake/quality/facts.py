"""What is known of a speech where its quality flags are weighed, and whose text it shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Q

from corpus_app.catalog.fields import fit_fields, flatten_metadata, read_fields
from corpus_app.catalog.identity import Head, compare_heads
from corpus_app.catalog.models import Kinship, Revision, Speech
from corpus_app.ingest.draft import DATES, Draft
from corpus_app.intake.models import HeadDispute
from corpus_app.text.chars import squeeze

CODES: Final = {
    Kinship.Kind.NEAR: "near_duplicate",
    Kinship.Kind.PART: "family_part",
    Kinship.Kind.QUOTES: "family_quotes",
}
# Nearly the same text under a head that contradicts: another speech, as a rule.
OTHER_HEAD: Final = "other_head"


@dataclass(frozen=True)
class SharedText:
    """Another speech that shares text: reason code, how much of it in percent, and in which
    fields of the head (by name) the two contradict each other.
    """

    code: str
    speech_id: int
    title: str
    percent: int
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualityFacts:
    """A speech's values as they stand today, what its parse found, and whom it resembles."""

    today: dt.date
    title_inferred: bool = False
    # The title as the parse read it; "" where a person has set another.
    title_read: str = ""
    # Everything that is known of the speech by its head: as read, and as corrected since.
    values: Sequence[str] = ()
    # By field how likely its value is right, where that was measured and nobody has set another.
    probabilities: Mapping[str, float] = field(default_factory=dict)
    # How likely the text is exactly the speech, where that was measured, and its least likely line.
    text_probability: float | None = None
    text_words: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    date_start: dt.date | None = None
    organisation: str = ""
    speaker: str = ""
    completeness: str = "complete"
    gaps: int = 0
    raw: str = ""
    text: str = ""
    removed: Sequence[Mapping[str, Any]] = ()
    announced: Sequence[Mapping[str, Any]] = ()
    notices: Sequence[Mapping[str, Any]] = ()
    suspects: Sequence[Mapping[str, Any]] = ()
    shared_texts: Sequence[SharedText] = ()
    lost: Sequence[Mapping[str, Any]] = ()
    # By field, where the file read again contradicts what readers see: [seen, read].
    disputed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def collect_text_facts(
    speech: Speech, revision: Revision, shared_texts: Sequence[SharedText], today: dt.date
) -> QualityFacts:
    """Return those facts on a stored speech that its text's steps weigh; three queries at most."""
    revision.speech = speech  # known already; the slips ask for its date
    read = flatten_metadata(revision.metadata)
    fitted, present = fit_fields(read).values, read_fields(speech)
    standing = {n for n, value in present.items() if value and value == fitted[n]}
    standing -= _list_chosen(revision, present).keys()
    return QualityFacts(
        today=today,
        title_inferred=speech.title_inferred,
        title_read=read["title"] if "title" in standing else "",
        values=list_known_values(revision, present),
        probabilities=_list_probabilities(revision.metadata, standing),
        **_read_text_doubt(revision.metadata, revision.text),
        dates={name: getattr(speech, name) for name in DATES},
        date_start=speech.date_start,
        organisation=speech.organisation.name if speech.organisation else "",
        speaker=speech.speaker.name if speech.speaker else "",
        raw=revision.raw,
        text=revision.text,
        removed=revision.removed,
        notices=revision.notices,
        suspects=revision.slips,
        shared_texts=shared_texts,
        disputed=_read_dispute(speech),
    )


def collect_draft_facts(
    draft: Draft, today: dt.date, given: Mapping[str, str] = MappingProxyType({})
) -> QualityFacts:
    """Return the facts on a parsed file that is stored nowhere yet; it shares no text yet.

    given are values by field that came with the file and stand in place of what was read.
    """
    parsed = draft.to_json()
    read = flatten_metadata(parsed)
    known = {**read, **given}
    return QualityFacts(
        today=today,
        title_inferred=not given.get("title")
        and (draft.metadata.title_inferred or not read["title"]),
        title_read="" if "title" in given else read["title"],
        values=_list_values(read, known),
        probabilities=_list_probabilities(parsed, {n for n in read if read[n]} - given.keys()),
        **_read_text_doubt(parsed, draft.text),
        dates={name: known[name] for name in DATES},
        organisation=known["organisation"],
        speaker=known["speaker"],
        completeness=draft.completeness,
        gaps=len(draft.gaps),
        raw=draft.raw,
        text=draft.text,
        removed=parsed["removed"],
        announced=parsed["announced"],
        notices=parsed["notices"],
        suspects=parsed["suspects"],
    )


def _read_dispute(speech: Speech) -> dict[str, Sequence[str]]:
    found = HeadDispute.objects.filter(speech=speech).values_list("fields", flat=True).first()
    return found or {}


def _list_probabilities(metadata: Mapping[str, Any], names: Collection[str]) -> dict[str, float]:
    """Return the measured probabilities of the named fields' values."""
    found = {n: one.get("probability") for n, one in (metadata.get("evidence") or {}).items()}
    return {n: found[n] for n in sorted(names) if found.get(n) is not None}


def _read_text_doubt(metadata: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return how likely the text is right and its least likely line.

    Nothing is said once that line is gone: somebody has mended the text.
    """
    found = metadata.get("text_evidence")
    if found is None or squeeze(found["text"]) not in squeeze(text):
        return {}
    return {"text_probability": found["probability"], "text_words": found["text"]}


def list_known_values(revision: Revision, present: Mapping[str, str]) -> list[str]:
    """Return every value that is known of the speech: as it was read, and as it stands (present).

    What was read in place of words that a person selected says nothing any more; where a value
    was typed, the words that were read may well be the same with a slip in them.
    """
    read, chosen = flatten_metadata(revision.metadata), _list_chosen(revision, present)
    selected = {name for name, place in chosen.items() if place}
    return _list_values({n: value for n, value in read.items() if n not in selected}, present)


def _list_chosen(revision: Revision, present: Mapping[str, str]) -> dict[str, Any]:
    """Return by the names of fields whose values a person set from which span of raw, if any."""
    decided = revision.decisions.get("metadata", {})
    return {n: one["set_from"] for n, one in decided.items() if one["value"] == present[n]}


def _list_values(*known: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(value for values in known for value in values.values() if value))


def find_shared_texts(speech: Speech) -> list[SharedText]:
    """Return the texts shared with others that wait for a decision; one query."""
    return find_all_shared_texts([speech.pk])[speech.pk]


def find_all_shared_texts(speech_ids: Iterable[int]) -> dict[int, list[SharedText]]:
    """Return by speech id the texts shared with others that wait for a decision; one query."""
    found: dict[int, list[SharedText]] = {speech_id: [] for speech_id in speech_ids}
    kinships = Kinship.objects.filter(
        Q(speech__in=found) | Q(other__in=found), decision=Kinship.Decision.OPEN
    )
    for row in kinships.with_speeches().order_by("pk"):
        differing = _list_differing(row)
        for speech, other in ((row.speech, row.other), (row.other, row.speech)):
            if speech.pk in found:
                found[speech.pk].append(_read_row(row, other, differing))
    return found


def _list_differing(row: Kinship) -> tuple[str, ...]:
    """Return the fields by which two nearly equal texts are of two speeches."""
    if row.kind == Kinship.Kind.QUOTES:
        return ()
    compared = compare_heads(Head.of_speech(row.speech), Head.of_speech(row.other))
    return tuple(one.name for one in compared.contradictions)


def _read_row(row: Kinship, other: Speech, differing: tuple[str, ...]) -> SharedText:
    share = row.likeness or max(row.share, row.other_share)
    code = OTHER_HEAD if differing else CODES[Kinship.Kind(row.kind)]
    return SharedText(code, other.pk, other.title, int(share * 100), differing)
