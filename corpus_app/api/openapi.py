"""The description of the interface, made from the code: what ninja sees, and what it does not.

Ninja describes parameters and good answers from the endpoints' annotations. Added here is what
the gate and the handlers do for all of them: problems, headers, tokens.
"""

from __future__ import annotations

from typing import Any, Final, cast

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from corpus_app.api.interface import api
from corpus_app.api.problems import KINDS, MEDIA_TYPE
from corpus_app.api.schemas.shared import Problem

# What any address may answer; those below add their own.
_ALWAYS: Final = (
    *(
        "request",
        "token",
        "missing",
        "method",
        "parameters",
        "rate",
        "fault",
        "index",
        "outage",
        "storage",
    ),
)
_REVISIONS: Final = ("/speeches/{speech_id}",)
_UPLOADS: Final = "/uploads"
_WORDS: Final = ("summary", "description")
_RATE_HEADERS: Final = {
    "RateLimit-Limit": gettext_noop("一个时段内可请求的次数"),
    "RateLimit-Remaining": gettext_noop("本时段内剩余的次数"),
    "RateLimit-Reset": gettext_noop("多少秒后恢复全部次数"),
}
_TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": gettext_noop("在 /api/v1/tokens/ 建立的令牌；没有令牌也可读取，限额较低。"),
}


def describe_interface() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of all addresses with all their answers."""
    schema = cast(dict[str, Any], api.get_openapi_schema(path_prefix=reverse("api:docs")))
    components = schema["components"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= problem.pop("$defs", {})
    components["schemas"]["Problem"] = problem
    components["securitySchemes"] = {"token": dict(_TOKEN)}
    schema["security"] = [{}, {"token": []}]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    _translate(schema)
    return dict(schema)


def send_description(request: HttpRequest) -> JsonResponse:
    """Answer with the description."""
    return JsonResponse(describe_interface(), json_dumps_params={"ensure_ascii": False})


def _translate(node: Any) -> None:
    """Put the words of the description into the reader's language, in place."""
    if isinstance(node, list):
        for value in node:
            _translate(value)
    if not isinstance(node, dict):
        return
    for name, value in node.items():
        if name in _WORDS and isinstance(value, str) and value:
            node[name] = gettext(value)
        elif name == "tags":
            node[name] = [gettext(tag) for tag in value]
        else:
            _translate(value)


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to an operation the answers and headers that come from elsewhere."""
    answers = operation["responses"] = {str(k): v for k, v in operation["responses"].items()}
    for answer in answers.values():
        answer["description"] = gettext_noop("成功")
        answer["headers"] = _describe_rate()
    own = path.removeprefix(reverse("api:docs").rstrip("/"))
    if own.startswith(_REVISIONS):
        tag = {
            "description": gettext_noop("内容的标记，可放进 If-None-Match"),
            "schema": {"type": "string"},
        }
        answers["200"]["headers"]["ETag"] = tag
        answers["304"] = {"description": gettext_noop("内容未变（If-None-Match 相符）")}
        answers["308"] = {"description": gettext_noop("讲话已并入另一篇，新地址见 Location")}
    if own.startswith(_UPLOADS):
        operation["security"] = [{"token": []}]
    for code in _list_codes(own, method, operation):
        _add_problem(answers, code)
    operation["responses"] = dict(sorted(answers.items()))


def _list_codes(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    names = {parameter["name"] for parameter in operation["parameters"]}
    # How a query is read is asked wherever one is.
    more = ["query"] if "match" in names else []
    more += ["passage"] if path == "/citations" else []
    more += ["cursor"] if "cursor" in names else []
    more += ["forbidden"] if path.startswith(_UPLOADS) else []
    more += ["too_large"] if method == "post" else []
    return [*_ALWAYS, *more]


def _add_problem(answers: dict[str, Any], code: str) -> None:
    status, title = KINDS[code]
    answer = answers.setdefault(str(status), {"description": ""})
    words = f"{title}（{code}）"
    answer["description"] = "；".join(part for part in (answer["description"], words) if part)
    answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answer["headers"] = {} if status == 405 else _describe_rate()
    if status == 429:
        seconds = {"description": gettext_noop("多少秒后再试"), "schema": {"type": "integer"}}
        answer["headers"]["Retry-After"] = seconds


def _describe_rate() -> dict[str, Any]:
    return {
        name: {"description": words, "schema": {"type": "integer"}}
        for name, words in _RATE_HEADERS.items()
    }
