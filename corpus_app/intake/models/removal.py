"""A rule by which words are always taken out, and what it did to which speech."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.text.chars import shorten

NAMED_CHARS = 24


class RemovalRule(models.Model):
    """Words that an editor wants taken out wherever the rule's scope reaches."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已生效")
        RETIRED = "retired", _("已停用")

    class Kind(models.TextChoices):
        EDITOR = "editor", _("人工剔除")
        WATERMARK = "watermark", _("水印")
        ADVERT = "advert", _("广告")
        SITE = "site", _("网站名称与栏目")
        SHARE = "share", _("分享与工具")
        DISCLAIMER = "disclaimer", _("免责声明")
        COPYRIGHT = "copyright", _("版权说明")
        EDITOR_NOTE = "editor_note", _("编辑署名")
        PAYWALL = "paywall", _("付费提示（留缺失标记）")
        HIDDEN = "hidden", _("隐藏提示（留缺失标记）")

    text = models.TextField(_("剔除的文字"))
    kind = models.CharField(_("剔除为"), max_length=20, choices=Kind, default=Kind.EDITOR)
    whole_line = models.BooleanField(_("仅在单独成行时剔除"), default=False)
    # Blank stands for any.
    source = models.CharField(_("限来源"), max_length=200, blank=True)
    organisation = models.CharField(_("限单位"), max_length=200, blank=True)
    file_name = models.CharField(_("限文件名"), max_length=200, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.PROPOSED, db_index=True
    )
    example = models.ForeignKey(
        Speech,
        verbose_name=_("出自讲话"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提出人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("批准人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("停用人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("剔除规则")
        verbose_name_plural = _("剔除规则")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return shorten(self.text, NAMED_CHARS)

    def get_absolute_url(self) -> str:
        return reverse("rule", args=[self.pk])


class RuleApplication(models.Model):
    """What a rule did to one speech: made a revision, could not, or was taken back."""

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("已剔除")
        SKIPPED = "skipped", _("未处理")
        UNDONE = "undone", _("已撤销")

    rule = models.ForeignKey(
        RemovalRule,
        verbose_name=_("剔除规则"),
        on_delete=models.CASCADE,
        related_name="applications",
    )
    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="+"
    )
    # The revision that came of it; of a skipped one the revision that was left as it is.
    revision = models.ForeignKey(
        Revision, verbose_name=_("版本"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)
    places = models.PositiveIntegerField(_("处数"), default=0)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("规则执行记录")
        verbose_name_plural = _("规则执行记录")
        ordering = ["rule", "-pk"]
        indexes = [models.Index(fields=["rule", "outcome"], name="application_by_outcome")]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.speech_id} {self.get_outcome_display()}"
