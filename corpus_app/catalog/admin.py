"""The administration of what is kept; what was received or parsed is read-only here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import (
    Organisation,
    Revision,
    Source,
    Speaker,
    Speech,
    Upload,
)
from corpus_app.text.folding import fold_name


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only a service writes: to be looked at, not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes by hand."""
        return False


@admin.register(Speaker, Organisation, Source)
class PartyAdmin(admin.ModelAdmin):
    """Names that speeches share, with how many do."""

    list_display = ("name", "count_speeches")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Count the speeches along."""
        return super().get_queryset(request).annotate(speech_count=Count("speech"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a name in all its writings: 王小明 finds 王·小明 too."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        wanted = fold_name(search_term)
        rows = self.model._default_manager.values_list("pk", "name") if wanted else ()
        alike = [pk for pk, name in rows if wanted in fold_name(name)]
        return found | queryset.filter(pk__in=alike), repeats

    @admin.display(description=_("讲话篇数"), ordering="speech_count")
    def count_speeches(self, party: Any) -> int:
        """Return how many speeches bear the name."""
        return int(party.speech_count)


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Received files; their bytes never change."""

    list_display = ("name", "format", "encoding", "size", "received_at", "received_from", "copy_of")
    list_filter = ("format", "encoding", "received_at")
    search_fields = ("name", "sha256")
    list_select_related = ("received_from", "copy_of")
    date_hierarchy = "received_at"


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """States of texts; a new one is made by importing, never by hand."""

    list_display = ("speech", "number", "upload", "reason", "created_at", "created_by")
    list_filter = ("created_at",)
    search_fields = ("speech__title", "upload__name", "reason")
    list_select_related = ("speech", "upload", "created_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the long texts out of lists."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name and match.url_name.endswith("_changelist"):
            return rows.defer("raw", "text", "removed", "suspects", "notices", "metadata")
        return rows


@admin.register(Speech.history.model)
class SpeechHistoryAdmin(ReadOnlyAdmin):
    """What a speech's values were, who changed them and when."""

    list_display = ("title", "status", "history_date", "history_user", "history_type")
    list_filter = ("history_type", "history_date")
    search_fields = ("title", "=id")
    list_select_related = ("history_user",)

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Name the scheme of bare web addresses, as Django 5 asks."""
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)
