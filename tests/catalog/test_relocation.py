"""Old addresses of sections."""

import pytest

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.relocation import find_section
from corpus_app.catalog.services import revise_speech
from corpus_app.catalog.uploads import keep_upload
from corpus_app.ingest.pipeline import parse_bytes
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def revise(speech: Speech, text: str) -> None:
    data = text.encode()
    revise_speech(speech, parse_bytes(data, "b.txt"), keep_upload(data, "b.txt"))
    speech.refresh_from_db()


def find_key(speech: Speech, words: str, number: int) -> str:
    """Return the key of the deepest section of the revision that begins with the words."""
    sections = Section.objects.filter(revision__speech=speech, revision__number=number)
    hits = [
        s
        for s in sections.select_related("revision")
        if s.revision.text[s.start :].startswith(words)
    ]
    return max(hits, key=lambda s: s.depth).key


NEW_SECTION = """一、回顾一年来的工作
过去一年，全县人大工作有新气象，开展执法检查六次，听取专项报告十一项。

"""


def test_a_section_that_moved_is_found_by_its_words() -> None:
    speech = store(WORK_CONFERENCE)
    moved = (
        WORK_CONFERENCE.replace("三、加强", "四、加强")
        .replace("二、发展", "三、发展")
        .replace("一、坚持", NEW_SECTION + "二、坚持")
    )
    revise(speech, moved)
    for words in ("一是办好代表家站", "二是提高能力", "一是加强理论学习"):
        before = find_key(speech, words, 1)
        assert find_section(speech, before, 1) == find_key(speech, words, 2) != before


def test_a_corrected_section_is_found_by_its_place_and_likeness() -> None:
    speech = store(WORK_CONFERENCE)
    revise(speech, WORK_CONFERENCE.replace("二十二个站点每月开放两天", "二十三个站点每周开放一天"))
    key = find_key(speech, "一是办好代表家站", 1)
    assert find_section(speech, key, 1) == key


def test_a_section_is_found_by_its_heading_when_its_body_is_new() -> None:
    speech = store(WORK_CONFERENCE)
    head, _, tail = WORK_CONFERENCE.partition("三、加强自身建设，打造“四个机关”\n")
    closing = "\n同志们，做好人大工作责任重大。让我们脚踏实地，把各项任务落到实处！\n"
    body = "机关干部要轮流到信访窗口值班，一人一个月，回来写一篇值班札记交流。\n"
    assert tail
    revise(speech, head + "三、加强自身建设，打造“四个机关”\n" + body + closing)
    key = find_key(speech, "三、加强自身建设", 1)
    assert find_section(speech, key, 1) == find_key(speech, "三、加强自身建设", 2)


def test_a_section_that_is_gone_leads_to_the_one_above_it() -> None:
    speech = store(WORK_CONFERENCE)
    lines = WORK_CONFERENCE.splitlines(keepends=True)
    revise(speech, "".join(line for line in lines if not line.startswith("二是提高能力")))
    gone = find_key(speech, "二是提高能力", 1)
    assert find_section(speech, gone, 1) == find_key(speech, "三、加强自身建设", 2)


def test_nothing_is_found_in_another_speech_s_text() -> None:
    speech = store(WORK_CONFERENCE)
    revise(speech, TRAINING)
    key = find_key(speech, "一是办好代表家站", 1)
    found = find_section(speech, key, 1)
    assert found is None or find_section(speech, found) == found


def test_a_key_without_revision_is_looked_up_today() -> None:
    speech = store(WORK_CONFERENCE)
    key = find_key(speech, "一是办好代表家站", 1)
    assert find_section(speech, key) == key
    assert find_section(speech, key, 77) == key
    assert find_section(speech, "9.9.9") is None
