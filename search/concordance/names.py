"""What the names of themes and slogans in a query stand for, as the database has them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from django.db.models import Q

from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme
from search.folding import fold


class CatalogNames:
    """Reads all themes in one query when the first is asked for, each slogan in one of its own.

    Answers are kept, as every segment asks again; so use a new one for each request.
    """

    def __init__(self) -> None:
        self._slogans: dict[str, frozenset[int]] = {}

    @cached_property
    def _themes(self) -> list[tuple[int, str, str, int | None]]:
        return list(Theme.objects.order_by("pk").values_list("pk", "slug", "name", "parent_id"))

    def find_themes(self, name: str) -> Collection[int]:
        """Return the ids of the themes of that name or slug and of all below them."""
        wanted = fold(name)
        found = {pk for pk, slug, own, _ in self._themes if slug == name or fold(own) == wanted}
        while True:
            below = {pk for pk, _, _, parent in self._themes if parent in found} - found
            if not below:
                return found
            found |= below

    def find_slogans(self, text: str) -> Collection[int]:
        """Return the ids of the slogans of that wording, its variants counted."""
        if text not in self._slogans:
            wordings = {text, fold(text)}
            rows = Slogan.objects.filter(Q(text__in=wordings) | Q(variants__text__in=wordings))
            self._slogans[text] = frozenset(rows.values_list("pk", flat=True))
        return self._slogans[text]

    def label_theme(self, slug: str) -> str:
        """Return the name of the theme with that slug, the slug where there is none."""
        return next((name for _, own, name, _ in self._themes if own == slug), slug)
