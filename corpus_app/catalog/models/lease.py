"""What one process among those of several hosts may do alone, for a time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lease(models.Model):
    """A thing that one holder does until the time is over, unless it asks for more.

    The token grows with each holder: who comes back after its time knows by it that it is late.
    """

    name = models.CharField(_("名称"), max_length=100, unique=True)
    # The data folder, and so the host, that the holder works in.
    host = models.CharField(_("主机"), max_length=100)
    token = models.BigIntegerField(_("令牌"), default=0)
    expires_at = models.DateTimeField(_("到期时间"))

    class Meta:
        verbose_name = _("租约")
        verbose_name_plural = _("租约")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.token})"
