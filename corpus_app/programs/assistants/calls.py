"""A call of a tool, answered or refused in words."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from pydantic import ValidationError

from corpus_app.api.problems import MovedError, ProblemError
from corpus_app.api.refusals import read_refusals
from corpus_app.outages import describe_outage, name_outage
from corpus_app.programs.assistants.tools import TOOLS
from search import IndexProblem, QueryError

_log = logging.getLogger(__name__)


class AnsweredCall(NamedTuple):
    """What a tool says as text; values are the same as data, None where it was refused."""

    text: str
    values: dict[str, Any] | None = None


def answer_call(request: HttpRequest, name: str, arguments: Mapping[str, Any]) -> AnsweredCall:
    """Return what the tool answers for whom the request is answered; never raises."""
    try:
        tool = TOOLS.get(name)
        if tool is None:
            return AnsweredCall(_("没有工具“%(name)s”。") % {"name": name[:40]})
        values = tool.call(request, arguments)
        return AnsweredCall(json.dumps(values, ensure_ascii=False), values)
    except Exception as error:
        return AnsweredCall(_explain(error))


def _explain(error: Exception) -> str:
    if isinstance(error, ProblemError):
        return error.detail
    if isinstance(error, QueryError):
        words = _("检索式第 %(position)s 个字符处有误：%(reason)s")
        return words % {"position": error.position + 1, "reason": error.reason}
    if isinstance(error, ValidationError):
        rows = read_refusals(error.errors())
        told = (_("%(name)s：%(words)s") % _name_refusal(row) for row in rows)
        return _("；").join(told)
    if isinstance(error, MovedError):
        return _("这篇讲话已并入第 %(number)s 号。") % {"number": error.new_id}
    if isinstance(error, Http404):
        return _("没有这项内容，或者尚未发布。")
    if isinstance(error, IndexProblem):
        return _("索引正在重建或已损坏，请稍后再试。")
    _log.error("a tool failed", exc_info=error)
    outage = name_outage(error)
    return describe_outage(outage) if outage is not None else _("服务器出错，错误已记录。")


def _name_refusal(row: Mapping[str, str]) -> dict[str, str]:
    return {"name": row["parameter"], "words": row["message"]}
