"""Hashed static files where they were collected, plain names where they were not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
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

    def compress_files(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield name and compressed name of each file, which is kept compressed too.

        Not in the demo: it serves its own machine alone, and three quarters of the time that
        collecting takes at each start would go into it.
        """
        if settings.DEMO:
            self.delete_files([f"{name}.gz" for name in names])
            return
        yield from super().compress_files(names)
