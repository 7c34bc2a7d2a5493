"""The queue: what waits for an editor, in which order, and how it is narrowed."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.batches.models import Batch, BatchFile
from corpus_app.catalog.models import Organisation, Speech
from corpus_app.intake.models import Doubt
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.review.queue import QueueRequest, count_reasons, count_views, find_next, list_queue
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.review.desk import SAMPLES, store_clean, store_cut, store_gapped

pytestmark = pytest.mark.django_db


def ask(**params: str) -> list[int]:
    return [speech.pk for speech in list_queue(QueueRequest.from_params(params))]


def show(client: Client, **params: str) -> str:
    return client.get("/intake/queue/", params).content.decode()


def list_shown(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'name="speech" value="(\d+)"', page)]


def test_the_most_doubtful_stands_first_and_the_never_weighed_above_all() -> None:
    gapped, cut = store_gapped(), store_cut()
    fresh = store_clean()
    # One may have more reasons to look, and be less likely false.
    Doubt.objects.filter(speech=gapped).update(probability=0.8, score=40)
    Doubt.objects.filter(speech=cut).update(probability=0.6, score=90)
    Doubt.objects.filter(speech=fresh).delete()
    assert ask() == [fresh.pk, gapped.pk, cut.pk]


def test_what_has_no_doubt_or_was_looked_at_stands_in_lists_of_its_own() -> None:
    clean, cut, gapped = store_clean(), store_cut(), store_gapped()
    mark_looked(gapped, User.objects.create_user("x"))
    assert ask() == [cut.pk]
    assert ask(view="clean") == [clean.pk]
    assert ask(view="looked") == [gapped.pk]
    assert set(ask(view="all")) == {clean.pk, cut.pk, gapped.pk}
    counts = count_views(QueueRequest())
    assert counts == {"eye": 1, "clean": 1, "looked": 1, "all": 3}


def test_only_drafts_are_queued_unless_another_status_is_asked_for() -> None:
    published = store(WORK_CONFERENCE)
    cut = store_cut()
    assert ask(view="all") == [cut.pk]
    assert ask(status="published") == [published.pk]
    assert set(ask(status="all")) == {published.pk, cut.pk}
    assert ask(status="withdrawn") == []


def test_the_list_is_narrowed_by_reason_year_organisation_batch_format_and_title() -> None:
    cut, gapped = store_cut(), store_gapped()
    organisation = Organisation.objects.create(name="芦汀市人大常委会")
    Speech.objects.filter(pk=cut.pk).update(organisation=organisation)
    batch = Batch.objects.create(name="一批")
    for position in (0, 1):
        BatchFile.objects.create(batch=batch, position=position, path="a", size=1, speech=cut)
    assert ask(reason="truncated") == [cut.pk]
    assert ask(reason="gap") == [gapped.pk]
    assert ask(year="2021") == [cut.pk]
    assert ask(organisation=str(organisation.pk)) == [cut.pk]
    assert ask(batch=str(batch.pk)) == [cut.pk]
    assert ask(q="培训班") == [cut.pk]
    assert ask(format="docx") == []
    assert set(ask(format="txt")) == {cut.pk, gapped.pk}
    Speech.objects.filter(pk=gapped.pk).update(date_start=None)
    assert ask(year="0") == [gapped.pk]


@pytest.mark.parametrize(
    "params",
    [
        {"year": "99999999999"},
        {"batch": "x"},
        {"organisation": "-1"},
        {"reason": "'; DROP"},
        {"view": "nonsense"},
        {"status": "nonsense"},
        {"page": "999"},
        {"q": "\x00%_"},
    ],
)
def test_a_wrong_parameter_is_no_fault(params: dict[str, str]) -> None:
    store_cut()
    assert enter("editor").get("/intake/queue/", params).status_code == 200


def test_reasons_are_counted_over_the_list_shown() -> None:
    store_cut()
    store_gapped()
    store_clean()
    counts = dict(count_reasons(QueueRequest()))
    assert counts["truncated"] == counts["gap"] == 1
    assert counts["no_organisation"] == 2
    assert dict(count_reasons(QueueRequest(view="all")))["no_organisation"] == 3


def test_the_address_says_what_differs_from_the_ordinary_list() -> None:
    asked = QueueRequest.from_params({"status": "all", "view": "all", "year": "0", "q": "会"})
    again = QueueRequest.from_params({"status": "all", "year": "0", "q": "会"})
    assert asked == again
    assert QueueRequest().to_querystring() == ""
    assert asked.to_querystring(words="", year=None) == "status=all"


def test_of_equally_likely_ones_that_with_more_reasons_stands_first() -> None:
    gapped, cut = store_gapped(), store_cut()
    Doubt.objects.filter(speech=gapped).update(probability=0.5, score=70)
    Doubt.objects.filter(speech=cut).update(probability=0.5, score=80)
    assert ask() == [cut.pk, gapped.pk]


def test_the_page_tells_how_likely_it_errs_and_the_reasons_in_words() -> None:
    cut = store_cut()
    Doubt.objects.update(probability=0.634)
    page = show(enter("editor"))
    assert list_shown(page) == [cut.pk]
    assert "结尾疑似缺失" in page
    assert f'href="/intake/{cut.pk}/"' in page
    assert "有误的可能" in page
    assert ">63%<" in page


def test_a_like_text_is_named_and_leads_to_the_comparison() -> None:
    first = store_clean()
    second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
    page = show(enter("editor"))
    assert list_shown(page) == [first.pk, second.pk]
    assert f"与《{first.title}》相似度" in page
    assert re.search(rf'href="/intake/{second.pk}/(compare/{first.pk}/)?"', page)


def test_an_empty_queue_offers_to_publish_the_rest() -> None:
    client = enter("editor")
    assert "没有需要看的草稿" in show(client)
    store_clean()
    page = show(client)
    assert "看无疑点的 1 篇" in page
    assert "没有符合条件" in show(client, q="没有这样的题目")


def test_a_longer_queue_asks_no_more_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = enter("editor")
    store_cut()
    store_gapped()
    with django_assert_max_num_queries(20) as few:
        show(client, view="all")
    most = len(few)
    for number in range(1, 7):
        store_clean(number)
    with django_assert_max_num_queries(most):
        show(client, view="all")


def test_looking_at_the_queue_writes_nothing(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    store_cut()
    client = enter("editor")
    with django_assert_max_num_queries(40) as queries:
        show(client)
        client.get("/intake/queue/next/")
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_an_editor_marks_what_was_looked_at_and_takes_it_back() -> None:
    cut = store_cut()
    client = enter("editor")
    posted = {"look": cut.pk, "filters": "view=eye&q=培训"}
    response = client.post("/intake/queue/look/", posted)
    assert response.headers["Location"] == "/intake/queue/?q=%E5%9F%B9%E8%AE%AD"
    assert ask() == []
    assert "editor 已核阅" in show(client, view="looked")
    client.post("/intake/queue/look/", {"unlook": cut.pk})
    assert ask() == [cut.pk]


def test_many_are_marked_at_once_and_nonsense_marks_none() -> None:
    cut, gapped = store_cut(), store_gapped()
    client = enter("editor")
    client.post("/intake/queue/look/", {"speech": ["x", "9999999999999999999", "-4"]})
    assert len(ask()) == 2
    client.post("/intake/queue/look/", {"speech": [cut.pk, gapped.pk]})
    assert ask() == []


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_mark_nothing(role: str) -> None:
    cut = store_cut()
    assert enter(role).post("/intake/queue/look/", {"look": cut.pk}).status_code in (302, 403)
    assert ask() == [cut.pk]


def test_the_next_one_is_the_next_less_doubtful_and_the_first_after_the_last() -> None:
    gapped, cut, third = store_gapped(), store_cut(), store_clean(1)
    for speech, score in ((gapped, 90), (cut, 70), (third, 70)):
        Doubt.objects.filter(speech=speech).update(probability=score / 100, score=score)
    drafts = [Speech.objects.get(pk=speech.pk) for speech in (gapped, cut, third)]
    asked = QueueRequest()
    assert [find_next(asked, draft) for draft in drafts] == [cut, third, gapped]
    assert find_next(asked, None) == gapped


def test_the_next_one_is_reached_after_publishing_and_the_queue_after_the_last() -> None:
    cut, gapped = store_cut(), store_gapped()
    Doubt.objects.filter(speech=gapped).update(probability=0.99)
    client = enter("editor")
    Speech.objects.filter(pk=gapped.pk).update(status="published")
    response = client.get(f"/intake/queue/next/?after={gapped.pk}")
    assert response.headers["Location"] == f"/intake/{cut.pk}/"
    response = client.get(f"/intake/queue/next/?after={cut.pk}&q=培训", follow=True)
    assert "这一栏已经看完" in response.content.decode()


def test_the_review_tells_the_doubts_and_leads_on_once_they_are_looked_at() -> None:
    cut, gapped = store_cut(), store_gapped()
    Doubt.objects.filter(speech=cut).update(probability=0.99, score=99)
    client = enter("editor")
    page = client.get(f"/intake/{cut.pk}/").content.decode()
    assert "有误的可能约 99%" in page
    assert "标为已核阅并打开下一篇" in page
    response = client.post("/intake/queue/look/", {"look": cut.pk, "next": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == f"/intake/{gapped.pk}/"
    assert "标为已核阅并打开下一篇" not in client.get(f"/intake/{cut.pk}/").content.decode()


def test_a_speech_without_doubt_is_reviewed_without_a_word_on_it() -> None:
    clean = store_clean()
    assert "flag-panel" not in enter("editor").get(f"/intake/{clean.pk}/").content.decode()


def test_of_a_whole_folder_only_the_faulty_files_need_an_eye() -> None:
    faulty = {store_cut().pk, store_gapped().pk}
    for number in range(len(SAMPLES)):
        speech = store_clean(number) if number else store_clean()
        if "23_" in SAMPLES[number].name:
            # The sample with a pay-walled middle.
            faulty.add(speech.pk)
    assert set(ask()) == faulty
    assert len(ask(view="clean")) == len(SAMPLES) - 1
