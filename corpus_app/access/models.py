"""The record of activities, which no page changes, and the groups of users."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """Who did what, when and from where, beside what the changed things tell themselves."""

    class Kind(models.TextChoices):
        """What was done."""

        SIGN_IN = "sign-in", _("登录")
        SIGN_IN_FAILED = "sign-in-failed", _("登录失败")
        SIGN_IN_HELD = "sign-in-held", _("登录受限")
        SIGN_OUT = "sign-out", _("退出")
        PASSWORD = "password", _("设置密码")
        TWO_FACTOR = "two-factor", _("两步验证")
        SESSION = "session", _("结束登录")
        ACCOUNT = "account", _("账号管理")
        TOKEN = "token", _("接口令牌")
        EXPORT = "export", _("导出")
        GROUP = "group", _("用户组")
        VOCABULARY = "vocabulary", _("主题与提法")
        LAWS = "laws", _("法律文本")

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    kind = models.CharField(_("事项"), max_length=20, choices=Kind.choices, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("用户"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # As it was: an account that is deleted takes its name along.
    username = models.CharField(_("用户名"), max_length=150, blank=True)
    address = models.CharField(_("地址"), max_length=45, blank=True)
    subject = models.CharField(_("对象"), max_length=300, blank=True)
    detail = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.username} {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; one that stands is never written over."""
        if self.pk is not None:
            raise TypeError("What is recorded is not changed.")
        super().save(*args, **kwargs)


class UserGroup(models.Model):
    """Users whom a speech can be opened to that others do not see.

    A group that was dissolved opens nothing and stays known, so that what was opened to it alone
    is closed and says why.
    """

    name = models.CharField(_("名称"), max_length=50)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("成员"), blank=True, related_name="user_groups"
    )
    made_at = models.DateTimeField(_("设立时间"), auto_now_add=True)
    dissolved_at = models.DateTimeField(_("解散时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("用户组")
        verbose_name_plural = _("用户组")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(dissolved_at=None),
                name="one_living_group_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RequestCount(models.Model):
    """How often somebody asked since a moment, in seconds since 1970; on one host a file has it."""

    key = models.CharField(_("名称"), max_length=200, primary_key=True)
    started = models.FloatField(_("开始时间"))
    ends = models.FloatField(_("结束时间"), db_index=True)
    number = models.BigIntegerField(_("次数"))

    class Meta:
        verbose_name = _("请求次数")
        verbose_name_plural = _("请求次数")

    def __str__(self) -> str:
        return self.key


class FailureCount(models.Model):
    """How many attempts failed in a row, and when the last one did; on one host a file has it."""

    key = models.CharField(_("名称"), max_length=200, primary_key=True)
    number = models.BigIntegerField(_("次数"))
    last = models.FloatField(_("最近一次"), db_index=True)

    class Meta:
        verbose_name = _("失败次数")
        verbose_name_plural = _("失败次数")

    def __str__(self) -> str:
        return self.key
