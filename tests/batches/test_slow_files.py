"""Files that take longer to read than their sender should wait: they go on in a batch."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from corpus_app.batches.models import Batch
from corpus_app.batches.staging import locate_staged
from corpus_app.ingest.sandbox import parsing
from corpus_app.ingest.sandbox.client import client as warm
from corpus_app.intake.importing import reading
from tests.batches.processes import list_children
from tests.batches.sending import work
from tests.batches.test_front_page import make_files, read, send
from tests.intake.people import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_afresh")]

FLOOD = "<html><body><p title='>' " + " ".join(f"a{number}=1" for number in range(200_000)) + ">讲"


def test_a_file_that_takes_long_to_read_goes_on_in_a_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE_SECONDS", 1)
    client = enter("editor")
    response = send(client, [SimpleUploadedFile("长.html", FLOOD.encode())])
    assert "转入后台处理" in read(client.get(response.headers["Location"]))
    file = Batch.objects.get().files.get()
    assert (file.path, file.state, file.batch.state) == ("长.html", "waiting", "waiting")
    assert locate_staged(file.sha256).read_bytes() == FLOOD.encode()


def test_pasted_words_that_take_long_to_read_keep_their_title_and_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE_SECONDS", 1)
    given = {"title": "在会上的讲话", "source_url": "https://example.com/a"}
    fields = {"text": "x", "markup": FLOOD, **given}
    answer = enter("editor").post(reverse("paste"), fields, follow=True)
    assert "批次名称" in read(answer)
    batch = Batch.objects.get()
    assert batch.name == "在会上的讲话 https://example.com/a"
    assert batch.files.get().state == "waiting"


def test_a_file_that_finds_all_readers_busy_goes_on_in_a_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE_PATIENCE", 0.01)
    with contextlib.ExitStack() as held:
        for _ in range(parsing.MOST_READERS):
            held.enter_context(parsing._turns.take())
        send(enter("editor"), make_files("一.txt"))
    assert Batch.objects.get().files.get().state == "waiting"


@pytest.fixture
def deadly_machine() -> Iterator[None]:
    """A machine that ends the warm process whenever it has a reader."""
    over = threading.Event()

    def kill() -> None:
        while not over.is_set():
            server = warm._server
            with contextlib.suppress(OSError):
                if server is not None and list_children(server.pid):
                    os.kill(server.pid, signal.SIGKILL)
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    yield
    over.set()
    killer.join()


@pytest.mark.slow
@pytest.mark.usefixtures("deadly_machine")
def test_a_file_whose_readers_are_ended_goes_on_in_a_batch_and_is_tried_again_there() -> None:
    send(enter("editor"), [SimpleUploadedFile("长.html", FLOOD.encode())])
    file = Batch.objects.get().files.get()
    assert file.state == "waiting"
    work()
    file.refresh_from_db()
    assert (file.state, file.code) == ("failed", "failed")
    assert file.attempts > 1
    assert "请稍后重试" in file.message


@pytest.mark.slow
@pytest.mark.usefixtures("deadly_machine")
def test_commands_say_of_a_file_whose_readers_are_ended_that_it_may_be_tried_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "长.html"
    path.write_text(FLOOD, "utf-8")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_speeches", str(path), json=True, stdout=out)
    assert "请稍后重试" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("parse_speech", str(path), stdout=out)
    assert "请稍后重试" in out.getvalue()
