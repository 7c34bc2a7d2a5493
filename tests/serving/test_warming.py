"""What is made before the workers are forked, so that a first request is as quick as later ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from corpus_app.pages.kept_pages import PAGES
from corpus_app.serving.warming import ADDRESSES, warm_up
from corpus_app.wsgi import application
from search import rebuild_index
from search.suggest import corpus
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def _stay_connected() -> Iterator[None]:
    """Stay in the test's transaction, as Django's own test client does."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.mark.usefixtures("_stay_connected")
@pytest.mark.parametrize("https", [False, True])
def test_every_kind_of_page_is_made_and_kept(https: bool, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = ["yanku.example"], https
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if https else None
    store(WORK_CONFERENCE, "work.txt")
    rebuild_index()
    corpus.forget_suggestions()
    assert warm_up(application, "yanku.example", https=https) == [200] * len(ADDRESSES)
    assert PAGES.held > 100_000
    assert corpus._latest


def test_a_page_that_fails_does_not_stop_the_start(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_environ: Any, _begin: Any) -> Any:
        raise OSError("no room")

    assert warm_up(fail, "yanku.example", https=False) == [0] * len(ADDRESSES)
    assert "could not be prepared" in caplog.text
