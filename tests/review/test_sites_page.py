"""The pages of sites and their profiles, and the panel on the review page."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.intake.models import SitePage, SiteProfile
from corpus_app.intake.profiles.applying import approve_profile
from corpus_app.intake.profiles.learning import propose_profile
from corpus_app.intake.rereading.storing import read_again
from tests.intake.people import enter
from tests.intake.profiles.odd_pages import NAMES, SITE, store_odd, store_site
from tests.intake.rereading.older_reading import misread, read, store_alone

pytestmark = pytest.mark.django_db


def show(response: Any) -> str:
    return html.unescape(response.content.decode())


def act(client: Client, profile: SiteProfile, action: str) -> str:
    address = f"/intake/sites/profiles/{profile.pk}/change/"
    return show(client.post(address, {"action": action}, follow=True))


def propose() -> SiteProfile:
    profile = propose_profile(store_site()[0], None)
    assert profile is not None
    return profile


def test_the_whole_way_from_a_correction_to_the_way_back() -> None:
    speeches = store_site()
    client = enter("editor")
    page = show(client.get(f"/intake/{speeches[0].pk}/"))
    assert f"“{SITE}”的其他文件可以照您的改动来读" in page
    assert "讲话人：在标签后面" in page
    answer = client.post("/intake/sites/propose/", {"speech": speeches[0].pk}, follow=True)
    preview = show(answer)
    profile = SiteProfile.objects.get()
    assert f"<del>—</del> → <ins>{NAMES[2]}</ins>" in preview
    assert "odd-2.txt" in preview
    assert read(speeches[1]).speaker is None
    done = act(client, profile, "approve")
    assert "已改 4 篇" in done
    assert str(read(speeches[1]).speaker) == NAMES[2]
    assert SITE in show(client.get("/intake/sites/"))
    assert "其他文件可以照您的改动来读" not in show(client.get(f"/intake/{speeches[0].pk}/"))
    assert "据网站版式" in show(client.get(f"/intake/{speeches[1].pk}/"))
    assert "把这 4 篇恢复原样" in act(client, profile, "retire")
    assert "已恢复 4 篇" in act(client, profile, "undo")
    assert read(speeches[1]).speaker is None


def test_the_review_page_says_in_how_many_files_a_line_stands() -> None:
    store_site()
    speech = store_odd(5)
    page = show(enter("editor").get(f"/intake/{speech.pk}/"))
    assert "同站或同批的 4 个其他文件中，4 个也有这一行" in page


def test_a_proposal_can_be_changed_and_thrown_away() -> None:
    profile, client = propose(), enter("editor")
    address = f"/intake/sites/profiles/{profile.pk}/"
    assert 'value="值守："' in show(client.get(address))
    posted = {
        "value-TOTAL_FORMS": "2",
        "value-INITIAL_FORMS": "1",
        "value-0-name": "speaker",
        "value-0-relation": "label",
        "value-0-words": "主讲：",
        "value-0-distance": "1",
        "value-1-name": "title",
        "value-1-relation": "below",
        "value-1-words": "早晚两播",
        "value-1-distance": "1",
        "lines": "滨河 热线\n\n",
    }
    assert client.post(address, posted).status_code == 302
    profile.refresh_from_db()
    assert [one["words"] for one in profile.values] == ["主讲：", "早晚两播"]
    assert profile.lines == ["滨河热线"]
    wrong = client.post(address, posted | {"value-0-distance": "99"})
    assert wrong.status_code == 422
    assert client.post(address, posted | {"lines": "长" * 81}).status_code == 422
    assert "没有改动任何讲话" in act(client, profile, "discard")
    assert not SiteProfile.objects.exists()


def test_one_that_holds_is_not_changed_in_place() -> None:
    profile, client = propose(), enter("editor")
    approve_profile(profile, None)
    answer = client.post(f"/intake/sites/profiles/{profile.pk}/", {"lines": "甲乙"}, follow=True)
    assert "版式已不在待批准状态" in show(answer)
    assert "不能这样操作" in act(client, profile, "approve")
    assert "没有这项操作" in act(client, profile, "nothing")


def test_profiles_go_out_and_come_in() -> None:
    profile, client = propose(), enter("editor")
    written = client.get("/intake/sites/export/")
    assert json.loads(written.content)["profiles"][0]["site"] == SITE
    one = client.get(f"/intake/sites/export/?profile={profile.pk}")
    assert one.content == written.content
    profile.delete()

    def send(data: bytes) -> str:
        file = SimpleUploadedFile("profiles.json", data)
        return show(client.post("/intake/sites/import/", {"file": file}, follow=True))

    assert "导入 1 份版式" in send(written.content)
    assert "导入 0 份版式" in send(written.content)
    assert "没有导入：这不是版式文件" in send(b"\x00")
    assert "没有导入：这不是从言库导出的版式文件" in send(b"{}")
    assert SiteProfile.objects.get().state == "proposed"
    assert "请求" not in show(client.post("/intake/sites/import/", {}, follow=True))


def test_where_nothing_is_taught_nothing_is_proposed() -> None:
    speech, client = store_odd(1), enter("editor")
    answer = client.post("/intake/sites/propose/", {"speech": speech.pk}, follow=True)
    assert "没有可供同一网站其他文件参照的" in show(answer)
    assert client.post("/intake/sites/propose/", {"speech": "x"}).status_code == 404


@pytest.mark.parametrize("action", ["keep", "take"])
def test_a_head_in_dispute_is_settled_on_the_review_page(action: str) -> None:
    values = {"speaker": "顾云舟", "delivered": "2019-01-02"}
    speech = misread(store_alone(draft=False), values)
    read_again(speech.pk)
    client = enter("editor")
    page = show(client.get(f"/intake/{speech.pk}/"))
    assert "读出的题头与读者看到的相矛盾" in page
    assert "<del>顾云舟</del> → <ins>沈知远</ins>" in page
    client.post(f"/intake/{speech.pk}/head/", {"action": action})
    assert str(read(speech).speaker) == ("顾云舟" if action == "keep" else "沈知远")
    assert "相矛盾" not in show(client.get(f"/intake/{speech.pk}/"))
    assert client.post(f"/intake/{speech.pk}/head/", {"action": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("role", "allowed"), [("", 302), ("reader", 403), ("clerk", 403), ("editor", 0), ("admin", 0)]
)
def test_each_address_is_open_to_those_who_edit(role: str, allowed: int) -> None:
    profile = propose()
    client = enter(role)
    profile_at = f"/intake/sites/profiles/{profile.pk}/"
    for address in ("/intake/sites/", "/intake/sites/export/", profile_at):
        assert client.get(address).status_code == (allowed or 200), address
    for address in (
        f"{profile_at}change/",
        "/intake/sites/propose/",
        "/intake/sites/import/",
        f"/intake/{profile.example_id}/head/",
    ):
        assert client.get(address).status_code == 405 or not allowed, address
        answer = client.post(address, {"action": "keep", "speech": profile.example_id})
        assert answer.status_code == (allowed or 302), address


def test_the_list_of_sites_asks_no_more_queries_for_more_sites() -> None:
    client = enter("editor")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/intake/sites/")
        return len(queries)

    propose()
    count()  # what is kept between requests is made
    few = count()
    for number in range(30):
        SitePage.objects.create(sha256=f"{number:064}", site=f"{number}.example", lines=["甲"])
        SiteProfile.objects.create(site=f"{number}.example")
    assert count() == few
