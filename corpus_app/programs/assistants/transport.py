"""One request of the protocol over HTTP, handed to the SDK's own transport inside this process.

The SDK speaks ASGI and the site is served by WSGI. Without sessions and with answers in JSON a
request is one question and one answer: the SDK's transport is called with both as messages, in
an event loop of its own that ends with the answer.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from corpus_app.programs.assistants.server import answer_request, build_server

Message = MutableMapping[str, Any]


def answer_message(request: HttpRequest) -> HttpResponse:
    """Return the SDK's answer to a POST."""
    with answer_request(request):
        messages: list[Message] = async_to_sync(_exchange)(_describe(request), request.body)
    status, body = 500, b""
    headers: list[tuple[bytes, bytes]] = []
    for message in messages:
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message.get("headers", []))
        else:
            body += message.get("body", b"")
    response = HttpResponse(body, status=status)
    for name, value in headers:
        if name.lower() != b"content-length":
            response[name.decode("latin-1")] = value.decode("latin-1")
    response["Cache-Control"] = "no-store"
    return response


async def _exchange(scope: dict[str, Any], body: bytes) -> list[Message]:
    sent: list[Message] = []
    received = False

    async def receive() -> Message:
        nonlocal received
        if received:
            return {"type": "http.disconnect"}
        received = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    manager = StreamableHTTPSessionManager(build_server(), json_response=True, stateless=True)
    async with manager.run():
        await manager.handle_request(scope, receive, send)
    return sent


def _describe(request: HttpRequest) -> dict[str, Any]:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in request.headers.items()
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": None,
        "server": None,
    }
