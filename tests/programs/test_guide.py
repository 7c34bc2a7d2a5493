"""Every example of docs/programs.md, run as it stands against a live server."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout

import pytest
from pytest_django.live_server_helper import LiveServer

from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.places import ROOT

_BLOCK = re.compile(r"```python\n(.*?)```", re.S)


@pytest.fixture
def server(django_db_serialized_rollback: None, transactional_db: None) -> Iterator[LiveServer]:
    store(WORK_CONFERENCE, "work.txt")
    store(TRAINING, "training.txt")
    rebuild_index()
    started = LiveServer("127.0.0.1")
    yield started
    started.stop()


def run_block(code: str) -> str:
    said = io.StringIO()
    with redirect_stdout(said):
        exec(compile(code, "docs/programs.md", "exec"), {"__name__": "__main__"})
    return said.getvalue()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:sickle.*", "ignore::FutureWarning")
def test_every_example_of_the_guide_runs(server: LiveServer) -> None:
    text = (ROOT / "docs" / "programs.md").read_text("utf-8")
    blocks = [code.replace("http://127.0.0.1:8000", server.url) for code in _BLOCK.findall(text)]
    said = dict(zip(("page", "feed", "harvest", "tools"), map(run_block, blocks), strict=True))
    assert "在青芜县人大工作会议上的讲话" in said["page"]
    assert said["feed"].splitlines()[-1] == "304"
    assert said["harvest"].count("oai:127.0.0.1:speech-") == 2
    assert "结果：没有找到" in said["tools"]
    assert said["tools"].splitlines()[-1] in ("altered", "not_found")
