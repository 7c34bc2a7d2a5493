"""The administration of what was decided on themes; themes have pages of our own (registry)."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.themes.models import ThemePin


@admin.register(ThemePin.history.model)
class ThemePinHistoryAdmin(ReadOnlyAdmin):
    """What editors decided on speeches and themes, who and when."""

    list_display = ("theme", "speech", "decision", "history_date", "history_user", "history_type")
    list_filter = ("history_type", "history_date")
    search_fields = ("=speech__id",)
    list_select_related = ("theme", "speech", "history_user")
