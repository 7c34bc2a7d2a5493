"""The administration of what the index must follow: speeches, and decisions on their themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.catalog.days import say_day
from corpus_app.catalog.fields import list_choices
from corpus_app.catalog.models import Speech
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.intake.quality.holding import list_holds
from corpus_app.intake.revisions import editing
from corpus_app.themes.models import ThemePin

admin.site.site_header = admin.site.site_title = _("言库管理")


class CodeFilter(admin.AllValuesFieldListFilter):
    """A filter by level or genre that shows the words, not the codes."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield the choices with their words."""
        words = LEVELS | GENRES | {"": gettext("（未知）")}
        for choice in super().choices(changelist):
            display = choice["display"]
            yield choice | {"display": gettext(words[display]) if display in words else display}


@admin.register(Speech)
class SpeechAdmin(admin.ModelAdmin):
    """Speeches: metadata by hand, status by the actions, texts by importing."""

    list_display = ("title", "organisation", "show_date", "status", "completeness", "review")
    list_filter = (
        "status",
        "completeness",
        ("level", CodeFilter),
        ("genre", CodeFilter),
        "is_sample",
        "date_start",
    )
    search_fields = ("title", "subtitle", "organisation__name", "speaker__name", "occasion")
    list_select_related = ("organisation",)
    autocomplete_fields = ("speaker", "organisation", "source")
    readonly_fields = (
        "status",
        # Set on the review page, where the index is told.
        "access",
        "completeness",
        "is_sample",
        "current",
        "date_start",
        "date_end",
        "published_at",
        "created_at",
        "changed_at",
    )
    actions = ("publish_chosen", "withdraw_chosen")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A speech comes from a file, never from a blank form."""
        return False

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Offer the vocabulary for level and genre."""
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        codes = {"level": LEVELS, "genre": GENRES}.get(db_field.name)
        if codes is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ChoiceField(
            label=db_field.verbose_name, choices=list_choices(codes, ""), required=False
        )

    def save_model(self, request: HttpRequest, obj: Speech, form: Any, change: bool) -> None:
        """Save the corrections; the index follows."""
        editing.save_row(obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        """Ask for no right on revisions and sections: they are read-only, and go along."""
        deleted, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Speech) -> None:
        """Delete the speech; the index follows."""
        editing.delete(obj)

    @admin.display(description=_("日期"), ordering="date_start")
    def show_date(self, speech: Speech) -> str:
        """Return the best known date and what day it is."""
        return say_day(speech.date, speech.day.kind)

    @admin.display(description=_("校核"))
    def review(self, speech: Speech) -> SafeString:
        """Return a link to the review page."""
        url = reverse("review", args=[speech.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("校核"))

    @admin.action(description=_("发布所选讲话"), permissions=["change"])
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Speech]) -> None:
        """Publish the chosen speeches but those that only their review page may publish."""
        held = list_holds(speech.pk for speech in queryset)
        free = [speech for speech in queryset if speech.pk not in held]
        for speech in free:
            editing.publish(speech)
        if free:
            messages.success(request, gettext("已发布 %(count)d 篇。") % {"count": len(free)})
        if held:
            message = gettext("有 %(count)d 篇的疑点尚未核阅，没有发布；请到校核页核阅后再发布。")
            messages.warning(request, message % {"count": len(held)})

    @admin.action(description=_("撤回所选讲话"), permissions=["change"])
    def withdraw_chosen(self, request: HttpRequest, queryset: QuerySet[Speech]) -> None:
        """Withdraw the chosen speeches."""
        for speech in queryset:
            editing.withdraw(speech)
        messages.success(request, gettext("已撤回 %(count)d 篇。") % {"count": len(queryset)})


@admin.register(ThemePin)
class ThemePinAdmin(admin.ModelAdmin):
    """Editors' decisions on speeches and themes."""

    list_display = ("theme", "speech", "section_key", "decision")
    list_filter = ("decision", "theme")
    search_fields = ("theme__name", "speech__title")
    list_select_related = ("theme", "speech")
    raw_id_fields = ("speech",)

    def save_model(self, request: HttpRequest, obj: ThemePin, form: Any, change: bool) -> None:
        """Save the decision and tag the speech by it."""
        editing.save_pin(obj)

    def delete_model(self, request: HttpRequest, obj: ThemePin) -> None:
        """Take the decision back and tag the speech without it."""
        editing.delete_pin(obj)
