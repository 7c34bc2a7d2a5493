"""A speech, the states of its text, and the old addresses that lead to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus_app.catalog.addresses import link_row
from corpus_app.catalog.days import SpeechDay, choose_day
from corpus_app.catalog.limits import (
    COLUMN_CHARS,
    LEVEL_LABELS,
    PUBLIC,
    AccessLimit,
    read_groups,
    write_groups,
)
from corpus_app.catalog.models.parties import Organisation, Source, Speaker
from corpus_app.catalog.models.upload import Upload
from corpus_app.catalog.packed import BrokenPackingError, PackedTextField
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.catalog.records import Records
from corpus_app.ingest.superseded import is_timely


class Speech(models.Model):
    """One speech, report or study note; its words stand in the current revision."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Completeness(models.TextChoices):
        COMPLETE = "complete", _("完整")
        GAPPED = "gapped", _("中间有缺失")
        TRUNCATED = "truncated", _("结尾缺失")

    title = models.CharField(_("标题"), max_length=300)
    subtitle = models.CharField(_("副标题"), max_length=300, blank=True)
    title_inferred = models.BooleanField(_("标题系代拟"), default=False)
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("讲话人"), null=True, blank=True, on_delete=models.PROTECT
    )
    speaker_role = models.CharField(_("讲话人职务"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT
    )
    occasion = models.CharField(_("场合"), max_length=200, blank=True)
    place = models.CharField(_("地区"), max_length=100, blank=True)
    # Codes and labels: ingest/vocabulary.py. Blank where the text gives no evidence.
    level = models.CharField(_("级别"), max_length=20, blank=True, db_index=True)
    genre = models.CharField(_("体裁"), max_length=30, blank=True, db_index=True)
    # As precise as the source: "2024", "2024-04" or "2024-04-05".
    delivered = models.CharField(_("讲话日期"), max_length=10, blank=True)
    published = models.CharField(_("发表日期"), max_length=10, blank=True)
    updated = models.CharField(_("更新日期"), max_length=10, blank=True)
    # The period that the best known date stands for; both null where no date is known.
    date_start = models.DateField(_("日期起"), null=True, blank=True, db_index=True)
    date_end = models.DateField(_("日期止"), null=True, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("来源"), null=True, blank=True, on_delete=models.PROTECT
    )
    source_url = models.URLField(_("来源网址"), max_length=1000, blank=True)
    # On what terms the text is kept and passed on, in the editors' words.
    licence = models.CharField(_("授权说明"), max_length=300, blank=True, default="")
    completeness = models.CharField(
        _("完整性"), max_length=10, choices=Completeness, default=Completeness.COMPLETE
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    # Who may see it once it is published, as catalog.limits counts and writes it.
    access = models.PositiveSmallIntegerField(
        _("可见范围"), choices=list(LEVEL_LABELS.items()), default=PUBLIC
    )
    open_to = models.CharField(
        _("用户组"), max_length=COLUMN_CHARS, blank=True, default="", editable=False
    )
    is_sample = models.BooleanField(_("示例文稿"), default=False)
    current = models.OneToOneField(
        "catalog.Revision",
        verbose_name=_("现行版本"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("入库时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    published_at = models.DateTimeField(_("上线时间"), null=True, blank=True, editable=False)

    objects = SpeechQuerySet.as_manager()
    # Who changed which value, when; the texts have their own revisions.
    history = Records(verbose_name=_("讲话改动记录"), verbose_name_plural=_("讲话改动记录"))

    class Meta:
        verbose_name = _("讲话")
        verbose_name_plural = _("讲话")
        ordering = ["-date_start", "-pk"]
        indexes = [
            # The footer of every page asks whether there are samples; as a rule there are none.
            models.Index(
                fields=["status"], condition=models.Q(is_sample=True), name="samples_by_status"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return link_row("speech", self.pk)

    @property
    def day(self) -> SpeechDay:
        """Return the best known date with what day it is: of delivery, publication or update."""
        return choose_day(self.delivered, self.published, self.updated)

    @property
    def limit(self) -> AccessLimit:
        """Who may see the speech once it is published."""
        return AccessLimit(self.access, read_groups(self.open_to))

    @limit.setter
    def limit(self, limit: AccessLimit) -> None:
        self.access, self.open_to = limit.access, write_groups(limit.groups)

    @property
    def date(self) -> str:
        """Return the best known date as precise as its source, or an empty string."""
        return self.day.value


class Revision(models.Model):
    """One state of a speech's text, with all that the parse found; never changed later."""

    class Origin(models.TextChoices):
        PARSED = "parsed", _("解析")
        EDITED = "edited", _("人工校订")
        OUTLINED = "outlined", _("调整结构")
        RULED = "ruled", _("按规则剔除")
        MERGED = "merged", _("合并补全")
        RESTORED = "restored", _("恢复旧版")

    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("版本号"))
    upload = models.ForeignKey(
        Upload, verbose_name=_("原始文件"), on_delete=models.PROTECT, related_name="revisions"
    )
    # The decoded file that the offsets in removed point into, so that every shown
    # character can be traced even after the parser has learned new rules. It is the text but for
    # what was taken out, and so packed against it.
    raw = PackedTextField(_("原文"), against="text")
    text = PackedTextField(_("正文"))
    metadata = models.JSONField(_("解析所得信息"), default=dict)
    removed = models.JSONField(_("剔除内容"), default=list)
    announced = models.JSONField(_("预告要点"), default=list)
    suspects = models.JSONField(_("疑似差错"), default=list)
    notices = models.JSONField(_("提示"), default=list)
    origin = models.CharField(_("由来"), max_length=10, choices=Origin, default=Origin.PARSED)
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("所据版本"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What people decided on this text: {"removed": [{start, end, kind}], "kept": [...],
    # "metadata": {field: {"value", "set_from": [start, end] or null}}, "outline": true} with
    # places in raw, so that a parse by newer rules can keep to it. A value that a table of
    # metadata set has beside it "table": {"name", "line", "digest"}.
    decisions = models.JSONField(_("人工处理"), default=dict)
    # Where a merged text comes from: [{"start", "end", "revision"}] with places in text,
    # empty where all of it comes from the one upload.
    origins = models.JSONField(_("来源分段"), default=list)
    reason = models.CharField(_("修订说明"), max_length=200, blank=True)
    # Since when readers have seen this state; null for what only editors worked on.
    public_since = models.DateTimeField(_("公开时间"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        ordering = ["speech", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "number"], name="one_revision_per_number"),
        ]

    @property
    def has_raw(self) -> bool:
        """Say whether the text as received can be unpacked: not beside a changed text."""
        try:
            return self.raw is not None
        except BrokenPackingError:
            return False

    @property
    def slips(self) -> list[dict[str, Any]]:
        """The likely slips, without wordings that were right on the speech's date."""
        day = self.speech.date
        return [slip for slip in self.suspects if not is_timely(slip["text"], day)]

    @property
    def losses(self) -> list[dict[str, Any]]:
        """What people decided that this text and those before it could not keep."""
        losses: list[dict[str, Any]] = self.decisions.get("lost", [])
        return losses

    def __str__(self) -> str:
        return f"{self.speech_id}/{self.number}"


class SpeechAlias(models.Model):
    """The id of a speech that was merged into another; its address redirects."""

    old_id = models.PositiveBigIntegerField(_("旧编号"), unique=True)
    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="aliases"
    )

    class Meta:
        verbose_name = _("旧地址")
        verbose_name_plural = _("旧地址")

    def __str__(self) -> str:
        return f"{self.old_id} → {self.speech_id}"
