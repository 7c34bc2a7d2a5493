"""What people decided in intake, in the administration: to be looked at, for pages write it."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.models import Joining, RemovalRule, SplitPart


@admin.register(Joining)
class JoiningAdmin(ReadOnlyAdmin):
    """Speeches that became one, and whether they were parted again."""

    list_display = ("gone_id", "gone_title", "speech", "kind", "joined_at", "parted_at")
    list_filter = ("kind", "joined_at")
    search_fields = ("gone_title", "speech__title", "=gone_id")
    list_select_related = ("speech",)


@admin.register(SplitPart)
class SplitPartAdmin(ReadOnlyAdmin):
    """Files of several speeches that were split, and which stretch each part is."""

    list_display = ("whole", "start", "end", "upload", "made_at", "made_by")
    list_filter = ("made_at",)
    search_fields = ("whole__title", "upload__name")
    list_select_related = ("whole", "upload", "made_by")


@admin.register(RemovalRule)
class RemovalRuleAdmin(ReadOnlyAdmin):
    """Rules by which words are always taken out."""

    list_display = ("__str__", "kind", "state", "made_by", "approved_by", "approved_at")
    list_filter = ("state", "kind")
    search_fields = ("text", "reason", "source", "organisation")
    list_select_related = ("made_by", "approved_by")
