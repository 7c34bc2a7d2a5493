"""Files on their way in: a batch is what came together, each file in it has a row of its own."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.batches.pieces.models import PieceUpload as PieceUpload
from corpus_app.catalog.limits import COLUMN_CHARS, AccessLimit, name_groups
from corpus_app.catalog.models import Speech
from corpus_app.intake.models.sites import name_site


class Batch(models.Model):
    """Files that came together: a folder dropped, a request of a program, what lay in the inbox."""

    class Origin(models.TextChoices):
        UPLOAD = "upload", _("上传")
        PASTE = "paste", _("粘贴")
        ADDRESS = "address", _("网址")
        INBOX = "inbox", _("收件夹")
        API = "api", _("接口")
        COMMAND = "command", _("命令行")

    class State(models.TextChoices):
        # Files are still coming; none is worked on before all are here.
        RECEIVING = "receiving", _("接收中")
        WAITING = "waiting", _("等待处理")
        WORKING = "working", _("处理中")
        PAUSED = "paused", _("已暂停")
        CANCELLED = "cancelled", _("已取消")
        DONE = "done", _("已完成")

    # As its sender has it; blank where nobody named it (see title).
    name = models.CharField(_("名称"), max_length=200, blank=True)
    origin = models.CharField(_("来路"), max_length=10, choices=Origin, default=Origin.UPLOAD)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    # Off: all become drafts. On: those without a doubt are published, the others are drafts.
    publish = models.BooleanField(_("无疑点的直接发布"), default=False)
    # Who may see what it brings, once published, as catalog.limits writes it; blank: everybody.
    limit = models.CharField(_("可见范围"), max_length=COLUMN_CHARS, blank=True, default="")
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.RECEIVING, db_index=True
    )
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    # When whoever sent it in looked at the finished batch; until then the bell rings.
    seen_at = models.DateTimeField(_("查看时间"), null=True, blank=True)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    # What columns of its tables of speeches are, by head: null has each wait for a person, an
    # empty object takes the guess.
    columns = models.JSONField(_("各列"), null=True, blank=True)

    class Meta:
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def limit_words(self) -> str:
        """Who may see what it brings, in words; "" for everybody."""
        if not self.limit:
            return ""
        return AccessLimit.from_words(self.limit).tell(name_groups(every=True))

    @property
    def title(self) -> str:
        """Its name, else how and when it came, in the reader's language."""
        if self.name:
            return self.name
        when = timezone.localtime(self.created_at).strftime("%Y-%m-%d %H:%M")
        if self.origin == self.Origin.INBOX:
            return gettext("收件夹 %(when)s") % {"when": when}
        return gettext("上传 %s") % when


class BatchFile(models.Model):
    """One file of a batch and what became of it; the row is the one truth about the work left."""

    # Where its speech was merged into another, it is that one's file.
    FOLLOWS_SPEECH = True
    # From this position on stand tables: all other files come before them.
    LAST: Final = 2_000_000_000

    class State(models.TextChoices):
        WAITING = "waiting", _("等待处理")
        WORKING = "working", _("处理中")
        IMPORTED = "imported", _("已入库")
        DUPLICATE = "duplicate", _("重复")
        NEAR_DUPLICATE = "near_duplicate", _("近似")
        # A table of metadata on other files of the batch.
        TABLE = "table", _("元数据表")
        # An archive whose files have rows of their own.
        UNPACKED = "unpacked", _("已解包")
        # A table with one speech a row that waits for a person to say what its columns are.
        UNMAPPED = "unmapped", _("待核对各列")
        REFUSED = "refused", _("未收")
        FAILED = "failed", _("出错")
        CANCELLED = "cancelled", _("已取消")
        # Refused or failed, and its bytes thrown away on an admin's word.
        DISCARDED = "discarded", _("已清除")

    batch = models.ForeignKey(
        Batch, verbose_name=_("批次"), on_delete=models.CASCADE, related_name="files"
    )
    position = models.PositiveIntegerField(_("序号"))
    # With the folders it lay in; a file of an archive is named behind its archive.
    path = models.CharField(_("路径"), max_length=1000)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("所属压缩包"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="members",
    )
    state = models.CharField(_("状态"), max_length=15, choices=State, default=State.WAITING)
    # Of a table with one speech a row: what a person says its columns are, by head.
    columns = models.JSONField(_("各列"), null=True, blank=True)
    # What a table's row changed on a speech that was there before, so that it can be taken back.
    changes = models.JSONField(_("所作改动"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    # Of the process that works on it; a token whose process is gone holds nothing.
    worker = models.CharField(_("处理进程"), max_length=40, blank=True)
    claimed_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    code = models.CharField(_("代码"), max_length=20, blank=True)
    message = models.CharField(_("说明"), max_length=1000, blank=True)
    speech = models.ForeignKey(
        Speech,
        verbose_name=_("讲话"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="batch_files",
    )
    of = models.ForeignKey(
        Speech,
        verbose_name=_("相同或近似的讲话"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("批次文件")
        verbose_name_plural = _("批次文件")
        ordering = ["batch", "position", "pk"]
        indexes = [
            models.Index(fields=["state", "attempts", "batch", "position"], name="work_left"),
            models.Index(fields=["batch", "state"], name="files_by_state"),
        ]

    def __str__(self) -> str:
        return self.path


# Work is left on these.
OPEN_STATES: Final = (BatchFile.State.WAITING, BatchFile.State.WORKING)
# An admin may have these tried again or thrown away.
UNTAKEN_STATES: Final = (
    BatchFile.State.REFUSED,
    BatchFile.State.FAILED,
    BatchFile.State.CANCELLED,
)


class Rereading(models.Model):
    """Stored originals that the worker reads again, one after the other."""

    class State(models.TextChoices):
        WORKING = "working", _("重读中")
        CANCELLED = "cancelled", _("已取消")
        DONE = "done", _("已完成")

    class Kind(models.TextChoices):
        """What was chosen; "%(name)s" is the title, name or number in the field name."""

        ALL = "all", _("全部讲话")
        DRAFTS = "drafts", _("全部草稿")
        SPEECH = "speech", _("《%(name)s》")
        BATCH = "batch", _("批次“%(name)s”")
        RULE = "rule", _("规则“%(name)s”涉及的讲话")
        SITE = "site", _("“%(name)s”的文件")
        # Named in one language, before kinds were stored.
        NAMED = "named", "%(name)s"

    kind = models.CharField(_("范围"), max_length=10, choices=Kind, default=Kind.NAMED)
    name = models.CharField(_("名称"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.WORKING, db_index=True
    )
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("重读")
        verbose_name_plural = _("重读")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What was chosen, in the reader's language."""
        name = name_site(self.name) if self.kind == self.Kind.SITE else self.name
        return str(self.Kind(self.kind).label) % {"name": name}


class RereadingItem(models.Model):
    """One speech of a rereading and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待处理")
        WORKING = "working", _("处理中")
        CHANGED = "changed", _("有改动")
        UNCHANGED = "unchanged", _("无改动")
        DISPUTED = "disputed", _("题头矛盾，未改")
        SKIPPED = "skipped", _("未重读")
        REFUSED = "refused", _("读不出")
        FAILED = "failed", _("出错")
        CANCELLED = "cancelled", _("已取消")

    rereading = models.ForeignKey(
        Rereading, verbose_name=_("重读"), on_delete=models.CASCADE, related_name="items"
    )
    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    worker = models.CharField(_("处理进程"), max_length=40, blank=True)
    message = models.CharField(_("说明"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("重读的讲话")
        verbose_name_plural = _("重读的讲话")
        ordering = ["rereading", "pk"]
        indexes = [
            models.Index(fields=["state", "rereading"], name="rereading_left"),
            models.Index(fields=["rereading", "state"], name="rereading_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.rereading_id}/{self.speech_id}"
