"""The outline on the review page: acts by posts, one save, nothing lost in a conflict."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions.outline.settling import dump_outline
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.review.outline_desk import read_stored
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


def fill(page: str) -> dict[str, str]:
    """Return what the outline's form holds."""
    form = page[page.index('id="outline-desk"') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    heading = re.search(r'name="heading" value="([^"]*)"', form)
    if heading:
        fields["heading"] = heading[1]
        kind = re.search(r'<option value="(\w+)" selected', form)
        fields["kind"] = kind[1] if kind else ""
    return {name: html.unescape(value) for name, value in fields.items()}


def post(client: Client, speech: Speech, fields: dict[str, str], act: str, **more: str) -> Any:
    return client.post(f"/intake/{speech.pk}/outline/", fields | {"act": act} | more)


def begin() -> tuple[Speech, Client, dict[str, str]]:
    speech, client = store(WORK_CONFERENCE, draft=True), enter("editor")
    return speech, client, fill(client.get(f"/intake/{speech.pk}/").content.decode())


def list_keys(speech: Speech) -> list[str]:
    speech.refresh_from_db()
    assert speech.current is not None
    return list(speech.current.sections.order_by("position").values_list("key", flat=True))


def test_acts_change_only_the_form_until_it_is_saved() -> None:
    speech, client, fields = begin()
    before = list_keys(speech)
    answer = post(client, speech, fields, "indent-4")
    assert answer.status_code == 200
    assert list_keys(speech) == before
    answer = post(client, speech, fill(answer.content.decode()), "save")
    assert answer.headers["Location"] == f"/intake/{speech.pk}/"
    assert list_keys(speech) == [
        "0",
        "1",
        "1.1",
        "1.2",
        "1.3",
        "1.3.1",
        "1.3.2",
        "2",
        "2.1",
        "2.2",
        "3",
    ]
    assert str(speech.current and speech.current.created_by) == "editor"
    assert "第 2 版" in client.get(f"/intake/{speech.pk}/").content.decode()


def test_an_opened_piece_shows_its_heading_kind_and_where_it_can_be_split() -> None:
    speech, client, fields = begin()
    page = post(client, speech, fields, "open-4").content.decode()
    assert 'name="heading" value="发展全过程人民民主，用好代表家站"' in page
    assert "要把代表家站建在群众身边" in page
    assert "split-4-" in page


def test_a_retitled_piece_keeps_its_words() -> None:
    speech, client, fields = begin()
    fields = fill(post(client, speech, fields, "open-4").content.decode())
    answer = post(client, speech, fields, "save", heading="发展全过程人民民主")
    assert answer.status_code == 302
    speech.refresh_from_db()
    assert speech.current is not None
    assert speech.current.sections.get(key="2").heading == "发展全过程人民民主"


def test_a_refused_heading_stays_in_its_field_with_the_reason() -> None:
    speech, client, fields = begin()
    fields = fill(post(client, speech, fields, "open-4").content.decode())
    answer = post(client, speech, fields, "save", heading="别的话")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="heading" value="别的话"' in page
    assert "只能取自原文" in page
    assert speech.revisions.count() == 1


def test_steps_are_taken_back_one_by_one() -> None:
    speech, client, fields = begin()
    one = fill(post(client, speech, fields, "indent-4").content.decode())
    two = fill(post(client, speech, one, "merge-2").content.decode())
    back = fill(post(client, speech, two, "undo").content.decode())
    assert back["states"] == one["states"]
    again = fill(post(client, speech, back, "undo").content.decode())
    assert again["states"] == fields["states"]


def test_another_editors_newer_outline_is_not_overwritten_and_nothing_is_lost() -> None:
    speech, client, fields = begin()
    mine = fill(post(client, speech, fields, "indent-4").content.decode())
    assert speech.current is not None
    heads = read_stored(speech.current)
    revise_outline(speech, 1, [*heads[:2], *heads[3:]])
    answer = post(client, speech, mine, "save")
    assert answer.status_code == 409
    assert "第 2 版" in answer.content.decode()
    kept = fill(answer.content.decode())
    assert kept["base"] == "2"
    assert json.loads(kept["states"])[-1] == json.loads(mine["states"])[-1]
    assert post(client, speech, kept, "save").status_code == 302
    assert list_keys(speech)[4] == "1.3"


def test_saving_what_nobody_changed_makes_no_revision() -> None:
    speech, client, fields = begin()
    assert post(client, speech, fields, "save").status_code == 302
    assert speech.revisions.count() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        {"states": "nonsense"},
        {"states": "[]"},
        {"states": "[[]]"},
        {"states": '[[{"start": 5, "depth": 0, "kind": "section"}]]'},
        {"states": '[[{"start": 0, "depth": 0, "kind": "chapter"}]]'},
        {"base": "77"},
        {"base": "x"},
    ],
)
def test_a_spoilt_form_is_told_and_changes_nothing(spoil: dict[str, str]) -> None:
    speech, client, fields = begin()
    answer = post(client, speech, fields | spoil, "save")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert speech.revisions.count() == 1


@pytest.mark.parametrize(
    "act",
    ["", "indent-x", "indent-99", "indent", "nest-1", "split-1-0", "fly-1", "open-77", "level-0-3"],
)
def test_a_senseless_act_never_fails(act: str) -> None:
    speech, client, fields = begin()
    assert post(client, speech, fields, act).status_code in (200, 422)


def test_a_script_gets_the_tree_alone() -> None:
    speech, client, fields = begin()
    url = f"/intake/{speech.pk}/outline/"
    page = client.post(url, fields | {"act": "open-1"}, headers={"X-Part": "outline"})
    assert "<html" not in page.content.decode()
    assert "data-outline-desk" in page.content.decode()


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_edit_no_outline(role: str) -> None:
    speech = store(WORK_CONFERENCE)
    assert speech.current is not None
    states = json.dumps([dump_outline(read_stored(speech.current)[:1])])
    fields = {"base": "1", "states": states, "act": "save"}
    assert enter(role).post(f"/intake/{speech.pk}/outline/", fields).status_code in (302, 403)
    assert speech.revisions.count() == 1
