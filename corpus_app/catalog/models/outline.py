"""The outline of a revision and the places where its source hides text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models.speech import Revision


class Section(models.Model):
    """A node of the outline; revision.text[start:end] covers heading, body and children."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("导语")
        SECTION = "section", _("部分")
        SUBSECTION = "subsection", _("小节")
        POINT = "point", _("要点")
        CLOSING = "closing", _("结语")

    revision = models.ForeignKey(
        Revision, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="sections"
    )
    # The contract's section id, such as "1.2"; stable for the same text.
    key = models.CharField(_("章节号"), max_length=40)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级章节"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="children",
    )
    position = models.PositiveIntegerField(_("次序"))
    depth = models.PositiveSmallIntegerField(_("层级"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    marker = models.CharField(_("序号"), max_length=20, blank=True)
    # Null for an unnamed section, whose heading is lost in a gap.
    ordinal = models.PositiveIntegerField(_("序数"), null=True, blank=True)
    heading = models.TextField(_("标题"), blank=True)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))

    class Meta:
        verbose_name = _("章节")
        verbose_name_plural = _("章节")
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "key"], name="one_section_per_key"),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="section_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.marker}{self.heading}" or self.get_kind_display()


class Gap(models.Model):
    """A place in the revision's text where the source hides or drops words."""

    class Kind(models.TextChoices):
        PAYWALL = "paywall", _("付费遮挡")
        HIDDEN = "hidden", _("内容隐藏")
        TRUNCATED = "truncated", _("结尾截断")

    revision = models.ForeignKey(
        Revision, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="gaps"
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    offset = models.PositiveIntegerField(_("位置"))
    hidden_chars = models.PositiveIntegerField(_("缺失字数"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("缺失")
        verbose_name_plural = _("缺失")
        ordering = ["revision", "offset"]

    def __str__(self) -> str:
        return self.note or self.get_kind_display()
