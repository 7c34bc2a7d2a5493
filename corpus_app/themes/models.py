"""Themes, the terms that find them, and the sections they tag."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.records import Records


class StandingThemes(models.Manager["Theme"]):
    """The themes that are not retired."""

    def get_queryset(self) -> models.QuerySet[Theme]:
        """Leave the retired ones out."""
        return super().get_queryset().filter(retired=False)


class Theme(models.Model):
    """A subject such as 代表履职, a node of the theme tree.

    One that is retired tags nothing and is listed nowhere; its row, terms and decisions stay, so
    that its address leads on and it can come back.
    """

    slug = models.SlugField(_("网址名"), max_length=80, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级主题"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    order = models.PositiveIntegerField(_("次序"), default=0)
    description = models.TextField(_("说明"), blank=True)
    related = models.ManyToManyField("self", verbose_name=_("相关主题"), blank=True)
    retired = models.BooleanField(_("已停用"), default=False)
    # What it became part of: its address leads there.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("并入的主题"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Names that it had, and those of themes merged into it: queries by them still find it.
    former_names = models.JSONField(_("曾用名"), default=list, blank=True)

    objects = StandingThemes()
    every = models.Manager["Theme"]()

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])

    def find_successor(self) -> Theme | None:
        """Return the theme that this one has become part of at last, None where it stands."""
        at, seen = self, {self.pk}
        while at.retired and at.merged_into is not None and at.merged_into_id not in seen:
            at = at.merged_into
            seen.add(at.pk)
        return None if at is self else at


class ThemeTerm(models.Model):
    """An expression that counts for a theme, or one that looks like it and does not."""

    theme = models.ForeignKey(
        Theme, verbose_name=_("主题"), on_delete=models.CASCADE, related_name="terms"
    )
    text = models.CharField(_("词语"), max_length=60)
    weight = models.FloatField(_("权重"), default=1.0)
    excluded = models.BooleanField(_("排除语"), default=False)

    class Meta:
        verbose_name = _("主题词")
        verbose_name_plural = _("主题词")
        ordering = ["theme", "excluded", "-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "text"], name="one_term_per_theme"),
        ]

    def __str__(self) -> str:
        return self.text


class TagQuerySet(models.QuerySet["SectionTheme"]):
    """Reads of tags by what the theme is to the section."""

    def about(self) -> TagQuerySet:
        """Return the tags of sections that are themselves about the theme."""
        return self.filter(bearing=SectionTheme.Bearing.ABOUT)

    def mentions(self) -> TagQuerySet:
        """Return the tags of sections that only mention the theme."""
        return self.filter(bearing=SectionTheme.Bearing.MENTION)


class SectionTheme(models.Model):
    """A theme on a section: what it is to the section, and the evidence and reason for that."""

    class Bearing(models.TextChoices):
        # The section itself is about the theme.
        ABOUT = "about", _("论及")
        # A section below it is.
        CARRIED = "carried", _("下级章节论及")
        # Named in passing; counts nowhere.
        MENTION = "mention", _("提及")

    class Reason(models.TextChoices):
        HEADING = "heading", _("标题点明")
        TOPIC = "topic", _("开头点题，下文论及")
        SUSTAINED = "sustained", _("多处论及")
        PARENT = "parent", _("承接上级标题")
        TITLE = "title", _("承接讲话标题")
        SPEECH = "speech", _("属于全文主题")
        PIN = "pin", _("编辑指定")
        CHILD = "child", _("下级章节论及")

    theme = models.ForeignKey(
        Theme, verbose_name=_("主题"), on_delete=models.CASCADE, related_name="tags"
    )
    section = models.ForeignKey(
        Section, verbose_name=_("章节"), on_delete=models.CASCADE, related_name="theme_tags"
    )
    score = models.FloatField(_("强度"))
    # The terms found, strongest first: [["全过程人民民主", 3], …] as text and count.
    evidence = models.JSONField(_("依据"), default=list)
    pinned = models.BooleanField(_("人工指定"), default=False)
    bearing = models.CharField(_("关系"), max_length=8, choices=Bearing, default=Bearing.ABOUT)
    # Blank for a mention.
    reason = models.CharField(_("理由"), max_length=10, choices=Reason, blank=True)
    # The key of the section that the reason leads to: whose heading names the theme, or the
    # first one below that is about it.
    named_at = models.CharField(_("见于章节"), max_length=40, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("章节主题")
        verbose_name_plural = _("章节主题")
        ordering = ["theme", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "section"], name="one_tag_per_section"),
        ]
        indexes = [models.Index(fields=["theme", "bearing"], name="tags_by_bearing")]

    def __str__(self) -> str:
        return f"{self.theme_id} · {self.section_id}"


class ThemePin(models.Model):
    """An editor's word on a speech and theme; it outlives revisions and re-tagging."""

    class Decision(models.TextChoices):
        PIN = "pin", _("指定")
        EXCLUDE = "exclude", _("排除")

    theme = models.ForeignKey(
        Theme, verbose_name=_("主题"), on_delete=models.CASCADE, related_name="pins"
    )
    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="theme_pins"
    )
    # Blank: the whole speech.
    section_key = models.CharField(_("章节号"), max_length=40, blank=True)
    decision = models.CharField(_("决定"), max_length=10, choices=Decision)

    history = Records(verbose_name=_("主题指定改动记录"), verbose_name_plural=_("主题指定改动记录"))

    class Meta:
        verbose_name = _("主题指定")
        verbose_name_plural = _("主题指定")
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "speech", "section_key"], name="one_pin_per_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} · {self.speech_id} · {self.decision}"
