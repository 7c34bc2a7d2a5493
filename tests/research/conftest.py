"""Three speeches of invented places, indexed, for the research views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from search.index.indexing import index_speeches
from search.suggest.corpus import forget_suggestions
from tests.search.factories import Part, make_speech


@pytest.fixture(autouse=True)
def _start_anew() -> Iterator[None]:
    """What outlives a test's database: language, kept counts, kept suggestions."""
    cache.clear()
    forget_suggestions()
    with override("zh-hans"):
        yield


@pytest.fixture
def corpus(index_folder: Path, db: None) -> dict[str, Speech]:
    """2020: one 代表家站, 2022: two of them, 2023 and a draft: none and three."""
    speeches = {
        "first": make_speech(
            "在青芜县人大工作会议上的讲话",
            [Part("", "我们要办好代表家站，发展全过程人民民主。", marker="一、")],
            organisation="青芜县人大常委会",
            date="2020-05-06",
            level="county",
        ),
        "second": make_speech(
            "在芦汀市代表培训班上的讲话",
            [
                Part("建设代表家站", "有了代表家站，群众说话就有地方。", marker="一、"),
                Part("开好会议", "人民代表大会会议是法定的会议，人代会是简称。", marker="二、"),
            ],
            organisation="芦汀市人大常委会",
            date="2022-03",
            level="prefecture",
            gap_in="一、",
        ),
        "third": make_speech(
            "在蒲原镇工作会议上的讲话", ["监督要敢于碰硬。"], date="2023", level="township"
        ),
        "draft": make_speech(
            "草稿", ["代表家站代表家站代表家站"], date="2021-01-02", published=False
        ),
    }
    index_speeches([speech.pk for speech in speeches.values()])
    return speeches


def read(client: Client, address: str, status: int = 200) -> Any:
    """Return the page at the address as a tree."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return lxml_html.document_fromstring(response.content.decode())


def read_body(response: Any) -> bytes:
    """Return the bytes of an answer, streamed or not."""
    if response.streaming:
        return b"".join(response.streaming_content)
    return bytes(response.content)
