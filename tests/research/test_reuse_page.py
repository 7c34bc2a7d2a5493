"""The passages a speech shares as a page, two speeches side by side, the file, who sees what."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from corpus_app.access.models import UserGroup
from corpus_app.catalog.limits import GROUPS, INTERNAL, PUBLIC, write_groups
from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.search.factories import Part, make_speech
from tests.search.reusing import write

pytestmark = pytest.mark.django_db

SAID = "柳浦镇把藕塘边的水渠一段一段修到地头，谁家的田缺水，代表就先到谁家门口去看。"
ALTERED = SAID.replace("代表就先", "人大代表先")


@pytest.fixture
def speeches(index_folder: object) -> tuple[Speech, Speech]:
    one = make_speech("甲镇讲话", [Part("", f"{write(60, 1)}\n{SAID}")], date="2020-01-02")
    other = make_speech("乙镇讲话", [Part("", f"{ALTERED}\n{write(60, 2)}")], date="2021-01-02")
    rebuild_index()
    return one, other


def test_readers_find_passages_with_label_date_and_places(
    client: Client, speeches: tuple[Speech, Speech]
) -> None:
    one, other = speeches
    speech_page = client.get(f"/speeches/{one.pk}/").content.decode()
    assert f'href="/speeches/{one.pk}/reuse/"' in speech_page
    page = client.get(f"/speeches/{one.pk}/reuse/").content.decode()
    for words in ("借用", "此先彼后", "乙镇讲话", "2021年1月2日", "strip-borrowing"):
        assert words in page
    assert f"/speeches/{other.pk}/?rev=1&amp;hl=0-" in page
    assert f"/speeches/{one.pk}/reuse/{other.pk}/" in page
    short = client.get(f"/speeches/{one.pk}/reuse/?label=short_parallel").content.decode()
    assert "乙镇讲话" not in short
    pair = client.get(f"/speeches/{one.pk}/reuse/{other.pk}/").content.decode()
    assert ">人大</del>" in pair
    assert ">就</ins>" in pair


def test_two_speeches_are_chosen_by_address_or_number(
    client: Client, speeches: tuple[Speech, Speech]
) -> None:
    one, other = speeches
    for asked in (str(other.pk), f"http://yanku.example/speeches/{other.pk}/?q=%E5%86%9C#1"):
        response = client.get(f"/speeches/{one.pk}/reuse/", {"other": asked})
        assert response.headers["Location"] == f"/speeches/{one.pk}/reuse/{other.pk}/"
    for asked in ("", "乙镇", "99999", str(one.pk), "9" * 30):
        response = client.get(f"/speeches/{one.pk}/reuse/", {"other": asked})
        assert response.status_code == 404
        assert "没有这一篇可对照的讲话" in response.content.decode()
    assert client.get(f"/speeches/{one.pk}/reuse/99999/").status_code == 404


def test_the_file_has_the_passages(client: Client, speeches: tuple[Speech, Speech]) -> None:
    one, other = speeches
    sent = client.get(f"/speeches/{one.pk}/reuse/export/?format=json")
    table = json.loads(sent.getvalue())
    (row,) = (dict(zip(table["columns"], row, strict=True)) for row in table["rows"])
    assert (row["类别"], row["讲话编号"]) == ("借用", other.pk)
    assert client.get(f"/speeches/{one.pk}/reuse/export/").getvalue().startswith(b"\xef\xbb\xbf")


def test_nobody_sees_a_passage_of_a_speech_he_may_not_read(
    client: Client, speeches: tuple[Speech, Speech]
) -> None:
    one, other = speeches
    member, editor = (User.objects.create_user(name) for name in ("member", "editor"))
    editor.groups.add(Group.objects.get(name="editor"))
    group = UserGroup.objects.create(name="办公室")
    paths = [f"/speeches/{one.pk}/reuse/{end}" for end in ("", f"{other.pk}/", "export/")]
    paths += [f"/api/v1/reuse?speech={one.pk}{end}" for end in ("", f"&other={other.pk}")]

    def count_seen(user: User | None) -> int:
        browser = Client()
        if user is not None:
            browser.force_login(user)
        answers = (browser.get(path).getvalue().decode() for path in paths)
        return sum("乙镇讲话" in answer for answer in answers)

    for access, seen in ((PUBLIC, (5, 5, 5)), (GROUPS, (0, 0, 5)), (INTERNAL, (0, 0, 5))):
        open_to = write_groups([group.pk]) if access == GROUPS else ""
        Speech.objects.filter(pk=other.pk).update(access=access, open_to=open_to)
        assert tuple(map(count_seen, (None, member, editor))) == seen
    Speech.objects.filter(pk=other.pk).update(access=GROUPS, open_to=write_groups([group.pk]))
    group.members.add(member)
    assert count_seen(member) == 5
    assert not count_seen(None)
