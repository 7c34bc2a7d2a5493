"""The administration: batches and their files can be read; the services write them."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.batches.models import Batch, Rereading
from corpus_app.catalog.admin import ReadOnlyAdmin


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    """What came together."""

    list_display = ("title", "origin", "state", "created_by", "created_at", "finished_at")
    list_filter = ("state", "origin", "created_at")
    search_fields = ("name", "created_by__username", "message")
    list_select_related = ("created_by",)


@admin.register(Rereading)
class RereadingAdmin(ReadOnlyAdmin):
    """Stored originals read again together."""

    list_display = ("title", "state", "created_by", "created_at", "finished_at")
    list_filter = ("state", "created_at")
    search_fields = ("name", "created_by__username")
    list_select_related = ("created_by",)
