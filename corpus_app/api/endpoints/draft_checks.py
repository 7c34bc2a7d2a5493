"""Checking a draft; nothing of it is stored or logged."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_noop
from ninja import File, Form, Router
from ninja.files import UploadedFile

from corpus_app.access.limits import take_draft_slot
from corpus_app.api.problems import ProblemError
from corpus_app.api.schemas.draft_checks import DraftCheckOut, DraftSent
from corpus_app.ingest.draft import RejectedFile
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.draft_days import read_day
from corpus_app.proofreading.drafts import MOST_CHARS, PASTED, read_draft

router = Router(tags=[gettext_noop("校稿")])
_FILE: Final = File(None, description=gettext_noop("稿件文件，任何能读的格式"))


@router.post(
    "/draft-checks",
    response=DraftCheckOut,
    summary=gettext_noop("校稿"),
    description=gettext_noop(
        "对照已发布的讲话和有出处的规范表述校核一份稿件；须用令牌。稿件不保存，不记日志。"
    ),
)
def check(
    request: HttpRequest,
    sent: Form[DraftSent],
    file: Annotated[UploadedFile | None, _FILE] = None,
) -> dict[str, Any]:
    """Answer what is to be looked at in the draft."""
    if sent.as_of and read_day(sent.as_of) is None:
        raise ProblemError("parameters", _("日期写作 2026-05-12、2026-05 或 2026。"))
    if len(sent.text) > MOST_CHARS:
        raise ProblemError("too_large", _("稿件超过一百万字，请分开校。"))
    if file is None and not sent.text.strip():
        raise ProblemError("parameters", _("请提交 text 或 file。"))
    slot = take_draft_slot()
    if slot is None:
        raise ProblemError("rate", _("同时校稿的人较多，请稍后再试。"))
    try:
        return _check(sent, file)
    finally:
        slot.release()


def _check(sent: DraftSent, file: UploadedFile | None) -> dict[str, Any]:
    data = file.read() if file else sent.text.encode("utf-8", "replace")
    name = (file.name if file else None) or PASTED
    try:
        draft = read_draft(data, name, day=sent.as_of, place=sent.place)
    except RejectedFile as refusal:
        raise ProblemError("request", refusal.message, reason=refusal.code) from refusal
    return {"file": name, **check_draft(draft).to_json()}
