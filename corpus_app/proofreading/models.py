"""What a user has kept of 校稿 on purpose; all else of a draft is gone with its page."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Longer words come once; to keep them would be to keep the draft.
LONGEST_DISMISSED: Final = 200


class SavedDraft(models.Model):
    """Somebody's draft with what they decided on it: theirs alone, in no page of anybody else.

    decisions are those of `decisions.Decision`; file is the .docx it was read from, if small.
    No backup and no export has it (operations/backups/snapshot.py).
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("所有者"),
        on_delete=models.CASCADE,
        related_name="saved_drafts",
    )
    name = models.CharField(_("名称"), max_length=100)
    text = models.TextField(_("文字"))
    day = models.CharField(_("讲话日期"), max_length=10, blank=True)
    place = models.CharField(_("所属地方"), max_length=40, blank=True)
    decisions = models.JSONField(_("采纳与忽略"), default=list, blank=True)
    file = models.BinaryField(_("文件"), null=True, blank=True)
    # Of all of it, in bytes: what a user may keep is bounded.
    size = models.PositiveIntegerField(_("大小"), default=0)
    saved_at = models.DateTimeField(_("保存时间"), auto_now=True)

    class Meta:
        verbose_name = _("保存的稿件")
        verbose_name_plural = _("保存的稿件")
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        # Where rows are listed by their names, no word of a draft is told.
        return f"{self._meta.verbose_name} {self.pk}"


class DismissedFinding(models.Model):
    """Words that a user wants to hear no more of, by the check's kind and its suggestion."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("所有者"),
        on_delete=models.CASCADE,
        related_name="dismissed_findings",
    )
    kind = models.CharField(_("类别"), max_length=20)
    text = models.CharField(_("文字"), max_length=LONGEST_DISMISSED)
    suggestion = models.CharField(_("建议"), max_length=LONGEST_DISMISSED, null=True, blank=True)
    dismissed_at = models.DateTimeField(_("忽略时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("不再提示")
        verbose_name_plural = _("不再提示")
        ordering = ["-dismissed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
