"""A small corpus to write from, stored through the real import."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from corpus_app.themes.models import Theme, ThemeTerm
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.variety import store_many


@pytest.fixture(autouse=True)
def _forget() -> None:
    """The extent of the corpus is kept between requests; tests have a corpus each."""
    cache.clear()


@pytest.fixture
def stations(db: None) -> Theme:
    """A theme that WORK_CONFERENCE treats in its second section and TRAINING nowhere."""
    theme = Theme.objects.create(slug="stations", name="代表家站")
    ThemeTerm.objects.create(theme=theme, text="代表家站", weight=3.0)
    ThemeTerm.objects.create(theme=theme, text="票决出来的项目", weight=1.0)
    return theme


@pytest.fixture
def work(stations: Theme) -> Speech:
    """Three sections, 2023, county level, genre work_conference."""
    return store(WORK_CONFERENCE, "work.txt")


@pytest.fixture
def training(stations: Theme) -> Speech:
    """Two sections, 2021, genre training."""
    return store(TRAINING, "training.txt")


@pytest.fixture
def draft(stations: Theme) -> Speech:
    words = TRAINING.replace("芦汀", "蒲原").replace("历时四天", "看、听、说，想、做、悟")
    return store(words, "draft.txt", draft=True)


def publish_many(count: int) -> list[Speech]:
    """Store and publish speeches of one make."""
    return store_many(count)


def read(client: Client, address: str) -> Any:
    """Return the page at address, which must be there, as a tree."""
    response = client.get(address)
    assert response.status_code == 200
    return lxml_html.document_fromstring(response.content.decode())


def list_titles(page: Any) -> list[str]:
    """Return the headings of the page's articles."""
    return [one.text_content().strip() for one in page.xpath("//article//h2")]
