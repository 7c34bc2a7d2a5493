"""Words set as title, date or speaker by the texts' form, in the browser's terms."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.intake.revisions.set_values import SETTABLE, Assignment
from corpus_app.review.assigning import name_assignment
from tests.intake.people import enter
from tests.intake.scraped import current, find, take
from tests.intake.unclear_heads import DATE, NAME, TITLE, store_unread

pytestmark = pytest.mark.django_db


def name_set(speech: Speech, field: str, words: str) -> str:
    """Return the field by which the page asks to set these words."""
    revision = current(speech)
    return name_assignment(Assignment(field, *find(revision.raw, words)), revision)


def post(client: Client, speech: Speech, base: int = 2, **fields: Any) -> Any:
    return client.post(f"/intake/{speech.pk}/text/", {"base": base, **fields})


def read(response: Any) -> str:
    return html.unescape(response.content.decode())


def read_now(speech: Speech) -> dict[str, str]:
    speech.refresh_from_db()
    return read_fields(speech)


def test_one_save_sets_all_that_was_selected_in_one_revision() -> None:
    speech, client = store_unread(), enter("editor")
    asked = [
        name_set(speech, "title", TITLE),
        name_set(speech, "delivered", DATE),
        name_set(speech, "speaker", NAME),
    ]
    response = post(client, speech, set=asked)
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    revision = current(speech)
    assert (revision.number, str(revision.created_by)) == (3, "editor")
    fields = read_now(speech)
    assert [fields[name] for name in ("title", "delivered", "speaker")] == [
        TITLE,
        "2023-05-06",
        NAME,
    ]
    page = read(client.get(f"/intake/{speech.pk}/"))
    assert f"已设定：标题“{TITLE}”、日期“2023-05-06”、讲话人“{NAME}”。" in page


def test_words_of_the_clean_column_are_counted_there() -> None:
    speech = store_unread()
    signs = "".join(current(speech).text.split())
    first = signs.index(DATE)
    post(enter("editor"), speech, set=f"delivered|text|{first}-{first + len(DATE)}|{DATE}")
    assert read_now(speech)["delivered"] == "2023-05-06"


def test_a_date_that_is_none_is_refused_and_the_rest_waits_on_the_page() -> None:
    speech, client = store_unread(), enter("editor")
    title = name_set(speech, "title", TITLE)
    response = post(client, speech, set=[title, name_set(speech, "delivered", NAME)])
    page = read(response)
    assert response.status_code == 422
    assert f"“{NAME}”不是能识别的日期" in page
    assert f'name="set" value="{title}" checked' in page
    assert speech.revisions.count() == 2
    assert NAME in current(speech).text


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "title|raw|1-2",
        "title|raw|0-2|别的",
        "genre|raw|0-2|云帆",
        "title|raw|9-9|",
        "title|raw|99999-999999|云帆",
        "title|text|99999-999999|云帆",
        "title|head|0-2|云帆",
    ],
)
def test_a_field_that_says_nothing_sensible_changes_nothing(value: str) -> None:
    speech = store_unread()
    response = post(enter("editor"), speech, set=value)
    assert response.status_code == 422
    assert 'role="alert"' in read(response)
    assert speech.revisions.count() == 2


@pytest.mark.parametrize("name", SETTABLE)
def test_typed_words_are_set_without_selecting(name: str) -> None:
    speech = store_unread()
    words = DATE if name == "delivered" else NAME
    post(enter("editor"), speech, words=words, words_kind=f"set:{name}")
    value = "2023-05-06" if name == "delivered" else NAME
    assert read_now(speech)[name] == value


@pytest.mark.parametrize("kind", ["set:title", "set:genre", "set:"])
def test_typed_words_that_are_nowhere_are_said_so_and_stay(kind: str) -> None:
    speech = store_unread()
    response = post(enter("editor"), speech, words="没有这句话", words_kind=kind)
    assert response.status_code == 422
    assert "原文中没有“没有这句话”" in read(response)
    assert re.search(r"<textarea[^>]*>没有这句话</textarea>", read(response))


def test_a_form_that_comes_too_late_keeps_what_was_set_at_the_same_words() -> None:
    speech, client = store_unread(), enter("editor")
    late = name_set(speech, "title", TITLE)
    revise_text(speech, 2, [], [take(current(speech).raw, "云帆资料室")])
    response = post(client, speech, set=late)
    assert response.status_code == 409
    assert f'name="set" value="{late}" checked' in read(response)
    post(client, speech, 3, set=late)
    assert read_now(speech)["title"] == TITLE


@pytest.mark.parametrize(("role", "status"), [("", 302), ("reader", 403), ("clerk", 403)])
def test_others_can_set_nothing(role: str, status: int) -> None:
    speech = store_unread()
    title = speech.title
    response = post(enter(role), speech, set=name_set(speech, "title", NAME))
    assert response.status_code == status
    speech.refresh_from_db()
    assert speech.title == title
