"""What every request passes: its method, who asks, how often; and what every answer bears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from corpus_app.access.audience import answer_for
from corpus_app.access.rates import Standing, count_request
from corpus_app.api.callers import Caller, name_caller, name_stranger
from corpus_app.api.problems import ProblemError, answer_problem
from corpus_app.ingest.limits import MEGABYTE, describe_bytes, get_limits

METHODS: Final = ("GET", "HEAD")
# Beside the files of one request: names of fields and parts.
FRAME_BYTES: Final = MEGABYTE
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Terms:
    """What an address takes: its methods, and the right without which nothing is answered.

    signed_in asks for an account, whatever it may.
    """

    methods: tuple[str, ...] = METHODS
    permission: str = ""
    signed_in: bool = False


READING: Final = Terms()
# Addresses that differ, by their pattern.
TERMS: Final = {
    "draft-checks": Terms(("POST",), signed_in=True),
    "uploads": Terms((*METHODS, "POST"), "catalog.add_speech"),
    "uploads/<upload_id>": Terms(METHODS, "catalog.add_speech"),
    "uploads/<upload_id>/tables/<file_id>": Terms((*METHODS, "POST"), "catalog.add_speech"),
}


def guard_patterns(patterns: list[URLPattern]) -> list[URLPattern]:
    """Put the gate before the views of the patterns and return them."""
    for pattern in patterns:
        terms = TERMS.get(str(pattern.pattern), READING)
        pattern.callback = guard(pattern.callback, terms)
    return patterns


def guard(view: View, terms: Terms = READING) -> View:
    """Return the view behind the gate."""

    @wraps(view)
    def pass_gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in terms.methods:
            return _refuse_method(request, terms)
        problem, standing = _admit(request, terms)
        if problem:
            response = answer_problem(request, problem)
        else:
            response = _answer(view, request, *args, **kwargs)
        return _add_standing(response, standing)

    # A cookie changes nothing here, only a token does; and a refusal should be ours.
    pass_gate.csrf_exempt = True  # type: ignore[attr-defined]
    return pass_gate


def answer_unknown(request: HttpRequest) -> HttpResponse:
    """Answer for addresses that are none."""
    return answer_problem(request, ProblemError("missing", _("接口没有这个地址。")))


def _admit(request: HttpRequest, terms: Terms) -> tuple[ProblemError | None, Standing]:
    problem = None
    try:
        caller = name_caller(request)
        if caller.user is not None:
            answer_for(request, caller.user)
        problem = _check_right(request, caller, terms)
    except ProblemError as refused:
        problem, caller = refused, name_stranger(request)
    standing = count_request(caller.key, caller.rate)
    if standing.exceeded:
        words = _("请在 %(wait)d 秒之后再试；使用令牌可以提高限额。") % {"wait": standing.wait}
        problem = ProblemError("rate", words)
    return problem, standing


def _check_right(request: HttpRequest, caller: Caller, terms: Terms) -> ProblemError | None:
    """Return why the caller may not ask this; nothing of the body is read before."""
    changes = request.method == "POST"
    if not (terms.permission or terms.signed_in):
        return None
    if caller.user is None or (changes and not caller.by_token):
        return ProblemError("token", _("这个地址须用令牌（Authorization: Bearer 令牌）。"))
    if terms.permission and not caller.user.has_perm(terms.permission):
        return ProblemError("forbidden", _("这个账号没有提交文稿的权限。"))
    limit = get_limits().archive_bytes + FRAME_BYTES
    if changes and int(request.META.get("CONTENT_LENGTH") or 0) > limit:
        words = _("一次请求不超过 %(limit)s，请分几次提交。") % {"limit": describe_bytes(limit)}
        return ProblemError("too_large", words)
    request.user = caller.user
    return None


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's answer; the server leaves its body out where HEAD was asked."""
    if request.method == "POST":
        return view(request, *args, **kwargs)
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _refuse_method(request: HttpRequest, terms: Terms) -> HttpResponse:
    words = _("这个地址只接受 %(methods)s。") % {"methods": "、".join(terms.methods)}
    response = answer_problem(request, ProblemError("method", words))
    response["Allow"] = ", ".join(terms.methods)
    return response


def _add_standing(response: HttpResponse, standing: Standing) -> HttpResponse:
    response["RateLimit-Limit"] = str(standing.rate.requests)
    response["RateLimit-Remaining"] = str(standing.left)
    response["RateLimit-Reset"] = str(standing.wait)
    if standing.exceeded:
        response["Retry-After"] = str(standing.wait)
    return response
