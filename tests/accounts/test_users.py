"""Users and roles: what admins do, and what nobody can do to the last of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from lxml import html

from corpus_app.access.models import Activity
from corpus_app.accounts.roles import ROLES, read_role
from corpus_app.accounts.users import UserFilter, find_last_seen, list_users
from corpus_app.api.tokens import create_token, find_token
from tests.accounts.conftest import PASSWORD, enter, make_person, sign_in
from tests.accounts.test_second_factor import give_second_factor

pytestmark = pytest.mark.django_db


def do(client: Client, user: User, action: str, **more: str) -> Any:
    return client.post(f"/users/{user.pk}/change/", {"action": action, **more}, follow=True)


def read_link(answer: Any) -> str:
    return html.fromstring(answer.content).cssselect("code.key-words")[0].text_content()


def set_password(link: str, password: str = "a-quite-other-word") -> Any:
    client = Client()
    form = client.get(link, follow=True)
    posted = {"new_password1": password, "new_password2": password}
    return client.post(form.redirect_chain[-1][0] if form.redirect_chain else link, posted)


@pytest.mark.parametrize("role", ROLES)
def test_an_account_is_made_by_a_link_that_its_owner_uses_once(chief: User, role: str) -> None:
    posted = {"username": "新同事", "name": "闻人笛", "role": role}
    link = read_link(enter(chief).post("/users/new/", posted))
    made = User.objects.get(username="新同事")
    assert (read_role(made), made.get_full_name(), made.is_superuser) == (role, "闻人笛", False)
    assert made.is_staff is (role in ("editor", "admin"))
    assert sign_in(Client(), "新同事", "").status_code == 200
    assert set_password(link).status_code == 302
    assert sign_in(Client(), "新同事", "a-quite-other-word").status_code == 302
    assert "链接已失效" in Client().get(link, follow=True).content.decode()
    row = Activity.objects.filter(kind="account").get()
    assert (row.username, row.subject) == ("chief", "新同事")
    assert link.rsplit("/", 2)[1] not in row.detail


def test_a_name_that_is_taken_or_none_is_refused(chief: User, member: User) -> None:
    client = enter(chief)
    for name in ("Member", "a b", ""):
        posted = {"username": name, "name": "", "role": "reader"}
        answer = client.post("/users/new/", posted)
        assert answer.status_code == 400
        assert "只能包含英文字母" not in answer.content.decode()
    assert User.objects.count() == 2


def test_a_role_is_changed_and_holds_at_once(chief: User, member: User) -> None:
    here = enter(member)
    assert here.get("/intake/queue/").status_code == 403
    assert "读者 → 编辑" in do(enter(chief), member, "role", role="editor").content.decode()
    assert here.get("/intake/queue/").status_code == 200
    do(enter(chief), member, "role", role="reader")
    assert here.get("/intake/queue/").status_code == 403
    member.refresh_from_db()
    assert (read_role(member), member.is_staff) == ("reader", False)


def test_a_closed_account_is_out_everywhere_at_once_and_can_come_back(
    chief: User, member: User
) -> None:
    here = enter(member)
    _token, secret = create_token(member, "测试")
    do(enter(chief), member, "close")
    assert here.get("/account/").status_code == 302
    assert sign_in(Client(), "member", PASSWORD).status_code == 200
    assert find_token(secret) is None
    do(enter(chief), member, "open")
    assert sign_in(Client(), "member", PASSWORD).status_code == 302


def test_a_reset_voids_password_sessions_and_tokens_and_gives_a_link(
    chief: User, member: User
) -> None:
    here = enter(member)
    _token, secret = create_token(member, "测试")
    link = read_link(do(enter(chief), member, "reset"))
    assert here.get("/account/").status_code == 302
    assert sign_in(Client(), "member", PASSWORD).status_code == 200
    assert find_token(secret) is None
    assert set_password(link).status_code == 302
    assert sign_in(Client(), "member", "a-quite-other-word").status_code == 302


def test_a_lost_second_factor_is_removed_by_another_admin(chief: User) -> None:
    other = make_person("other", "admin")
    give_second_factor(chief)
    here = enter(chief)
    do(enter(other), chief, "two-factor")
    assert here.get("/account/").status_code == 302
    assert sign_in(Client(), "chief", PASSWORD)["Location"] == "/"


@pytest.mark.parametrize(
    ("action", "more"),
    [("close", {}), ("role", {"role": "reader"}), ("reset", {}), ("two-factor", {})],
)
def test_nobody_shuts_themselves_out(chief: User, action: str, more: dict[str, str]) -> None:
    client = enter(chief)
    make_person("second", "admin")
    answer = do(client, chief, action, **more)
    assert html.fromstring(answer.content).cssselect(".notice.error")
    chief.refresh_from_db()
    assert (chief.is_active, read_role(chief), chief.check_password(PASSWORD)) == (
        True,
        "admin",
        True,
    )


@pytest.mark.parametrize(("action", "more"), [("close", {}), ("role", {"role": "editor"})])
def test_the_last_admin_stays_even_where_somebody_else_has_the_right(
    chief: User, member: User, action: str, more: dict[str, str]
) -> None:
    member.user_permissions.add(Permission.objects.get(codename="change_user"))
    answer = do(enter(member), chief, action, **more)
    assert "最后一个管理员" in answer.content.decode()
    chief.refresh_from_db()
    assert chief.is_active


def test_the_list_is_filtered_and_tells_who_was_here_when(chief: User, member: User) -> None:
    make_person("editor-a", "editor")
    client, here = enter(chief), enter(member)
    here.get("/account/")
    do(client, make_person("gone", "clerk"), "close")
    for params, names in [
        ("", ["chief", "editor-a", "gone", "member"]),
        ("?role=reader", ["member"]),
        ("?role=admin", ["chief"]),
        ("?state=closed", ["gone"]),
        ("?q=edit", ["editor-a"]),
        ("?role=nonsense&page=99", ["chief", "editor-a", "gone", "member"]),
    ]:
        page = html.fromstring(client.get(f"/users/{params}").content)
        assert [cell.text_content() for cell in page.cssselect("tbody th")] == names, params
    seen = {user.username: find_last_seen(user) for user in list_users(UserFilter())}
    assert seen["member"] is not None
    assert seen["editor-a"] is None
