"""Texts of one speech: copies, digests, notes on it, and what editors decided about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models.speech import Speech
from corpus_app.catalog.querysets import KinshipQuerySet


class Kinship(models.Model):
    """Two speeches that share text, the one with the smaller id first."""

    class Kind(models.TextChoices):
        NEAR = "near", _("基本相同")
        # One holds most of the other: a digest, or a copy of which a part is hidden.
        PART = "part", _("全文与节本")
        # One quotes the other at length: study notes, a report in the press.
        QUOTES = "quotes", _("大段引用")

    class Decision(models.TextChoices):
        OPEN = "open", _("待处理")
        BOTH = "both", _("都保留")
        FULLER = "fuller", _("只留较全的一篇")
        UNRELATED = "unrelated", _("并非同源")

    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="kin_after"
    )
    other = models.ForeignKey(
        Speech, verbose_name=_("另一篇"), on_delete=models.CASCADE, related_name="kin_before"
    )
    kind = models.CharField(_("关系"), max_length=10, choices=Kind)
    # How much of each text stands in the other, 0.0 to 1.0.
    share = models.FloatField(_("见于另一篇的比例"))
    other_share = models.FloatField(_("另一篇见于本篇的比例"))
    # Characters in common over both, 0.0 to 1.0; 0 where only quotations were compared.
    likeness = models.FloatField(_("相似度"), default=0.0)
    same_event = models.BooleanField(_("同一日期或场合"), default=False)
    decision = models.CharField(
        _("处理"), max_length=10, choices=Decision, default=Decision.OPEN, db_index=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("处理人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    found_at = models.DateTimeField(_("发现时间"), auto_now_add=True)

    objects = KinshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("同源关系")
        verbose_name_plural = _("同源关系")
        ordering = ["speech", "other"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "other"], name="one_kinship_per_pair"),
            models.CheckConstraint(
                condition=models.Q(speech__lt=models.F("other")), name="kinship_smaller_id_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speech_id} – {self.other_id} {self.kind}"
