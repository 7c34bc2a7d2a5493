"""The reading page: text, outline, anchors, what is shown on request."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Gap, Speech, SpeechAlias
from corpus_app.catalog.services import revise_speech, withdraw_speech
from corpus_app.ingest.pipeline import parse_bytes
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def read(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200, response
    return lxml_html.document_fromstring(response.content.decode())


def has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def test_it_shows_every_character_of_the_text(client: Client, speech: Speech) -> None:
    page = read(client, f"/speeches/{speech.pk}/")
    text = page.xpath("//*[@data-text]")[0]
    for added in text.xpath(f".//*[{has_class('ui')}]"):
        added.drop_tree()
    assert "".join(text.text_content().split()) == "".join(speech.current.text.split())


def test_it_has_an_anchor_for_every_section_and_a_line_in_the_outline(
    client: Client, speech: Speech
) -> None:
    page = read(client, f"/speeches/{speech.pk}/")
    keys = set(speech.current.sections.values_list("key", flat=True))
    assert keys
    assert keys <= set(page.xpath("//*[@data-text]//@id"))
    assert {f"#{key}" for key in keys} == set(page.xpath("//*[@data-outline]//a/@href"))


def test_it_gives_each_section_a_permanent_link_with_its_revision(
    client: Client, speech: Speech
) -> None:
    page = read(client, f"/speeches/{speech.pk}/")
    links = page.xpath(f"//a[{has_class('permalink')}]/@href")
    assert len(links) == speech.current.sections.count()
    for link in links:
        assert client.get(link).status_code == 302


def test_it_lists_metadata_with_the_precision_of_the_source(client: Client, speech: Speech) -> None:
    speech.delivered, speech.updated = "2023-05", "2024"
    speech.save()
    words = read(client, f"/speeches/{speech.pk}/").text_content()
    assert "2023年5月" in words
    assert "2024年" in words
    assert "5月6日" not in re.sub(r"\s", "", words.split("文献信息")[1])


def test_it_underlines_slogans_only_on_request(client: Client, speech: Speech) -> None:
    plain = read(client, f"/speeches/{speech.pk}/")
    assert not plain.xpath(f"//*[@data-text]//*[{has_class('slogan')}]")
    shown = read(client, f"/speeches/{speech.pk}/?show=slogans")
    words = [one.text_content() for one in shown.xpath(f"//a[{has_class('slogan')}]")]
    assert "四个机关" in words


def test_it_turns_an_option_on_and_off_by_links(client: Client, speech: Speech) -> None:
    page = read(client, f"/speeches/{speech.pk}/?show=slogans")
    (off,) = page.xpath(f"//a[{has_class('toggle-slogans')}]/@href")
    (both,) = page.xpath(f"//a[{has_class('toggle-suspects')}]/@href")
    assert "slogans" not in off
    assert "show=slogans,suspects" in both


def test_it_shows_full_width_punctuation_without_touching_the_text(
    client: Client,
) -> None:
    text = WORK_CONFERENCE.replace("，", ",").replace("：", ":")
    speech = store(text, "half.txt")
    plain = read(client, f"/speeches/{speech.pk}/").xpath("//*[@data-text]")[0].text_content()
    wide = read(client, f"/speeches/{speech.pk}/?show=punct").xpath("//*[@data-text]")[0]
    assert "会议,主要任务" in plain
    assert "会议，主要任务" in wide.text_content()
    assert "," in Speech.objects.get(pk=speech.pk).current.text


def test_it_lists_what_was_removed_with_kind_and_rule(client: Client, speech: Speech) -> None:
    assert speech.current.removed
    page = read(client, f"/speeches/{speech.pk}/?show=removed")
    rows = page.xpath(f"//table[{has_class('removed-table')}]/tbody/tr")
    assert len(rows) == len(speech.current.removed)


def test_it_shows_suspects_with_their_suggestion(client: Client, speech: Speech) -> None:
    at = speech.current.text.index("先斩后奏")
    speech.current.suspects = [
        {"text": "先斩后奏", "suggestion": "先报后办", "kind": "x", "start": at, "end": at + 4}
    ]
    speech.current.save()
    page = read(client, f"/speeches/{speech.pk}/?show=suspects")
    assert page.xpath(f"string(//*[{has_class('suspect')}])") == "先斩后奏"
    assert "先报后办" in page.xpath(f"string(//*[{has_class('suggestion')}])")


def test_it_draws_gaps_and_says_so_at_the_head(client: Client, speech: Speech) -> None:
    Gap.objects.create(revision=speech.current, kind="hidden", offset=200, hidden_chars=4864)
    speech.completeness = "gapped"
    speech.save()
    page = read(client, f"/speeches/{speech.pk}/")
    assert "4864" in page.xpath("string(//aside[@id='gap-1'])")
    assert page.xpath("//header//a[@href='#gap-1']")


def test_it_shows_an_older_revision_under_a_banner(client: Client, speech: Speech) -> None:
    corrected = WORK_CONFERENCE.replace("先斩后奏", "先办后报").encode()
    draft = parse_bytes(corrected, "work.txt")
    revise_speech(speech, draft, speech.current.upload, "更正")
    now = read(client, f"/speeches/{speech.pk}/").text_content()
    old = read(client, f"/speeches/{speech.pk}/?rev=1").text_content()
    assert "先办后报" in now
    assert "先斩后奏" in old
    assert "这是第 1 版" in old
    assert client.get(f"/speeches/{speech.pk}/?rev=9").status_code == 404


def test_it_hides_drafts_and_withdrawn_speeches_from_readers(
    client: Client, admin_client: Client, draft: Speech, speech: Speech
) -> None:
    withdraw_speech(speech)
    for hidden, status in ((draft, 404), (speech, 410)):
        assert client.get(f"/speeches/{hidden.pk}/").status_code == status
        assert admin_client.get(f"/speeches/{hidden.pk}/").status_code == 200


def test_it_leads_the_address_of_a_merged_speech_to_the_living_one(
    client: Client, speech: Speech
) -> None:
    SpeechAlias.objects.create(old_id=9001, speech=speech)
    response = client.get("/speeches/9001/?q=代表")
    assert response.status_code == 301
    assert response["Location"].startswith(f"/speeches/{speech.pk}/?q=")
    section = client.get("/speeches/9001/sections/1/?rev=1")
    assert section.status_code == 301
    assert section["Location"] == f"/speeches/{speech.pk}/sections/1/?rev=1"


@pytest.mark.parametrize("number", [0, 10**18, 10**30])
def test_it_answers_an_unknown_number_with_404(client: Client, db: None, number: int) -> None:
    assert client.get(f"/speeches/{number}/").status_code == 404


def test_a_permanent_link_leads_to_the_anchor(client: Client, speech: Speech) -> None:
    response = client.get(f"/speeches/{speech.pk}/sections/1.2/?rev=1&q=代表")
    assert response.status_code == 302
    assert response["Location"].endswith("#1.2")
    assert "q=" in response["Location"]
    assert "rev=" not in response["Location"]


def test_a_permanent_link_to_a_lost_section_leads_to_the_speech(
    client: Client, speech: Speech
) -> None:
    response = client.get(f"/speeches/{speech.pk}/sections/77/")
    assert response["Location"] == f"/speeches/{speech.pk}/"


def test_it_asks_the_database_as_often_for_a_long_speech_as_for_a_short_one(
    client: Client, speech: Speech, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(8) as short:
        client.get(f"/speeches/{speech.pk}/")
    for number in range(30):
        Gap.objects.create(revision=speech.current, kind="hidden", offset=number * 9)
    with django_assert_max_num_queries(len(short)):
        client.get(f"/speeches/{speech.pk}/?show=slogans,themes,suspects,removed,punct")


def test_a_get_writes_nothing(
    client: Client, speech: Speech, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(8) as seen:
        client.get(f"/speeches/{speech.pk}/?show=slogans,themes,removed")
    assert all(query["sql"].startswith("SELECT") for query in seen.captured_queries)
