"""A small corpus in its index, asked by programs that nothing holds back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from corpus_app.catalog.models import Speech
from corpus_app.themes.models import Theme
from search.suggest.corpus import forget_suggestions
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.search.factories import Part, make_speech, tag_section

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _start_afresh(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Forget what outlives a test's database."""
    cache.clear()
    forget_suggestions()
    shutil.rmtree(settings.INDEX_DIR, ignore_errors=True)
    settings.CACHE_DIR = tmp_path
    with override("zh-hans"):
        yield


@pytest.fixture
def corpus(db: None) -> dict[str, Speech]:
    """Two published speeches with a theme, and a draft."""
    station = Theme.objects.create(slug="station", name="代表家站")
    Theme.objects.create(slug="duty", name="坐班接待", parent=station)
    speeches = {
        "work": store(WORK_CONFERENCE, "work.txt"),
        "training": store(TRAINING, "training.txt"),
        "draft": make_speech(
            "在蒲原乡的讲话", [Part("未定稿", "选民来信要件件有回音。")], published=False
        ),
    }
    tag = tag_section(speeches["work"], "2.1", Theme.objects.get(slug="duty"))
    tag.evidence = [["代表家站", 2]]
    tag.save()
    return speeches


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask the interface and read what it answers, which must be of the status expected."""

    def send(path: str, status: int = 200, /, **params: Any) -> Any:
        response = client.get(f"/api/v1{path}", params)
        assert response.status_code == status, response.content.decode()
        good = status == 200
        kind = "application/json; charset=utf-8" if good else "application/problem+json"
        assert response["Content-Type"] == kind
        return json.loads(response.content)

    return send
