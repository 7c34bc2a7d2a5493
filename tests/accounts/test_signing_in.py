"""Signing in: who has to wait, who never does, and what a stranger can learn."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from corpus_app.access.models import Activity
from corpus_app.accounts.signing_in import Attempt
from tests.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


class CountingHasher(PBKDF2PasswordHasher):
    """Django's own hasher, which counts its work."""

    iterations = 10
    worked = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        type(self).worked += iterations or self.iterations
        return super().encode(password, salt, iterations)


def fail(times: int, name: str = "member", address: str = "192.0.2.1") -> list[int]:
    """Try as so many strange browsers, each once."""
    return [sign_in(Client(), name, "wrong", address).status_code for _ in range(times)]


def test_the_sixth_wrong_password_waits_and_the_page_says_how_long(member: User) -> None:
    assert fail(5) == [200] * 5
    held = sign_in(Client(), "member", PASSWORD)
    assert held.status_code == 429
    assert 0 < int(held["Retry-After"]) <= 15
    assert f"请在 {held['Retry-After']} 秒之后再试" in held.content.decode()
    assert 'value="member"' in held.content.decode()


def test_who_tries_from_elsewhere_makes_the_owner_at_home_not_wait(member: User) -> None:
    assert fail(40, address="198.51.100.9").count(429) == 35
    assert sign_in(Client(), "member", PASSWORD).status_code == 302


def test_a_crowd_of_addresses_is_held_but_never_a_browser_that_was_here_before(
    member: User,
) -> None:
    known = Client()
    assert sign_in(known, "member", PASSWORD).status_code == 302
    crowd = [fail(1, address=f"198.51.100.{number}")[0] for number in range(60)]
    assert crowd.count(429) == 40
    assert sign_in(Client(), "member", PASSWORD, "203.0.113.5").status_code == 429
    assert sign_in(known, "member", PASSWORD, "203.0.113.5").status_code == 302


def test_one_machine_of_an_office_does_not_shut_the_office_out(member: User) -> None:
    known = Client()
    sign_in(known, "member", PASSWORD)
    given = [fail(1, name=f"guess{number}")[0] for number in range(45)]
    assert given.count(429) == 15
    assert sign_in(known, "member", PASSWORD).status_code == 302


def test_a_known_browser_is_known_for_its_own_name_alone_and_waits_for_its_own_failures(
    member: User,
) -> None:
    User.objects.create_user("other", password=PASSWORD)
    known = Client()
    sign_in(known, "member", PASSWORD)
    assert [sign_in(known, "other", "wrong").status_code for _ in range(6)][-1] == 429
    assert [sign_in(known, "member", "wrong").status_code for _ in range(6)][-1] == 429
    forged = Client()
    forged.cookies["known_browser"] = known.cookies["known_browser"].value[:-3] + "abc"
    fail(25, address="198.51.100.9")
    assert sign_in(forged, "member", PASSWORD, "198.51.100.9").status_code == 429


def test_a_success_does_not_free_an_address_to_guess_on(member: User) -> None:
    for number in range(29):
        fail(1, name=f"guess{number}")
    sign_in(Client(), "member", PASSWORD)
    assert fail(1, name="guess-on") == [200]
    assert fail(1, name="guess-on") == [429]


@pytest.mark.parametrize("state", ["unknown", "closed", "without a password"])
def test_nothing_tells_which_names_there_are(settings: Any, state: str) -> None:
    hasher = f"{__name__}.CountingHasher"
    settings.PASSWORD_HASHERS = [hasher]
    User.objects.create_user("member", password=PASSWORD)
    if state != "unknown":
        other = User.objects.create_user("other", password=PASSWORD)
        other.is_active = state != "closed"
        if state == "without a password":
            other.set_unusable_password()
        other.save()
    answers, work = [], []
    for name in ("member", "other"):
        CountingHasher.worked = 0
        answer = sign_in(Client(), name, "wrong")
        answers.append((answer.status_code, "用户名或密码不正确" in answer.content.decode()))
        work.append(CountingHasher.worked)
    assert answers[0] == answers[1] == (200, True)
    assert work[0] == work[1] > 0


def test_failures_are_logged_and_recorded_but_not_what_may_be_a_password(
    member: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "corpus_app.accounts"):
        fail(1)
        sign_in(Client(), PASSWORD, "wrong")
    assert "'member' from 192.0.2.1" in caplog.text
    assert PASSWORD not in caplog.text
    rows = list(Activity.objects.order_by("pk").values_list("kind", "username", "address"))
    assert rows == [
        ("sign-in-failed", "member", "192.0.2.1"),
        ("sign-in-failed", "mu…", "192.0.2.1"),
    ]


def test_signing_in_and_out_is_recorded_and_leads_only_to_the_site(member: User) -> None:
    client = Client()
    for forward, lead in [("/desk/", "/desk/"), ("https://elsewhere.example/", "/")]:
        posted = {"username": "member", "password": PASSWORD, "next": forward}
        answer = client.post("/login/", posted)
        assert answer["Location"] == lead
        cookie = client.cookies["known_browser"]
        assert (cookie["httponly"], cookie["path"], cookie["secure"]) == (True, "/login/", "")
    client.post("/logout/")
    assert list(Activity.objects.order_by("pk").values_list("kind", flat=True)) == [
        "sign-in",
        "sign-in",
        "sign-out",
    ]


def test_a_flood_of_attempts_does_not_fill_the_record(member: User) -> None:
    fail(60)
    assert fail(20, name="nobody").count(429) == 15
    kinds = list(Activity.objects.values_list("kind", flat=True))
    assert (kinds.count("sign-in-failed"), kinds.count("sign-in-held")) == (10, 1)


def test_a_name_of_megabytes_is_not_read_to_its_end(rf: RequestFactory) -> None:
    # Normalized, each of these is eighteen; eight million took all of a process for 20 seconds.
    name = "ﷺ" * 100_000
    assert len(Attempt(rf.post("/login/"), name).name) < 5_000
    assert sign_in(Client(), name, "wrong").status_code == 200


def test_the_administration_has_no_way_in_of_its_own() -> None:
    answer = Client().post("/admin/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
