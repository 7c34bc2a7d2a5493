"""What every test starts from."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from haystack import connections
from hypothesis import settings as drawing
from pytest_django.plugin import blocking_manager_key

from corpus_app.catalog.kept import ANSWERS
from corpus_app.ingest.sandbox.client import client
from corpus_app.pages.kept_pages import PAGES
from corpus_app.pages.speech_page import BODIES
from search.index.position import position_file
from tests.remembering import REMEMBERING, ask_through
from tests.thoroughness import THOROUGHNESS

# Property tests are not timed: a busy machine must not fail them. Where work lands they draw
# the same examples each time, so that a change is judged by what it changes.
drawing.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
drawing.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all-pictures",
        action="store_true",
        help="look at every page wide and narrow, light and dark, not only wide and light",
    )
    parser.addoption(
        "--thorough",
        action="store_true",
        help="draw all examples of the dear property tests, not only a part of them",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Here and not later: the decorators of the tests ask for it while they are collected.
    THOROUGHNESS.all = config.getoption("--thorough")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor != "sqlite":
        # On a server all that touches no database would only be the same once more.
        config.hook.pytest_deselected(items=[one for one in items if not touches_database(one)])
        items[:] = filter(touches_database, items)
    # The browser's come first and so to one worker, in their order: each worker serves a site of
    # its own to them. The others take over what that worker has besides.
    items.sort(key=lambda item: "browser" not in item.keywords)


def touches_database(item: pytest.Item) -> bool:
    """Return whether a test works on the database that it was given, in this process."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or any(item.iter_markers("django_db")) or any(item.iter_markers("server"))


def pytest_collection_finish() -> None:
    # Ten thousand tests and all they import stay to the end: no collection need go through them.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """Put back what migrations stored, where a test on real transactions has emptied all tables.

    A process that takes over tests of a slower one runs others behind such a test.
    """
    yield
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    emptied = (marker and marker.kwargs.get("transaction")) or "transactional_db" in fixtures
    # Behind the last test there is no database any more.
    if emptied and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Empty a server's tables by rows: to cut off a hundred of them takes a second each time."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = delete_rows  # type: ignore[method-assign]


def delete_rows(_style: object, tables: Iterable[str], **_options: object) -> list[str]:
    """Return what empties the tables; keys between them are compared at the end."""
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]


@pytest.fixture(scope="session", autouse=True)
def _remember_readings() -> Iterator[None]:
    """Read the same bytes under the same name once in a process, in the real sandbox."""
    with ask_through(REMEMBERING):
        yield


@pytest.fixture(scope="module")
def read_afresh(_remember_readings: None) -> Iterator[None]:
    """Read every file in a process of its own: for tests of the sandbox itself."""
    with ask_through(client):
        yield


@pytest.fixture(autouse=True)
def _speak_chinese() -> None:
    """Forget the language that a test before this one asked a page in."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _forget_followed() -> None:
    """Follow the log of changes from its beginning: each test has a log of its own."""
    position_file().unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def forget_kept() -> Callable[[], None]:
    """Forget what pages keep: another test's index, settings or parts that it replaced.

    Returns how to do it once more, for tests of what it costs to make a page.
    """

    def forget() -> None:
        for kept in (ANSWERS, PAGES, BODIES):
            kept.clear()

    forget()
    return forget


@pytest.fixture
def index_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Point the arrays and the engine at a new folder, and back."""
    before = dict(connections.connections_info["default"])
    settings.INDEX_DIR = tmp_path
    connections.connections_info["default"] = {**before, "PATH": str(tmp_path / "engine")}
    connections.reload("default")
    yield tmp_path
    connections.connections_info["default"] = before
    connections.reload("default")
