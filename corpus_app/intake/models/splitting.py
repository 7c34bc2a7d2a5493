"""What is stored of a file of several speeches that was split."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Revision, Speech, Upload


class SplitPart(models.Model):
    """A stretch of a revision's raw text that became a file, and so a speech, of its own."""

    # Where the whole is merged into another speech, its parts are that one's.
    FOLLOWS_SPEECH = True

    whole = models.ForeignKey(
        Speech, verbose_name=_("原篇"), on_delete=models.CASCADE, related_name="split_parts"
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("所据版本"), on_delete=models.CASCADE, related_name="+"
    )
    # Places in the revision's raw text.
    start = models.PositiveIntegerField(_("原文起"))
    end = models.PositiveIntegerField(_("原文止"))
    # Its bytes are the stretch; the speech of the part is whichever this file belongs to.
    upload = models.ForeignKey(
        Upload, verbose_name=_("分篇文件"), on_delete=models.PROTECT, related_name="split_parts"
    )
    # False where the same bytes were there before: undoing leaves them.
    is_new = models.BooleanField(_("新收"), default=True)
    whole_status = models.CharField(_("原篇原状态"), max_length=10, choices=Speech.Status)
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("分篇")
        verbose_name_plural = _("分篇")
        ordering = ["whole", "start"]

    @property
    def first_char(self) -> int:
        """Return which character of the raw text is its first, counted from 1 as people do."""
        return self.start + 1

    def __str__(self) -> str:
        return f"{self.whole_id}[{self.start}:{self.end}]"
