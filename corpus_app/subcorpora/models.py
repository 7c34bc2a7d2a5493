"""A subcorpus: its owner's name for a search, or for speeches picked by hand."""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# No letters or figures that are taken for each other when read from paper.
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_TOKEN_CHARS: Final = 12


def make_token() -> str:
    """Return a new word that nobody guesses: 12 characters, 59 bits."""
    return "".join(secrets.choice(_ALPHABET) for _at in range(_TOKEN_CHARS))


class Subcorpus(models.Model):
    """A part of the corpus; whoever knows its token may ask in it and see its name.

    asked is a search's query string (text and facets), "" where speeches are picked by hand:
    then picked has their ids. What a subcorpus holds never changes under one token: a figure
    that was cited with it stays what it was counted in.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("所有者"),
        on_delete=models.CASCADE,
        related_name="subcorpora",
    )
    name = models.CharField(_("名称"), max_length=60)
    note = models.TextField(_("说明"), blank=True, max_length=2000)
    token = models.CharField(_("代号"), max_length=20, unique=True, default=make_token)
    asked = models.TextField(_("检索条件"), blank=True)
    picked = models.JSONField(_("手选讲话"), default=list, blank=True)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("子语料库")
        verbose_name_plural = _("子语料库")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("subcorpus", args=[self.token])

    @property
    def is_picked(self) -> bool:
        """Tell whether its speeches were picked by hand."""
        return not self.asked
