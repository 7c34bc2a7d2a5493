"""The tools for language models' clients, asked by the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser
from mcp import Client, StdioServerParameters
from pytest_django.live_server_helper import LiveServer

from corpus_app.api.tokens import create_token
from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.places import ROOT
from tests.search.factories import make_speech

NAMES = {"search", "concordance", "trends", "breakdown", "passage", "verify_quotation"}


@pytest.fixture
def server(django_db_serialized_rollback: None, transactional_db: None) -> Iterator[LiveServer]:
    store(WORK_CONFERENCE, "work.txt")
    store(TRAINING, "training.txt")
    rebuild_index()
    started = LiveServer("127.0.0.1")
    yield started
    started.stop()


async def try_tools(client: Client) -> dict[str, dict[str, Any]]:
    """Return what each tool says to a question that it can answer."""
    asked = {
        "search": {"q": "“没有人说过的话”", "year_from": 2020},
        "concordance": {"q": "代表家站", "context": 10},
        "trends": {"expression": ["代表家站", "没有人说过的话"]},
        "breakdown": {"q": "代表家站", "by": "year,level"},
        "passage": {"speech": 1, "section": "2.1"},
        "verify_quotation": {"text": "把代表家站建在群众身边，让群众话有地方讲，事有人去办"},
    }
    listed = await client.list_tools()
    assert {tool.name for tool in listed.tools} == NAMES == set(asked)
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed.tools)
    told = {}
    for name, arguments in asked.items():
        if name == "passage":
            line = told["concordance"]["items"][0]
            arguments = {"speech": line["speech"], "section": line["section"]}
        result = await client.call_tool(name, arguments)
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content  # type: ignore[union-attr]
        told[name] = cast("dict[str, Any]", result.structured_content)
    return told


def test_the_sdks_client_asks_every_tool_in_both_kinds_of_the_protocol(server: LiveServer) -> None:
    async def ask(mode: Any) -> dict[str, dict[str, Any]]:
        async with Client(f"{server.url}/mcp/", mode=mode) as client:
            return await try_tools(client)

    told = asyncio.run(ask("auto"))
    assert asyncio.run(ask("legacy")).keys() == told.keys()
    assert told["search"]["total"] == 0
    absent = told["search"]["statement"]
    assert "检索式：“没有人说过的话”" in absent
    assert "结果：没有找到" in absent
    assert "2 篇" in absent
    assert all(one["key"] == "代表家站" for one in told["concordance"]["items"])
    assert told["trends"]["statement"].count("言库检索说明") == 2
    assert told["breakdown"]["total"]["occurrences"] == told["concordance"]["total"]
    assert "代表家站" in told["passage"]["words"]
    assert "[" in told["passage"]["reference"]
    assert told["passage"]["permalink"].startswith(f"{server.url}/p/")
    checked = told["verify_quotation"]
    assert checked["verdict"] == "altered"
    changed = [p for p in checked["nearest"][0]["difference"] if p["kind"] != "kept"]
    assert changed == [{"kind": "deleted", "text": "说、"}, {"kind": "added", "text": "讲，"}]
    assert checked["nearest"][0]["url"].startswith(f"{server.url}/speeches/")


def call(browser: Browser, name: str, arguments: dict[str, Any], **headers: str) -> Any:
    """Post one call as a client of the older protocol does; return status and result."""
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": name, "arguments": arguments},
    }
    accepted = {"accept": "application/json, text/event-stream", **headers}
    answer = browser.post(
        "/mcp/", json.dumps(message), content_type="application/json", headers=accepted
    )
    found = json.loads(answer.content) if answer.content else {}
    return answer.status_code, found.get("result", found)


@pytest.mark.django_db
def test_what_is_asked_wrongly_is_told_in_words(client: Browser, speech: Speech) -> None:
    rebuild_index()
    wrong = {
        "检索式第": ("search", {"q": "代表 OR"}),
        "不认识的参数": ("search", {"q": "代表", "years": 2020}),
        "应为整数": ("search", {"q": "代表", "year_from": "去年"}),
        "缺少这个参数": ("verify_quotation", {}),
        "没有这项内容": ("passage", {"speech": 999}),
        "没有工具": ("delete", {}),
        "cursor": ("search", {"cursor": "x"}),
    }
    for words, (name, arguments) in wrong.items():
        status, result = call(client, name, arguments)
        assert (status, result["isError"]) == (200, True), name
        assert words in result["content"][0]["text"]
    assert client.get("/mcp/").status_code == 405
    assert client.post("/mcp/", "{", content_type="application/json").status_code in (400, 406)


@pytest.mark.django_db
def test_rights_tokens_and_limits_are_those_of_the_interface(
    client: Browser, speech: Speech, settings: Any
) -> None:
    inside = make_speech("内部的讲话", ["芦花只在内部说起。"], access=INTERNAL)
    rebuild_index()
    asked = ("search", {"q": "芦花"})
    assert call(client, *asked)[1]["structuredContent"]["total"] == 0
    quoted = call(client, "verify_quotation", {"text": "芦花只在内部说起"})
    assert quoted[1]["structuredContent"]["verdict"] == "not_found"
    assert call(client, "passage", {"speech": inside.pk})[1]["isError"]
    _token, secret = create_token(User.objects.create_superuser("editor"), "试用")
    bearer = {"authorization": f"Bearer {secret}"}
    assert call(client, *asked, **bearer)[1]["structuredContent"]["total"] == 1
    assert call(client, *asked, authorization="Bearer yanku_none")[0] == 401
    settings.API_ANONYMOUS_RATE = (1, 60)
    assert call(client, *asked)[0] == 429


@pytest.mark.slow
def test_the_sdks_client_starts_the_command_and_asks_every_tool(tmp_path: Any) -> None:
    settings = {**os.environ, "CORPUS_DATA_DIR": str(tmp_path)}
    settings["DJANGO_SETTINGS_MODULE"] = "corpus_app.settings"
    manage = [str(ROOT / "manage.py")]

    async def ask() -> dict[str, dict[str, Any]]:
        made = await asyncio.create_subprocess_exec(
            sys.executable, *manage, "bootstrap", env=settings, stdout=asyncio.subprocess.DEVNULL
        )
        assert await made.wait() == 0
        command = StdioServerParameters(
            command=sys.executable, args=[*manage, "serve_mcp"], env=settings
        )
        async with Client(command) as client:
            return await try_tools(client)

    told = asyncio.run(ask())
    assert told["search"]["total"] == 0
    assert told["verify_quotation"]["statement"]
