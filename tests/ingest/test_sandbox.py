"""The sandbox: the same drafts as without it, every bound kept, nothing left behind."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.removal_rules import RemovalRule
from corpus_app.ingest.sandbox import parsing
from corpus_app.ingest.sandbox.client import client
from corpus_app.ingest.sandbox.parsing import BusyError, Turns, parse_file
from corpus_app.ingest.sandbox.process import TimeUpError
from tests.batches.processes import list_children, wait_until
from tests.ingest.format_files import FILES, build_all
from tests.places import ROOT, SHARED, needs_shared

pytestmark = pytest.mark.usefixtures("read_afresh")

SPEECH = "在机关会议上的讲话\n同志们：\n今天开会，主要是部署任务。\n一、抓学习\n要学深悟透。\n"
# Its attributes are compared with each other: without bounds it takes more than a minute.
FLOOD = b"<html><body><p x='>' " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</p>"
HASTY = Limits(seconds=1)
GOLDEN = ROOT / "tests" / "ingest" / "golden"


def parse_flood(seconds: int = 1) -> None:
    with pytest.raises(TimeUpError):
        parse_file(FLOOD, "a.html", Limits(seconds=seconds))


def list_own_files() -> list[tuple[str, bytes]]:
    folders = [GOLDEN, FILES, ROOT / "fixtures" / "speeches"]
    paths = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    # Pictures of pages are recognised in the sandbox alone.
    paths = [path for path in paths if path.name != "pages.doc"]
    return [*build_all().items(), *((path.name, path.read_bytes()) for path in paths)]


def parse_either(parse: object, data: bytes, name: str) -> Draft | tuple[str, str]:
    try:
        return parse(data, name)  # type: ignore[operator, no-any-return]
    except RejectedFile as refusal:
        return refusal.code, refusal.message


def find_server() -> int:
    server = client._server
    assert server is not None
    return server.pid


def test_it_gives_the_drafts_that_the_parser_gives() -> None:
    for name, data in list_own_files():
        assert parse_either(parse_file, data, name) == parse_either(parse_bytes, data, name), name


@needs_shared
@pytest.mark.slow
def test_it_gives_the_same_drafts_of_the_samples_beside_the_project() -> None:
    for path in sorted((SHARED / "samples").iterdir()):
        if path.is_file() and path.stat().st_size < 1_000_000:
            data, name = path.read_bytes(), path.name
            assert parse_either(parse_file, data, name) == parse_either(parse_bytes, data, name)


def test_rules_and_limits_go_along() -> None:
    rule = RemovalRule(7, "要学深悟透。", "editor")
    draft = parse_file(SPEECH.encode(), "a.txt", rules=[rule])
    assert draft == parse_bytes(SPEECH.encode(), "a.txt", rules=[rule])
    assert "rule:7" in {span.rule for span in draft.removed}
    with pytest.raises(RejectedFile, match="上限"):
        parse_file(SPEECH.encode(), "a.txt", Limits(text_chars=10))


def test_a_page_of_one_tag_with_countless_attributes_is_refused_when_its_time_is_up() -> None:
    started = time.monotonic()
    with pytest.raises(RejectedFile, match="用时超过 1 秒") as refused:
        parse_file(FLOOD, "a.html", HASTY)
    assert refused.value.code == "too_large"
    assert time.monotonic() - started < 10


def test_a_loop_that_no_signal_reaches_from_python_is_ended_too(tmp_path: Path) -> None:
    """One call of native code: the flood is one; this one is a regular expression."""
    code = (
        "import re, socket, sys, time; from corpus_app.ingest.sandbox import restraints as r;"
        "r.bound_process(1, 2**30); re.match('(a|a)*b', 'a' * 60)"
    )
    started = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode
    assert ended in {-signal.SIGALRM, -signal.SIGXCPU}
    assert time.monotonic() - started < 10


def test_a_file_that_needs_too_much_memory_is_refused_with_that_reason() -> None:
    page = "<html><body>" + "<i>讲</i>" * 400_000
    with pytest.raises(RejectedFile, match="内存超过 64 MB") as refused:
        parse_file(page.encode(), "a.html", Limits(memory_bytes=64 * 1024 * 1024))
    assert refused.value.code == "too_large"
    assert parse_file(SPEECH.encode(), "a.txt").text


def test_the_next_file_is_read_after_one_that_met_its_bound() -> None:
    parse_file(SPEECH.encode(), "a.txt")
    server = find_server()
    parse_flood()
    assert parse_file(SPEECH.encode(), "a.txt") == parse_bytes(SPEECH.encode(), "a.txt")
    assert find_server() == server


def test_the_longest_honest_text_stays_in_bounds() -> None:
    sentence = "今天我们召开代表工作会议，总结工作，部署任务，要把各项工作抓紧抓实。\n"
    text = "在会议上的讲话\n同志们：\n" + sentence * (999_000 // len(sentence))
    assert len(parse_file(text.encode(), "a.txt", Limits()).text) > 990_000


def test_many_threads_get_each_its_own_draft() -> None:
    found: dict[int, str] = {}

    def read(number: int) -> None:
        text = SPEECH.replace("学习", f"第{number}项工作")
        found[number] = parse_file(text.encode(), f"{number}.txt").text

    threads = [threading.Thread(target=read, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 24
    assert all(f"第{number}项工作" in text for number, text in found.items())


def test_no_more_readers_run_at_once_than_may_and_who_cannot_wait_is_told() -> None:
    parse_file(SPEECH.encode(), "a.txt")
    threads = [threading.Thread(target=parse_flood, args=(3,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(list_children(find_server())) == parsing.MOST_READERS, 10, "readers")
    with pytest.raises(BusyError):
        parse_file(SPEECH.encode(), "a.txt", patience=0.1)
    most = 0
    while any(thread.is_alive() for thread in threads):
        most = max(most, len(list_children(find_server())))
        time.sleep(0.01)
    assert most == parsing.MOST_READERS


def test_who_asks_first_is_served_first() -> None:
    turns, served = Turns(1), list[int]()

    def take(number: int) -> None:
        with turns.take():
            served.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(20)]
    with turns.take():
        for thread in threads:
            thread.start()
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert served == list(range(20))


def test_a_fault_of_the_parser_is_a_damaged_file_and_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [
        b"",
        b"[]",
        b'{"raw": 1}',
        b"[null,null,null,null]",
        b'["x",null,null,null]',
        b"\xff",
    ]
    for answer in answers:
        monkeypatch.setattr(client, "ask", lambda *_, answer=answer: (answer, 0))
        with pytest.raises(RejectedFile) as refused:
            parse_file(SPEECH.encode(), "a.txt")
        assert refused.value.code == "damaged"


def test_the_sum_of_the_bytes_is_not_left_to_the_reader() -> None:
    draft = parse_file(SPEECH.encode(), "a.txt")
    assert draft.sha256 == parse_bytes(SPEECH.encode(), "a.txt").sha256
    assert dataclasses.asdict(draft) == dataclasses.asdict(parse_bytes(SPEECH.encode(), "a.txt"))
