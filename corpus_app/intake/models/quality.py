"""What is stored of a speech's quality flags: the score, the reasons, and who has looked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Speech


class Doubt(models.Model):
    """How much a speech needs an editor's eye, 0 to 100, and how likely it is false somewhere."""

    speech = models.OneToOneField(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="doubt"
    )
    score = models.PositiveSmallIntegerField(_("疑点分"), db_index=True)
    # That something stated of the speech is false, 0 to 1; the queue goes by it.
    probability = models.FloatField(_("有误概率"), default=1.0, db_index=True)
    weighed_at = models.DateTimeField(_("评估时间"), auto_now=True)
    # Set by an editor who has seen the reasons; a new reason takes it back.
    looked_at = models.DateTimeField(_("看过时间"), null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("看过的人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("疑点")
        verbose_name_plural = _("疑点")
        ordering = ["-probability", "-score", "speech"]

    def __str__(self) -> str:
        return f"{self.speech_id} · {self.score}"


class DoubtReason(models.Model):
    """One reason to look, with what its message names; a row of its own, to filter by."""

    doubt = models.ForeignKey(
        Doubt, verbose_name=_("疑点"), on_delete=models.CASCADE, related_name="reasons"
    )
    code = models.CharField(_("代码"), max_length=30, db_index=True)
    weight = models.PositiveSmallIntegerField(_("权重"))
    details = models.JSONField(_("内容"), default=dict)
    # The speech that this one resembles, where that is the reason.
    other = models.ForeignKey(
        Speech,
        verbose_name=_("相近讲话"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("疑点理由")
        verbose_name_plural = _("疑点理由")
        ordering = ["doubt", "-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["doubt", "code"], name="one_reason_per_code"),
        ]

    def __str__(self) -> str:
        return f"{self.doubt_id} · {self.code}"
