"""Doubts in the administration: to be looked at, for a service weighs them."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.doubts.records import Doubt, DoubtReason


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    """How doubtful each speech is."""

    list_display = ("speech", "score", "weighed_at", "looked_at", "looked_by")
    list_filter = ("looked_at",)
    search_fields = ("speech__title",)
    list_select_related = ("speech", "looked_by")


@admin.register(DoubtReason)
class DoubtReasonAdmin(ReadOnlyAdmin):
    """The single reasons."""

    list_display = ("doubt", "code", "weight", "other")
    list_filter = ("code",)
    search_fields = ("code", "doubt__speech__title")
    list_select_related = ("doubt", "other")
