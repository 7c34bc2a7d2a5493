"""The reference collection of laws: for checking drafts alone, never part of the corpus."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.text.numerals import write_count

# What stands before the first article (序言) is kept as number 0.
PREAMBLE: Final = 0


class LawLoad(models.Model):
    """One loading of laws: by whom, when, from what."""

    at = models.DateTimeField(_("载入时间"), auto_now_add=True)
    username = models.CharField(_("载入人"), max_length=150)
    source = models.CharField(_("来源"), max_length=300)

    class Meta:
        verbose_name = _("法律文本的载入")
        verbose_name_plural = _("法律文本的载入")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d}"


class Law(models.Model):
    """A law by its full title."""

    title = models.CharField(_("名称"), max_length=300, unique=True)

    class Meta:
        verbose_name = _("法律")
        verbose_name_plural = _("法律")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class LawVersion(models.Model):
    """The text of a law as adopted or amended on a day; it stands until the next one is in force.

    day, since and the days of amended are ISO dates ("2025-03-11"), "" where the text tells none;
    amended are all days of adoption and amendment that the head of the text names.
    """

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="versions")
    day = models.CharField(_("通过或修改日期"), max_length=10, blank=True)
    since = models.CharField(_("施行日期"), max_length=10, blank=True)
    amended = models.JSONField(_("历次通过和修改"), default=list, blank=True)
    digest = models.CharField(max_length=64)
    load = models.ForeignKey(LawLoad, on_delete=models.CASCADE, related_name="versions")

    class Meta:
        verbose_name = _("法律文本")
        verbose_name_plural = _("法律文本")
        ordering = ["law", "since", "day"]
        constraints = [
            models.UniqueConstraint(fields=["law", "day"], name="one_text_of_a_law_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.law} {self.day}".strip()


class LawArticle(models.Model):
    """An article: number (第十六条之一 is 16 and branch 1) and words, a line a paragraph."""

    version = models.ForeignKey(LawVersion, on_delete=models.CASCADE, related_name="articles")
    number = models.PositiveIntegerField(_("条"))
    branch = models.PositiveIntegerField(_("条之"), default=0)
    text = models.TextField(_("条文"))

    class Meta:
        verbose_name = _("条文")
        verbose_name_plural = _("条文")
        ordering = ["version", "number", "branch"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number", "branch"], name="one_article_a_number"
            )
        ]

    def __str__(self) -> str:
        return name_article(self.number, self.branch)


def name_article(number: int, branch: int = 0) -> str:
    """Return how an article is cited: 第十六条之一; 序言 for what stands before the first."""
    if number == PREAMBLE:
        return "序言"
    return f"第{write_count(number)}条" + (f"之{write_count(branch)}" if branch else "")
