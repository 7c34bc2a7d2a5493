"""The text's form in the browser's terms."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.text_maps import map_text
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.review.text_edits import KINDS, name_removal
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.intake.scraped import CALL, NOTICE, SCRAPED, current, find, store_scraped, take

pytestmark = pytest.mark.django_db


def name_cut(speech: Speech, words: str, kind: str = "editor") -> str:
    """Return the field by which the page asks to take these words out."""
    revision = current(speech)
    return name_removal(take(revision.raw, words, kind), map_text(revision))


def name_restore(speech: Speech, words: str) -> str:
    start, end = find(current(speech).raw, words)
    return f"{start}-{end}"


def post(client: Client, speech: Speech, base: int = 1, **fields: Any) -> Any:
    return client.post(f"/intake/{speech.pk}/text/", {"base": base, **fields})


def read(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_one_save_restores_and_takes_out_in_one_revision() -> None:
    speech, client = store_scraped(), enter("editor")
    response = post(
        client,
        speech,
        restore=name_restore(speech, NOTICE),
        remove=name_cut(speech, CALL),
        reason="去水印",
    )
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    revision = current(speech)
    assert (revision.number, revision.reason, str(revision.created_by)) == (2, "去水印", "editor")
    assert NOTICE in revision.text
    assert CALL not in revision.text
    page = read(client.get(f"/intake/{speech.pk}/"))
    assert "第 2 版" in page
    assert "人工剔除" in page


def test_the_page_shows_what_changed_since_the_last_revision() -> None:
    speech, client = store_scraped(), enter("editor")
    assert "与第" not in read(client.get(f"/intake/{speech.pk}/"))
    post(client, speech, remove=name_cut(speech, CALL))
    page = read(client.get(f"/intake/{speech.pk}/"))
    assert "与第 1 版相比：改动 1 段" in page
    changed = re.search(r'<p class="change">(.*?)</p>', page, re.S)
    assert changed
    assert CALL in re.sub("<[^>]+>", "", changed[1])


def test_one_click_restores_what_the_reader_took_out_of_a_sentence() -> None:
    site = "云帆公文网"
    raw = WORK_CONFERENCE.replace("总结过去", f"总{site}结过去").replace("部署", f"部{site}署")
    speech, client = store(f"{raw}\n版权所有：{site}\n"), enter("editor")
    page = read(client.get(f"/intake/{speech.pk}/"))
    told = f"句中剔除了“{site}”"
    reason = DoubtReason.objects.get(doubt__speech=speech, code="removed_inside")
    assert (page.count(told), reason.details["count"]) == (2, 2)
    first = current(speech).raw.find(site)
    value = f"{first}-{first + len(site)}"
    assert f'value="{value}"' in page
    post(client, speech, restore=value)
    assert f"总{site}结过去" in current(speech).text
    page = read(client.get(f"/intake/{speech.pk}/"))
    reason = DoubtReason.objects.get(doubt__speech=speech, code="removed_inside")
    assert (page.count(told), reason.details["count"]) == (1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_taken_out_as_one_of_the_kinds_offered(kind: str) -> None:
    speech = store_scraped(SCRAPED.replace(NOTICE, ""))
    post(enter("editor"), speech, remove=name_cut(speech, CALL, kind))
    assert current(speech).gaps.exists() is (kind != "editor")


def test_typed_words_are_taken_out_without_selecting() -> None:
    speech = store_scraped()
    post(enter("editor"), speech, words=f"{CALL[:5]} {CALL[5:]}\n")
    assert CALL not in current(speech).text


def test_typed_words_that_stand_in_several_places_need_a_word_more() -> None:
    speech, client = store_scraped(), enter("editor")
    count = current(speech).text.count("一是")
    response = post(client, speech, words="一是")
    assert response.status_code == 422
    assert f"有 {count} 处" in read(response)
    assert re.search(r"<textarea[^>]*>一是</textarea>", read(response))
    post(client, speech, words="一是", every="1")
    assert "一是" not in current(speech).text


def test_typed_words_that_are_not_there_are_said_so() -> None:
    response = post(enter("editor"), store_scraped(), words="没有这句话")
    assert response.status_code == 422
    assert "正文中没有“没有这句话”" in read(response)


@pytest.mark.parametrize(
    "fields",
    [
        {"restore": "1-2"},
        {"restore": "x"},
        {"restore": "1-999999999"},
        {"remove": "x"},
        {"remove": "0-2|editor|别的字"},
        {"remove": "0-2|advert|同志"},
        {"remove": "99999-999999|editor|同志"},
        {"remove": "5-5|editor|"},
        {"restore": ["1-2"] * 501},
    ],
)
def test_a_place_that_is_none_changes_nothing_and_is_said(fields: dict[str, Any]) -> None:
    speech = store_scraped()
    response = post(enter("editor"), speech, **fields)
    assert response.status_code == 422
    assert 'role="alert"' in read(response)
    assert speech.revisions.count() == 1


def test_what_was_right_beside_a_fault_stays_on_the_page() -> None:
    speech, client = store_scraped(), enter("editor")
    cut = name_cut(speech, CALL)
    response = post(client, speech, restore=[name_restore(speech, NOTICE), "1-2"], remove=cut)
    page = read(response)
    assert f'value="{cut}" checked' in page
    assert re.search(rf'name="restore" value="{name_restore(speech, NOTICE)}"\s+checked', page)


def test_nothing_changed_is_said() -> None:
    response = post(enter("editor"), store_scraped())
    assert response.status_code == 422
    assert "没有改动" in read(response)


def test_an_edit_that_comes_too_late_is_kept_on_the_page_of_the_new_revision() -> None:
    speech, client = store_scraped(), enter("editor")
    late: dict[str, Any] = {
        "restore": name_restore(speech, NOTICE),
        "remove": name_cut(speech, CALL),
    }
    raw = current(speech).raw
    revise_text(speech, 1, [], [take(raw, "同志们：")])
    response = post(client, speech, reason="去水印", **late)
    assert response.status_code == 409
    page = read(response)
    assert "第 2 版" in page
    assert 'name="base" value="2"' in page
    assert 'value="去水印"' in page
    moved = re.search(r'name="remove" value="([^"]+)" checked', page)
    assert moved
    assert moved[1] != late["remove"]
    again: dict[str, Any] = {"restore": late["restore"], "remove": moved[1]}
    post(client, speech, 2, **again)
    revision = current(speech)
    assert revision.number == 3
    assert CALL not in revision.text
    assert NOTICE in revision.text
    assert len(revision.decisions["removed"]) == 2


def test_a_late_edit_finds_its_words_in_a_file_that_came_again() -> None:
    speech, client = store_scraped(), enter("editor")
    cut = name_cut(speech, CALL)
    import_bytes(SCRAPED.replace("同志们：", "尊敬的各位同志：\n").encode(), "抓取.txt")
    response = post(client, speech, remove=cut)
    assert response.status_code == 409
    moved = re.search(r'name="remove" value="([^"]+)" checked', read(response))
    assert moved
    post(client, speech, 2, remove=moved[1])
    assert CALL not in current(speech).text


@pytest.mark.parametrize("base", ["", "x", "99", "-1", "9" * 40])
def test_a_form_of_no_revision_is_turned_away(base: str) -> None:
    speech = store_scraped()
    response = enter("editor").post(f"/intake/{speech.pk}/text/", {"base": base})
    assert response.status_code == 302
    assert speech.revisions.count() == 1


def test_a_text_that_is_not_of_its_raw_is_shown_and_cannot_be_edited() -> None:
    speech = store_scraped()
    Revision.objects.update(text="别的话。")
    page = read(enter("editor").get(f"/intake/{speech.pk}/"))
    assert "对不上" in page
    assert "data-tools" not in page
    assert 'name="restore"' not in page


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_can_change_nothing(role: str) -> None:
    speech = store_scraped()
    assert post(enter(role), speech, words=CALL).status_code in (302, 403)
    assert speech.revisions.count() == 1


def test_no_script_in_a_text_reaches_the_page() -> None:
    text = SCRAPED.replace("同志们：", "同志们：<script>alert(1)</script>", 1)
    speech, client = store_scraped(text), enter("editor")
    post(client, speech, remove=name_cut(speech, CALL), reason="<script>")
    for path in ("", "difference/"):
        assert "<script>alert" not in client.get(f"/intake/{speech.pk}/{path}").content.decode()


def test_the_page_asks_no_more_of_the_database_for_a_longer_text() -> None:
    client, counts = enter("editor"), []
    for times in (1, 30):
        body = "\n".join(f"{n}是抓好落实。要压实责任，把第{n}件事办好。" for n in range(times))
        speech = store_scraped(SCRAPED.replace("一是加强", f"{body}\n一是加强"), f"{times}.txt")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/intake/{speech.pk}/")
        counts.append(len(queries))
        # The longer one would be its near duplicate, which the page says.
        speech.delete()
    assert counts[1] <= counts[0]
