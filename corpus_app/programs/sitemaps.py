"""The pages that search engines are told of, with the moment of their last change."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.programs.newest import date_speeches, find_last_change
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme

# Addresses of one map; the protocol takes 50,000.
PER_MAP: Final = 10_000


class SpeechSitemap(Sitemap):
    """The speeches that count and that everybody may see."""

    limit = PER_MAP

    def items(self) -> QuerySet[Speech]:
        """Return the speeches, none of which moves to another map when one is added."""
        return date_speeches(Speech.objects.real()).only("pk").order_by("pk")

    def lastmod(self, item: Any) -> dt.datetime:
        """Return when text or metadata changed last."""
        moment: dt.datetime = item.touched_at
        return moment

    def get_latest_lastmod(self) -> Any:
        """Return the last of these, asked of the database at once."""
        return find_last_change(Speech.objects.real())


class ThemeSitemap(Sitemap):
    """The themes of the tree."""

    limit = PER_MAP

    def items(self) -> QuerySet[Theme]:
        """Return the themes that stand."""
        return Theme.objects.order_by("pk")


class SloganSitemap(Sitemap):
    """The registered expressions."""

    limit = PER_MAP

    def items(self) -> QuerySet[Slogan]:
        """Return those that are in the register."""
        return Slogan.objects.filter(registered=True).order_by("pk")


class ListSitemap(Sitemap):
    """The pages that lead to all others."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return ["home", "speech_list", "theme_list", "slogan_list", "numbers", "api:docs"]

    def location(self, item: Any) -> str:
        """Return the path."""
        return reverse(item)


SITEMAPS: Final[dict[str, type[Sitemap] | Sitemap]] = {
    "speeches": SpeechSitemap,
    "themes": ThemeSitemap,
    "slogans": SloganSitemap,
    "lists": ListSitemap,
}
