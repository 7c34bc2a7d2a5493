"""The registries that come with the product, and what follows when one has changed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from corpus_app.catalog.registry import read_registry
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.registry import load_slogans
from corpus_app.themes.registry import load_themes
from corpus_app.themes.tagging import retag_all


def locate_fixture(name: str) -> Path:
    """Return the path of a file or folder that the product ships in fixtures/."""
    return Path(settings.BASE_DIR) / "fixtures" / name


def load_registries() -> list[int]:
    """Load themes and slogans; return ids of speeches whose tags or mentions changed by it."""
    changed: set[int] = set()
    if load_themes(read_registry(locate_fixture("themes.json"))):
        changed.update(retag_all())
    if load_slogans(read_registry(locate_fixture("slogans.json"))):
        changed.update(record_all())
    return sorted(changed)
