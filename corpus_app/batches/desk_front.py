"""What stands on the desk's front beside the forms."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from corpus_app.batches.overview import FINISHED, Progress, list_batches, measure_batches
from corpus_app.batches.presence import is_worker_present
from corpus_app.batches.receiving import AT_ONCE_BYTES
from corpus_app.catalog.models import Speech
from corpus_app.ingest.formats import ACCEPTED_SUFFIXES
from corpus_app.ingest.limits import describe_bytes, get_limits
from corpus_app.ingest.readers import available_readers
from corpus_app.intake.archives import ARCHIVE_SUFFIXES

DRAFTS: Final = 8
BATCHES: Final = 5


def describe_front() -> dict[str, Any]:
    """Return the running and last batches, the last drafts, the limits and what can be read."""
    drafts = Speech.objects.filter(status=Speech.Status.DRAFT)
    return describe_limits() | {
        "drafts": drafts.with_parties().order_by("-changed_at")[:DRAFTS],
        "draft_count": drafts.count(),
        "batches": _list_recent(),
        "worker_runs": is_worker_present(),
        "fetch": settings.FETCH,
        "suffixes": ACCEPTED_SUFFIXES,
        "readers": available_readers(),
        "inbox": settings.INBOX_DIR,
    }


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
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }


def _list_recent() -> list[Progress]:
    running = list(list_batches().exclude(state__in=FINISHED)[:BATCHES])
    finished = list(list_batches().filter(state__in=FINISHED)[:BATCHES])
    return measure_batches([*running, *finished])
