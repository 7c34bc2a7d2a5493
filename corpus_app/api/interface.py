"""The interface as a whole."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from corpus_app.api.conditions import NotModifiedError
from corpus_app.api.endpoints import (
    citations,
    comparing,
    draft_checks,
    frequencies,
    research,
    reuse,
    searching,
    similar,
    slogans,
    speeches,
    studies,
    themes,
    uploads,
)
from corpus_app.api.problems import register_problems


class ChineseRenderer(BaseRenderer):
    """JSON with Chinese as it is, not as escapes: half the size, and readable."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Return the data as JSON."""
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)


def build_api() -> NinjaAPI:
    """Return the interface with all its addresses; description and page are our own."""
    made = NinjaAPI(
        title="言库接口",
        version="1.0.0",
        description=gettext_noop("供程序检索与读取已发布的讲话文稿；有权限的账号可提交文稿。"),
        openapi_url=None,
        docs_url=None,
        urls_namespace="api-v1",
        renderer=ChineseRenderer(),
    )
    for module in (
        speeches,
        searching,
        research,
        studies,
        frequencies,
        reuse,
        comparing,
        similar,
        slogans,
        themes,
        citations,
        draft_checks,
        uploads,
    ):
        made.add_router("", module.router)
    register_problems(made)
    made.add_exception_handler(NotModifiedError, _answer_not_modified)
    return made


def _answer_not_modified(request: HttpRequest, known: Any) -> HttpResponse:
    return known.response


api = build_api()
