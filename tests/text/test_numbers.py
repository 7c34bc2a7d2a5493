"""Numbers that a browser sends, whatever it makes of them."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.text.numbers import read_bounded, read_number, read_numbers
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

# Python refuses to read a number of more than 4,300 digits.
ENDLESS = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("", None),
        (None, None),
        ("-1", None),
        ("²", None),
        ("１２", None),
        ("9" * 18, 10**18 - 1),
        (ENDLESS, None),
    ],
)
def test_what_is_no_number_or_too_long_is_none(text: str | None, number: int | None) -> None:
    assert read_number(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("number", [ENDLESS, "9" * 19, "²", ""])
def test_no_number_breaks_a_page_of_the_review(number: str) -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    client, page = enter("editor"), f"/intake/{speech.pk}/"
    assert client.post(f"{page}text/", {"base": number}).status_code == 302
    assert client.post(f"{page}outline/", {"base": number}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("number", [ENDLESS, "9" * 18, "12345", "0", "²"])
@pytest.mark.parametrize("name", ["year", "organisation"])
def test_no_number_breaks_the_list_of_speeches(client: Client, name: str, number: str) -> None:
    assert client.get("/speeches/", {name: number}).status_code == 200


def test_a_list_is_read_number_by_number() -> None:
    assert read_numbers("3, 1,3,x,,²") == [3, 1]


@pytest.mark.parametrize(
    ("value", "number"),
    [("7", 7), (" 7 ", 7), (7, 7), ("-3", 1), ("0", 1), ("99", 10), ("9" * 99, 10)],
)
def test_a_number_out_of_bounds_is_the_nearest_inside(value: object, number: int) -> None:
    assert read_bounded(value, 1, 10, 5) == number


@pytest.mark.parametrize("value", [None, "", "x", "1.5", "²", "9" * 5000])
def test_what_is_no_number_is_the_default(value: object) -> None:
    assert read_bounded(value, 1, 10, 5) == 5
    assert read_bounded(value, 1, 10, None) is None
