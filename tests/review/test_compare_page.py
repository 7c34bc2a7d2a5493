"""Comparing two speeches on the desk, and what follows from it."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.models import Joining
from tests.catalog.speeches import TRAINING, store
from tests.intake.people import enter
from tests.intake.text_reuse.texts import COPY, DIGEST, FULL, NOTES

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return enter("editor")


def pair(first: str = FULL, second: str = COPY) -> tuple[Speech, Speech]:
    return store(first, "a.txt"), store(second, "b.txt")


def stamp(*speeches: Speech) -> str:
    return "-".join(str(pk) for pk in sorted(speech.current_id or 0 for speech in speeches))


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_page_shows_facts_which_is_fuller_and_what_differs(editor: Client) -> None:
    full, copy = pair()
    page = read(editor, f"/intake/{full.pk}/compare/{copy.pk}/")
    assert "左篇较全" in page
    assert "缺失 0 处，另一篇 1 处" in page
    assert "用右篇补全左篇" not in page
    assert "用左篇补全右篇" in page
    assert '<span class="only">' in page
    assert "gap-mark" in page
    assert "b.txt" in page


def test_notes_are_not_weighed_against_the_speech_they_quote(editor: Client) -> None:
    full, notes = pair(FULL, NOTES)
    page = read(editor, f"/intake/{notes.pk}/compare/{full.pk}/")
    assert "一般都保留" in page
    assert "篇较全" not in page


def test_the_review_page_leads_to_comparing(editor: Client) -> None:
    full, copy = pair()
    page = read(editor, f"/intake/{copy.pk}/")
    assert f'href="/intake/{copy.pk}/compare/{full.pk}/"' in page
    assert "含有本篇" in page
    assert "本篇的一部分" in read(editor, f"/intake/{full.pk}/")


def test_what_is_filled_is_shown_before_it_is_stored(editor: Client) -> None:
    full, copy = pair()
    page = read(editor, f"/intake/{copy.pk}/compare/{full.pk}/filled/")
    assert re.search(r'<ins\s+class="filled">', page)
    assert "来源称隐去 241 字" in page
    assert Speech.objects.count() == 2
    assert not Joining.objects.exists()


def test_filling_makes_the_two_one_and_the_review_page_parts_them(editor: Client) -> None:
    full, copy = pair()
    address = f"/intake/{copy.pk}/compare/{full.pk}/filled/"
    response = editor.post(address, {"stamp": stamp(full, copy)})
    assert response.headers["Location"] == f"/intake/{full.pk}/"
    joining = Joining.objects.get()
    assert str(joining.joined_by) == "editor"
    page = read(editor, f"/intake/{full.pk}/")
    assert "合并补全" in page
    assert f'action="/intake/joinings/{joining.pk}/part/"' in page
    editor.post(f"/intake/joinings/{joining.pk}/part/")
    assert set(Speech.objects.values_list("pk", flat=True)) == {full.pk, copy.pk}
    again = editor.post(f"/intake/joinings/{joining.pk}/part/", follow=True)
    assert "已经撤销过" in again.content.decode()


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_text_that_is_kept_is_the_one_chosen(side: str, editor: Client) -> None:
    full, copy = pair()
    chosen = {"left": full, "right": copy}[side]
    text = chosen.current.text if chosen.current else ""
    posted = {"action": f"absorb-{side}", "stamp": stamp(full, copy)}
    editor.post(f"/intake/{full.pk}/compare/{copy.pk}/", posted)
    speech = Speech.objects.get()
    # The published one keeps its address, whichever text is kept.
    assert speech.pk == full.pk
    assert speech.current is not None
    assert speech.current.text == text
    assert speech.revisions.count() == 2


def test_a_page_that_is_out_of_date_joins_nothing(editor: Client) -> None:
    full, copy = pair()
    posted = {"action": "absorb-left", "stamp": "1-1"}
    response = editor.post(f"/intake/{full.pk}/compare/{copy.pk}/", posted, follow=True)
    assert "刚刚改动过" in response.content.decode()
    assert Speech.objects.count() == 2


@pytest.mark.parametrize("decision", ["both", "unrelated"])
def test_a_decision_is_kept_with_who_made_it_and_can_be_taken_back(
    decision: str, editor: Client
) -> None:
    full, copy = pair()
    address = f"/intake/{full.pk}/compare/{copy.pk}/"
    editor.post(address, {"action": decision})
    row = Kinship.objects.get()
    assert (row.decision, str(row.decided_by)) == (decision, "editor")
    editor.post(address, {"action": "open"})
    row.refresh_from_db()
    assert (row.decision, row.decided_by) == ("open", None)


def test_withdrawing_the_other_leaves_both_and_notes_it(editor: Client) -> None:
    full, digest = store(FULL, "a.txt"), store(NOTES, "b.txt")
    editor.post(f"/intake/{full.pk}/compare/{digest.pk}/", {"action": "alone-left"})
    digest.refresh_from_db()
    assert digest.status == "withdrawn"
    assert Kinship.objects.get().decision == "fuller"


@pytest.mark.parametrize(
    "path", ["{0}/compare/{0}/", "{0}/compare/999999/", "{0}/compare/{1}0000000000000000000/"]
)
def test_what_is_no_pair_is_not_found(path: str, editor: Client) -> None:
    full, copy = pair()
    assert editor.get(f"/intake/{path.format(full.pk, copy.pk)}").status_code == 404


def test_the_address_of_a_pair_that_became_one_leads_to_it(editor: Client) -> None:
    full, copy = pair()
    address = f"/intake/{full.pk}/compare/{copy.pk}/"
    editor.post(address, {"action": "absorb-left", "stamp": stamp(full, copy)})
    assert editor.get(address).headers["Location"] == f"/intake/{full.pk}/"


def test_a_pair_without_kinship_can_be_compared_but_not_decided(editor: Client) -> None:
    full, other = pair(FULL, TRAINING)
    address = f"/intake/{full.pk}/compare/{other.pk}/"
    assert "并非同源" not in read(editor, address)
    editor.post(address, {"action": "both"})
    assert not Kinship.objects.exists()


@pytest.mark.parametrize("action", ["absorb", "absorb-up", "alone-x", "", "nonsense"])
def test_a_wrong_action_changes_nothing(action: str, editor: Client) -> None:
    full, copy = pair()
    address = f"/intake/{full.pk}/compare/{copy.pk}/"
    editor.post(address, {"action": action, "stamp": stamp(full, copy)})
    assert Speech.objects.count() == 2
    assert Kinship.objects.get().decision == "open"


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_can_post_nothing(role: str) -> None:
    full, copy = pair()
    client = enter(role)
    for address in (
        f"/intake/{full.pk}/compare/{copy.pk}/",
        f"/intake/{copy.pk}/compare/{full.pk}/filled/",
    ):
        posted = {"action": "absorb-left", "stamp": stamp(full, copy)}
        assert client.post(address, posted).status_code in (302, 403)
    assert Speech.objects.count() == 2


def test_looking_writes_nothing_and_asks_few_queries(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    full, digest = pair(FULL, DIGEST)
    for address in (
        f"/intake/{full.pk}/compare/{digest.pk}/",
        f"/intake/{digest.pk}/compare/{full.pk}/filled/",
    ):
        with django_assert_max_num_queries(20) as queries:
            assert editor.get(address).status_code == 200
        assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}
