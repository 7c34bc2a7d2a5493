"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from corpus_app.access.models import Activity
from corpus_app.accounts.models import Session
from corpus_app.accounts.sessions import list_sessions
from tests.accounts.conftest import PASSWORD, enter, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def change(client: Client, old: str, new: str, again: str | None = None) -> Any:
    posted = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post("/account/password/", posted)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_everyone_can_change_the_password_and_other_sessions_end(member: User) -> None:
    here, there = enter(member), enter(member)
    assert change(here, PASSWORD, "a-quite-other-word").status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert sign_in(Client(), "member", PASSWORD).status_code == 200
    assert sign_in(Client(), "member", "a-quite-other-word").status_code == 302
    assert Activity.objects.filter(kind="password", username="member").count() == 1


def test_a_password_that_will_not_do_is_refused_with_its_reason(member: User) -> None:
    client = enter(member)
    for posted, words in [
        ((PASSWORD, "12345"), "密码太短，至少要有 8 个字符"),
        ((PASSWORD, "a-quite-other-word", "another"), "一致"),
        (("wrong", "a-quite-other-word"), "旧密码"),
    ]:
        answer = change(client, *posted)
        assert answer.status_code == 400
        errors = html.fromstring(answer.content).cssselect(".errorlist li")
        assert words in "".join(error.text_content() for error in errors)
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_who_found_a_session_open_cannot_try_passwords_for_ever(member: User) -> None:
    client = enter(member)
    given = [change(client, "wrong", "a-quite-other-word").status_code for _ in range(6)]
    assert given == [400] * 5 + [429]
    assert change(client, PASSWORD, "a-quite-other-word").status_code == 429


def test_sessions_tell_where_and_when_and_no_page_tells_a_key(member: User) -> None:
    client = Client(REMOTE_ADDR="192.0.2.8", headers={"User-Agent": FIREFOX})
    client.post("/login/", {"username": "member", "password": PASSWORD})
    page = client.get("/account/").content.decode()
    assert "Firefox（Linux）" in page
    assert "192.0.2.8" in page
    assert not [row.pk for row in Session.objects.all() if row.pk in page]


def test_the_owner_ends_one_session_or_all_others_and_nobody_elses(
    member: User, chief: User
) -> None:
    here, there, third, strange = enter(member), enter(member), enter(member), enter(chief)
    ids = {
        client.cookies[site_settings.SESSION_COOKIE_NAME].value: client
        for client in (there, third, strange)
    }
    rows = {ids.get(row.pk): row for row in Session.objects.all()}
    for target in (strange, there):
        here.post("/account/sessions/end/", {"session": rows[target].public_id})
    assert [is_in(client) for client in (here, there, third, strange)] == [True, False, True, True]
    here.post("/account/sessions/end/", {"session": "others"})
    assert [is_in(client) for client in (here, third, strange)] == [True, False, True]
    assert list_sessions(member.pk).count() == 1


def age_trace(client: Client) -> None:
    """Let the last use that was noted be ten minutes ago."""
    session = client.session
    session["trace"] = {**session["trace"], "used": session["trace"]["used"] - 600}
    session.save()


def test_using_the_site_writes_a_session_once_in_five_minutes(member: User) -> None:
    client = enter(member)
    written = []
    for wait in (False, True, False):
        if wait:
            age_trace(client)
        with CaptureQueriesContext(connection) as queries:
            client.get("/account/password/")
        written.append([query["sql"].split()[0] for query in queries].count("UPDATE"))
    assert written == [0, 1, 0]
    assert Session.objects.get(user=member).used_at is not None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the data folder holds no database")
def test_where_nothing_can_be_written_who_is_signed_in_reads_on(member: User) -> None:
    client = enter(member)
    age_trace(client)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert client.get("/account/").status_code == 200
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    client.get("/account/")
    assert Session.objects.get(user=member).used_at is not None
