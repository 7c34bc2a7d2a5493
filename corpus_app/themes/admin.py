"""The administration of theme terms, and what was decided; themes stand in intake.admin."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.themes.models import ThemePin, ThemeTerm


@admin.register(ThemeTerm)
class ThemeTermAdmin(admin.ModelAdmin):
    """All terms in one list."""

    list_display = ("text", "theme", "weight", "excluded")
    list_filter = ("excluded", "weight", "theme")
    search_fields = ("text", "theme__name")
    list_select_related = ("theme",)
    autocomplete_fields = ("theme",)


@admin.register(ThemePin.history.model)
class ThemePinHistoryAdmin(ReadOnlyAdmin):
    """What editors decided on speeches and themes, who and when."""

    list_display = ("theme", "speech", "decision", "history_date", "history_user", "history_type")
    list_filter = ("history_type", "history_date")
    search_fields = ("=speech__id",)
    list_select_related = ("theme", "speech", "history_user")
