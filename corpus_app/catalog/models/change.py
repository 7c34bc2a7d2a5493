"""The log of changes that indexes follow."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpeechChange(models.Model):
    """A change of a speech, written in the transaction of the change.

    Its number is given once that transaction stands (catalog.changes), so that numbers come in
    the order in which they can be read. No foreign key: the speech may be deleted.
    """

    speech_id = models.BigIntegerField(_("讲话编号"))
    number = models.BigIntegerField(_("序号"), null=True, unique=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("讲话改动")
        verbose_name_plural = _("讲话改动")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.number or '?'}: {self.speech_id}"
