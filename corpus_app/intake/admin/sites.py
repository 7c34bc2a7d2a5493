"""Sites in the administration: to be looked at, for services and pages write them."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.models import SiteProfile


@admin.register(SiteProfile)
class SiteProfileAdmin(ReadOnlyAdmin):
    """How sites' pages look, as editors say."""

    list_display = ("site", "state", "made_by", "made_at", "approved_by", "approved_at")
    list_filter = ("state",)
    search_fields = ("site",)
    list_select_related = ("made_by", "approved_by")
