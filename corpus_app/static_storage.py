"""Hashed static files where they were collected, plain names where they were not."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class LenientManifestStorage(CompressedManifestStaticFilesStorage):
    """Serve hashed names after collectstatic; fall back to plain names (tests, runserver)."""

    manifest_strict = False
    # Modules import each other by their hashed names, so that a browser never mixes versions.
    support_js_module_import_aggregation = True

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """Return name with its hash, or name itself where the file was not collected."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
