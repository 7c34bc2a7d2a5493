"""A small corpus, read by programs that are not ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.translation import override

from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import correct_metadata
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store


@pytest.fixture(autouse=True)
def _start_afresh(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Forget what outlives a test's database."""
    cache.clear()
    shutil.rmtree(settings.INDEX_DIR, ignore_errors=True)
    settings.CACHE_DIR = tmp_path
    with override("zh-hans"):
        yield


@pytest.fixture
def speech(db: None) -> Speech:
    """A speech of which much is known, with signs that markup lives by."""
    stored = store(WORK_CONFERENCE, "work.txt")
    correct_metadata(
        stored,
        {
            "subtitle": "“四个机关”</script>&建设{其一}",
            "source": "青芜县人大网",
            "source_url": "https://www.example.com/a?b=1&c=2",
            "published": "2023-05-08",
            "occasion": "全县人大工作会议",
        },
    )
    return Speech.objects.with_parties().get(pk=stored.pk)


@pytest.fixture
def bare(db: None) -> Speech:
    """A speech of which little is known."""
    words = TRAINING.split("\n", 3)[3]
    return store(f"在培训班开班式上的讲话\n\n{words}", "bare.txt")
