"""The invented samples can be taken away after one question; then nothing speaks of them."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.samples import list_sample_files, list_samples
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.shipped import are_samples_loaded, remove_samples
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.test_access import sign_in

pytestmark = pytest.mark.django_db

SENTENCE = "示例文稿均为虚构"
BUTTON = "移除全部示例文稿"
ASIDE = "/speeches/?samples=1"


@pytest.fixture
def sample() -> Speech:
    """An invented one alone."""
    outcome = import_bytes(list_sample_files()[0].read_bytes(), "a.txt")
    return Speech.objects.get(pk=outcome.speech or 0)


@pytest.fixture
def real(sample: Speech) -> Speech:
    """A real speech beside an invented one."""
    return store(TRAINING, "b.txt")


def test_one_is_asked_first_and_told_how_many_go(client: Client, real: Speech) -> None:
    sign_in(client, "admin")
    assert 'href="/intake/samples/remove/"' in client.get(ASIDE).content.decode()
    page = client.get("/intake/samples/remove/").content.decode()
    assert "示例文稿 1 篇" in page
    assert "删除这 1 篇" in page
    assert list_samples().get().title in page
    assert real.title not in page
    assert Speech.objects.count() == 2


def test_they_go_with_the_sentence_of_the_footer(client: Client, sample: Speech) -> None:
    sign_in(client, "admin")
    page = client.get("/").content.decode()
    assert SENTENCE in page
    assert BUTTON in page
    page = client.post("/intake/samples/remove/", follow=True).content.decode()
    assert "已移除示例文稿 1 篇" in page
    assert SENTENCE not in page
    assert BUTTON not in page
    assert not Speech.objects.exists()
    assert are_samples_loaded()


def test_beside_a_real_speech_the_sentence_is_gone_and_the_list_of_samples_has_the_button(
    client: Client, real: Speech
) -> None:
    sign_in(client, "admin")
    page = client.get("/").content.decode()
    assert SENTENCE not in page
    assert BUTTON not in page
    assert BUTTON in client.get(ASIDE).content.decode()
    page = client.post("/intake/samples/remove/", follow=True).content.decode()
    assert "已移除示例文稿 1 篇" in page
    assert list(Speech.objects.all()) == [real]


@pytest.mark.parametrize("role", ["anonymous", "reader", "clerk", "editor"])
def test_only_who_may_delete_is_offered_it(client: Client, real: Speech, role: str) -> None:
    sign_in(client, role)
    page = client.get(ASIDE).content.decode()
    assert "内容均为虚构" in page
    assert BUTTON not in page
    assert client.get("/intake/samples/remove/").status_code in (302, 403)
    assert client.post("/intake/samples/remove/").status_code in (302, 403)
    assert Speech.objects.count() == 2


def test_without_samples_nothing_is_removed() -> None:
    store(TRAINING, "b.txt")
    assert remove_samples() == 0
    assert Speech.objects.count() == 1


def test_a_file_of_ones_own_that_says_it_is_invented_stays(client: Client, real: Speech) -> None:
    own = store(f"{WORK_CONFERENCE}\n示例文稿均为虚构，其中地名、人名与真实无关。\n", "own.txt")
    assert own.is_sample
    assert remove_samples() == 1
    assert set(Speech.objects.all()) == {real, own}
    sign_in(client, "admin")
    page = client.get(ASIDE).content.decode()
    assert own.title in page
    assert BUTTON not in page


def test_a_sample_that_a_file_of_ones_own_was_merged_with_stays(real: Speech) -> None:
    sample = list_samples().get()
    own = store(WORK_CONFERENCE, "own.txt")
    Revision.objects.filter(speech=own).update(speech=sample, number=2)
    assert remove_samples() == 0
    assert sample in Speech.objects.all()


def test_a_sample_that_was_revised_goes_all_the_same(real: Speech) -> None:
    sample = list_samples().get()
    Speech.objects.filter(pk=sample.pk).update(is_sample=False, title="另一个标题")
    assert remove_samples() == 1
    assert list(Speech.objects.all()) == [real]
