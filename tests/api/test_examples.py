"""Every example of the page and of docs/api.md, run as it stands against a live server."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.places import ROOT

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
_SHOWN = re.compile(r'<code\s+data-example="(\w+)">(.*?)</code>', re.S)
_BLOCK = re.compile(r"```(sh|python)\n(.*?)```", re.S)
_DOCUMENTED = "http://127.0.0.1:8000"


@pytest.fixture
def server(
    django_db_serialized_rollback: None, transactional_db: None, corpus: dict[str, Speech]
) -> Iterator[LiveServer]:
    rebuild_index()
    started = LiveServer("127.0.0.1")
    yield started
    started.stop()


def run_python(code: str, folder: Path) -> str:
    script = folder / "example.py"
    script.write_text(code, "utf-8")
    return run([sys.executable, "-X", "utf8", str(script)])


def run_shell(code: str) -> str:
    return run(["sh", "-euc", code])


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_shown(server: LiveServer, language: str) -> list[str]:
    """Return the examples of the page, which name the server that shows them."""
    host = server.url.removeprefix("http://")
    page = Client(headers={"host": host}).get("/api/v1/").content.decode()
    found = [html.unescape(code) for kind, code in _SHOWN.findall(page) if kind == language]
    assert found
    assert all(server.url in code for code in found)
    return found


def read_documented(server: LiveServer, language: str) -> list[str]:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    found = [code for kind, code in _BLOCK.findall(text) if kind == language]
    assert found
    return [code.replace(_DOCUMENTED, server.url) for code in found]


@needs_curl
def test_every_curl_example_of_the_page_answers_well(server: LiveServer) -> None:
    for command in read_shown(server, "curl"):
        answer = json.loads(run_shell(command.replace("curl ", "curl --silent --fail ", 1)))
        assert set(answer) & {"items", "sections", "series", "forms"}, command


def test_every_python_example_of_the_page_prints_something(
    server: LiveServer, tmp_path: Path
) -> None:
    printed = [run_python(code, tmp_path) for code in read_shown(server, "python")]
    assert printed[0].startswith("speech,")
    assert len(printed[0].splitlines()) > 1
    assert "履职 2023" in printed[1]
    assert "检索式有误" in printed[2]


@needs_curl
def test_every_shell_block_of_the_guide_runs(server: LiveServer) -> None:
    for block in read_documented(server, "sh"):
        printed = run_shell(block.replace("curl ", "curl --silent --fail "))
        assert printed.startswith("{")


def test_every_python_block_of_the_guide_runs(server: LiveServer, tmp_path: Path) -> None:
    printed = [run_python(code, tmp_path) for code in read_documented(server, "python")]
    assert "在青芜县人大工作会议上的讲话" in printed[0]
    assert printed[1].strip() == "304"
