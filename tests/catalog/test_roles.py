"""What each role may do."""

import pytest
from django.contrib.auth.models import Group, User

pytestmark = pytest.mark.django_db


def make_user(role: str) -> User:
    user = User.objects.create_user(role)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize("role", ["reader", "clerk"])
def test_readers_and_clerks_change_nothing(role: str) -> None:
    assert make_user(role).get_all_permissions() == set()


def test_editors_edit_and_delete_no_speech() -> None:
    editor = make_user("editor")
    assert editor.has_perms(["catalog.add_speech", "catalog.change_speech", "themes.change_theme"])
    assert not editor.has_perm("catalog.delete_speech")
    assert not editor.has_perm("auth.change_user")
    assert not editor.has_perm("catalog.change_revision")


def test_admins_keep_accounts_and_still_change_no_revision() -> None:
    admin = make_user("admin")
    assert admin.has_perms(["auth.add_user", "catalog.delete_speech", "slogans.change_slogan"])
    assert not admin.has_perm("catalog.change_revision")
    assert not admin.has_perm("catalog.change_upload")
