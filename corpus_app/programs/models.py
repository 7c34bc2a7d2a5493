"""What was offered to harvesters, and since when it is as it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestRecord(models.Model):
    """A speech as harvesters are told of it; its row stays when the speech is gone.

    No foreign key: the speech may be deleted, and that it was must be told for good.
    """

    speech_id = models.BigIntegerField(_("讲话编号"), unique=True)
    # When it was seen to be as it is, to the second: what harvesters ask by.
    stamp = models.DateTimeField(_("时间"))
    deleted = models.BooleanField(_("已撤下"), default=False)
    # ",level,level:county," so that one condition finds a set.
    sets = models.TextField(_("所属集合"), blank=True, default="")
    # Of all that a record tells.
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("收割记录")
        verbose_name_plural = _("收割记录")
        ordering = ["stamp", "speech_id"]
        indexes = [models.Index(fields=["stamp", "speech_id"], name="harvest_order")]

    def __str__(self) -> str:
        return f"{self.speech_id}"


class HarvestPosition(models.Model):
    """How far the records have followed what is stored; one row."""

    # Of the corpus, as catalog.kept reads it.
    version = models.BigIntegerField(_("语料版本"))
    # In the log of changes.
    number = models.BigIntegerField(_("序号"), default=0)
    # All that changed before is in the records.
    moment = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("收割进度")
        verbose_name_plural = _("收割进度")

    def __str__(self) -> str:
        return f"{self.number}"
