"""What intake stores, in the administration: to be looked at, for services and pages write it."""

from __future__ import annotations

from django.contrib import admin

from corpus_app.catalog.admin import ReadOnlyAdmin
from corpus_app.intake.models import (
    Doubt,
    DoubtReason,
    Joining,
    PendingIndexing,
    RemovalRule,
    RuleApplication,
    SignatureBand,
    SketchValue,
    SplitPart,
    TextSignature,
)


@admin.register(TextSignature)
class TextSignatureAdmin(ReadOnlyAdmin):
    """Fingerprints by which texts are recognised."""

    list_display = ("speech", "text_sha", "length")
    search_fields = ("speech__title", "text_sha")
    list_select_related = ("speech",)


@admin.register(SignatureBand)
class SignatureBandAdmin(ReadOnlyAdmin):
    """Slices of the fingerprints."""

    list_display = ("signature", "band", "value")
    list_filter = ("band",)
    search_fields = ("=signature__text_sha",)
    list_select_related = ("signature",)


@admin.register(PendingIndexing)
class PendingIndexingAdmin(ReadOnlyAdmin):
    """Changes that the index has not followed yet; the worker sees to them."""

    list_display = ("speech_id", "created_at")
    search_fields = ("=speech_id",)


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    """How doubtful each speech is."""

    list_display = ("speech", "probability", "score", "weighed_at", "looked_at", "looked_by")
    list_filter = ("looked_at",)
    search_fields = ("speech__title",)
    list_select_related = ("speech", "looked_by")


@admin.register(DoubtReason)
class DoubtReasonAdmin(ReadOnlyAdmin):
    """The single reasons."""

    list_display = ("doubt", "code", "weight", "other")
    list_filter = ("code",)
    search_fields = ("code", "doubt__speech__title")
    list_select_related = ("doubt", "other")


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


@admin.register(RuleApplication)
class RuleApplicationAdmin(ReadOnlyAdmin):
    """What each rule did to each speech."""

    list_display = ("rule", "speech", "outcome", "places", "made_at")
    list_filter = ("outcome", "made_at")
    search_fields = ("rule__text", "speech__title")
    list_select_related = ("rule", "speech")
