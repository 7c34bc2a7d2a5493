"""A small corpus for the pages, stored through the real import."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from corpus_app.catalog.models import Speech
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store


@pytest.fixture(autouse=True)
def _speak_chinese() -> Iterator[None]:
    """A request in English leaves its language active; no test hands it to the next."""
    with override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _forget() -> None:
    """What outlives a test's database: the kept extent of the corpus, and the index."""
    cache.clear()
    shutil.rmtree(settings.INDEX_DIR, ignore_errors=True)


@pytest.fixture
def speech(db: None) -> Speech:
    return store(WORK_CONFERENCE, "work.txt")


@pytest.fixture
def other(db: None) -> Speech:
    return store(TRAINING, "training.txt")


@pytest.fixture
def draft(db: None) -> Speech:
    return store(TRAINING.replace("芦汀", "蒲原"), "draft.txt", draft=True)


@pytest.fixture
def reader(client: Client) -> Client:
    """A visitor without an account."""
    return client
