"""What stands on the desk's front beside the forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, F, Prefetch, Q

from corpus_app.batches.models import PieceUpload
from corpus_app.batches.overview import FINISHED, BatchProgress, list_batches, measure_batches
from corpus_app.batches.presence import is_worker_present
from corpus_app.batches.receiving import AT_ONCE_BYTES
from corpus_app.catalog.models import Speech
from corpus_app.catalog.provenance import UNKNOWN, Provenance, read_provenances
from corpus_app.ingest.formats import ACCEPTED_SUFFIXES
from corpus_app.ingest.limits import describe_bytes, get_limits
from corpus_app.ingest.readers import available_readers
from corpus_app.intake.archives import ARCHIVE_SUFFIXES
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.quality.sentences import name_reason

DRAFTS: Final = 6
REASONS: Final = 3
BATCHES: Final = 5


@dataclass(frozen=True)
class WaitingDraft:
    """A draft with the short names of its gravest quality flags."""

    speech: Speech
    reasons: list[str]
    provenance: Provenance


def describe_front(user: User) -> dict[str, Any]:
    """Return batches, drafts, the user's unfinished uploads, the limits and what can be read."""
    return describe_limits() | {
        "drafts": _list_drafts(),
        **_count_drafts(),
        "batches": _list_recent(),
        "piece_uploads": PieceUpload.objects.filter(user=user, is_settled=False),
        "worker_runs": is_worker_present(),
        "fetch": settings.FETCH,
        "suffixes": ACCEPTED_SUFFIXES,
        "readers": available_readers(),
        "inbox": settings.INBOX_DIR,
    }


def _list_drafts() -> list[WaitingDraft]:
    """Return the drafts that need an eye most, as the queue orders them."""
    drafts = Speech.objects.filter(status=Speech.Status.DRAFT).select_related("doubt")
    reasons = DoubtReason.objects.order_by("-weight", "code")
    drafts = drafts.prefetch_related(Prefetch("doubt__reasons", queryset=reasons))
    ordered = drafts.order_by(F("doubt__probability").desc(nulls_first=True), "-changed_at")
    shown = list(ordered[:DRAFTS])
    told = read_provenances(speech.pk for speech in shown)
    return [WaitingDraft(one, _name_reasons(one), told.get(one.pk, UNKNOWN)) for one in shown]


def _name_reasons(speech: Speech) -> list[str]:
    doubt = getattr(speech, "doubt", None)
    if doubt is None:
        return []
    return [name_reason(reason.code) for reason in doubt.reasons.all()[:REASONS]]


def _count_drafts() -> dict[str, int]:
    doubtful = Q(doubt=None) | Q(doubt__score__gte=load_rules().threshold, doubt__looked_at=None)
    drafts = Speech.objects.filter(status=Speech.Status.DRAFT)
    return drafts.aggregate(draft_count=Count("pk"), flagged_count=Count("pk", filter=doubtful))


def describe_limits() -> dict[str, Any]:
    """Return what the upload form says and keeps to."""
    limits = get_limits()
    return {
        "file_limit": describe_bytes(limits.file_bytes),
        "file_bytes": limits.file_bytes,
        "archive_limit": describe_bytes(limits.archive_bytes),
        "archive_bytes": limits.archive_bytes,
        "archive_suffixes": ARCHIVE_SUFFIXES,
        "at_once_bytes": AT_ONCE_BYTES,
        "upload_hours": settings.UPLOAD_HOURS,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }


def _list_recent() -> list[BatchProgress]:
    running = list(list_batches().exclude(state__in=FINISHED)[:BATCHES])
    finished = list(list_batches().filter(state__in=FINISHED)[:BATCHES])
    return measure_batches([*running, *finished])
