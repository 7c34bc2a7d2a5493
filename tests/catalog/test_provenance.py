"""By what speeches of one title are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.catalog.models import Source, Speech
from corpus_app.catalog.provenance import (
    SHOWN,
    Provenance,
    find_first_words,
    find_host,
    read_provenances,
)
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("各位代表：\n现在，我报告工作。", "现在，我报告工作。"),
        ("各位代表：现在，我报告工作。", "现在，我报告工作。"),
        ("同志们：\n大家好：\n今天开会。", "今天开会。"),
        ("尊敬的各位领导，同志们、朋友们：今天开会。", "今天开会。"),
        ("今天开会，专讲一件事：抓落实。", "今天开会，专讲一件事：抓落实。"),
        ("今天开会。要求是：抓落实。", "今天开会。要求是：抓落实。"),
        ("同志们：", "同志们："),
        ("", ""),
        ("字" * 60, "字" * (SHOWN - 1) + "…"),
    ],
)
def test_first_words_stand_behind_the_salutation(text: str, words: str) -> None:
    assert find_first_words(text) == words


@given(st.text(max_size=200))
def test_any_text_has_first_words_of_its_own(text: str) -> None:
    words = find_first_words(text)
    assert len(words) <= SHOWN
    assert bool(words) == bool(text.strip())
    assert "".join(words.removesuffix("…").split()) in "".join(text.split())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.qingyi.gov.cn/a/1.html", "qingyi.gov.cn"),
        ("http://rd.qingyi.gov.cn:8080/", "rd.qingyi.gov.cn"),
        ("没有网址", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_site_is_the_host_of_an_address(url: str, host: str) -> None:
    assert find_host(url) == host


def test_file_site_and_words_of_many_come_in_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    first, second = store(WORK_CONFERENCE, "甲.txt"), store(TRAINING, "乙.txt")
    bare = Speech.objects.create(title="无正文")
    first.source = Source.objects.create(name="青芜人大网")
    first.source_url = "https://www.qingwu.gov.cn/1"
    first.save()
    Speech.objects.filter(pk=second.pk).update(source=None, source_url="https://www.b.cn/2")
    with django_assert_num_queries(1):
        told = read_provenances([first.pk, second.pk, bare.pk, 0])
    assert (told[first.pk].file, told[first.pk].site) == ("甲.txt", "青芜人大网")
    assert (told[second.pk].file, told[second.pk].site) == ("乙.txt", "b.cn")
    assert told[first.pk].words.startswith("今天召开全县人大工作会议")
    assert told[bare.pk] == Provenance()
    assert 0 not in told
