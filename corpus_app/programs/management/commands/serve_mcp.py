"""Serve the tools for language models' clients by standard input and output."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand
from django.http import HttpRequest

from corpus_app.access.audience import answer_inside
from corpus_app.programs.naming import read_host


class Command(BaseCommand):
    """Runs until its input ends; shows what everybody may see."""

    help = "以标准输入输出提供 MCP 工具（检索、语境、趋势、取文、核对引文），只读，只见公开讲话。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer what comes in by standard input."""
        request = _make_request()
        with answer_inside(request):
            asyncio.run(_serve(request))


async def _serve(request: HttpRequest) -> None:
    from mcp.server.stdio import stdio_server

    from corpus_app.programs.assistants.server import answer_request, build_server

    server = build_server()
    with answer_request(request):
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())


def _make_request() -> HttpRequest:
    """Return a stranger's request, by which addresses are made whole."""
    request = HttpRequest()
    request.method = "GET"
    scheme = "https" if settings.HTTPS else "http"
    request.META |= {"SERVER_NAME": read_host(), "SERVER_PORT": "443" if settings.HTTPS else "80"}
    request.META |= {"wsgi.url_scheme": scheme, "HTTP_X_FORWARDED_PROTO": scheme}
    request.user = AnonymousUser()
    return request
