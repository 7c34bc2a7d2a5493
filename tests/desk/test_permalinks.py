"""Short links: to the same words after any revision, or to what became of them."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import withdraw_speech
from corpus_app.desk.passages import MissingPassageError
from corpus_app.desk.permalinks import Departure, PermalinkTarget, resolve_code
from corpus_app.desk.shortcodes import encode_place
from corpus_app.ingest.draft import Removed
from corpus_app.intake.revisions.joining import absorb
from corpus_app.intake.revisions.revising import revise_text
from tests.catalog.speeches import TRAINING, store
from tests.desk.baskets import revise, take

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def read_marked(speech: Speech, url: str) -> str:
    """Return the characters that the address marks in the current text."""
    speech.refresh_from_db()
    span = re.search(r"hl=(\d+)-(\d+)", url)
    assert span
    assert speech.current
    return speech.current.text[int(span[1]) : int(span[2])]


def test_it_leads_to_the_words_at_their_section(speech: Speech) -> None:
    found = resolve_code(take(speech, words="面对面听取意见").code, NOBODY)
    assert isinstance(found, PermalinkTarget)
    assert found.url.endswith("#2.1")
    assert read_marked(speech, found.url) == "面对面听取意见"


def test_the_page_marks_the_words_and_nothing_else(client: Client, speech: Speech) -> None:
    code = take(speech, words="面对面听取意见").code
    answer = client.get(f"/p/{code}/")
    assert answer.status_code == 302
    page = client.get(answer["Location"].split("#")[0]).content.decode()
    assert re.findall(r'<mark class="cited"[^>]*>([^<]*)</mark>', page) == ["面对面听取意见"]


def test_after_a_revision_it_leads_to_where_the_words_stand_now(speech: Speech) -> None:
    code = take(speech, words="面对面听取意见").code
    assert speech.current
    revise(speech, speech.current.text.replace("同志们：\n", "同志们：\n先通报一件事情。\n", 1))
    found = resolve_code(code, NOBODY)
    assert isinstance(found, PermalinkTarget)
    assert "rev=" not in found.url
    assert read_marked(speech, found.url) == "面对面听取意见"


def test_where_the_words_changed_it_shows_what_changed(client: Client, speech: Speech) -> None:
    code = take(speech, "2.1").code
    assert speech.current
    revise(speech, speech.current.text.replace("二十二个站点", "三十个站点"))
    found = resolve_code(code, NOBODY)
    assert isinstance(found, Departure)
    assert {c.text for c in found.changes if c.kind == "added"} == {"三"}
    assert {c.text for c in found.changes if c.kind == "deleted"} == {"二"}
    page = client.get(f"/p/{code}/")
    assert page.status_code == 200
    assert "引用后文本已有改动" in page.content.decode()


def test_a_changed_selection_is_compared_with_what_is_most_like_it(speech: Speech) -> None:
    code = take(speech, words="全县二十二个站点每月开放两天").code
    assert speech.current
    revise(speech, speech.current.text.replace("二十二个站点", "三十个站点"))
    found = resolve_code(code, NOBODY)
    assert isinstance(found, Departure)
    now = "".join(c.text for c in found.changes if c.kind != "deleted")
    assert "三十个站点每月开放两天" in now
    assert "民生实事" not in now


def test_words_that_are_gone_altogether_are_still_shown(client: Client, speech: Speech) -> None:
    code = take(speech, words="不打招呼、不走过场").code
    revise(speech, "各位代表：\n今天天气晴好，园中花木扶疏。\n谢谢大家！\n")
    found = resolve_code(code, NOBODY)
    assert isinstance(found, Departure)
    assert found.words == "不打招呼、不走过场"
    page = client.get(f"/p/{code}/").content.decode()
    assert "不打招呼、不走过场" in page
    assert client.get(found.old_url.split("#")[0]).status_code == 200


def test_it_outlives_the_merging_of_its_speech(speech: Speech, other: Speech) -> None:
    code = take(speech, "2.1").code
    words = take(speech, "2.1").words
    absorb(other, speech)
    found = resolve_code(code, NOBODY)
    assert isinstance(found, Departure)
    assert found.words == words


def test_a_hidden_speech_is_missing(client: Client, speech: Speech) -> None:
    code = take(speech, "1").code
    draft = take(store(TRAINING, draft=True), "1").code
    withdraw_speech(speech)
    assert client.get(f"/p/{code}/").status_code == 410
    assert client.get(f"/p/{draft}/").status_code == 404


@pytest.mark.parametrize("code", ["nonsense", encode_place(10**6, 0, 4)])
def test_a_wrong_code_is_missing(client: Client, db: None, code: str) -> None:
    with pytest.raises(MissingPassageError):
        resolve_code(code, NOBODY)
    assert client.get(f"/p/{code}/").status_code == 404


def test_a_place_beyond_the_text_is_missing(speech: Speech) -> None:
    with pytest.raises(MissingPassageError):
        resolve_code(encode_place(speech.current_id or 0, 5, 10**6), NOBODY)


def test_of_two_equal_passages_it_leads_to_the_very_one_however_much_was_taken_out() -> None:
    paragraph = "".join(f"第{n}项工作要抓紧落实，一件一件办到底。" for n in range(30))
    text = "在青芜县人大工作会议上的讲话\n同志们：\n" + "\n".join(
        f"{paragraph}某站提醒{paragraph}" for _ in range(9)
    )
    speech = store(text, "重复.txt")
    old = speech.current
    assert old is not None
    start = old.text.index("第7项", old.text.rindex("某站提醒", 0, len(old.text) - 1500))
    spans = [found.span() for found in re.finditer("某站提醒", old.raw)]
    revise_text(speech, 1, [], [Removed("editor", "", *span, "editor") for span in spans])
    found = resolve_code(encode_place(old.pk, start, start + 9), NOBODY)
    assert isinstance(found, PermalinkTarget)
    marked = re.search(r"hl=(\d+)-(\d+)", found.url)
    assert marked
    before = old.text[:start].count("某站提醒")
    assert int(marked[1]) == start - 4 * before
