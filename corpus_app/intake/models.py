"""What the desk remembers of each text, to recognise it when it comes again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Speech
from corpus_app.intake.doubts.records import Doubt, DoubtReason
from corpus_app.intake.kinship.records import Joining, SketchValue
from corpus_app.intake.removal.records import RemovalRule, RuleApplication

__all__ = [
    "Doubt",
    "DoubtReason",
    "Joining",
    "PendingIndexing",
    "RemovalRule",
    "RuleApplication",
    "SignatureBand",
    "SketchValue",
    "TextSignature",
]


class TextSignature(models.Model):
    """The fingerprint of a speech's current text: exact (sha) and by likeness (minhash)."""

    speech = models.OneToOneField(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="signature"
    )
    # Over all but white space.
    text_sha = models.CharField(_("正文指纹"), max_length=64, db_index=True)
    length = models.PositiveIntegerField(_("字数"))
    minhash = models.BinaryField(_("相似指纹"))

    class Meta:
        verbose_name = _("正文指纹")
        verbose_name_plural = _("正文指纹")

    def __str__(self) -> str:
        return f"{self.speech_id} {self.text_sha[:12]}"


class SignatureBand(models.Model):
    """A slice of a minhash; texts that share one may be alike, all others are not read."""

    signature = models.ForeignKey(
        TextSignature, verbose_name=_("正文指纹"), on_delete=models.CASCADE, related_name="bands"
    )
    band = models.PositiveSmallIntegerField(_("段"))
    value = models.BigIntegerField(_("值"))

    class Meta:
        verbose_name = _("指纹分段")
        verbose_name_plural = _("指纹分段")
        indexes = [models.Index(fields=["band", "value"], name="alike_by_band")]

    def __str__(self) -> str:
        return f"{self.signature_id}/{self.band}"


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
