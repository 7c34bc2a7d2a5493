"""A large file over a bad line: it goes on where it was, whatever breaks, and comes out whole."""

from __future__ import annotations

import contextlib
import hashlib
import random
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.batches.processes import Server, prepare_folder, run_server, wait_until
from tests.browser.arrivals import wait_for_batch, wait_until_done, write_speech
from tests.browser.conftest import open_context
from tests.browser.looks import look_at
from tests.browser.people import log_in

MEGABYTE = 1024 * 1024


def write_archive(path: Path, megabytes: float, number: int = 60) -> bytes:
    """Write an archive of one speech and so much that does not compress; return its bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("讲话.txt", write_speech(number) + path.stem)
        archive.writestr("附件.bin", random.Random(number).randbytes(int(megabytes * MEGABYTE)))
    return path.read_bytes()


def choose(page: Page, path: Path) -> None:
    page.locator("#id_file").set_input_files(path)
    page.locator("main button[type=submit]").first.click()


def throttle(page: Page, bytes_a_second: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_a_second,
        },
    )


def read_row(folder: Path, query: str) -> tuple[object, ...] | None:
    with contextlib.closing(sqlite3.connect(folder / "corpus.sqlite3", timeout=60)) as database:
        row: tuple[object, ...] | None = database.execute(query).fetchone()
        return row


def count_received(folder: Path) -> int:
    row = read_row(folder, "select max(received) from batches_pieceupload")
    return int(str(row[0])) if row and row[0] else 0


def let_three_through(page: Page) -> None:
    """Let three pieces through and none after them."""
    sent: list[str] = []

    def break_off(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(route.request.url)
        if len(sent) > 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/intake/uploads/*/", break_off)


def note_offsets(page: Page) -> list[int]:
    """Return a list that grows by the offset of each piece that the page sends."""
    sent: list[int] = []

    def note(asked: Request) -> None:
        if asked.method == "PATCH":
            sent.append(int(asked.headers["upload-offset"]))

    page.on("request", note)
    return sent


def test_a_large_file_goes_on_after_the_page_was_closed(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "断点 “一”&<b>.zip"
    write_archive(path, 1.5)
    log_in(page, "editor")
    page.goto("/intake/")
    let_three_through(page)
    choose(page, path)
    expect(page.locator("[data-told]")).to_contain_text("恢复后自动续传")
    expect(page.locator("[data-own-told]")).to_contain_text("/ 1.5 MB")
    look_at(page, "uploading-pieces")
    page.close(run_before_unload=False)

    page = page.context.new_page()
    sent = note_offsets(page)
    page.goto("/intake/")
    waiting = page.locator(".piece-upload").filter(has_text=path.name)
    expect(waiting).to_contain_text("已传")
    look_at(page, "uploads-unfinished")
    choose(page, path)
    wait_for_batch(page)
    wait_until_done(page)
    assert min(sent) == 3 * 256 * 1024
    expect(page.locator("main")).to_contain_text("讲话.txt")
    page.goto("/intake/")
    expect(page.locator(".piece-upload")).to_have_count(0)


def test_who_was_signed_out_amid_a_file_signs_in_and_goes_on(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "登录过期.zip"
    write_archive(path, 0.8, 62)
    offsets: list[int] = []

    def sign_out(route: Route) -> None:
        if route.request.method == "PATCH":
            offsets.append(int(route.request.headers["upload-offset"]))
            if len(offsets) == 2:
                page.context.clear_cookies()
                route.abort("connectionreset")
                return
        route.continue_()

    log_in(page, "editor")
    page.goto("/intake/")
    page.route("**/intake/uploads/**", sign_out)
    choose(page, path)
    expect(page.locator("[data-troubles]")).to_contain_text("登录已过期")
    expect(page.locator("[data-stop]")).to_be_hidden()
    other = page.context.new_page()
    log_in(other, "editor")
    other.close()
    page.locator("[data-sending] [data-again]").press("Enter")
    wait_for_batch(page)
    wait_until_done(page)
    assert offsets[2] == offsets[1] == 256 * 1024


def test_a_large_text_leads_to_its_review_as_a_small_one_does(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "长讲话.txt"
    path.write_text(write_speech(61) + "把账算清、把话说实。\n" * 12_000, "utf-8")
    log_in(page, "editor")
    page.goto("/intake/")
    with page.expect_request(lambda asked: asked.method == "PATCH"):
        choose(page, path)
    page.wait_for_url(re.compile(r"/intake/\d+/$"))
    expect(page.locator("main")).to_contain_text("专题询问会上的讲话")


@pytest.fixture
def far(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server of its own that may be killed."""
    folder = tmp_path / "data"
    with run_server(prepare_folder(folder)) as server:
        wait_until(server.is_answering, 30, "the server")
        yield server, folder


@pytest.mark.slow
def test_a_slow_upload_outlives_the_death_of_the_server(
    browser: Browser, far: tuple[Server, Path], tmp_path: Path
) -> None:
    server, folder = far
    path = tmp_path / "慢.zip"
    data = write_archive(path, 9)
    with open_context(browser, server.url, []) as context:
        page = context.new_page()
        log_in(page, "editor")
        page.goto("/intake/")
        throttle(page, 200_000)
        choose(page, path)
        for share in (0.2, 0.6):
            wait_until(lambda: count_received(folder) > share * len(data), 40, "pieces")  # noqa: B023
            before = count_received(folder)
            server.restart()
            wait_until(server.is_answering, 30, "the server again")
            assert count_received(folder) >= before
        page.wait_for_url(re.compile(r"/intake/batches/\d+/$"), timeout=120_000)
    row = read_row(folder, "select sha256, size from batches_batchfile where path = '慢.zip'")
    assert row is not None
    assert row[1] == len(data)
    staged = folder / "staging" / str(row[0])[:2] / str(row[0])
    assert not staged.exists() or staged.read_bytes() == data
    assert row[0] == hashlib.sha256(data).hexdigest()
