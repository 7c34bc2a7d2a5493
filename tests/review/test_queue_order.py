"""The queue puts first what states something false: pages with planted falsities and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.models import Doubt
from corpus_app.review.queue import QueueRequest, list_queue
from tests.catalog.speeches import store
from tests.review.desk import SAMPLES

pytestmark = pytest.mark.django_db

# Lines of a page, between paragraphs of a speech.
LEFT = ["苇讯传阅｜仅供同仁", "已阅　已转", "［值班·二室］"]
# Between title and speech: what belongs to another speech.
STRANGE = [
    "——2011年4月9日在泽川县另一次会议上的讲话\n（2019年11月30日）\n泽川县融媒　值班　洪伯言",
    "在泽川县乡镇人大工作推进会上的讲话（2017年8月）\n泽川县人大常委会副主任　洪伯言",
]


def read_sample(number: int) -> str:
    return SAMPLES[number].read_text("utf-8").rstrip()


def store_draft(text: str, name: str) -> Speech:
    return store(text, name, draft=True)


def plant_inside(text: str, _: int) -> str:
    lines = text.splitlines()
    for place, line in enumerate(LEFT, 1):
        lines.insert(len(lines) * place // 4, line)
    return "\n".join(lines)


def plant_above(text: str, number: int) -> str:
    title, _, rest = text.partition("\n")
    return f"{title}\n{STRANGE[number % len(STRANGE)]}\n{rest}"


@pytest.mark.parametrize("plant", [plant_inside, plant_above])
def test_pages_with_planted_false_values_or_words_stand_first(
    plant: Callable[[str, int], str],
) -> None:
    clean = {store_draft(read_sample(n), f"clean{n}.txt").pk for n in (0, 2, 3)}
    planted = {store_draft(plant(read_sample(n), n), f"false{n}.txt").pk for n in (4, 6, 7)}
    order = [speech.pk for speech in list_queue(QueueRequest.from_params({"view": "all"}))]
    assert set(order[:3]) == planted
    assert set(order[3:]) == clean


def test_many_reasons_that_nothing_is_false_do_not_outweigh_one_falsity() -> None:
    text = read_sample(5)
    body = text[text.index("\n") :]
    # Neither day nor speaker nor body is said; nothing that is said is false.
    bare = store_draft(f"关于民生实事的讲话\n同志们：\n{body[-900:]}", "bare.txt")
    planted = store_draft(plant_above(read_sample(4), 1), "planted.txt")
    doubts = {one.speech_id: one for one in Doubt.objects.all()}
    assert doubts[planted.pk].probability > doubts[bare.pk].probability
    order = [speech.pk for speech in list_queue(QueueRequest.from_params({"view": "all"}))]
    assert order.index(planted.pk) < order.index(bare.pk)
