"""Set expressions and the places where they stand."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Revision, Section


class Slogan(models.Model):
    """A set expression: counted 四个机关, quoted 最大公约数, parallel 民有所呼、我有所应."""

    class Kind(models.TextChoices):
        COUNTED = "counted", _("数字提法")
        QUOTED = "quoted", _("引号提法")
        PARALLEL = "parallel", _("排比提法")

    text = models.CharField(_("提法"), max_length=200, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, db_index=True)
    # Where it is counted: the things it counts, in order.
    members = models.JSONField(_("所指内容"), default=list, blank=True)
    standard = models.TextField(_("规范表述"), blank=True)
    source_document = models.CharField(_("出处文件"), max_length=300, blank=True)
    source_quote = models.CharField(_("出处原句"), max_length=300, blank=True)
    source_date = models.CharField(_("出处日期"), max_length=10, blank=True)
    sourced = models.BooleanField(_("已核实出处"), default=False)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    # False for an expression that was met in a speech and is not in the registry.
    registered = models.BooleanField(_("登记提法"), default=False, db_index=True)

    class Meta:
        verbose_name = _("提法")
        verbose_name_plural = _("提法")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("slogan", args=[self.pk])


class SloganVariant(models.Model):
    """Another wording of a slogan; its mentions count for the slogan."""

    slogan = models.ForeignKey(
        Slogan, verbose_name=_("提法"), on_delete=models.CASCADE, related_name="variants"
    )
    text = models.CharField(_("异写"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("异写")
        verbose_name_plural = _("异写")

    def __str__(self) -> str:
        return self.text


class Mention(models.Model):
    """A place revision.text[start:end] where a slogan or one of its variants stands."""

    slogan = models.ForeignKey(
        Slogan, verbose_name=_("提法"), on_delete=models.CASCADE, related_name="mentions"
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="mentions"
    )
    # The deepest section that holds the place.
    section = models.ForeignKey(
        Section,
        verbose_name=_("章节"),
        null=True,
        on_delete=models.CASCADE,
        related_name="mentions",
    )
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))

    class Meta:
        verbose_name = _("出现")
        verbose_name_plural = _("出现")
        ordering = ["revision", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["slogan", "revision", "start"], name="one_mention_per_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slogan_id} @ {self.revision_id}:{self.start}"
