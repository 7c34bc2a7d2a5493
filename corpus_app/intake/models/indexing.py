"""What the index has not followed yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingIndexing(models.Model):
    """A change of a speech that the index has not followed yet.

    Written with the change and deleted once the index has it, so that a process that is killed
    between the two leaves word of what is missing. No foreign key: the speech may be deleted.
    """

    speech_id = models.BigIntegerField(_("讲话编号"))
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("待更新索引")
        verbose_name_plural = _("待更新索引")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.speech_id)
