"""Set expressions and the places where they stand."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.addresses import link_row
from corpus_app.catalog.models import Revision, Section
from corpus_app.ingest.superseded import (
    OfficialSource,
    Supersession,
    load_supersessions,
    name_newest,
)

# So many characters on each side of a refused place are shown.
_AROUND: Final = 20


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
    # Where in the document: article and paragraph of a law (第四条第二款), part and paragraph of a
    # report (第二部分第3段).
    source_place = models.CharField(_("出处条款、段落"), max_length=60, blank=True)
    source_quote = models.CharField(_("出处原句"), max_length=300, blank=True)
    source_date = models.CharField(_("出处日期"), max_length=10, blank=True)
    source_url = models.URLField(_("出处网址"), max_length=500, blank=True)
    sourced = models.BooleanField(_("已核实出处"), default=False)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    # What an editor says took its place, and since when at the latest ("2018-03").
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("现行提法"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    superseded_since = models.CharField(_("改动时间"), max_length=10, blank=True)
    # False for an expression that was met in a speech and is not in the registry.
    registered = models.BooleanField(_("登记提法"), default=False, db_index=True)
    # Taken out of the register by an editor: its page stays, its variants count for nothing.
    retired = models.BooleanField(_("已停用"), default=False)
    # Whose variant it became: its address leads there.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("并入的提法"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("提法")
        verbose_name_plural = _("提法")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse a standard wording without its official source."""
        if self.standard and not (self.has_source and self.source_quote):
            raise ValidationError(
                {
                    "standard": _(
                        "规范表述须有出处：请填写出处文件和出处原句，核对后勾选“已核实出处”。"
                    )
                }
            )

    @property
    def has_source(self) -> bool:
        """Return whether the document that it comes from is named and was checked."""
        return bool(self.sourced and self.source_document)

    @property
    def standard_wording(self) -> str:
        """Return the standard wording, "" without an official source that is named and quoted.

        A wording whose place another has taken is none any more.
        """
        proven = self.has_source and self.source_quote and self.supersession is None
        return self.standard if proven else ""

    @property
    def supersession(self) -> Supersession | None:
        """Return what took the place of the wording, None where nothing did.

        What the rules know goes before what an editor says.
        """
        return load_supersessions().get(self.text) or self._read_succession()

    @property
    def newest_wording(self) -> str:
        """Return what has taken the place of the wording by today; itself where nothing did."""
        if self.text in load_supersessions():
            return name_newest(self.text)
        new = self.superseded_by
        return new.newest_wording if new is not None else self.text

    def _read_succession(self) -> Supersession | None:
        new = self.superseded_by
        if new is None:
            return None
        return Supersession(
            (self.text,), new.text, self.superseded_since, self.source, new.source, self.note
        )

    @property
    def source(self) -> OfficialSource:
        """Return where the wording comes from, as it is written down."""
        return OfficialSource(
            self.source_document, self.source_place, self.source_date, self.source_quote
        )

    def get_absolute_url(self) -> str:
        return link_row("slogan", self.pk)

    def find_successor(self) -> Slogan | None:
        """Return the slogan whose variant this one has become at last, None where it stands."""
        at, seen = self, {self.pk}
        while not at.registered and at.merged_into is not None and at.merged_into_id not in seen:
            at = at.merged_into
            seen.add(at.pk)
        return None if at is self else at


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


class ParallelSentence(models.Model):
    """A sentence revision.text[start:end] with parallel members: 既要…，又要…; 让…，让…."""

    revision = models.ForeignKey(
        Revision,
        verbose_name=_("版本"),
        on_delete=models.CASCADE,
        related_name="parallel_sentences",
    )
    # The deepest section that holds it.
    section = models.ForeignKey(
        Section,
        verbose_name=_("章节"),
        null=True,
        on_delete=models.CASCADE,
        related_name="parallel_sentences",
    )
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    # The text between, by which it is looked for.
    words = models.TextField(_("文字"))
    # [start, end] of each member, in order.
    members = models.JSONField(_("各项"), default=list)
    member_count = models.PositiveSmallIntegerField(_("项数"), db_index=True)

    class Meta:
        verbose_name = _("排比句")
        verbose_name_plural = _("排比句")
        ordering = ["revision", "start"]

    def __str__(self) -> str:
        return f"{self.revision_id}:{self.start}-{self.end}"


class MentionRefusal(models.Model):
    """An editor's word that no set expression stands at revision.text[start:end].

    Every later revision gets one of its own at the same words (slogans/refusals.py), so that the
    decision outlives edits, reading again and another file of the speech.
    """

    revision = models.ForeignKey(
        Revision, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="mention_refusals"
    )
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    # The text between, by which a slogan's page finds what was refused of it.
    words = models.CharField(_("文字"), max_length=200, db_index=True)
    refused_by = models.ForeignKey(
        User, verbose_name=_("排除人"), null=True, blank=True, on_delete=models.SET_NULL
    )
    refused_at = models.DateTimeField(_("排除时间"), default=timezone.now)

    class Meta:
        verbose_name = _("排除的出现")
        verbose_name_plural = _("排除的出现")
        ordering = ["revision", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "start", "end"], name="one_refusal_per_place"
            ),
        ]

    @property
    def context(self) -> str:
        """The words with their neighbours in the text, on one line."""
        text = self.revision.text
        around = text[max(0, self.start - _AROUND) : self.end + _AROUND]
        return "…" + " ".join(around.split()) + "…"

    def __str__(self) -> str:
        return f"{self.words} @ {self.revision_id}:{self.start}"
