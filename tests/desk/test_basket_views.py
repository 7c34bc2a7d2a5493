"""Baskets over HTTP: everything by forms alone, nothing for strangers."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.desk import services
from corpus_app.desk.models import Basket, Change
from tests.desk.asking import JSON, act, act_on
from tests.desk.baskets import list_present, list_words, revise, take

pytestmark = pytest.mark.django_db


def test_the_basket_shows_passages_repeats_and_sources(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    services.add_passage(basket, take(speech, words="面对面听取意见"))
    page = signed_in.get(basket.get_absolute_url()).content.decode()
    assert "在芦汀市人大代表培训班开班式上的讲话" in page
    assert "与第 1 条有重叠" in page


def test_a_revised_source_is_pointed_out(signed_in: Client, basket: Basket, speech: Speech) -> None:
    assert "已有改动" not in signed_in.get(basket.get_absolute_url()).content.decode()
    assert speech.current
    revise(speech, speech.current.text.replace("二十二个站点", "三十个站点"))
    assert "已有改动" in signed_in.get(basket.get_absolute_url()).content.decode()


def test_everything_can_be_done_by_forms_alone(signed_in: Client, basket: Basket) -> None:
    one, two, three = list_words(basket)
    act_on(signed_in, list_present(basket)[2], "up")
    assert list_words(basket) == [one, three, two]
    act_on(signed_in, list_present(basket)[0], "down")
    assert list_words(basket) == [three, one, two]
    act(signed_in, basket, "heading", words="建好家站", level="2")
    act_on(signed_in, list_present(basket)[1], "save", note="放在第二部分")
    assert list_present(basket)[1].note == "放在第二部分"
    act_on(signed_in, list_present(basket)[3], "save", words="建好代表家站", level="1")
    assert list_words(basket)[3] == "建好代表家站"
    act_on(signed_in, list_present(basket)[0], "remove")
    assert len(list_words(basket)) == 3
    act(signed_in, basket, "undo")
    assert list_words(basket)[0] == three


def test_a_note_just_written_is_kept_when_its_entry_is_moved(
    signed_in: Client, basket: Basket
) -> None:
    act_on(signed_in, list_present(basket)[0], "down", note="写到一半")
    assert list_present(basket)[1].note == "写到一半"


def test_dragging_saves_the_whole_order(signed_in: Client, basket: Basket) -> None:
    ids = [entry.pk for entry in list_present(basket)]
    order = ",".join(str(pk) for pk in reversed(ids))
    address = reverse("basket_change", args=[basket.pk])
    answer = signed_in.post(address, {"action": "order", "order": order + ",x,"}, **JSON)
    assert json.loads(answer.content)["said"]
    assert [entry.pk for entry in list_present(basket)] == ids[::-1]


def test_a_deleted_basket_is_listed_and_restored(signed_in: Client, basket: Basket) -> None:
    assert act(signed_in, basket, "delete")["Location"] == "/desk/"
    assert signed_in.get(basket.get_absolute_url()).status_code == 404
    assert basket.name in signed_in.get("/desk/").content.decode()
    act(signed_in, basket, "restore")
    assert signed_in.get(basket.get_absolute_url()).status_code == 200


def test_a_fault_is_told_and_changes_nothing(signed_in: Client, basket: Basket) -> None:
    page = signed_in.get(act(signed_in, basket, "rename", name=" ")["Location"])
    assert "名称不能为空" in page.content.decode()
    address = reverse("basket_change", args=[basket.pk])
    answer = signed_in.post(address, {"action": "heading", "words": ""}, **JSON)
    assert answer.status_code == 400
    assert act(signed_in, basket, "explode").status_code == 404


def test_others_baskets_are_not_found(client: Client, basket: Basket) -> None:
    client.force_login(User.objects.create_user("stranger", is_superuser=True))
    entry = list_present(basket)[0]
    for name in ("basket", "basket_print"):
        assert client.get(reverse(name, args=[basket.pk])).status_code == 404
    assert client.get(f"/desk/baskets/{basket.pk}/export/docx/").status_code == 404
    assert act(client, basket, "delete").status_code == 404
    assert act_on(client, entry, "remove").status_code == 404
    fields = {"speech": entry.speech.pk if entry.speech else 0, "basket": basket.pk}
    assert client.post("/desk/gather/", fields).status_code == 404
    assert len(list_words(basket)) == 3
    assert not Change.objects.filter(label="移除").exists()


def test_a_shared_basket_is_read_and_never_changed(client: Client, basket: Basket) -> None:
    token = services.share_basket(basket)
    address = reverse("basket_shared", args=[token])
    assert client.get(address)["Location"].startswith("/login/")
    client.force_login(User.objects.create_user("colleague"))
    page = client.get(address).content.decode()
    assert "一是办好代表家站" in page
    assert "/change/" not in page
    assert client.get(f"{address}export/docx/").status_code == 200
    services.unshare_basket(basket)
    assert client.get(address).status_code == 404
