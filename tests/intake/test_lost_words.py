"""check_corpus tells whose speeches an older reader took words from on a guess."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.recomposing import recompose
from corpus_app.ingest.spans import merge_removed
from corpus_app.intake.checking.lost_words import check_lost_words, find_lost_words
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.intake.revisions.revising import revise_text
from tests.batches.test_front_page import read
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db

REPORT = WORK_CONFERENCE.replace("主要任务是", "主要任务是落实PM2.5防治，").replace(
    "把牢政治方向\n", "把牢政治方向\n要抓好PM2.5治理，让群众呼吸新鲜空气。\n"
)
SITE = "第一范文网"


def make_older(speech: Speech, words: str, rule: str = "latin-name") -> Revision:
    """Store the text as release 0.1.0 did: without these words, wherever they stand."""
    revision = speech.current
    assert revision is not None
    spans, at = [], revision.raw.find(words)
    while at >= 0:
        spans.append(Removed("watermark", words, at, at + len(words), rule))
        at = revision.raw.find(words, at + 1)
    removed = merge_removed(revision.raw, read_removed(revision.removed), spans)
    draft = recompose(revision.raw, removed)
    revision.text, revision.removed = draft.text, [asdict(span) for span in draft.removed]
    revision.save()
    return revision


def test_a_term_that_was_taken_for_a_watermark_is_told_with_the_way_to_mend_it() -> None:
    speech = store(REPORT)
    make_older(speech, "PM2.5")
    (finding,) = check_lost_words(repair=False)
    assert (finding.code, finding.speech, finding.repaired) == ("words_lost", speech.pk, False)
    assert "PM2.5" in finding.message
    (address,) = re.findall(r"/intake/\S+/", finding.message)
    page = read(enter("editor").get(address))
    named = re.findall("“(.+?)”", finding.message)
    assert [name for name in named if name not in page] == []


def test_a_site_that_today_s_reader_takes_too_is_not_told() -> None:
    store(REPORT.replace("部署", f"部{SITE}署").replace("总结过去", f"总{SITE}结过去"))
    assert list(check_lost_words(repair=False)) == []


def test_words_that_an_editor_took_out_are_not_told() -> None:
    speech = store(REPORT)
    make_older(speech, "PM2.5", "editor")
    assert list(check_lost_words(repair=False)) == []


def test_nothing_is_told_once_the_words_are_restored() -> None:
    speech = store(REPORT)
    older = make_older(speech, "PM2.5")
    lost = [(span.start, span.end) for span in find_lost_words(older)]
    assert len(lost) == 2
    revise_text(speech, older.number, lost, [], "恢复")
    speech.refresh_from_db()
    assert speech.current is not None
    assert speech.current.text.count("PM2.5") == 2
    assert list(check_lost_words(repair=False)) == []
