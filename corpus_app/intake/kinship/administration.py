"""Kinship in the administration: to be looked at, for services write it."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.kinship.records import Joining, SketchValue


@admin.register(SketchValue)
class SketchValueAdmin(ReadOnlyAdmin):
    """Sampled shingles by which quotations are found."""

    list_display = ("signature", "value")
    search_fields = ("=value", "signature__speech__title")
    list_select_related = ("signature",)
    show_full_result_count = False


@admin.register(Joining)
class JoiningAdmin(ReadOnlyAdmin):
    """Speeches that became one, and whether they were parted again."""

    list_display = ("gone_id", "gone_title", "speech", "kind", "joined_at", "parted_at")
    list_filter = ("kind", "joined_at")
    search_fields = ("gone_title", "speech__title", "=gone_id")
    list_select_related = ("speech",)
