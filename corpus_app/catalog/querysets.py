"""Reads on speeches that views and services share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

if TYPE_CHECKING:
    from corpus_app.catalog.models import Speech  # noqa: F401  (named in the generic below)

EDIT_PERMISSION = "catalog.change_speech"


class SpeechQuerySet(models.QuerySet["Speech"]):
    """Speeches, by who may see them and with what a page shows of them."""

    def published(self) -> SpeechQuerySet:
        """Keep the speeches that everyone may see."""
        return self.filter(status="published")

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> SpeechQuerySet:
        """Keep what the user may see: editors see drafts too, others published speeches."""
        if user.has_perm(EDIT_PERMISSION):  # type: ignore[union-attr]
            return self
        return self.published()

    def with_parties(self) -> SpeechQuerySet:
        """Fetch speaker, organisation and source along, so that lists need one query."""
        return self.select_related("speaker", "organisation", "source")
