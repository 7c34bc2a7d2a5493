"""What is stored to know a text again, find what quotes it, and part what was joined."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Revision, Speech


class TextSignature(models.Model):
    """The fingerprint of a speech's current text: exact (sha) and by likeness (minhash)."""

    speech = models.OneToOneField(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="signature"
    )
    # Over all but white space.
    text_sha = models.CharField(_("正文指纹"), max_length=64, db_index=True)
    length = models.PositiveIntegerField(_("字数"))
    minhash = models.BinaryField(_("相似指纹"))
    # The values of its sampled shingles, in five bytes each.
    sketch = models.BinaryField(_("取样片段"), default=b"")

    class Meta:
        verbose_name = _("正文指纹")
        verbose_name_plural = _("正文指纹")

    def __str__(self) -> str:
        return f"{self.speech_id} {self.text_sha[:12]}"


class FingerprintPart(models.Model):
    """A number that like texts share, and the signature of a text that has it.

    Kept in the order of the numbers, and nowhere else: what a signature has is told by itself.
    """

    signature = models.ForeignKey(
        TextSignature,
        verbose_name=_("正文指纹"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    value = models.BigIntegerField(_("值"))

    class Meta:
        abstract = True


class MinhashBand(FingerprintPart):
    """A slice of a minhash; texts that share one may be alike, all others are not read."""

    pk = models.CompositePrimaryKey("value", "band", "signature")
    band = models.PositiveSmallIntegerField(_("段"))

    class Meta:
        verbose_name = _("指纹分段")
        verbose_name_plural = _("指纹分段")

    def __str__(self) -> str:
        return f"{self.signature_id}/{self.band}"


class SampledShingle(FingerprintPart):
    """One sampled shingle of a text: a shared value says that words in a row are shared."""

    pk = models.CompositePrimaryKey("value", "signature")

    class Meta:
        verbose_name = _("取样片段")
        verbose_name_plural = _("取样片段")

    def __str__(self) -> str:
        return f"{self.signature_id}/{self.value}"


class Joining(models.Model):
    """Two speeches that became one, with what is needed to part them again."""

    class Kind(models.TextChoices):
        ABSORBED = "absorbed", _("并入")
        FILLED = "filled", _("合并补全")

    kind = models.CharField(_("方式"), max_length=10, choices=Kind)
    speech = models.ForeignKey(
        Speech, verbose_name=_("保留的讲话"), on_delete=models.CASCADE, related_name="joinings"
    )
    gone_id = models.PositiveBigIntegerField(_("并入的编号"))
    gone_title = models.CharField(_("并入的标题"), max_length=300)
    # {"fields": …, "status": …, "current": revision id, "revisions": {id: number}, "uploads",
    # "aliases", "pins"} of the speech that went, and under "kept" what the other one was.
    state = models.JSONField(_("原状"), default=dict)
    made = models.ForeignKey(
        Revision,
        verbose_name=_("合并所得版本"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    joined_at = models.DateTimeField(_("时间"), auto_now_add=True)
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    parted_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    parted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("合并记录")
        verbose_name_plural = _("合并记录")
        ordering = ["-joined_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.speech_id}"
