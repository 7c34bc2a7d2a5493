"""Find the speeches that have the same or nearly the same text, without reading them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.db.models.signals import pre_delete
from rapidfuzz import fuzz

from corpus_app.catalog.models import Speech, Upload
from corpus_app.intake.models import MinhashBand, SampledShingle, TextSignature
from corpus_app.intake.text_reuse.fingerprints import (
    Fingerprint,
    estimate_likeness,
    pack_sketch,
    read_bands,
    unpack_sketch,
)
from corpus_app.text.folding import keep_folded_words

# From this share of common characters on, two texts are states of one speech.
LIKE: Final = 0.8
# What a minhash must promise before two texts are read and compared.
WORTH_READING: Final = 0.2
MOST_READ: Final = 8
# Comparing takes quadratic time; a longer text is judged by its minhash alone.
LONGEST_COMPARED: Final = 100_000
# The share of common shingles of texts that share four characters in five.
LIKE_SHINGLES: Final = 0.3


@dataclass(frozen=True)
class Likeness:
    """A stored speech and how much of the text it shares, 0.0 to 1.0."""

    speech_id: int
    ratio: float


def find_same_bytes(sha256: str) -> int | None:
    """Return the id of the speech that these bytes were stored as, or None."""
    upload = Upload.objects.filter(sha256=sha256).first()
    if upload is None:
        return None
    revision = upload.revisions.order_by("pk").first()
    return revision.speech_id if revision else upload.copy_of_id


def find_same_text(fingerprint: Fingerprint) -> list[int]:
    """Return the ids of the speeches whose current text has the same words, oldest first."""
    same = TextSignature.objects.filter(text_sha=fingerprint.text_sha, length=fingerprint.length)
    return list(same.order_by("speech_id").values_list("speech_id", flat=True))


def find_alike(
    text: str, fingerprint: Fingerprint, *, name: str = "", exclude: int | None = None
) -> list[Likeness]:
    """Return the speeches that share four characters in five with the text, likest first.

    Those that came in a file of this name are compared even where their minhash says nothing.
    """
    candidates = {*_choose_candidates(fingerprint), *_find_namesakes(name)} - {exclude}
    signatures = TextSignature.objects.filter(speech__in=candidates)
    rated = [
        Likeness(row.speech_id, round(_compare(text, fingerprint, row), 4)) for row in signatures
    ]
    alike = [likeness for likeness in rated if likeness.ratio >= LIKE]
    return sorted(alike, key=lambda likeness: (-likeness.ratio, likeness.speech_id))


def has_file_name(speech_id: int, name: str) -> bool:
    """Return whether one of the speech's files came under this name."""
    files = Q(revisions__speech=speech_id) | Q(copy_of=speech_id)
    return Upload.objects.filter(files, name=name).exists()


def store_fingerprint(speech: Speech, fingerprint: Fingerprint) -> None:
    """Remember the fingerprint of the speech's current text in place of an older one."""
    known = TextSignature.objects.filter(speech=speech).first()
    if known is not None:
        forget_parts(known)
    signature, _ = TextSignature.objects.update_or_create(
        speech=speech,
        defaults={
            "text_sha": fingerprint.text_sha,
            "length": fingerprint.length,
            "minhash": fingerprint.minhash,
            "sketch": pack_sketch(fingerprint.sketch),
        },
    )
    # What was lost in between is put in its place; what is there stays.
    MinhashBand.objects.bulk_create(
        (
            MinhashBand(signature=signature, band=band, value=value)
            for band, value in enumerate(fingerprint.bands)
        ),
        ignore_conflicts=True,
    )
    SampledShingle.objects.bulk_create(
        (SampledShingle(signature=signature, value=value) for value in fingerprint.sketch),
        ignore_conflicts=True,
    )


def forget_parts(signature: TextSignature) -> None:
    """Forget the numbers by which a signature is found; called before it goes or changes."""
    bands = MinhashBand.objects.filter(value__in=read_bands(bytes(signature.minhash)))
    shingles = SampledShingle.objects.filter(value__in=unpack_sketch(bytes(signature.sketch)))
    for parts in (bands, shingles):
        parts.filter(signature=signature)._raw_delete(parts.db)


def follow_signatures() -> None:
    """Forget the numbers of every signature that is deleted; called once when the site starts."""
    pre_delete.connect(_forget_deleted, sender=TextSignature)


def _forget_deleted(instance: TextSignature, **_: Any) -> None:
    forget_parts(instance)


def is_fingerprint_stored(speech: Speech, fingerprint: Fingerprint) -> bool:
    """Return whether just this fingerprint is remembered of the speech, sketch included."""
    shingles = SampledShingle.objects.filter(
        value__in=fingerprint.sketch,
        signature__speech=speech,
        signature__text_sha=fingerprint.text_sha,
    )
    known = TextSignature.objects.filter(speech=speech, text_sha=fingerprint.text_sha).exists()
    return known and shingles.count() == len(fingerprint.sketch)


def _choose_candidates(fingerprint: Fingerprint) -> list[int]:
    shares = Q()
    for band, value in enumerate(fingerprint.bands):
        shares |= Q(band=band, value=value)
    most = (
        MinhashBand.objects.filter(shares)
        .values_list("signature_id")
        .annotate(shared=Count("value"))
        .order_by("-shared", "signature_id")[: MOST_READ * 4]
    )
    signatures = TextSignature.objects.in_bulk([signature for signature, _ in most])
    promised = sorted(
        (-estimate_likeness(bytes(row.minhash), fingerprint.minhash), row.speech_id)
        for row in signatures.values()
    )
    return [speech for likeness, speech in promised[:MOST_READ] if -likeness >= WORTH_READING]


def _find_namesakes(name: str) -> list[int]:
    if not name:
        return []
    files = Speech.objects.filter(revisions__upload__name=name)
    return list(files.order_by("-pk").values_list("pk", flat=True).distinct()[:MOST_READ])


def _compare(text: str, fingerprint: Fingerprint, signature: TextSignature) -> float:
    if max(fingerprint.length, signature.length) > LONGEST_COMPARED:
        likeness = estimate_likeness(bytes(signature.minhash), fingerprint.minhash)
        return LIKE + (1 - LIKE) * likeness if likeness >= LIKE_SHINGLES else 0.0
    speeches = Speech.objects.filter(pk=signature.speech_id)
    other = speeches.values_list("current__text", flat=True).first() or ""
    words, others = keep_folded_words(text), keep_folded_words(other)
    return fuzz.ratio(words, others, score_cutoff=LIKE * 100) / 100
