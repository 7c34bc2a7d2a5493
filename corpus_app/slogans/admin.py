"""The administration of variants; slogans stand in intake.admin."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.slogans.models import SloganVariant


@admin.register(SloganVariant)
class SloganVariantAdmin(admin.ModelAdmin):
    """All variants in one list."""

    list_display = ("text", "slogan")
    search_fields = ("text", "slogan__text")
    list_select_related = ("slogan",)
    autocomplete_fields = ("slogan",)
