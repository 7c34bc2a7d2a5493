"""The desk over HTTP: what each address answers, to whom, at what cost."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.desk import services
from corpus_app.desk.models import Basket, Change, Entry
from tests.desk.baskets import fill, list_present, list_words, revise, take

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def signed_in(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


@pytest.fixture
def basket(clerk: User, speech: Speech, other: Speech) -> Basket:
    return fill(clerk, take(speech, "2.1"), take(other, "1"), take(speech, "3"))


def cite(speech: Speech, **params: object) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in params.items())
    return f"/desk/cite/?speech={speech.pk}&{pairs}"


def act(client: Client, basket: Basket, action: str, **fields: str):
    address = reverse("basket_change", args=[basket.pk])
    return client.post(address, {"action": action, **fields})


def act_on(client: Client, entry: Entry, action: str, **fields: str):
    address = reverse("entry_change", args=[entry.pk])
    return client.post(address, {"action": action, **fields})


# Citing


def test_the_page_shows_every_form_without_scripts(client: Client, speech: Speech) -> None:
    page = client.get(cite(speech, section="2.1")).content.decode()
    for form in ("sourced", "plain", "quotation", "footnote", "bibtex", "ris", "csl-json"):
        assert f'id="form-{form}"' in page
    assert "林知远. 在青芜县人大工作会议上的讲话[" in page


@pytest.mark.parametrize("way", ["header", "parameter"])
def test_scripts_get_json(client: Client, speech: Speech, way: str) -> None:
    address = cite(speech, section="2.1")
    answer = (
        client.get(address, **JSON) if way == "header" else client.get(f"{address}&format=json")
    )
    data = json.loads(answer.content)
    assert data["section"] == "2.1"
    assert {form["key"] for form in data["forms"]} >= {"sourced", "csl-json"}
    assert "Accept" in answer["Vary"]
    arrival = client.get(data["permalink"].removeprefix("http://testserver"))
    assert arrival["Location"].endswith("#2.1")


@pytest.mark.parametrize(
    ("form", "start", "ending"),
    [("bibtex", "@", "bib"), ("ris", "TY  - ", "ris"), ("csl-json", "[", "json")],
)
def test_references_are_downloaded_as_files(
    client: Client, speech: Speech, form: str, start: str, ending: str
) -> None:
    answer = client.get(cite(speech, section="1", download=form))
    assert answer.content.decode().startswith(start)
    assert answer["Content-Disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"section": "9.9"}, 404),
        ({"start": "5"}, 400),
        ({"start": "5", "end": "x"}, 400),
        ({"section": "1", "download": "exe"}, 400),
    ],
)
def test_a_faulty_request_is_told_in_chinese(
    client: Client, speech: Speech, params: dict[str, str], status: int
) -> None:
    page = client.get(cite(speech, **params))
    assert page.status_code == status
    assert "。" in page.content.decode()
    answer = client.get(cite(speech, **params), **JSON)
    assert answer.status_code == status
    assert json.loads(answer.content)["error"]


def test_citing_writes_nothing(client: Client, speech: Speech) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(cite(speech, section="2.1"))
        client.get(f"/p/{take(speech, '1').code}/")
    wrote = [q["sql"] for q in queries if not q["sql"].startswith("SELECT")]
    assert not wrote


def test_the_speech_page_offers_both_for_every_division(client: Client, speech: Speech) -> None:
    page = client.get(f"/speeches/{speech.pk}/").content.decode()
    assert page.count("data-cite>") >= 4
    assert page.count("data-cite>") == page.count("data-gather>")


def test_an_old_revision_cites_itself(client: Client, speech: Speech) -> None:
    assert speech.current
    revise(speech, speech.current.text.replace("三点意见", "三点想法"))
    page = client.get(f"/speeches/{speech.pk}/?rev=1").content.decode()
    assert f"speech={speech.pk}&amp;section=1&amp;rev=1" in page


# Gathering


def test_the_first_passage_makes_a_basket(signed_in: Client, clerk: User, speech: Speech) -> None:
    answer = signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "2.1"}, **JSON)
    data = json.loads(answer.content)
    assert "我的摘编" in data["said"]
    basket = clerk.baskets.get()
    assert list_words(basket) == [take(speech, "2.1").words]
    assert data["basket"] == basket.get_absolute_url()


def test_a_passage_goes_into_the_basket_last_used(
    signed_in: Client, clerk: User, basket: Basket, speech: Speech
) -> None:
    services.create_basket(clerk, "另一份")
    services.rename_basket(basket, "刚用过的")
    signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "1"})
    assert len(list_words(basket)) == 4


def test_a_basket_is_chosen_or_made_by_name(
    signed_in: Client, clerk: User, basket: Basket, speech: Speech
) -> None:
    fields = {"speech": speech.pk, "section": "1"}
    signed_in.post("/desk/gather/", {**fields, "basket": "new", "name": "开幕讲话"})
    assert clerk.baskets.get(name="开幕讲话").entries.count() == 1
    signed_in.post("/desk/gather/", {**fields, "basket": basket.pk})
    assert len(list_words(basket)) == 4


def test_what_is_gathered_twice_is_pointed_out_at_once(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    answer = signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "2.1"}, **JSON)
    assert "与第 1 条是同一处" in json.loads(answer.content)["said"]


def test_the_form_leads_back_to_where_it_was_sent_from(signed_in: Client, speech: Speech) -> None:
    fields = {"speech": speech.pk, "section": "1"}
    back = signed_in.post("/desk/gather/", {**fields, "next": "/search/?q=代表"})
    assert back["Location"].startswith("/search/")
    away = signed_in.post("/desk/gather/", {**fields, "next": "https://elsewhere.example/"})
    assert away["Location"].startswith("/desk/baskets/")


def test_a_visitor_is_sent_to_the_login(client: Client, speech: Speech) -> None:
    fields = {"speech": speech.pk, "section": "1"}
    assert client.post("/desk/gather/", fields)["Location"].startswith("/login/")
    answer = client.post("/desk/gather/", fields, **JSON)
    assert answer.status_code == 401
    assert json.loads(answer.content)["login"] == "/login/"
    assert not Entry.objects.exists()


def test_a_passage_that_is_not_there_is_not_gathered(signed_in: Client, speech: Speech) -> None:
    answer = signed_in.post("/desk/gather/", {"speech": speech.pk, "section": "9"}, **JSON)
    assert answer.status_code == 404
    assert not Basket.objects.exists()


# Baskets


def test_the_basket_shows_passages_repeats_and_sources(
    signed_in: Client, basket: Basket, speech: Speech
) -> None:
    services.add_passage(basket, take(speech, words="面对面听取意见"))
    page = signed_in.get(basket.get_absolute_url()).content.decode()
    assert "在芦汀市人大代表培训班开班式上的讲话" in page
    assert "与第 1 条有重叠" in page


def test_a_revised_source_is_pointed_out(signed_in: Client, basket: Basket, speech: Speech) -> None:
    assert "已有新版本" not in signed_in.get(basket.get_absolute_url()).content.decode()
    assert speech.current
    revise(speech, speech.current.text.replace("二十二个站点", "三十个站点"))
    assert "已有新版本" in signed_in.get(basket.get_absolute_url()).content.decode()


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


# Exports


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("md", "# 备用材料"),
        ("txt", "备用材料"),
        ("bib", "@"),
        ("ris", "TY  - "),
        ("json", "["),
    ],
)
def test_a_basket_leaves_as_text(signed_in: Client, basket: Basket, form: str, words: str) -> None:
    answer = signed_in.get(f"/desk/baskets/{basket.pk}/export/{form}/")
    assert answer.content.decode().startswith(words)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_basket_leaves_as_word(signed_in: Client, basket: Basket) -> None:
    answer = signed_in.get(f"/desk/baskets/{basket.pk}/export/docx/?references=list")
    with ZipFile(BytesIO(answer.content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "一是办好代表家站" in text
    assert "参考文献" in text


def test_each_speech_is_listed_once_in_the_references(signed_in: Client, basket: Basket) -> None:
    answer = signed_in.get(f"/desk/baskets/{basket.pk}/export/json/")
    assert len(json.loads(answer.content)) == 2


def test_the_print_page_has_words_and_notes(signed_in: Client, basket: Basket) -> None:
    page = signed_in.get(f"/desk/baskets/{basket.pk}/print/").content.decode()
    assert "一是办好代表家站" in page
    assert "[3]" in page
    assert "注释" in page


def test_an_unknown_form_is_not_found(signed_in: Client, basket: Basket) -> None:
    assert signed_in.get(f"/desk/baskets/{basket.pk}/export/exe/").status_code == 404


# Cost


@pytest.mark.parametrize("address", ["page", "export/docx/", "export/md/", "print/"])
def test_a_longer_basket_costs_no_more_queries(
    signed_in: Client, clerk: User, speech: Speech, other: Speech, address: str
) -> None:
    short = fill(clerk, take(speech, "1"))
    keys = ("1", "2", "1.1", "1.2", "2.1", "2.2")
    long = fill(clerk, *(take(one, key) for one in (speech, other) for key in keys))
    counts = []
    for basket in (short, long):
        base = basket.get_absolute_url()
        with CaptureQueriesContext(connection) as queries:
            answer = signed_in.get(base if address == "page" else base + address)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_more_baskets_cost_no_more_queries(signed_in: Client, clerk: User, speech: Speech) -> None:
    counts = []
    for _round in range(2):
        for number in range(3):
            fill(clerk, take(speech, "1"), name=f"第{number}份")
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/desk/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
