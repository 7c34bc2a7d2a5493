"""Removal rules in the administration: to be looked at, for pages with a preview write them."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.removal.records import RemovalRule, RuleApplication


@admin.register(RemovalRule)
class RemovalRuleAdmin(ReadOnlyAdmin):
    """Rules by which words are always taken out."""

    list_display = ("__str__", "kind", "state", "made_by", "approved_by", "approved_at")
    list_filter = ("state", "kind")
    search_fields = ("text", "reason", "source", "organisation")
    list_select_related = ("made_by", "approved_by")


@admin.register(RuleApplication)
class RuleApplicationAdmin(ReadOnlyAdmin):
    """What each rule did to each speech."""

    list_display = ("rule", "speech", "outcome", "places", "made_at")
    list_filter = ("outcome", "made_at")
    search_fields = ("rule__text", "speech__title")
    list_select_related = ("rule", "speech")
