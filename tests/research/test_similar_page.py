"""Words used alike as a page, a file, an answer to programs, and beside a search."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from search import learn_similar, rebuild_index
from tests.search.factories import Part, make_speech
from tests.search.test_similar import write_texts

EITHER = '"水稻" | "小麦"'

pytestmark = pytest.mark.django_db


def test_readers_are_offered_words_and_never_given_them_unasked(
    client: Client, index_folder: object
) -> None:
    for number, text in enumerate(write_texts()):
        make_speech(f"第{number}篇", [Part("", text)])
    own = make_speech("独有", [Part("", "农民，高粱，收割。种植，高粱，灌溉。" * 15)])
    rebuild_index()

    def read(address: str) -> str:
        return client.get(address).getvalue().decode()

    assert "还没有学到词语的用法" in read("/similar/?q=水稻")
    learn_similar(1000)
    page = read("/similar/?q=水稻")
    assert "不一定同义" in page
    either = f"/search/?q={quote(EITHER)}".replace("%20", "+")
    assert either in page
    assert either in read("/search/?q=水稻")
    assert "小麦" in read("/concordance/?q=水稻")
    assert "本库没有“荔枝”" in read("/similar/?q=荔枝")
    assert "出现不足 20 处" in read("/similar/?q=第1篇")
    assert "不超过 24 字" in read(f"/similar/?q={'水' * 25}")
    table = json.loads(read("/similar/export/?q=水稻&format=json"))
    assert table["rows"][0][1] == "小麦"
    assert client.get("/similar/export/").status_code == 400
    answer = json.loads(read("/api/v1/similar?q=水稻&limit=1"))
    assert (answer["outcome"], answer["items"][0]["word"]) == ("found", "小麦")
    assert answer["learnt_speeches"] == 13
    # Withdrawn, and not yet learnt anew: neither offered nor answered.
    assert "高粱" in page
    Speech.objects.filter(pk=own.pk).update(status=Speech.Status.WITHDRAWN)
    for address in ("/similar/?q=水稻", "/search/?q=水稻", "/api/v1/similar?q=水稻"):
        assert "高粱" not in read(address)
    assert "本库没有“高粱”" in read("/similar/?q=高粱")
