"""What a person does to a batch: go on, hold on, give up, try again, throw away."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.batches import services
from corpus_app.batches.models import Batch
from corpus_app.batches.speech_tables import can_undo, undo_import
from corpus_app.batches.views.answers import ADD_PERMISSION, accept, refuse


@require_POST
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def change_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Do the named action to the batch, or to the one file named; go back to its page."""
    batch = get_object_or_404(Batch, pk=batch_id)
    act = ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        return _tell(request, batch, _("没有这种操作，什么也没有改。"), done=False)
    told = act(batch, _read_files(request))
    if not told:
        return _tell(request, batch, _("这一批现在的状态不能这样做，什么也没有改。"), done=False)
    return _tell(request, batch, told, done=True)


def _read_files(request: HttpRequest) -> list[int] | None:
    chosen = request.POST.getlist("file")
    # Longer numbers are no row's, and more than a database takes.
    return [int(pk) for pk in chosen if re.fullmatch(r"[0-9]{1,18}", pk)] if chosen else None


def _tell(request: HttpRequest, batch: Batch, words: str, *, done: bool) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return accept(message=words) if done else refuse(words, 409)
    # What was seen needs no word: the bell falls silent.
    if request.POST.get("action") != "see":
        messages.add_message(request, messages.SUCCESS if done else messages.WARNING, words)
    return redirect("batch", batch.pk)


def _close(batch: Batch, _files: list[int] | None) -> str:
    if batch.state != Batch.State.RECEIVING:
        return ""
    services.close_batch(batch)
    return _("文件已到齐，开始处理。")


def _pause(batch: Batch, _files: list[int] | None) -> str:
    return _("已暂停，正在处理的那个文件处理完就停。") if services.pause_batch(batch) else ""


def _resume(batch: Batch, _files: list[int] | None) -> str:
    return _("已继续。") if services.resume_batch(batch) else ""


def _cancel(batch: Batch, _files: list[int] | None) -> str:
    return _("已取消未处理的文件，已入库的不受影响。") if services.cancel_batch(batch) else ""


def _retry(batch: Batch, files: list[int] | None) -> str:
    count = services.retry_files(batch, files)
    return _("%d 个文件重新排队。") % count if count else ""


def _discard(batch: Batch, files: list[int] | None) -> str:
    count = services.discard_files(batch, files)
    return _("已清除 %d 个未收的文件。") % count if count else ""


def _see(batch: Batch, _files: list[int] | None) -> str:
    services.mark_seen(batch)
    return _("已标为已核阅。") if batch.seen_at else ""


def _undo(batch: Batch, _files: list[int] | None) -> str:
    if not can_undo(batch):
        return ""
    done = undo_import(batch)
    told = _("已撤销 %(gone)d 篇的导入。") % {"gone": done.gone}
    if done.restored:
        told += _("库中原有的 %(count)d 篇，表格所作的改动已改回。") % {"count": done.restored}
    if done.kept:
        told += _("另有 %(kept)d 篇导入后有人核阅或改过，没有动。") % {"kept": done.kept}
    return told


ACTIONS: Final[dict[str, Callable[[Batch, list[int] | None], str]]] = {
    "close": _close,
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "retry": _retry,
    "discard": _discard,
    "see": _see,
    "undo": _undo,
}
