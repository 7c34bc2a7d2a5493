"""Changes of the registry: what was asked, what it does to the corpus, and the way back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RegistryChanges(models.QuerySet["RegistryChange"]):
    """Reads of changes."""

    def in_work(self) -> RegistryChanges:
        """Return the saved and undone changes by which the corpus is still being tagged."""
        states = (RegistryChange.State.APPLYING, RegistryChange.State.UNDOING)
        return self.filter(state__in=states)

    def unsaved(self) -> RegistryChanges:
        """Return the changes that are only looked at."""
        states = (RegistryChange.State.MEASURING, RegistryChange.State.PREPARED)
        return self.filter(state__in=states)


class RegistryChange(models.Model):
    """One change of themes or slogans: measured and shown, then saved, then maybe undone."""

    class State(models.TextChoices):
        MEASURING = "measuring", _("统计中")
        PREPARED = "prepared", _("待保存")
        APPLYING = "applying", _("已保存，正在标注")
        APPLIED = "applied", _("已完成")
        UNDOING = "undoing", _("已撤销，正在恢复标注")
        UNDONE = "undone", _("已撤销")

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.MEASURING)
    # The act with its values, as planning.Asked reads it.
    asked = models.JSONField(_("内容"), default=dict)
    # What it is about, in words: 主题“代表履职”.
    title = models.CharField(_("对象"), max_length=200)
    # Rows of the registry by table and id ("term:17"), before and after (rows.py).
    before = models.JSONField(_("改动前"), default=dict)
    after = models.JSONField(_("改动后"), default=dict)
    # The state of the whole registry that before was read from.
    digest = models.CharField(_("登记状态"), max_length=64)
    # Speeches whose text or title has none of these words keep their tags and mentions, save
    # those named: people decided on a theme of the change there.
    words = models.JSONField(_("涉及的词语"), default=list)
    speeches = models.JSONField(_("涉及的讲话"), default=list)
    # The last revision that was looked at, of how many, and how many had one of the words.
    cursor = models.PositiveBigIntegerField(_("进度"), default=0)
    seen = models.PositiveIntegerField(_("已查篇数"), default=0)
    touched = models.PositiveIntegerField(_("涉及篇数"), default=0)
    total = models.PositiveIntegerField(_("全部篇数"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    saved_at = models.DateTimeField(_("保存时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    objects = RegistryChanges.as_manager()

    class Meta:
        verbose_name = _("主题与提法改动")
        verbose_name_plural = _("主题与提法改动")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("registry_change", args=[self.pk])


class RegistryEffect(models.Model):
    """What a change does to one section and theme, or at one place of a slogan."""

    class Kind(models.TextChoices):
        GAINED = "gained", _("新增")
        LOST = "lost", _("失去")
        # Mentioned or carried otherwise, or by other evidence: it counts the same.
        OTHER = "other", _("其他变化")

    change = models.ForeignKey(
        RegistryChange, verbose_name=_("改动"), on_delete=models.CASCADE, related_name="effects"
    )
    kind = models.CharField(_("变化"), max_length=6, choices=Kind)
    # The theme or slogan, "theme:5"; its name as it would be.
    subject = models.CharField(_("对象"), max_length=30)
    name = models.CharField(_("名称"), max_length=200)
    # Plain numbers: effects outlive what they are about.
    speech_id = models.PositiveBigIntegerField(_("讲话"), db_index=True)
    section_id = models.PositiveBigIntegerField(_("章节"), null=True)
    section_key = models.CharField(_("章节号"), max_length=40, blank=True)
    # The bearings of a tag before and after, "" for none.
    before = models.CharField(_("改动前"), max_length=8, blank=True)
    after = models.CharField(_("改动后"), max_length=8, blank=True)
    # The words with those before and behind them.
    excerpt = models.JSONField(_("摘录"), default=list)

    class Meta:
        verbose_name = _("改动的影响")
        verbose_name_plural = _("改动的影响")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["change", "kind", "subject"], name="effects_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} · {self.subject} · {self.kind}"
