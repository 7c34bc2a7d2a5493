"""Tokens: made, shown once, used, revoked."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from corpus_app.api.models import ApiToken
from corpus_app.api.tokens import MAX_TOKENS, PREFIX, create_token, find_token

pytestmark = pytest.mark.django_db
PAGE = "/api/v1/tokens/"


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("scholar")


def get_with(client: Client, authorization: str) -> Any:
    return client.get("/api/v1/themes", headers={"Authorization": authorization})


def test_the_database_holds_no_secret(user: User) -> None:
    token, secret = create_token(user, "论文数据")
    kept = json.dumps(list(ApiToken.objects.values()), default=str)
    assert secret.startswith(PREFIX)
    assert secret not in kept
    assert len(token.start) < len(secret) / 2
    assert find_token(secret) == token


def test_a_token_stands_for_its_user(client: Client, user: User, settings: Any) -> None:
    settings.API_RATE = (7, 60)
    token, secret = create_token(user, "论文数据")
    response = get_with(client, f"bearer {secret}")
    assert response["RateLimit-Limit"] == "7"
    token.refresh_from_db()
    assert token.used_on is not None


@pytest.mark.parametrize(
    "header", ["Bearer nothing", "Bearer", "Basic YTpi", "Bearer " + "x" * 5000, "令牌"]
)
def test_a_token_that_is_none_is_refused(client: Client, header: str) -> None:
    response = get_with(client, header)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(response.content)["code"] == "token"


def test_revoked_tokens_and_those_of_closed_accounts_are_refused(
    client: Client, user: User
) -> None:
    token, secret = create_token(user, "一")
    _other, second = create_token(user, "二")
    client.force_login(user)
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 302
    client.logout()
    assert get_with(client, f"Bearer {secret}").status_code == 401
    assert get_with(client, f"Bearer {second}").status_code == 200
    User.objects.update(is_active=False)
    assert get_with(client, f"Bearer {second}").status_code == 401


def test_the_page_shows_a_new_secret_once(client: Client, user: User) -> None:
    client.force_login(user)
    made = client.post(PAGE, {"name": " 年度  统计 "}).content.decode()
    token = ApiToken.objects.get()
    assert token.name == "年度 统计"
    secret = made.split('class="api-secret">')[1].split("<")[0]
    assert find_token(secret) == token
    assert secret not in client.get(PAGE).content.decode()
    assert token.start in client.get(PAGE).content.decode()


def test_a_nameless_token_or_one_too_many_is_refused(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.post(PAGE, {"name": "  "}).status_code == 400
    for number in range(MAX_TOKENS):
        create_token(user, f"第{number}个")
    response = client.post(PAGE, {"name": "再一个"})
    assert response.status_code == 400
    assert "请先撤销" in response.content.decode()
    assert "再一个" in response.content.decode()


def test_nobody_revokes_what_is_anothers(client: Client, user: User) -> None:
    token, secret = create_token(user, "一")
    client.force_login(User.objects.create_user("other"))
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert client.post(f"{PAGE}{2**70}/revoke/").status_code == 404
    assert find_token(secret) is not None


def test_the_form_is_guarded_against_other_sites(user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(PAGE, {"name": "别处来的"}).status_code == 403
    assert not ApiToken.objects.exists()


def test_the_command_prints_a_token_that_works(user: User) -> None:
    out = StringIO()
    call_command("create_api_token", "scholar", "--name", "脚本", stdout=out)
    token = find_token(out.getvalue().strip())
    assert token is not None
    assert (token.user, token.name) == (user, "脚本")


def test_the_command_names_an_account_that_is_none(db: None) -> None:
    with pytest.raises(CommandError, match="没有账号 nobody"):
        call_command("create_api_token", "nobody")
