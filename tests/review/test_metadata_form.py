"""Two editors at one speech's metadata: nobody's work is overwritten unseen."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions import editing
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


def read_seen(client: Client, speech: Speech) -> dict[str, str]:
    page = client.get(f"/intake/{speech.pk}/").content.decode()
    return find_seen(page)


def find_seen(page: str) -> dict[str, str]:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    seen: dict[str, str] = json.loads(html.unescape(found[1]))
    return seen


def post(client: Client, speech: Speech, seen: dict[str, str], **typed: str) -> Any:
    fields = {**seen, **typed, "seen": json.dumps(seen), "action": "save"}
    return client.post(f"/intake/{speech.pk}/", fields)


def test_what_another_changed_stays_where_one_left_it_alone() -> None:
    speech, client = store(WORK_CONFERENCE, draft=True), enter("editor")
    seen = read_seen(client, speech)
    editing.correct(speech, {"speaker": "苏晚晴"}, {})
    assert post(client, speech, seen, title="改过的题目").status_code == 302
    speech.refresh_from_db()
    assert (speech.title, str(speech.speaker)) == ("改过的题目", "苏晚晴")


def test_a_value_that_both_changed_is_asked_about_and_kept() -> None:
    speech, client = store(WORK_CONFERENCE, draft=True), enter("editor")
    seen = read_seen(client, speech)
    editing.correct(speech, {"title": "别人的题目"}, {})
    answer = post(client, speech, seen, title="我的题目")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "他人已将此项改为“别人的题目”" in page
    assert 'value="我的题目"' in page
    speech.refresh_from_db()
    assert speech.title == "别人的题目"
    assert post(client, speech, find_seen(page), title="我的题目").status_code == 302
    speech.refresh_from_db()
    assert speech.title == "我的题目"


@pytest.mark.parametrize("seen", ["", "x", "[]", '{"title": null}', '{"nothing": "x"}'])
def test_a_page_that_tells_nothing_seen_saves_all_it_sends(seen: str) -> None:
    speech, client = store(WORK_CONFERENCE, draft=True), enter("editor")
    fields = {**read_fields(speech), "title": "改过的题目", "seen": seen, "action": "save"}
    assert client.post(f"/intake/{speech.pk}/", fields).status_code == 302
    speech.refresh_from_db()
    assert speech.title == "改过的题目"


def test_publishing_can_lead_to_the_next_doubtful_speech() -> None:
    speech, other = store(WORK_CONFERENCE, draft=True), store(TRAINING, "b.txt", draft=True)
    client = enter("editor")
    fields = {**read_fields(speech), "action": "publish-next"}
    answer = client.post(f"/intake/{speech.pk}/", fields, follow=True)
    speech.refresh_from_db()
    assert speech.status == "published"
    assert answer.redirect_chain[-1][0] in (f"/intake/{other.pk}/", "/intake/queue/?done=1")
