"""Numbers that a browser sends, whatever it makes of them."""

from __future__ import annotations

import pytest

from corpus_app.catalog.fields import read_fields
from corpus_app.review.numbers import read_number
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

# Python refuses to read a number of more than 4,300 digits.
ENDLESS = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("", 0), (None, 0), ("-1", 0), ("²", 0), ("9" * 18, 10**18 - 1), (ENDLESS, 0)],
)
def test_what_is_no_number_or_too_long_is_none(text: str | None, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("number", [ENDLESS, "9" * 19, "²", ""])
def test_no_number_breaks_a_page_of_the_review(number: str) -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    client, page = enter("editor"), f"/intake/{speech.pk}/"
    merge = {**read_fields(speech), "action": f"merge-{number}"}
    assert client.post(page, merge).status_code == 302
    assert client.post(f"{page}text/", {"base": number}).status_code == 302
    assert client.post(f"{page}outline/", {"base": number}).status_code == 422
