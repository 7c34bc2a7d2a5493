"""What the names in a query stand for, each looked up once for a request."""

from __future__ import annotations

from search.naming import DatabaseNames


class CatalogNames(DatabaseNames):
    """Keeps what it has found, as every segment asks again; use a new one for each request."""

    def __init__(self) -> None:
        self._slogans: dict[str, set[int]] = {}

    def find_slogans(self, text: str) -> set[int]:
        """Return the ids of the slogans that are worded so."""
        if text not in self._slogans:
            self._slogans[text] = super().find_slogans(text)
        return self._slogans[text]

    def label_theme(self, slug: str) -> str:
        """Return the name of the theme with that slug, the slug where there is none."""
        return next((node.name for node in self.themes.nodes.values() if node.slug == slug), slug)
