"""A real browser against the real server, on a corpus loaded by the real import."""

from __future__ import annotations

import contextlib
import inspect
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.desks import provide_basket
from tests.browser.importing import Importer
from tests.browser.looks import THOROUGHNESS
from tests.browser.patience import wait_for_pages
from tests.browser.people import log_in
from tests.places import ROOT

# The same engine without windows costs a third of a visitor that the whole browser does.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Off: what a browser does on its own account, so that every request seen is the page's.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name that is no loopback name to the browser, so that plain http is not secure there.
    "--host-resolver-rules=MAP yanku.test 127.0.0.1",
]


@dataclass(frozen=True)
class Site:
    """A served site: its address, the folder of all its state, and what brings drafts in."""

    url: str
    folder: Path
    importer: Importer


def find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    THOROUGHNESS.all_pictures = config.getoption("--all-pictures")
    here = Path(__file__).parent
    missing = find_browser() is None
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if isinstance(item, pytest.Function) and "look_at(" in inspect.getsource(item.function):
                item.add_marker(pytest.mark.looks)
            if missing:
                reason = "no Chromium here and none could be installed"
                item.add_marker(pytest.mark.skip(reason=reason))


def wait_until_served(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the server did not answer within five minutes")


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path, port: int, **variables: str) -> Iterator[None]:
    """Serve what lies in the folder from 127.0.0.1 until the block ends."""
    env = describe_start(folder, port, **variables)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "corpus_app.wsgi"],
        cwd=ROOT,
        env=env,
    )
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server)
        yield
    finally:
        server.terminate()
        server.wait(20)


def describe_start(folder: Path, port: int, **variables: str) -> dict[str, str]:
    """Return the environment of a process of the site."""
    return {
        **os.environ,
        "CORPUS_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "corpus_app.settings",
        "PORT": str(port),
        # All visitors come from one address.
        "CORPUS_PAGE_RATE": "1000000/m",
        "CORPUS_EXPORT_RATE": "1000000/m",
        **variables,
    }


def make_samples_count(folder: Path) -> None:
    """Keep the samples as real speeches: else the first that a test publishes sets them aside."""
    with contextlib.closing(sqlite3.connect(folder / "corpus.sqlite3")) as database, database:
        database.execute("update catalog_speech set is_sample = 0")


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """Start the site as `make run` does, in a data folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="yanku-browser-"))
    port = find_free_port()
    env = describe_start(folder, port)
    subprocess.run([sys.executable, "manage.py", "bootstrap"], cwd=ROOT, env=env, check=True)
    make_samples_count(folder)
    importer = Importer(env)
    try:
        with serve(folder, port):
            yield Site(f"http://127.0.0.1:{port}", folder, importer)
            importer.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def intranet(site: Site) -> Iterator[Site]:
    """The same site as an office serves it inside: in production, plain http, by a name."""
    port = find_free_port()
    production = {
        "CORPUS_MODE": "production",
        "CORPUS_HTTPS": "off",
        "CORPUS_SECRET_KEY": secrets.token_urlsafe(50),
        # The second name is for the question whether it serves yet.
        "CORPUS_ALLOWED_HOSTS": "yanku.test,127.0.0.1",
        "CORPUS_WORKER": "off",
    }
    with serve(site.folder, port, **production):
        yield Site(f"http://yanku.test:{port}", site.folder, site.importer)


@pytest.fixture(scope="package", autouse=True)
def be_patient() -> Iterator[None]:
    with wait_for_pages():
        yield


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Of this package and not of the run: while the driver's loop goes, Django takes its database
    # for asked from a coroutine, and a worker has other tests behind these.
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
        yield launched
        launched.close()


@contextmanager
def open_context(browser: Browser, url: str, permissions: list[str]) -> Iterator[BrowserContext]:
    """A fresh visitor that fails the test on a foreign request or a script error."""
    opened = browser.new_context(
        base_url=url,
        viewport={"width": 1280, "height": 900},
        locale="zh-CN",
        permissions=permissions,
    )
    foreign: list[str] = []
    faults: list[str] = []
    opened.on(
        "request",
        lambda request: (
            None if request.url.startswith((url, "data:", "blob:")) else foreign.append(request.url)
        ),
    )
    opened.on("weberror", lambda fault: faults.append(str(fault.error)))
    opened.on(
        "console",
        lambda said: faults.append(said.text) if is_policy_fault(said.text) else None,
    )
    yield opened
    opened.close()
    assert not foreign, f"requests left the host: {foreign}"
    assert not faults, f"script or policy errors: {faults}"


def is_policy_fault(said: str) -> bool:
    return "Content Security Policy" in said or "Cross-Origin-Opener-Policy" in said


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    with open_context(browser, site.url, ["clipboard-read", "clipboard-write"]) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def clerk(page: Page) -> Page:
    """A clerk with an empty basket of their own, so that tests don't meet."""
    log_in(page, "clerk")
    provide_basket(page, "备用材料")
    return page


@pytest.fixture
def inside(browser: Browser, intranet: Site) -> Iterator[BrowserContext]:
    with open_context(browser, intranet.url, []) as opened:
        yield opened


@pytest.fixture
def desk(inside: BrowserContext) -> Page:
    """A visitor on the intranet, on a page that the browser does not trust."""
    page = inside.new_page()
    page.goto("/")
    assert page.evaluate("[window.isSecureContext, typeof navigator.clipboard]") == [
        False,
        "undefined",
    ]
    return page


@pytest.fixture
def clerk_inside(desk: Page) -> Page:
    log_in(desk, "clerk")
    provide_basket(desk, "内网材料")
    return desk
