"""The server starts a worker and keeps it, whatever is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_app.batches import supervisor
from corpus_app.batches.supervisor import list_inheritable
from tests.batches.processes import (
    Server,
    is_alive,
    kill,
    list_children,
    prepare_folder,
    run_forker,
    run_server,
    send_files,
    wait_until,
)
from tests.batches.random_speeches import write_speech


def read_command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def find_worker(server: Server) -> int | None:
    children = list_children(server.process.pid)
    return next((each for each in children if "run_worker" in read_command(each)), None)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return prepare_folder(tmp_path_factory.mktemp("keeper") / "var")


@pytest.fixture
def server(env: dict[str, str]) -> Iterator[Server]:
    with run_server(env) as started:
        wait_until(started.is_answering, 60, "an answer")
        yield started


@pytest.mark.slow
def test_a_killed_worker_is_started_again_and_does_what_is_sent(
    server: Server, env: dict[str, str], tmp_path: Path
) -> None:
    wait_until(lambda: find_worker(server), 20, "a worker")
    first = find_worker(server)
    assert first is not None
    kill(first)
    wait_until(lambda: find_worker(server) not in (None, first), 30, "another worker")
    with run_forker(env, tmp_path) as forker:
        token = forker.ask("make_token")["token"]
        sent = send_files(server.url, token, {"讲话.txt": write_speech(1).encode()})
        assert sent is not None

        def is_done() -> bool:
            told: dict[str, Any] = forker.ask("report")
            return told["batches"] == {str(sent["id"]): "done"}

        wait_until(is_done, 60, "the file's end")


@pytest.mark.slow
def test_the_worker_ends_when_the_server_is_killed(server: Server) -> None:
    wait_until(lambda: find_worker(server), 20, "a worker")
    worker = find_worker(server)
    assert worker is not None
    kill(server.process.pid)
    server.process.wait()
    wait_until(lambda: not is_alive(worker), 40, "the worker's end")


@pytest.mark.slow
def test_the_worker_ends_when_the_server_is_told_to(server: Server) -> None:
    wait_until(lambda: find_worker(server), 20, "a worker")
    worker = find_worker(server)
    assert worker is not None
    server.process.terminate()
    server.process.wait()
    wait_until(lambda: not is_alive(worker), 40, "the worker's end")


@pytest.mark.slow
def test_no_worker_is_started_where_it_is_switched_off(env: dict[str, str]) -> None:
    with run_server({**env, "CORPUS_WORKER": "0"}) as server:
        wait_until(server.is_answering, 60, "an answer")
        assert find_worker(server) is None


def test_a_new_program_is_given_nothing_but_input_and_outputs(tmp_path: Path) -> None:
    import os

    with (tmp_path / "a").open("w") as file:
        assert file.fileno() not in list_inheritable()
        os.set_inheritable(file.fileno(), True)
        assert file.fileno() in list_inheritable()


def test_a_worker_that_cannot_be_started_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor.sys, "executable", "/nowhere/python")
    watching = supervisor.WorkerSupervisor()
    watching.start()
    # Each try that fails doubles the pause.
    wait_until(lambda: watching._pause > supervisor.LOOK_SECONDS * 2, 10, "a second try")
    assert watching.is_alive()
    watching.end()
    watching.join(60)
    assert "The worker could not be started" in capfd.readouterr().err
