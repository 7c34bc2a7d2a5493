"""The second factor: set up, asked for, used once, required where the setting says so."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import html

from corpus_app.access.models import Activity
from corpus_app.accounts.second_factor import accept_proposal, propose_key
from tests.accounts.conftest import PASSWORD, enter, make_person, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/account/two-factor/"


def read_code(key: str, steps: int = 0) -> str:
    """Return the code that an authenticator shows now, or so many steps later."""
    return f"{totp(bytes.fromhex(key), drift=steps):06}"


def give_second_factor(user: User) -> tuple[str, list[str]]:
    proposal = propose_key(user)
    codes = accept_proposal(proposal, read_code(proposal.key))
    assert codes
    # As if it had been set up long ago: the present code was not used yet.
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    return proposal.key, codes


def send_code(client: Client, code: str) -> Any:
    return client.post("/login/code/", {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_it_is_set_up_by_the_code_of_the_key_that_the_page_shows(chief: User) -> None:
    client, other = enter(chief), enter(chief)
    page = html.fromstring(client.get(PAGE).content)
    assert page.cssselect("img.key-picture")[0].get("src", "").startswith("data:image/svg+xml")
    signed = page.cssselect("[name=key]")[0].get("value")
    for wrong in ("000000", "²²²²²²", "9" * 5000, ""):
        assert client.post(PAGE, {"key": signed, "code": wrong}).status_code == 400
    assert not TOTPDevice.objects.exists()
    secret = page.cssselect("code.key-words")[0].text_content().replace(" ", "")
    key = base64.b32decode(secret + "=" * (-len(secret) % 8)).hex()
    answer = client.post(PAGE, {"key": signed, "code": read_code(key)})
    codes = [node.text_content() for node in html.fromstring(answer.content).cssselect("li code")]
    assert len(set(codes)) == 10
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(codes)
    assert (is_in(client), is_in(other)) == (True, False)
    assert codes[0] not in client.get(PAGE).content.decode()


def test_nobody_sets_up_a_key_of_somebody_elses_or_of_his_own_making(
    chief: User, member: User
) -> None:
    theirs = propose_key(member)
    for signed in (theirs.signed, theirs.key, ""):
        answer = enter(chief).post(PAGE, {"key": signed, "code": read_code(theirs.key)})
        assert answer.status_code == 400
    assert not TOTPDevice.objects.exists()


def test_the_password_alone_opens_nothing(chief: User) -> None:
    key, codes = give_second_factor(chief)
    client = Client()
    assert sign_in(client, "chief", PASSWORD)["Location"] == "/login/code/"
    assert not is_in(client)
    assert client.get("/users/").status_code == 302
    assert send_code(client, "123").status_code == 400
    assert not is_in(client)
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    code = read_code(key)
    assert send_code(client, f"{code[:3]} {code[3:]}").status_code == 302
    assert is_in(client)
    again = Client()
    sign_in(again, "chief", PASSWORD)
    assert send_code(again, code).status_code == 400, "a code that was used is good for nothing"
    assert codes


def test_a_recovery_code_is_good_once(chief: User) -> None:
    _key, codes = give_second_factor(chief)
    for status in (302, 400):
        client = Client()
        sign_in(client, "chief", PASSWORD)
        assert send_code(client, codes[0].upper()).status_code == status
    assert StaticToken.objects.count() == 9


def test_wrong_codes_wait_longer_and_longer_and_the_page_says_so(chief: User) -> None:
    key, _codes = give_second_factor(chief)
    client = Client()
    sign_in(client, "chief", PASSWORD)
    send_code(client, "000000")
    held = send_code(client, read_code(key))
    assert held.status_code == 429
    assert re.search(r"请在 \d+ 秒之后再试", held.content.decode())
    assert not is_in(client)


def test_a_first_step_does_not_outlive_the_password_or_the_account(chief: User) -> None:
    key, _codes = give_second_factor(chief)
    client = Client()
    sign_in(client, "chief", PASSWORD)
    chief.set_password("a-quite-other-word")
    chief.save()
    assert send_code(client, read_code(key))["Location"] == "/login/"
    assert not is_in(client)


@pytest.mark.parametrize(
    ("setting", "held"),
    [("optional", ()), ("admins", ("admin",)), ("editors", ("editor", "admin"))],
)
def test_who_must_have_it_gets_no_further_until_it_is_set_up(
    settings: Any, setting: str, held: tuple[str, ...]
) -> None:
    settings.TWO_FACTOR = setting
    for role in ("reader", "clerk", "editor", "admin"):
        client = enter(make_person(role, role))
        answer = client.get("/speeches/")
        assert answer.status_code == (302 if role in held else 200), role
        if role in held:
            assert answer["Location"] == PAGE
            assert client.get("/api/v1/tokens/").status_code == 302
            # Said once, however many addresses led here.
            assert client.get(PAGE).content.decode().count("您的角色须启用两步验证") == 1
            assert client.post("/logout/").status_code == 302
    assert Client().get("/speeches/").status_code == 200


def test_it_is_renewed_and_removed_with_the_password_alone_where_it_may_be(
    settings: Any, chief: User
) -> None:
    _key, codes = give_second_factor(chief)
    client = enter(chief)
    assert client.post(PAGE, {"action": "codes", "password": "wrong"}).status_code == 400
    client.post(PAGE, {"action": "codes", "password": PASSWORD})
    assert not StaticToken.objects.filter(token__in=codes).exists()
    settings.TWO_FACTOR = "admins"
    session = client.session
    session["two_factor"] = True
    session.save()
    assert client.post(PAGE, {"action": "off", "password": PASSWORD}).status_code == 403
    settings.TWO_FACTOR = "optional"
    assert client.post(PAGE, {"action": "off", "password": PASSWORD}).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert Activity.objects.filter(kind="two-factor").count() == 2
