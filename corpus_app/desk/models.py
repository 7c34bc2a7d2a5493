"""Baskets of passages, and the journal by which a change is undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.desk.shortcodes import encode_place


class Basket(models.Model):
    """A named, ordered collection of passages that belongs to one user."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("所有者"),
        on_delete=models.CASCADE,
        related_name="baskets",
    )
    name = models.CharField(_("名称"), max_length=100)
    # Whoever is logged in and has the link may read; null while it is not shared.
    token = models.CharField(_("共享码"), max_length=40, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    # Deleting hides, so that it can be undone.
    deleted_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("摘编")
        verbose_name_plural = _("摘编")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("basket", args=[self.pk])


class Entry(models.Model):
    """A passage or a heading in a basket; what was gathered stays as it was read."""

    class Kind(models.TextChoices):
        PASSAGE = "passage", _("段落")
        HEADING = "heading", _("标题")

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.PASSAGE)
    position = models.PositiveIntegerField(_("次序"))
    # Of a heading: 1 for 一、, 2 for （一）, 3 for 1.
    level = models.PositiveSmallIntegerField(_("层级"), default=1)
    words = models.TextField(_("文字"))
    note = models.TextField(_("批注"), blank=True)
    # A speech that is deleted takes its revisions along; the words and their source stay.
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section_key = models.CharField(_("章节号"), max_length=40, blank=True)
    start = models.PositiveIntegerField(_("起"), default=0)
    end = models.PositiveIntegerField(_("止"), default=0)
    path = models.JSONField(_("所在章节"), default=list, blank=True)
    notices = models.JSONField(_("提示"), default=list, blank=True)
    # The CSL item as it was when gathered; used where the speech is gone.
    item = models.JSONField(_("文献信息"), default=dict, blank=True)
    added_at = models.DateTimeField(_("加入时间"), auto_now_add=True)
    removed = models.BooleanField(_("已移除"), default=False)

    class Meta:
        verbose_name = _("摘编条目")
        verbose_name_plural = _("摘编条目")
        ordering = ["basket", "position", "pk"]
        indexes = [models.Index(fields=["basket", "removed", "position"], name="entries_in_order")]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def speech(self) -> Speech | None:
        """Return the speech the passage stands in, None where it was deleted."""
        return self.revision.speech if self.revision else None

    @property
    def code(self) -> str:
        """Return the short code of the passage, "" where its speech was deleted."""
        return encode_place(self.revision_id, self.start, self.end) if self.revision_id else ""


class Change(models.Model):
    """What a basket was like before a change: the value of each field that can change."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="changes")
    label = models.CharField(_("操作"), max_length=100)
    # {"name": …, "entries": [{"id", "position", "words", "note", "level", "removed"}, …]}
    before = models.JSONField(_("此前状态"))
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("摘编操作")
        verbose_name_plural = _("摘编操作")
        ordering = ["basket", "-pk"]

    def __str__(self) -> str:
        return self.label
