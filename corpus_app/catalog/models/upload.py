"""The bytes as they came, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """One received file; its bytes lie in the uploads folder under their sha256."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    # Indexed, for each import asks whether its file name is known.
    name = models.CharField(_("文件名"), max_length=255, db_index=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    format = models.CharField(_("格式"), max_length=20)
    encoding = models.CharField(_("编码"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("接收时间"), auto_now_add=True)
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Set where the bytes brought no new text: the speech that already has it.
    copy_of = models.ForeignKey(
        "catalog.Speech",
        verbose_name=_("同文讲话"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="copies",
    )

    class Meta:
        verbose_name = _("原始文件")
        verbose_name_plural = _("原始文件")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name
