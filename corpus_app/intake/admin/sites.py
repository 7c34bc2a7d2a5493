"""Sites in the administration: to be looked at, for services and pages write them."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.models import HeadDispute, ProfileApplication, SitePage, SiteProfile


@admin.register(SitePage)
class SitePageAdmin(ReadOnlyAdmin):
    """The lines at the edges of received files, by which a site's own are known."""

    list_display = ("sha256", "site", "group")
    list_filter = ("group",)
    search_fields = ("site", "sha256", "group")
    show_full_result_count = False


@admin.register(SiteProfile)
class SiteProfileAdmin(ReadOnlyAdmin):
    """How sites' pages look, as editors say."""

    list_display = ("site", "state", "made_by", "made_at", "approved_by", "approved_at")
    list_filter = ("state",)
    search_fields = ("site",)
    list_select_related = ("made_by", "approved_by")


@admin.register(ProfileApplication)
class ProfileApplicationAdmin(ReadOnlyAdmin):
    """What each profile did to each speech."""

    list_display = ("profile", "speech", "outcome", "note", "made_at")
    list_filter = ("outcome", "made_at")
    search_fields = ("profile__site", "speech__title")
    list_select_related = ("profile", "speech")


@admin.register(HeadDispute)
class HeadDisputeAdmin(ReadOnlyAdmin):
    """Published heads that their files, read again, contradict."""

    list_display = ("speech", "fields", "found_at")
    list_filter = ("found_at",)
    search_fields = ("speech__title",)
    list_select_related = ("speech",)
