"""Bulk changes in the administration: to be looked at, for a service writes them."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.review.models import BulkChange


@admin.register(BulkChange)
class BulkChangeAdmin(ReadOnlyAdmin):
    """Who changed many speeches at once, when."""

    list_display = ("pk", "state", "made_by", "made_at", "applied_at", "undone_at")
    list_filter = ("state",)
    search_fields = ("made_by__username", "items__title")
    list_select_related = ("made_by",)
