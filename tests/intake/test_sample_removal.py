"""The invented samples can be taken away at one click; then nothing speaks of them."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.shipped import are_samples_loaded, remove_samples
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.test_access import sign_in

pytestmark = pytest.mark.django_db

SENTENCE = "示例文稿均为虚构"
BUTTON = "移除全部示例文稿"


@pytest.fixture
def real() -> Speech:
    """A real speech beside an invented one."""
    sample = store(WORK_CONFERENCE, "a.txt")
    Speech.objects.filter(pk=sample.pk).update(is_sample=True)
    return store(TRAINING, "b.txt")


def test_one_click_removes_them_and_the_sentence_of_the_footer(
    client: Client, real: Speech
) -> None:
    sign_in(client, "admin")
    page = client.get("/").content.decode()
    assert SENTENCE in page
    assert BUTTON in page
    page = client.post("/intake/samples/remove/", follow=True).content.decode()
    assert "已移除示例文稿 1 篇" in page
    assert SENTENCE not in page
    assert BUTTON not in page
    assert list(Speech.objects.all()) == [real]
    assert are_samples_loaded()


@pytest.mark.parametrize("role", ["anonymous", "reader", "clerk", "editor"])
def test_only_who_may_delete_is_offered_it(client: Client, real: Speech, role: str) -> None:
    sign_in(client, role)
    page = client.get("/").content.decode()
    assert SENTENCE in page
    assert BUTTON not in page
    assert client.post("/intake/samples/remove/").status_code in (302, 403)
    assert Speech.objects.count() == 2


def test_without_samples_nothing_is_removed() -> None:
    store(TRAINING, "b.txt")
    assert remove_samples() == 0
    assert Speech.objects.count() == 1
