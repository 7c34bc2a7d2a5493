"""Tokens by which programs say for whom they ask."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A user's token; only its digest is kept, so that a copy of the database opens nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("用户"),
        on_delete=models.CASCADE,
        related_name="api_tokens",
    )
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(_("摘要值"), max_length=64, unique=True, editable=False)
    # The first signs, by which its owner knows it again.
    start = models.CharField(_("开头"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    # To the day: a write for each request would be too dear.
    used_on = models.DateField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.start}… {self.name}"
