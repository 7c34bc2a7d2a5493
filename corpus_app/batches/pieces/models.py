"""What is known of a file that comes in pieces."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PieceUpload(models.Model):
    """A file that comes in pieces: whose it is, and how much of it is here for good.

    With a batch it joins that once it is whole; without one it waits for the form that names it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    batch = models.ForeignKey(
        "batches.Batch",
        verbose_name=_("批次"),
        null=True,
        on_delete=models.CASCADE,
        related_name="piece_uploads",
    )
    # As its sender names it; size and time of change tell whether a file chosen later is the same.
    path = models.TextField(_("路径"))
    size = models.PositiveBigIntegerField(_("字节数"))
    modified = models.BigIntegerField(_("文件修改时间"), null=True)
    # What lies on disk may be more, where a piece was broken off: that counts for nothing.
    received = models.PositiveBigIntegerField(_("已收字节数"), default=0)
    # Known once all is here; from then on it is only to be put in its place.
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    file = models.ForeignKey(
        "batches.BatchFile",
        verbose_name=_("批次文件"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_settled = models.BooleanField(_("已收下"), default=False)
    begun_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    expires_at = models.DateTimeField(_("保留到"), db_index=True)
    # Its pieces are gone; the row stays a while to tell its owner.
    is_expired = models.BooleanField(_("已过期"), default=False)

    class Meta:
        verbose_name = _("分片上传")
        verbose_name_plural = _("分片上传")
        ordering = ["begun_at"]

    def __str__(self) -> str:
        return self.path

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self.received == self.size
