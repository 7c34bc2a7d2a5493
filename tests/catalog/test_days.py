"""The day a speech stands under: which of its days it is, in Python and in the database alike."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils.translation import override

from corpus_app.catalog.days import (
    DAY_KINDS,
    SpeechDay,
    choose_day,
    match_day_kind,
    say_day,
    write_day,
)
from corpus_app.catalog.models import Speech

DELIVERED = ("", "2023", "2022", "2023-05", "2023-05-06")
PUBLISHED = ("", "2023", "2023-05-08")
UPDATED = ("", "2023-06-09")


@pytest.mark.django_db
def test_the_database_gives_every_speech_the_kind_of_day_that_it_shows() -> None:
    rows = [
        Speech(title="讲话", delivered=one, published=two, updated=three)
        for one, two, three in product(DELIVERED, PUBLISHED, UPDATED)
    ]
    Speech.objects.bulk_create(rows)
    for kind in DAY_KINDS:
        found = {(s.delivered, s.published, s.updated) for s in Speech.objects.dated_by([kind])}
        assert found == {
            (s.delivered, s.published, s.updated) for s in rows if s.day.kind == kind
        }, kind
    assert match_day_kind("updated") != match_day_kind("published")


def test_a_day_of_delivery_goes_before_all_others() -> None:
    assert choose_day("2023-05-06", "2023-05-08", "2023-06-09") == ("2023-05-06", "delivered")
    assert choose_day("", "2023-05-08", "2023-06-09") == ("2023-05-08", "published")
    assert choose_day("", "", "2023-06-09") == ("2023-06-09", "updated")
    assert choose_day("", "", "") == ("", "")


def test_a_day_finer_than_the_known_year_is_told_as_that_of_publication() -> None:
    assert choose_day("2023", "2023-05-08", "") == ("2023-05-08", "published")
    assert choose_day("2022", "2023-05-08", "") == ("2022", "delivered")


def test_a_day_is_said_with_what_day_it_is() -> None:
    with override("zh-hans"):
        assert say_day("2023年5月8日", "published") == "2023年5月8日发布"
        assert say_day("2023-05-08", "updated") == "2023-05-08 更新"
        assert say_day("2023-05-08", "delivered") == "2023-05-08"
        assert say_day("", "published") == ""
    with override("en"):
        assert write_day(SpeechDay("2023-05-08", "published")) == "2023年5月8日发布"
