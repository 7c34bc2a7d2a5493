"""Hashed static files where they were collected, plain names where they were not."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class LenientManifestStorage(CompressedManifestStaticFilesStorage):
    """Serve hashed names after collectstatic; fall back to plain names (tests, runserver)."""

    manifest_strict = False
