"""The pages to write from: who sees what, and that looking changes nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from corpus_app.catalog.models import Speech
from tests.structure.conftest import list_titles, read

pytestmark = pytest.mark.django_db
PAGES = ("/structure/", "/structure/openings/", "/structure/openings/?part=closing")


def sign_in(client: Client, role: str) -> None:
    if role != "anonymous":
        user = User.objects.create_user(f"user-{role}")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)


@pytest.mark.parametrize("role", ["anonymous", "reader", "clerk", "editor", "admin"])
def test_nobody_meets_a_draft(client: Client, work: Speech, draft: Speech, role: str) -> None:
    sign_in(client, role)
    for address in PAGES:
        assert list_titles(read(client, address)) == [work.title]
    assert client.get(f"/structure/speeches/{draft.pk}/skeleton.txt").status_code == 404


@pytest.mark.parametrize("number", [999_999, 10**30])
def test_the_skeleton_of_an_unknown_speech_is_not_found(client: Client, number: int) -> None:
    assert client.get(f"/structure/speeches/{number}/skeleton.txt").status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/structure/parallels/"])
def test_the_pages_only_answer_reading(client: Client, work: Speech, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/structure/parallels/"])
def test_an_empty_corpus_has_its_word(client: Client, db: None, address: str) -> None:
    assert "没有符合条件的" in read(client, address).text_content()


@pytest.mark.parametrize("address", [*PAGES, "/structure/parallels/"])
def test_the_navigation_shows_where_one_is(client: Client, work: Speech, address: str) -> None:
    page = read(client, address)
    (entry,) = page.xpath("//nav[@aria-label='主导航']//a[@aria-current]")
    assert entry.text_content() == "谋篇"
