"""What every request passes: its method, who asks, how often; and what every answer bears."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from corpus_app.api.callers import name_caller, name_stranger
from corpus_app.api.problems import ProblemError, answer_problem
from corpus_app.api.rates import Standing, count_request

METHODS: Final = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def guard_patterns(patterns: list[URLPattern]) -> list[URLPattern]:
    """Put the gate before the views of the patterns and return them."""
    for pattern in patterns:
        pattern.callback = guard(pattern.callback)
    return patterns


def guard(view: View) -> View:
    """Return the view behind the gate."""

    @wraps(view)
    def pass_gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in METHODS:
            return _refuse_method(request)
        problem, standing = _admit(request)
        if problem:
            response = answer_problem(request, problem)
        else:
            response = _answer_as_get(view, request, *args, **kwargs)
        return _add_standing(response, standing)

    # Nothing is changed here, and a refusal should be ours rather than the form guard's.
    pass_gate.csrf_exempt = True  # type: ignore[attr-defined]
    return pass_gate


def answer_unknown(request: HttpRequest) -> HttpResponse:
    """Answer for addresses that are none."""
    return answer_problem(request, ProblemError("missing", _("接口没有这个地址。")))


def _admit(request: HttpRequest) -> tuple[ProblemError | None, Standing]:
    problem = None
    try:
        caller = name_caller(request)
    except ProblemError as refused:
        problem, caller = refused, name_stranger(request)
    standing = count_request(caller.key, caller.rate)
    if standing.exceeded:
        words = _("请在 %(wait)d 秒之后再试；使用令牌可以提高限额。") % {"wait": standing.wait}
        problem = ProblemError("rate", words)
    return problem, standing


def _answer_as_get(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's answer; the server leaves its body out where HEAD was asked."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _refuse_method(request: HttpRequest) -> HttpResponse:
    words = _("接口只供读取，请用 GET 或 HEAD。")
    response = answer_problem(request, ProblemError("method", words))
    response["Allow"] = ", ".join(METHODS)
    return response


def _add_standing(response: HttpResponse, standing: Standing) -> HttpResponse:
    response["RateLimit-Limit"] = str(standing.rate.requests)
    response["RateLimit-Remaining"] = str(standing.left)
    response["RateLimit-Reset"] = str(standing.wait)
    if standing.exceeded:
        response["Retry-After"] = str(standing.wait)
    return response
