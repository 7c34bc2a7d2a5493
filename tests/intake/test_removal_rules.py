"""Rules "always remove this here", from the proposal to the way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from corpus_app.catalog.services import correct_metadata
from corpus_app.intake.checking.speeches import check_speeches
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import RemovalRule, RuleApplication
from corpus_app.intake.removal.ruling import (
    StateError,
    apply_portion,
    approve_rule,
    discard_rule,
    list_ruled,
    retire_rule,
    undo_portion,
)
from corpus_app.intake.removal.touching import find_touched, show_places, warn_of
from corpus_app.intake.revisions.revising import revise_text
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.scraped import SCRAPED, current, find, take

pytestmark = pytest.mark.django_db

WORDS = "墨池小筑提醒您"
FIRST = WORK_CONFERENCE.replace("同志们：", f"同志们：\n{WORDS}", 1)
SECOND = TRAINING.replace("把代表法", f"{WORDS}把代表法")


def propose(text: str = WORDS, **fields: Any) -> RemovalRule:
    return RemovalRule.objects.create(text=text, kind="advert", **fields)


def approve(rule: RemovalRule, user: User | None = None) -> RemovalRule:
    approve_rule(rule, user)
    return rule


def apply_all(rule: RemovalRule, portion: int = 25) -> int:
    applied, more = 0, True
    while more:
        progress = apply_portion(rule, None, portion)
        applied, more = applied + progress.applied, progress.more
    return applied


def test_a_proposed_rule_touches_nothing_and_knows_all_it_would_touch() -> None:
    first, second = store(FIRST, "a.txt"), store(SECOND, "b.txt", draft=True)
    store(SCRAPED, "c.txt", draft=True)
    rule = propose()
    touches = list(find_touched(rule))
    assert [touch.speech_id for touch in touches] == [first.pk, second.pk]
    assert [touch.inline for touch in touches] == [0, 1]
    pieces = show_places(current(second), touches[1])[0]
    words = next(at for at, piece in enumerate(pieces) if piece.marked)
    assert (pieces[words].text, pieces[words + 1].text[:4]) == (WORDS, "把代表法")
    assert current(first).number == 1
    later = store(FIRST.replace("2023年5月6日", "2024年5月6日"), "d.txt")
    assert WORDS in current(later).text


def test_an_approved_rule_makes_a_revision_of_each_touched_speech_and_lists_it() -> None:
    first, second = store(FIRST, "a.txt"), store(SECOND, "b.txt")
    user = User.objects.create_user("editor")
    rule = approve(propose(), user)
    progress = apply_portion(rule, user)
    assert (progress.applied, progress.more) == (2, False)
    for speech in (first, second):
        revision = current(speech)
        assert (revision.number, revision.origin, revision.created_by) == (2, "ruled", user)
        assert WORDS not in revision.text
        assert f"rule:{rule.pk}" in {span["rule"] for span in revision.removed}
        row = RuleApplication.objects.get(speech=speech)
        assert (row.revision, row.outcome, row.places) == (revision, "applied", 1)
    assert list(find_touched(rule)) == []
    assert list(check_speeches(repair=False)) == []


def test_portions_go_on_where_they_stopped_and_do_nothing_twice() -> None:
    for number in range(5):
        store(
            FIRST.replace("青芜", f"青{'甲乙丙丁戊'[number] * 3}").replace("2023", f"201{number}"),
            f"{number}.txt",
        )
    speeches = [touch.speech_id for touch in find_touched(propose())]
    rule = approve(RemovalRule.objects.get())
    assert apply_portion(rule, None, 2).more
    assert apply_portion(rule, None, 2).more
    assert not apply_portion(rule, None, 2).more
    assert apply_portion(rule, None, 2).applied == 0
    assert RuleApplication.objects.count() == len(speeches) == 5


def test_later_imports_are_cleaned_as_they_come() -> None:
    rule = approve(propose())
    speech = store(FIRST, "a.txt")
    revision = current(speech)
    assert (revision.number, revision.origin) == (1, "parsed")
    assert WORDS not in revision.text
    retire_rule(rule, None)
    assert WORDS in current(store(SECOND, "b.txt")).text


def test_what_a_person_restored_no_rule_takes_again() -> None:
    speech = store(FIRST, "a.txt")
    rule = approve(propose())
    apply_all(rule)
    revise_text(speech, 2, [find(current(speech).raw, WORDS)], [])
    assert WORDS in current(speech).text
    assert [(touch.kept, touch.spans) for touch in find_touched(rule)] == [(1, ())]
    assert apply_all(rule) == 0
    import_bytes(FIRST.replace("二十二个站点", "二十三个站点").encode(), "a.txt")
    assert current(speech).number == 4
    assert WORDS in current(speech).text


def test_an_edit_between_preview_and_application_stays() -> None:
    speech = store(FIRST, "a.txt")
    rule = propose()
    assert len(list(find_touched(rule))) == 1
    revise_text(speech, 1, [], [take(current(speech).raw, "不得先斩后奏。")])
    apply_all(approve(rule))
    text = current(speech).text
    assert WORDS not in text
    assert "先斩后奏" not in text


def test_a_retired_rule_gives_back_what_it_took_and_keeps_later_edits() -> None:
    first, rule = store(FIRST, "a.txt"), approve(propose())
    apply_all(rule)
    imported = store(SECOND, "b.txt")
    raw = current(first).raw
    revise_text(first, 2, [], [take(raw, "不得先斩后奏。")])
    retire_rule(rule, None)
    assert set(list_ruled(rule)) == {first.pk, imported.pk}
    assert undo_portion(rule, None).applied == 2
    for speech in (first, imported):
        assert WORDS in current(speech).text
    assert "先斩后奏" not in current(first).text
    assert not list_ruled(rule).exists()
    assert undo_portion(rule, None).applied == 0
    assert RuleApplication.objects.filter(outcome="undone").count() == 2


def test_a_speech_that_would_be_left_without_a_word_is_left_as_it_is_and_listed() -> None:
    speech = store("在会议上的讲话\n\n同志们好。\n")
    rule = approve(propose(current(speech).text))
    progress = apply_portion(rule, None)
    assert (progress.applied, progress.skipped, progress.more) == (0, 1, False)
    assert current(speech).number == 1
    row = RuleApplication.objects.get()
    assert row.outcome == "skipped"
    assert "没有剩下" in row.note
    assert apply_portion(rule, None).skipped == 0


@pytest.mark.parametrize(
    ("scope", "touched"),
    [
        ({}, 2),
        ({"source": "青芜人大网"}, 1),
        ({"organisation": "青芜县人大常委会"}, 1),
        ({"file_name": "b*"}, 1),
        ({"file_name": "*.html"}, 0),
        ({"source": "别的网站"}, 0),
        ({"whole_line": True}, 1),
    ],
)
def test_a_rule_reaches_no_further_than_its_scope(scope: dict[str, Any], touched: int) -> None:
    first = store(FIRST + "来源：青芜人大网\n", "a.txt")
    store(SECOND, "b.txt")
    correct_metadata(first, {"organisation": "青芜县人大常委会"})
    rule = propose(**scope)
    assert len(list(find_touched(rule))) == touched
    assert apply_all(approve(rule)) == touched


def test_it_warns_of_few_words_large_shares_and_wide_reach() -> None:
    speech = store(FIRST, "a.txt")
    assert warn_of(propose(), list(find_touched(propose()))) == []
    short = propose("一是")
    assert any("2 个字" in words for words in warn_of(short, list(find_touched(short))))
    large = propose(current(speech).text[:200])
    assert any("20% 以上" in words for words in warn_of(large, list(find_touched(large))))
    for number in range(7):
        name = "甲乙丙丁戊己庚"[number] * 3
        store(SECOND.replace("芦汀", name).replace("苏晚晴", name), f"{number}.txt", draft=True)
    wide = propose("把代表法和选举法放在案头")
    assert any("占全库" in words for words in warn_of(wide, list(find_touched(wide))))


def test_a_rule_takes_each_step_once() -> None:
    rule = propose()
    with pytest.raises(StateError, match="未生效"):
        apply_portion(rule, None)
    with pytest.raises(StateError, match="待批准"):
        retire_rule(rule, None)
    approve(rule)
    with pytest.raises(StateError, match="已生效"):
        approve_rule(rule, None)
    with pytest.raises(StateError, match="已生效"):
        discard_rule(rule)
    with pytest.raises(StateError, match="先停用"):
        undo_portion(rule, None)


def test_a_discarded_proposal_is_gone() -> None:
    discard_rule(propose())
    assert not RemovalRule.objects.exists()
