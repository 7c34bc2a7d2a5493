"""The state of each part in words: how it is, and what to do about it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.operations.health import Part
from corpus_app.operations.maintenance import get_hours
from corpus_app.operations.records import Job, is_asked_for, read_record

MINUTE: Final = 60


@dataclass(frozen=True)
class HealthRow:
    """A part of the site: whether it is well, how it is in words, what to do where it is not."""

    name: str
    ok: bool
    detail: str
    advice: str = ""
    messages: tuple[str, ...] = ()
    # In place of well or ill, where there is nothing to judge yet.
    mark: str = ""


STATES: Final = {
    "ok": gettext_lazy("正常"),
    "fresh": gettext_lazy("正常"),
    "busy": gettext_lazy("正在写入"),
    "behind": gettext_lazy("正在跟上改动"),
    "damaged": gettext_lazy("已损坏"),
    "unreachable": gettext_lazy("连接不上"),
    "missing": gettext_lazy("尚未建立"),
    "stale": gettext_lazy("由旧规则生成"),
    "unreadable": gettext_lazy("无法读取"),
    "reading_only": gettext_lazy("只能读取，不能保存"),
    "unmigrated": gettext_lazy("尚未升级到本版本"),
    "newer": gettext_lazy("由更新的版本写成"),
    "half": gettext_lazy("升级只做了一半"),
    "unfinished": gettext_lazy("恢复没有完成"),
    "working": gettext_lazy("在运行"),
    "frozen": gettext_lazy("无响应"),
    "absent": gettext_lazy("没有运行"),
}


def describe_parts(parts: dict[str, Part]) -> list[HealthRow]:
    """Return a row for each part that was measured, in the page's order."""
    ways: dict[str, Callable[[Part], HealthRow]] = {
        "database": _describe_database,
        "index": _describe_index,
        "disk": _describe_disk,
        "worker": _describe_worker,
        "check": _describe_check,
        "backup": _describe_backup,
    }
    return [way(parts[name]) for name, way in ways.items() if name in parts]


def _name_state(part: Part) -> str:
    return str(STATES.get(part.get("state", ""), part.get("state", "")))


def _describe_database(part: Part) -> HealthRow:
    detail = _name_state(part)
    if part["ok"]:
        detail = _("正常，%d 篇讲话可读") % part["speeches"]
    advice = _(
        "停止服务，用最近的备份恢复到空文件夹（manage.py restore），再把数据目录改为该文件夹。"
    )
    if part.get("state") == "unmigrated":
        advice = _("运行 manage.py bootstrap，再重新启动。")
    if part.get("state") == "reading_only":
        advice = _("检查数据库服务器：是否连到了备机，或者被设成了只读；恢复后自动可用。")
    return HealthRow(_("数据库"), part["ok"], detail, "" if part["ok"] else advice)


def _describe_index(part: Part) -> HealthRow:
    values = {"speeches": part.get("speeches", 0), "sections": part.get("sections", 0)}
    counts = _("%(speeches)d 篇、%(sections)d 个章节") % values
    advice = _("后台任务会自动重建；也可以运行 manage.py rebuild_corpus_index，重建期间照常检索。")
    detail = _("%(state)s，%(counts)s") % {"state": _name_state(part), "counts": counts}
    return HealthRow(_("检索索引"), part["ok"], detail, "" if part["ok"] else advice)


def _describe_disk(part: Part) -> HealthRow:
    free = filesizeformat(part.get("free_bytes", 0))
    if not part.get("writable", True):
        return HealthRow(_("磁盘"), False, _("只读，不能保存"), _("恢复数据目录的写入权限。"))
    advice = _("清除不需要的未收文件，把备份移到别的磁盘，或扩大磁盘；uploads 里的原始文件不要删。")
    return HealthRow(_("磁盘"), part["ok"], _("可用 %s") % free, "" if part["ok"] else advice)


def _describe_worker(part: Part) -> HealthRow:
    detail = _name_state(part)
    waiting = part.get("waiting", 0)
    if waiting:
        values = {"state": detail, "count": waiting, "age": _span(part["oldest_seconds"])}
        detail = _("%(state)s，%(count)d 个文件等待，最久的已等 %(age)s") % values
    advice = _("重新启动服务；若后台任务另行启动，运行 manage.py run_worker。文件都在，接着处理。")
    well = part["ok"] and part.get("state") != "absent"
    return HealthRow(_("后台任务"), part["ok"], detail, "" if well else advice)


def _describe_check(part: Part) -> HealthRow:
    record = read_record("check") or {}
    if part.get("state") == "never":
        return HealthRow(_("全面核对"), True, "", _plan("check"), mark=_("尚未进行"))
    values = {"age": _ago(record), "found": record.get("found", 0)}
    if part["ok"] and not record.get("found"):
        detail = _("%(age)s核对，没有发现问题") % values
    else:
        detail = _("%(age)s核对，发现 %(found)d 处问题") % values
    advice = (
        ""
        if part["ok"]
        else _("运行 manage.py check_corpus --repair；不能自动修复的，用备份恢复。")
    )
    return HealthRow(
        _("全面核对"),
        part["ok"],
        detail,
        _plan("check") if part["ok"] else advice,
        tuple(str(one) for one in record.get("messages", []))[:10],
    )


def _describe_backup(part: Part) -> HealthRow:
    record = read_record("backup") or {}
    if part.get("state") == "never":
        return HealthRow(_("备份"), True, "", _plan("backup"), mark=_("尚未进行"))
    if not part["ok"]:
        values = {"age": _ago(record), "reason": record.get("message", "")}
        detail = _("%(age)s备份，没有成功：%(reason)s") % values
        return HealthRow(_("备份"), False, detail, _("按所说的原因处理后，点“立即备份”。"))
    values = {
        "age": _ago(record),
        "size": filesizeformat(record.get("size", 0)),
        "path": record.get("path", ""),
    }
    detail = _("%(age)s备份并校验，%(size)s：%(path)s") % values
    return HealthRow(_("备份"), True, detail, _plan("backup"))


def _plan(job: Job) -> str:
    if is_asked_for(job):
        return _("已交后台任务，片刻后开始。")
    hours = get_hours(job)
    if hours:
        return _("每 %d 小时自动进行。") % hours
    name = "CORPUS_BACKUP_HOURS" if job == "backup" else "CORPUS_CHECK_HOURS"
    return _("没有定时进行；设定 %s 后由后台任务按时去做。") % name


def _ago(record: dict[str, Any]) -> str:
    seconds = time.time() - record.get("at", 0)
    return _("刚才") if seconds < MINUTE else _("%s前") % _span(seconds)


def _span(seconds: float) -> str:
    now = timezone.now()
    return timesince(now - timedelta(seconds=seconds), now, depth=1)
