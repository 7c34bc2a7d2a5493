"""The protocol's server, by the official SDK: it speaks, the tools answer in Django's thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import mcp_types as types
from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.utils.translation import gettext as _
from mcp.server.lowlevel import Server

from corpus_app.pages.context import read_version
from corpus_app.programs.assistants.calls import answer_call
from corpus_app.programs.assistants.tools import TOOLS

NAME: Final = "yanku"
_asking: ContextVar[HttpRequest] = ContextVar("asking")


@contextmanager
def answer_request(request: HttpRequest) -> Iterator[None]:
    """Let the tools that are called inside answer for whom the request is answered."""
    token = _asking.set(request)
    try:
        yield
    finally:
        _asking.reset(token)


def build_server() -> Server[Any]:
    """Return the server, which holds nothing of those who ask but their language."""
    return Server(
        NAME,
        version=read_version(),
        title="言库",
        instructions=_(
            "言库收录地方人大讲话文稿。每次答复都附检索说明（statement），写明查了什么、范围多大、"
            "结果如何；"
            "“没有找到”也可凭它引用。原文与出处用 passage 取，引用前用 verify_quotation 核对。"
        ),
        on_list_tools=_list_tools,
        on_call_tool=_call_tool,
    )


async def _list_tools(context: Any, params: Any) -> types.ListToolsResult:
    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=name,
                title=str(tool.title),
                description=str(tool.description),
                input_schema=tool.describe_arguments(),
                annotations=hints,
            )
            for name, tool in TOOLS.items()
        ]
    )


async def _call_tool(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
    """Answer in the thread that the request came in by, where Django's connections are."""
    call = sync_to_async(answer_call, thread_sensitive=True)
    answered = await call(_asking.get(), params.name, params.arguments or {})
    return types.CallToolResult(
        content=[types.TextContent(text=answered.text)],
        structured_content=answered.values,
        is_error=answered.values is None,
    )
