"""The administration of variants and mentions; slogans are edited at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.admin import ReadOnlyAdmin, with_speech
from corpus_app.slogans.models import Mention, MentionRefusal, ParallelSentence, SloganVariant


@admin.register(SloganVariant)
class SloganVariantAdmin(admin.ModelAdmin):
    """All variants in one list."""

    list_display = ("text", "slogan")
    search_fields = ("text", "slogan__text")
    list_select_related = ("slogan",)
    autocomplete_fields = ("slogan",)


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    """Where slogans stand, as found."""

    list_display = ("slogan", "section", "start", "end", "show_speech")
    list_filter = ("slogan__kind", "slogan__registered")
    search_fields = ("slogan__text", "revision__speech__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch slogan, section and speech along."""
        return with_speech(super().get_queryset(request).select_related("slogan", "section"))

    @admin.display(description=_("讲话"))
    def show_speech(self, mention: Mention) -> str:
        """Return the speech's title."""
        return mention.revision.speech.title


@admin.register(ParallelSentence)
class ParallelSentenceAdmin(ReadOnlyAdmin):
    """Full parallel sentences, as found."""

    list_display = ("words", "member_count", "section", "show_speech")
    list_filter = ("member_count",)
    search_fields = ("words", "revision__speech__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch section and speech along."""
        return with_speech(super().get_queryset(request).select_related("section"))

    @admin.display(description=_("讲话"))
    def show_speech(self, sentence: ParallelSentence) -> str:
        """Return the speech's title."""
        return sentence.revision.speech.title


@admin.register(MentionRefusal)
class MentionRefusalAdmin(ReadOnlyAdmin):
    """Mentions that editors refused; they are decided on the slogan's page."""

    list_display = ("words", "start", "end", "refused_by", "refused_at", "show_speech")
    list_filter = ("refused_at", "refused_by")
    search_fields = ("words", "revision__speech__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch speech and editor along."""
        return with_speech(super().get_queryset(request).select_related("refused_by"))

    @admin.display(description=_("讲话"))
    def show_speech(self, refusal: MentionRefusal) -> str:
        """Return the speech's title."""
        return refusal.revision.speech.title
