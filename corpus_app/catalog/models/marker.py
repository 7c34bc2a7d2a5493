"""Named notes about what is stored, such as which registry was loaded last."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Marker(models.Model):
    """A named note, such as which registry or sample corpus was loaded last."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    value = models.JSONField(_("内容"), default=dict)
    changed_at = models.DateTimeField(_("时间"), auto_now=True)

    class Meta:
        verbose_name = _("状态标记")
        verbose_name_plural = _("状态标记")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def read_marker(name: str) -> Any:
    """Return the marker's value, or None where it was never set."""
    return Marker.objects.filter(name=name).values_list("value", flat=True).first()


def set_marker(name: str, value: Any) -> None:
    """Remember value (anything JSON can hold) under name."""
    Marker.objects.update_or_create(name=name, defaults={"value": value})
