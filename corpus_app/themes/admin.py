"""The administration of theme terms and tags; themes and pins are edited at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.admin import ReadOnlyAdmin, with_speech
from corpus_app.themes.models import SectionTheme, ThemePin, ThemeTerm


@admin.register(ThemeTerm)
class ThemeTermAdmin(admin.ModelAdmin):
    """All terms in one list."""

    list_display = ("text", "theme", "weight", "excluded")
    list_filter = ("excluded", "weight", "theme")
    search_fields = ("text", "theme__name")
    list_select_related = ("theme",)
    autocomplete_fields = ("theme",)


@admin.register(SectionTheme)
class SectionThemeAdmin(ReadOnlyAdmin):
    """Tags, as the terms and pins gave them."""

    list_display = ("theme", "section", "score", "pinned", "show_speech")
    list_filter = ("pinned", "theme")
    search_fields = ("theme__name", "section__heading", "section__revision__speech__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch theme, section and speech along."""
        rows = super().get_queryset(request).select_related("theme")
        return with_speech(rows, "section__revision")

    @admin.display(description=_("讲话"))
    def show_speech(self, tag: SectionTheme) -> str:
        """Return the speech's title."""
        return tag.section.revision.speech.title


@admin.register(ThemePin.history.model)
class ThemePinHistoryAdmin(ReadOnlyAdmin):
    """What editors decided on speeches and themes, who and when."""

    list_display = ("theme", "speech", "decision", "history_date", "history_user", "history_type")
    list_filter = ("history_type", "history_date")
    search_fields = ("=speech__id",)
    list_select_related = ("theme", "speech", "history_user")
