"""What is stored of sites: the lines of each received page, and how editors say its pages look."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.packed import PackedListField
from corpus_app.ingest import site as parsing

# Stand-ins for a site that nothing names (sites/naming.py): “溪北新闻港湾” for pages that bear the
# line, #batch:12/甲/ for files of a folder or of a batch.
SHARED: Final = "“"
TOGETHER: Final = "#"


def name_site(site: str) -> str:
    """Return what pages call a site, in the reader's language."""
    if site.startswith(SHARED):
        return gettext("带有%(line)s一行的网页") % {"line": site}
    if not site.startswith(TOGETHER):
        return site
    group, _slash, folder = site.removeprefix(TOGETHER).partition("/")
    number = group.partition(":")[2]
    if folder:
        return gettext("批次 %(number)s 中“%(folder)s”文件夹") % {
            "number": number,
            "folder": folder,
        }
    return gettext("批次 %(number)s 的文件") % {"number": number}


class SitePage(models.Model):
    """The lines at the edges of one received file, by its bytes, and whose page it is.

    Written before the file is stored, so that the first file of a batch is read with what the
    others show.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    # As ingest.site.name_site has it, else the mark, else a stand-in (sites/naming.py).
    site = models.CharField(_("网站"), max_length=parsing.SITE_CHARS, blank=True)
    # What on the page itself names its site (ingest/site_marks.py).
    mark = models.CharField(_("网站标记"), max_length=parsing.SITE_CHARS, blank=True)
    # Files that came together; blank for one that came alone. The folder is that of the file there.
    group = models.CharField(_("批次"), max_length=60, blank=True)
    folder = models.CharField(_("文件夹"), max_length=100, blank=True)
    # Without white space; empty before the file was read.
    lines = PackedListField(_("页首页尾各行"))

    class Meta:
        verbose_name = _("网页行")
        verbose_name_plural = _("网页行")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["site", "id"], name="pages_by_site"),
            models.Index(fields=["group", "id"], name="pages_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.site or '—'} {self.sha256[:12]}"


class SiteProfile(models.Model):
    """How a site's pages look, as editors say: where values stand, which lines are none of it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已生效")
        RETIRED = "retired", _("已停用")

    site = models.CharField(_("网站"), max_length=parsing.SITE_CHARS, db_index=True)
    # [{"name", "relation", "words", "distance"}], as ingest.site.ProfileValue.
    values = models.JSONField(_("各项位置"), default=list, blank=True)
    # Whole lines, without white space.
    lines = models.JSONField(_("剔除的整行"), default=list, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.PROPOSED, db_index=True
    )
    example = models.ForeignKey(
        Speech,
        verbose_name=_("出自讲话"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提出人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    # The profile that held before: it holds again where this one is taken back.
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("所替代的版式"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Up to which speech, by number, it was brought to the site's files.
    applied_to = models.PositiveBigIntegerField(_("处理到"), default=0)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("批准人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("网站版式")
        verbose_name_plural = _("网站版式")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site"],
                condition=models.Q(state="approved"),
                name="one_approved_profile_per_site",
            ),
        ]

    def __str__(self) -> str:
        return name_site(self.site)

    def get_absolute_url(self) -> str:
        return reverse("profile", args=[self.pk])


class ProfileApplication(models.Model):
    """What a profile did to one speech: made a revision, could not, or was taken back."""

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("已采用")
        SKIPPED = "skipped", _("未处理")
        UNDONE = "undone", _("已撤销")

    profile = models.ForeignKey(
        SiteProfile,
        verbose_name=_("网站版式"),
        on_delete=models.CASCADE,
        related_name="applications",
    )
    speech = models.ForeignKey(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="+"
    )
    # The revision that was there before, and the one that came of it (for a skipped one: none).
    base = models.ForeignKey(
        Revision, verbose_name=_("原版本"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("版本"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # {"before": {field: value}, "after": …} of the fields that changed, and "title_inferred".
    fields = models.JSONField(_("文献信息"), default=dict)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("版式执行记录")
        verbose_name_plural = _("版式执行记录")
        ordering = ["profile", "-pk"]
        indexes = [models.Index(fields=["profile", "outcome"], name="profile_use_by_outcome")]

    def __str__(self) -> str:
        return f"{self.profile_id}/{self.speech_id} {self.get_outcome_display()}"


class HeadDispute(models.Model):
    """A published speech whose file, read again, has a head that contradicts what readers see."""

    speech = models.OneToOneField(
        Speech, verbose_name=_("讲话"), on_delete=models.CASCADE, related_name="head_dispute"
    )
    # {field: [what readers see, what the file is read to say]}.
    fields = models.JSONField(_("不同之处"), default=dict)
    found_at = models.DateTimeField(_("时间"), auto_now=True)

    class Meta:
        verbose_name = _("重读所得题头存疑")
        verbose_name_plural = _("重读所得题头存疑")
        ordering = ["speech"]

    def __str__(self) -> str:
        return f"{self.speech_id} · {'、'.join(self.fields)}"
