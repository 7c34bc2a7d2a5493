"""The bounds on what may be taken in, read from the environment."""

from __future__ import annotations

from corpus_app import env
from corpus_app.ingest.limits import MEGABYTE, Limits

MOST_MEGABYTES = 1024 * 1024


def read_limits() -> Limits:
    """Return the bounds that CORPUS_… variables set; raise ImproperlyConfigured for a wrong one."""
    most = MOST_MEGABYTES
    return Limits(
        file_bytes=env.read_int("CORPUS_FILE_MB", 20, low=1, high=most) * MEGABYTE,
        text_chars=env.read_int("CORPUS_TEXT_CHARS", 1_000_000, low=1_000, high=10_000_000),
        unpacked_bytes=env.read_int("CORPUS_DOCUMENT_MB", 100, low=1, high=most) * MEGABYTE,
        seconds=env.read_int("CORPUS_READ_SECONDS", 60, low=1, high=3_600),
        memory_bytes=env.read_int("CORPUS_READ_MEMORY_MB", 1024, low=256, high=most) * MEGABYTE,
        archive_bytes=env.read_int("CORPUS_ARCHIVE_MB", 500, low=1, high=most) * MEGABYTE,
        archive_members=env.read_int("CORPUS_ARCHIVE_FILES", 5_000, low=1, high=1_000_000),
        archive_unpacked_bytes=env.read_int("CORPUS_ARCHIVE_UNPACKED_MB", 2048, low=1, high=most)
        * MEGABYTE,
        archive_ratio=env.read_int("CORPUS_ARCHIVE_RATIO", 200, low=2, high=100_000),
        archive_depth=env.read_int("CORPUS_ARCHIVE_DEPTH", 3, low=1, high=10),
        archive_seconds=env.read_int("CORPUS_ARCHIVE_SECONDS", 600, low=1, high=86_400),
    )
