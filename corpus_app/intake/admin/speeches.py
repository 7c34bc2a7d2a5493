"""The administration of what the index must follow: speeches, themes, pins, slogans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.catalog.days import say_day
from corpus_app.catalog.fields import list_choices
from corpus_app.catalog.models import Speech
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.intake.indexing import index_now
from corpus_app.intake.quality.holding import list_holds
from corpus_app.intake.revisions import editing
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.themes.models import Theme, ThemePin, ThemeTerm
from corpus_app.themes.tagging import retag_all

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


class ThemeTermInline(admin.TabularInline):
    """The terms of one theme."""

    model = ThemeTerm
    extra = 1


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    """Themes with their terms; changed terms count once the speeches are tagged anew."""

    list_display = ("name", "slug", "parent", "order", "count_terms")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name", "slug", "description")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent", "related")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (ThemeTermInline,)
    actions = ("tag_anew",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        """Count the terms along."""
        return super().get_queryset(request).annotate(term_count=Count("terms"))

    @admin.display(description=_("主题词数"), ordering="term_count")
    def count_terms(self, theme: Any) -> int:
        """Return how many terms the theme has."""
        return int(theme.term_count)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the terms too, and say what makes them count."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            words = gettext("主题词已保存；执行“按现有主题词重新标注全部讲话”后生效。")
            messages.info(request, words)

    @admin.action(description=_("按现有主题词重新标注全部讲话"), permissions=["change"])
    def tag_anew(self, request: HttpRequest, queryset: QuerySet[Theme]) -> None:
        """Tag all speeches by the terms as they are now."""
        changed = retag_all()
        index_now(changed)
        message = gettext("已重新标注，%(count)d 篇有变化。") % {"count": len(changed)}
        messages.success(request, message)


@admin.register(ThemePin)
class ThemePinAdmin(admin.ModelAdmin):
    """Editors' decisions on speeches and themes."""

    list_display = ("theme", "speech", "section_key", "decision")
    list_filter = ("decision", "theme")
    search_fields = ("theme__name", "speech__title")
    list_select_related = ("theme", "speech")
    autocomplete_fields = ("theme",)
    raw_id_fields = ("speech",)

    def save_model(self, request: HttpRequest, obj: ThemePin, form: Any, change: bool) -> None:
        """Save the decision and tag the speech by it."""
        editing.save_pin(obj)

    def delete_model(self, request: HttpRequest, obj: ThemePin) -> None:
        """Take the decision back and tag the speech without it."""
        editing.delete_pin(obj)


class SloganVariantInline(admin.TabularInline):
    """The variants of one slogan."""

    model = SloganVariant
    extra = 1


@admin.register(Slogan)
class SloganAdmin(admin.ModelAdmin):
    """Slogans, registered and met; changes count once the texts are searched anew."""

    list_display = ("text", "kind", "registered", "sourced", "count_mentions")
    list_filter = ("kind", "registered", "sourced")
    search_fields = ("text", "variants__text", "standard", "source_document")
    inlines = (SloganVariantInline,)
    actions = ("register_chosen", "record_anew")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Slogan]:
        """Count the mentions along."""
        return super().get_queryset(request).annotate(mention_count=Count("mentions"))

    @admin.display(description=_("出现次数"), ordering="mention_count")
    def count_mentions(self, slogan: Any) -> int:
        """Return how often the slogan was met, drafts and old revisions counted too."""
        return int(slogan.mention_count)

    @admin.action(description=_("登记所选提法"), permissions=["change"])
    def register_chosen(self, request: HttpRequest, queryset: QuerySet[Slogan]) -> None:
        """Take the chosen slogans into the register."""
        count = Slogan.objects.filter(pk__in=queryset.values("pk")).update(registered=True)
        messages.success(request, gettext("已登记 %(count)d 条提法。") % {"count": count})

    @admin.action(description=_("在全部讲话中重新查找提法"), permissions=["change"])
    def record_anew(self, request: HttpRequest, queryset: QuerySet[Slogan]) -> None:
        """Look for all slogans in all speeches as they are now."""
        changed = record_all()
        index_now(changed)
        message = gettext("已重新查找，%(count)d 篇有变化。") % {"count": len(changed)}
        messages.success(request, message)
