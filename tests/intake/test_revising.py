"""An editor's spans, stored as a new revision."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Speech
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.outline.sections import open_outline
from corpus_app.ingest.recomposing import BadSpanError
from corpus_app.intake.checking.speeches import check_speeches
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import TextSignature
from corpus_app.intake.revisions.outline.acts import merge
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.slogans.models import Mention
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from search import SearchRequest, rebuild_index, run_search
from tests.ingest.invariants import squeeze
from tests.intake.scraped import CALL, NOTICE, SCRAPED, current, find, store_scraped, take

pytestmark = pytest.mark.django_db


def keep_promise(speech: Speech) -> None:
    """Assert that raw without the removed spans is the text, and that nothing else is amiss."""
    revision, at, kept = current(speech), 0, ""
    for span in revision.removed:
        assert revision.raw[span["start"] : span["end"]] == span["text"]
        kept += revision.raw[at : span["start"]]
        at = span["end"]
    assert squeeze(kept + revision.raw[at:]) == squeeze(revision.text)


def test_taken_words_go_and_the_sentence_closes_up() -> None:
    speech, user = store_scraped(), User.objects.create_user("editor")
    base = current(speech)
    assert CALL in base.text
    revise_text(speech, 1, [], [take(base.raw, CALL)], "去水印", user=user)
    revision = current(speech)
    assert "把学习成果转化为履职本领。" in revision.text
    assert (revision.number, revision.origin, revision.based_on) == (2, "edited", base)
    assert (revision.reason, revision.created_by) == ("去水印", user)
    assert revision.upload == base.upload
    assert {span["kind"] for span in revision.removed if span["text"] == CALL} == {"editor"}
    keep_promise(speech)


def test_a_restored_notice_is_text_again_and_leaves_no_gap() -> None:
    speech = store_scraped()
    base = current(speech)
    assert speech.completeness == "gapped"
    revise_text(speech, 1, [find(base.raw, NOTICE)], [])
    revision = current(speech)
    assert NOTICE in revision.text
    assert not revision.gaps.exists()
    assert speech.completeness == "complete"
    keep_promise(speech)


def test_words_taken_as_a_notice_leave_a_gap() -> None:
    speech = store_scraped()
    words = "不得先斩后奏。"
    revise_text(speech, 1, [], [take(current(speech).raw, words, "hidden")])
    revision = current(speech)
    places = [revision.text[gap.offset - 8 : gap.offset] for gap in revision.gaps.all()]
    assert any("请示报告" in place for place in places)


def test_outline_slogans_and_fingerprint_follow_the_text() -> None:
    speech = store_scraped()
    base, before = current(speech), TextSignature.objects.get(speech=speech).text_sha
    assert base.announced[0]["found"] == 3
    section = base.sections.get(key="3")
    start, end = find(base.raw, "三、加强自身建设")[0], find(base.raw, "同志们，做好")[0]
    assert "四个机关" in base.text[section.start : section.end]
    revise_text(speech, 1, [], [Removed("editor", "", start, end)])
    revision = current(speech)
    assert (revision.announced[0]["found"], revision.announced[0]["missing"]) == (2, [3])
    mentioned = Mention.objects.filter(revision=revision).values_list("slogan__text", flat=True)
    assert "四个机关" not in mentioned
    assert TextSignature.objects.get(speech=speech).text_sha != before
    keep_promise(speech)


def test_pins_follow_their_section_and_themes_are_found_anew() -> None:
    theme = Theme.objects.create(name="转载", slug="reprint")
    ThemeTerm.objects.create(theme=theme, text="墨池小筑", weight=5)
    pinned = Theme.objects.create(name="作风", slug="style")
    speech = store_scraped()
    base = current(speech)
    ThemePin.objects.create(theme=pinned, speech=speech, section_key="3", decision="pin")
    start, end = find(base.raw, "二、发展")[0], find(base.raw, "三、加强")[0]
    tagged = SectionTheme.objects.filter(theme=theme)
    assert tagged.filter(section__revision=base).exists()
    spans = [take(base.raw, CALL), Removed("editor", "", start, end)]
    revise_text(speech, 1, [find(base.raw, NOTICE)], spans)
    assert not tagged.filter(section__revision=current(speech)).exists()
    key = ThemePin.objects.get(theme=pinned).section_key
    assert "加强自身建设" in current(speech).sections.get(key=key).heading


def test_an_edit_of_an_older_revision_is_refused_with_the_newer_ones_number() -> None:
    speech = store_scraped()
    raw = current(speech).raw
    revise_text(speech, 1, [], [take(raw, CALL)], user=User.objects.create_user("周一"))
    with pytest.raises(OutdatedError, match="周一存为第 2 版"):
        revise_text(speech, 1, [find(raw, NOTICE)], [])
    assert current(speech).number == 2


def test_an_edit_that_changes_nothing_makes_no_revision() -> None:
    speech = store_scraped()
    with pytest.raises(NothingChangedError):
        revise_text(speech, 1, [], [])
    with pytest.raises(NothingChangedError):
        revise_text(speech, 1, [find(current(speech).raw, "同志们：")], [])
    assert speech.revisions.count() == 1


def test_an_edit_that_leaves_no_word_or_lies_outside_changes_nothing() -> None:
    speech = store_scraped()
    length = len(current(speech).raw)
    with pytest.raises(RejectedFile):
        revise_text(speech, 1, [], [Removed("editor", "", 0, length)])
    with pytest.raises(BadSpanError):
        revise_text(speech, 1, [(0, length + 1)], [])
    assert speech.revisions.count() == 1


def test_metadata_and_status_stay() -> None:
    speech = store_scraped(draft=True)
    revise_text(speech, 1, [], [take(current(speech).raw, CALL)])
    revision = current(speech)
    assert speech.status == "draft"
    assert speech.title == revision.metadata["title"] == "在青芜县人大工作会议上的讲话"


def test_decisions_add_up_and_the_last_one_counts() -> None:
    speech = store_scraped()
    raw = current(speech).raw
    revise_text(speech, 1, [find(raw, NOTICE)], [take(raw, CALL)])
    revise_text(speech, 2, [find(raw, CALL)], [])
    decisions = current(speech).decisions
    assert "removed" not in decisions
    kept = [raw[span["start"] : span["end"]] for span in decisions["kept"]]
    assert sorted(kept) == sorted([NOTICE, CALL])
    assert CALL in current(speech).text


def test_a_file_imported_again_keeps_to_what_was_decided() -> None:
    speech = store_scraped()
    raw = current(speech).raw
    revise_text(speech, 1, [find(raw, NOTICE)], [take(raw, CALL)])
    corrected = SCRAPED.replace("二十二个站点", "二十三个站点").replace("正文\n", "正文\n\n\n", 1)
    outcome = import_bytes(corrected.encode(), "抓取.txt")
    assert (outcome.status, outcome.speech) == ("imported", speech.pk)
    revision = current(speech)
    assert (revision.number, revision.origin) == (3, "parsed")
    assert "二十三个站点" in revision.text
    assert NOTICE in revision.text
    assert CALL not in revision.text
    assert "首页" not in revision.text
    keep_promise(speech)
    kept = revision.decisions["kept"][0]
    assert revision.raw[kept["start"] : kept["end"]] == NOTICE


def test_a_file_imported_again_without_the_decided_words_is_taken_as_it_is() -> None:
    speech = store_scraped()
    revise_text(speech, 1, [], [take(current(speech).raw, CALL)])
    corrected = SCRAPED.replace(CALL, "").replace("二十二个站点", "二十三个站点")
    import_bytes(corrected.encode(), "抓取.txt")
    assert current(speech).decisions == {}
    keep_promise(speech)


def test_the_corpus_check_finds_nothing_amiss_after_an_edit() -> None:
    speech = store_scraped()
    raw = current(speech).raw
    revise_text(speech, 1, [find(raw, NOTICE)], [take(raw, CALL)])
    assert list(check_speeches(repair=False)) == []


def test_an_edit_asks_no_more_of_the_database_in_a_longer_history() -> None:
    speech = store_scraped()
    raw = current(speech).raw
    counts = []
    for number in range(1, 7):
        words = [take(raw, CALL)] if number % 2 else []
        restored = [] if number % 2 else [find(raw, CALL)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            revise_text(speech, number, restored, words)
        counts.append(len(queries))
    assert counts[4] == counts[2]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_index_follows_once_the_edit_stands() -> None:
    # The index of other tests' speeches outlives their rows.
    rebuild_index()
    speech = store_scraped()
    assert run_search(SearchRequest(text="“墨池小筑”", unit="speech")).total == 1
    revise_text(speech, 1, [], [take(current(speech).raw, CALL)])
    assert run_search(SearchRequest(text="“墨池小筑”", unit="speech")).total == 0
    assert run_search(SearchRequest(text="“学习成果转化为履职本领”", unit="speech")).total == 1


def merge_last_sections(speech: Speech) -> None:
    """Let an editor join the third section to the second."""
    revision = current(speech)
    heads = open_outline(revision.sections.order_by("position"), len(revision.text))
    third = next(at for at, head in enumerate(heads) if "加强自身建设" in head.heading)
    revise_outline(speech, revision.number, merge(revision.text, heads, third))


def list_headings(speech: Speech) -> list[str]:
    return list(current(speech).sections.filter(depth=0).values_list("heading", flat=True))


def test_an_outline_made_by_hand_outlives_an_edit_of_the_text_and_a_new_file() -> None:
    speech = store_scraped()
    merge_last_sections(speech)
    by_hand = list_headings(speech)
    assert not any("加强自身建设" in heading for heading in by_hand)
    revise_text(speech, 2, [], [take(current(speech).raw, CALL)])
    assert current(speech).decisions["outline"] is True
    assert list_headings(speech) == by_hand
    import_bytes(SCRAPED.replace("二十二个站点", "二十三个站点").encode(), "抓取.txt")
    revision = current(speech)
    assert (revision.number, revision.decisions["outline"]) == (4, True)
    assert list_headings(speech) == by_hand
    assert CALL not in revision.text
    assert list(check_speeches(repair=False)) == []
