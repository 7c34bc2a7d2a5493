"""What is answered when something is wrong: application/problem+json after RFC 9457."""

from __future__ import annotations

import json
import logging
from typing import Any, Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from corpus_app.api.refusals import read_refusals
from corpus_app.outages import RETRY_SECONDS, describe_outage, name_outage
from corpus_app.storage_trouble import describe_storage_trouble, name_storage_trouble
from search import ExpressionError, IndexProblem, QueryError

MEDIA_TYPE: Final = "application/problem+json"
_log = logging.getLogger(__name__)

# Code → status and title; the page and the OpenAPI description list them from here.
KINDS: Final = {
    "query": (400, gettext_lazy("检索式有误")),
    "cursor": (400, gettext_lazy("翻页标记有误")),
    "request": (400, gettext_lazy("请求有误")),
    "passage": (400, gettext_lazy("所指文字有误")),
    "token": (401, gettext_lazy("令牌无效")),
    "forbidden": (403, gettext_lazy("没有权限")),
    "missing": (404, gettext_lazy("没有找到")),
    "method": (405, gettext_lazy("不支持这种请求方法")),
    "too_large": (413, gettext_lazy("请求过大")),
    "parameters": (422, gettext_lazy("参数有误")),
    "rate": (429, gettext_lazy("请求过于频繁")),
    "fault": (500, gettext_lazy("服务器内部错误")),
    "index": (503, gettext_lazy("检索索引暂不可用")),
    "outage": (503, gettext_lazy("服务暂时连接不上")),
    "storage": (507, gettext_lazy("现在不能保存")),
}


class ProblemError(Exception):
    """An answer that says what is wrong; code is a key of KINDS, more holds further members."""

    def __init__(self, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.more = more


class MovedError(Exception):
    """A speech that was merged into another; new_id is where it lives on."""

    def __init__(self, old_id: int, new_id: int) -> None:
        super().__init__(f"{old_id} → {new_id}")
        self.old_id = old_id
        self.new_id = new_id


def answer_problem(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """Return the problem as a response."""
    status, title = KINDS[problem.code]
    body = {
        "type": f"{reverse('api:docs')}#problem-{problem.code}",
        "title": str(title),
        "status": status,
        "code": problem.code,
        "detail": problem.detail,
        "instance": request.get_full_path(),
        **problem.more,
    }
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="yanku"'
    return response


def register_problems(api: NinjaAPI) -> None:
    """Make the interface answer every exception as a problem."""
    handlers: dict[type[Exception], Any] = {
        ProblemError: answer_problem,
        MovedError: _answer_moved,
        QueryError: _answer_query,
        IndexProblem: _answer_index,
        Http404: _answer_missing,
        ValidationError: _answer_parameters,
        SuspiciousOperation: _answer_request,
        BadRequest: _answer_request,
        HttpError: _answer_request,
        Exception: _answer_fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _answer_moved(request: HttpRequest, moved: MovedError) -> HttpResponse:
    address = request.get_full_path()
    response = HttpResponse(status=308)
    old, new = f"/speeches/{moved.old_id}", f"/speeches/{moved.new_id}"
    response["Location"] = address.replace(old, new, 1)
    return response


def _answer_query(request: HttpRequest, error: QueryError) -> HttpResponse:
    # Counted from 0, as every offset here; the words count from 1, as people do.
    words = _("第 %(place)d 字处：%(reason)s。") % {
        "place": error.position + 1,
        "reason": error.reason.rstrip("。"),
    }
    more: dict[str, Any] = {"position": error.position}
    if isinstance(error, ExpressionError):
        more["expression"] = error.expression
    return answer_problem(request, ProblemError("query", words, **more))


def _answer_index(request: HttpRequest, problem: IndexProblem) -> HttpResponse:
    _log.error("the index can't answer: %s", problem)
    return answer_problem(request, ProblemError("index", _("索引正在重建或已损坏，请稍后再试。")))


def _answer_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer_problem(request, ProblemError("missing", _("没有这项内容，或者尚未发布。")))


def _answer_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = read_refusals(error.errors)
    words = _("；").join(
        _("%(name)s：%(words)s") % {"name": one["parameter"], "words": one["message"]}
        for one in errors
    )
    return answer_problem(request, ProblemError("parameters", words + _("。"), errors=errors))


def _answer_request(request: HttpRequest, error: Exception) -> HttpResponse:
    return answer_problem(request, ProblemError("request", _("请求的格式不能接受。")))


def _answer_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    if (outage := name_outage(error)) is not None:
        answer = answer_problem(request, ProblemError("outage", describe_outage(outage)))
        answer["Retry-After"] = str(RETRY_SECONDS)
        return answer
    trouble = name_storage_trouble(error)
    if trouble is not None:
        return answer_problem(request, ProblemError("storage", describe_storage_trouble(trouble)))
    return answer_problem(request, ProblemError("fault", _("服务器出错，错误已记录。")))
