"""What became of a passage's speech is told: that it was withdrawn, closed or revised."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corpus_app.catalog.limits import INTERNAL, PUBLIC, SIGNED_IN, AccessLimit
from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import publish_speech, return_to_draft, withdraw_speech
from corpus_app.catalog.withdrawals import Withdrawal, find_withdrawals
from corpus_app.desk.models import Basket
from corpus_app.desk.services import share_basket
from corpus_app.intake.revisions.editing import limit_access
from tests.catalog.speeches import TRAINING, store
from tests.desk.asking import act, act_on
from tests.desk.baskets import fill, list_present, list_words, revise, take

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat


def read(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_what_was_withdrawn_is_marked_and_its_link_left_out(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    words, kept = (found.splitlines()[-1][:20] for found in list_words(basket)[:2])
    code, place = list_present(basket)[0].code, basket.get_absolute_url()
    withdraw_speech(speech)
    page = read(signed_in, place)
    assert page.count(f"来源讲话已于 {TODAY()} 撤回") == 2
    assert code not in page
    text = read(signed_in, f"{place}export/txt/")
    assert words in text
    assert code not in text
    assert text.count(f"来源讲话已于{TODAY()}撤回。") == 2
    docx = zipfile.ZipFile(io.BytesIO(signed_in.get(f"{place}export/docx/").content))
    assert f"来源讲话已于{TODAY()}撤回。" in docx.read("word/footnotes.xml").decode()
    notes = [item["note"] for item in json.loads(read(signed_in, f"{place}export/json/"))]
    assert ["撤回" in note for note in notes] == [True, False]
    # Whoever reads a shared basket did not gather it.
    token = share_basket(basket)
    other = Client()
    other.force_login(User.objects.create_user("colleague"))
    shared = read(other, f"/desk/shared/{token}/")
    assert words not in shared
    assert kept in shared
    assert "有 2 条的来源讲话已撤回或不对您开放" in shared
    text = read(other, f"/desk/shared/{token}/export/txt/")
    assert words not in text
    assert "另有 2 条" in text


def test_what_was_closed_keeps_its_place_without_its_words(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    words, place = list_words(basket)[0].splitlines()[-1][:20], basket.get_absolute_url()
    limit_access(speech, AccessLimit(INTERNAL))
    page = read(signed_in, place)
    assert page.count("不再对您开放，文字不再显示") == 2
    assert words not in page
    assert speech.title in page
    for form in ("txt", "md", "json"):
        assert words not in read(signed_in, f"{place}export/{form}/")
    assert "另有 2 条" in read(signed_in, f"{place}export/txt/")
    assert "另有 2 条" in read(signed_in, f"{place}print/")
    # It can be moved and taken out, and comes back as it was when the speech does.
    act_on(signed_in, list_present(basket)[0], "down")
    limit_access(speech, AccessLimit(PUBLIC))
    assert words in read(signed_in, place)


def test_a_permalink_of_what_is_gone_says_so_without_its_words(speech: Speech) -> None:
    passage = take(speech, "1")
    addresses = [f"/p/{passage.code}/", f"/speeches/{speech.pk}/"]
    addresses.append(f"/speeches/{speech.pk}/sections/1/")
    for close, status, said in (
        (lambda: withdraw_speech(speech), 410, f"已于 {TODAY()} 撤回"),
        (lambda: return_to_draft(speech), 410, f"已于 {TODAY()} 撤回"),
        (lambda: limit_access(speech, AccessLimit(INTERNAL)), 404, "不再对您开放"),
    ):
        publish_speech(speech)
        close()
        for address in addresses:
            answer = Client().get(address)
            page = answer.content.decode()
            assert (answer.status_code, said in page) == (status, True), address
            assert passage.words[:8] not in page
            assert speech.title not in page
            assert "no-store" in answer["Cache-Control"]


def test_nothing_is_said_of_what_was_never_open_to_the_asker(client: Client) -> None:
    member = Client()
    member.force_login(User.objects.create_user("member"))
    speech = store(TRAINING, draft=True)
    assert speech.current
    code = take(speech, "1").code
    speech.limit = AccessLimit(SIGNED_IN)
    publish_speech(speech)
    withdraw_speech(speech)
    # Opened after it was withdrawn: nobody could read it then.
    limit_access(speech, AccessLimit(PUBLIC))
    for address in (f"/p/{code}/", f"/speeches/{speech.pk}/"):
        assert client.get(address).status_code == 404
        assert "这个地址所指的讲话" not in read(client, address)
        assert member.get(address).status_code == 410


def test_the_day_is_that_on_which_it_went(speech: Speech) -> None:
    assert find_withdrawals([speech.pk]) == {}
    withdraw_speech(speech)
    speech.history.filter(status="withdrawn").update(
        history_date=dt.datetime(2026, 3, 8, 20, tzinfo=dt.UTC)
    )
    speech.history.filter(status="published").update(
        history_date=dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    )
    # By the clock of Shanghai; a later change of what is withdrawn moves nothing.
    speech.place = "青芜县"
    speech.save()
    assert find_withdrawals([speech.pk]) == {speech.pk: Withdrawal(dt.date(2026, 3, 9))}


def test_a_revised_passage_is_compared_and_can_be_renewed(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    old, place = list_words(basket)[0], basket.get_absolute_url()
    assert "二十二个站点" in old
    act_on(signed_in, list_present(basket)[0], "save", note="放在开头")
    assert speech.current
    revise(speech, speech.current.text.replace("二十二个站点", "三十个站点"))
    page = read(signed_in, place)
    # Of the three passages one has changed; that its speech has a new revision is no news else.
    assert page.count("这一处已有改动") == 1
    assert "<del" in page
    act_on(signed_in, list_present(basket)[0], "renew")
    renewed = list_present(basket)[0]
    assert "三十个站点" in renewed.words
    assert (renewed.note, renewed.revision_id) == ("放在开头", speech.current_id)
    assert "已有改动" not in read(signed_in, place)
    act(signed_in, basket, "undo")
    assert list_words(basket)[0] == old
    assert len(list_words(basket)) == 3


def test_many_that_are_gone_or_revised_cost_no_more_queries(
    signed_in: Client, clerk: User, speech: Speech, other: Speech
) -> None:
    short = fill(clerk, take(speech, "1"), take(other, "1"))
    keys = ("1", "2", "1.1", "1.2", "2.1", "2.2")
    long = fill(clerk, *(take(one, key) for one in (speech, other) for key in keys))
    withdraw_speech(other)
    assert speech.current
    revise(speech, speech.current.text.replace("代表", "委员"))
    counts = []
    # What a first page makes and keeps is no cost of the baskets.
    signed_in.get(short.get_absolute_url())
    for basket in (short, long):
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(basket.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13
