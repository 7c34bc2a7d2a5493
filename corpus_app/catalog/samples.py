"""The invented samples that come with the product, known by the bytes of their files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.catalog.uploads import hash_bytes


def list_sample_files() -> list[Path]:
    """Return the paths of the shipped sample files, in order of their names."""
    return sorted((Path(settings.BASE_DIR) / "fixtures" / "speeches").glob("*.txt"))


def list_samples() -> SpeechQuerySet:
    """Return the speeches, published or not, that were made of shipped files and of nothing else.

    A file of the user's own that says it is invented is none, nor is a sample that a file of the
    user's own was merged with.
    """
    revisions = Revision.objects.filter(speech=OuterRef("pk"))
    shipped = _hash_sample_files()
    return Speech.objects.filter(
        Exists(revisions.filter(upload__sha256__in=shipped)),
        ~Exists(revisions.exclude(upload__sha256__in=shipped)),
    )


@cache
def _hash_sample_files() -> frozenset[str]:
    return frozenset(hash_bytes(path.read_bytes()) for path in list_sample_files())
