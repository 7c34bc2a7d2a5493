"""What editors changed on many speeches at once, kept so that it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Speech


class BulkChange(models.Model):
    """One change of many speeches: first prepared and shown, then applied, then maybe undone."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("待确认")
        APPLYING = "applying", _("进行中")
        APPLIED = "applied", _("已完成")
        UNDOING = "undoing", _("撤销中")
        UNDONE = "undone", _("已撤销")

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PREPARED)
    # What was asked for, as the form gave it: {"status": …, "fields": {…}, "themes": {…}}, or
    # {"table": {…}} where each speech has values of its own (AskedChange).
    asked = models.JSONField(_("内容"), default=dict)
    # Worked on by the worker; else by the requests of whoever looks at its page.
    in_background = models.BooleanField(_("后台处理"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    applied_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("批量改动")
        verbose_name_plural = _("批量改动")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("bulk_change", args=[self.pk])


class BulkItem(models.Model):
    """What a bulk change does to one speech: values by name, before and after."""

    class State(models.TextChoices):
        # Nothing to change here: it is so already.
        SAME = "same", _("没有变化")
        WAITING = "waiting", _("将改动")
        DONE = "done", _("已改动")
        # Somebody changed the values after they had been shown.
        REFUSED = "refused", _("未改动")
        UNDONE = "undone", _("已恢复")
        PARTLY = "partly", _("部分恢复")
        KEPT = "kept", _("未恢复")
        # Of a table: a row that is of no speech, or of nobody knows which.
        UNMATCHED = "unmatched", _("未对应")
        # Of a table: all that it would change was set by people.
        SPARED = "spared", _("人工所定，不改")

    change = models.ForeignKey(
        BulkChange, verbose_name=_("批量改动"), on_delete=models.CASCADE, related_name="items"
    )
    speech = models.ForeignKey(
        Speech,
        verbose_name=_("讲话"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="bulk_items",
    )
    # Still told when the speech is gone.
    title = models.CharField(_("标题"), max_length=300)
    before = models.JSONField(_("改动前"), default=dict)
    after = models.JSONField(_("改动后"), default=dict)
    state = models.CharField(_("结果"), max_length=10, choices=State, default=State.WAITING)
    # Names of the values that stood in the way, and what they were then.
    found = models.JSONField(_("另有改动"), default=dict)
    # Of a table: the line; by what the speech was found; what of the row cannot be used, in words.
    line = models.PositiveIntegerField(_("行"), null=True, blank=True)
    matched_by = models.CharField(_("对应依据"), max_length=20, blank=True)
    faults = models.JSONField(_("未采用"), default=list)
    # Of a table: {field: [before, after]} of values that a person set, left alone unless asked.
    spared = models.JSONField(_("人工所定"), default=dict)
    # Of a table: what was noted of the setters before, {"revision": id, "entries": {field: …}}.
    setters = models.JSONField(_("原设定"), default=dict)

    class Meta:
        verbose_name = _("批量改动明细")
        verbose_name_plural = _("批量改动明细")
        ordering = ["change", "pk"]
        indexes = [models.Index(fields=["change", "state"], name="bulk_items_by_state")]

    def __str__(self) -> str:
        return f"{self.change_id} · {self.title}"
