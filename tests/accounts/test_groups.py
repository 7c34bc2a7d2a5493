"""Groups of users: set up, filled, renamed, dissolved and brought back by admins."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.access.audience import Audience, find_audience
from corpus_app.access.models import Activity, UserGroup
from corpus_app.catalog.limits import GROUPS, AccessLimit
from tests.accounts.conftest import enter, make_person
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def do(client: Client, group: UserGroup, action: str, **more: str) -> str:
    address = f"/users/groups/{group.pk}/change/"
    return client.post(address, {"action": action, **more}, follow=True).content.decode()


def test_a_group_is_set_up_filled_and_renamed_and_the_record_tells(
    chief: User, member: User
) -> None:
    client, other = enter(chief), make_person("闻人笛", "clerk")
    client.post("/users/groups/", {"name": " 财经组 "})
    group = UserGroup.objects.get(name="财经组")
    assert "没有这些用户名：nobody" in do(client, group, "add", names="member nobody")
    assert not group.members.exists()
    assert "加入：" in do(client, group, "add", names="member、闻人笛")
    assert find_audience(member) == Audience(1, (group.pk,))
    page = do(client, group, "remove", user=str(other.pk))
    assert "移出：闻人笛" in page
    assert "1 名成员" in page
    assert "财经组" in client.get(f"/users/{member.pk}/").content.decode()
    assert "改名：财经组 → 预算组" in do(client, group, "rename", name="预算组")
    told = Activity.objects.filter(kind="group").order_by("pk").values_list("detail", flat=True)
    assert [words[:2] for words in told] == ["设立", "加入", "移出", "改名"]
    # From a user's own page one comes back to it.
    back = {"action": "add", "names": "闻人笛", "back": str(other.pk)}
    answer = client.post(f"/users/groups/{group.pk}/change/", back)
    assert answer.headers["Location"] == f"/users/{other.pk}/"
    for names in (" ", "，"):
        assert "请填写用户名" in do(client, group, "add", names=names)


def test_names_are_told_apart_among_the_groups_that_live(chief: User) -> None:
    client = enter(chief)
    first = UserGroup.objects.create(name="财经组")
    for name in ("财经组", "", "长" * 51):
        client.post("/users/groups/", {"name": name})
    assert UserGroup.objects.count() == 1
    do(client, first, "dissolve")
    client.post("/users/groups/", {"name": "财经组"})
    assert UserGroup.objects.count() == 2
    assert "已有这个名称的用户组" in do(client, first, "restore")
    first.refresh_from_db()
    assert first.dissolved_at
    assert "这个用户组已经解散" in do(client, first, "rename", name="别组")


def test_a_dissolved_group_says_what_it_leaves_closed(chief: User, member: User) -> None:
    client = enter(chief)
    one, two = (UserGroup.objects.create(name=name) for name in ("财经组", "联络组"))
    one.members.add(member)
    for text, groups in ((WORK_CONFERENCE, (one.pk,)), (TRAINING, (one.pk, two.pk))):
        speech = store(text)
        speech.limit = AccessLimit(GROUPS, groups)
        speech.save()
    page = do(client, one, "dissolve")
    assert "解散，1 篇讲话随之仅编辑可见" in page
    assert "有 1 篇讲话只对它开放过" in page
    assert "1 篇仅编辑可见" in client.get("/users/groups/").content.decode()
    assert find_audience(member) == Audience(1)
    assert "有 1 篇" not in do(client, one, "restore")
    assert find_audience(member) == Audience(1, (one.pk,))
