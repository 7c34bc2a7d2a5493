"""Values set from words of the raw text: what is made of the words, and what stays of them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.outline.sections import open_outline
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.decisions import (
    EditorialDecisions,
    SetValue,
    carry_editorial_decisions,
    read_editorial_decisions,
    read_set_values,
)
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.restoring import restore_revision
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.intake.revisions.set_values import (
    Assignment,
    UnreadableValueError,
    read_assignments,
    read_value,
)
from corpus_app.intake.revisions.succession import NothingChangedError
from tests.catalog.speeches import store
from tests.intake.scraped import current, find
from tests.intake.unclear_heads import BODY, UNCLEAR, store_unread


def assign(speech: Speech, **words: str) -> Revision:
    """Set fields from the words where they first stand in raw, as the review page does."""
    base = current(speech)
    asked = [Assignment(name, *find(base.raw, said)) for name, said in words.items()]
    values, taken = read_assignments(base, asked)
    return revise_text(speech, base.number, [], taken, values=values)


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("title", "抓落实要有\n一股韧劲", "抓落实要有一股韧劲"),
        ("title", "《抓落实要有一股韧劲》", "抓落实要有一股韧劲"),
        ("title", "标题：抓落实要有一股韧劲", "抓落实要有一股韧劲"),
        ("title", "《韧劲》与《狠劲》", "《韧劲》与《狠劲》"),
        ("subtitle", "——在全县人大工作会议上的讲话", "在全县人大工作会议上的讲话"),
        ("subtitle", "（在全县人大工作会议上的讲话）", "在全县人大工作会议上的讲话"),
        ("delivered", "（2023年5月6日）", "2023-05-06"),
        ("delivered", "二〇二三年五月", "2023-05"),
        ("delivered", "时间：2023-05-06 09:30", "2023-05-06"),
        ("speaker", "讲话人：林 知　远", "林知远"),
        ("speaker", "阿依古丽·买买提", "阿依古丽·买买提"),
        ("speaker_role", "职务：县人大常委会主任", "县人大常委会主任"),
        ("organisation", "（青芜县人大常委会）", "青芜县人大常委会"),
        ("source", "来源：青芜人大网", "青芜人大网"),
        ("occasion", "会议名称：全县人大工作会议", "全县人大工作会议"),
    ],
)
def test_a_value_is_the_words_without_label_brackets_and_line_ends(
    name: str, words: str, value: str
) -> None:
    assert read_value(name, words) == value


@pytest.mark.parametrize("words", ["癸卯年四月初八", "2023年13月40日", "昨天", "——", ""])
def test_what_is_no_date_is_refused_with_the_words(words: str) -> None:
    with pytest.raises(UnreadableValueError, match="不是能识别的日期"):
        read_value("delivered", words)


def test_the_words_leave_the_text_and_the_fields_are_set_in_one_revision() -> None:
    speech = store_unread()
    revision = assign(
        speech,
        title="抓落实要有一股韧劲",
        delivered="二〇二三年五月六日",
        speaker="林知远",
        organisation="青芜县人大常委会",
    )
    fields = read_fields(speech)
    assert revision.number == 3
    assert fields["title"] == "抓落实要有一股韧劲"
    assert fields["delivered"] == "2023-05-06"
    assert fields["speaker"] == "林知远"
    assert fields["organisation"] == "青芜县人大常委会"
    assert not speech.title_inferred
    for words in ("韧劲", "二〇二三年", "林知远", "青芜县人大常委会\n"):
        assert words not in revision.text[:40]
    kinds = {span["text"]: span["kind"] for span in revision.removed}
    assert kinds["抓落实要有一股韧劲"] == "title"
    assert kinds["二〇二三年五月六日"] == "metadata"


def test_the_decision_says_from_which_words_of_raw() -> None:
    speech = store_unread()
    revision = assign(speech, title="抓落实要有一股韧劲", delivered="二〇二三年五月六日")
    metadata = revision.decisions["metadata"]
    assert metadata["delivered"]["value"] == "2023-05-06"
    start, end = metadata["delivered"]["set_from"]
    assert revision.raw[start:end] == "二〇二三年五月六日"
    assert read_editorial_decisions(revision.decisions, revision.raw).metadata == (
        read_set_values(revision.decisions)
    )


def test_a_line_of_office_and_name_sets_both() -> None:
    speech = store_unread(UNCLEAR.replace("林知远", "县人大常委会主任 林知远", 1))
    assign(speech, speaker="县人大常委会主任 林知远")
    assert read_fields(speech)["speaker"] == "林知远"
    assert read_fields(speech)["speaker_role"] == "县人大常委会主任"


def test_an_office_selected_itself_stands_before_one_that_came_along() -> None:
    speech = store_unread(UNCLEAR.replace("林知远", "县人大常委会主任 林知远", 1))
    assign(speech, speaker="县人大常委会主任 林知远", speaker_role="青芜县人大常委会")
    assert read_fields(speech)["speaker_role"] == "青芜县人大常委会"


def test_words_inside_a_sentence_set_the_field_and_stay() -> None:
    speech = store_unread()
    before = current(speech).text
    said = "今天召开全县人大工作会议"
    assert said in before
    base = current(speech)
    start = base.raw.index(said) + len("今天召开")
    values, taken = read_assignments(base, [Assignment("occasion", start, start + 8)])
    assert taken == []
    revision = revise_text(speech, 2, [], taken, values=values)
    assert revision.text == before
    assert read_fields(speech)["occasion"] == "全县人大工作会议"
    assert revision.decisions["metadata"]["occasion"]["set_from"] == [start, start + 8]


def test_a_head_that_runs_into_the_speech_without_a_line_end_leaves_it() -> None:
    line = "抓落实要有一股韧劲 林知远 2023年5月6日 "
    speech = store(line + BODY.replace("\n", "", 1), draft=True)
    revision = assign(
        speech, title="抓落实要有一股韧劲", speaker="林知远", delivered="2023年5月6日"
    )
    assert revision.text.startswith("同志们：")


def test_words_that_were_taken_for_something_else_are_told_apart_from_it() -> None:
    raw = f"首页 > 讲话 > 抓落实要有一股韧劲\n{BODY}"
    speech = store(raw, draft=True)
    revision = assign(speech, title="抓落实要有一股韧劲")
    kinds = {span["text"]: span["kind"] for span in revision.removed}
    assert kinds["抓落实要有一股韧劲"] == "title"
    assert "抓落实" not in revision.text


def test_a_field_set_again_from_the_same_words_is_no_empty_edit() -> None:
    speech = store_unread()
    assign(speech, speaker="林知远")
    editing.correct(speech, {"speaker": "别人"}, {})
    assert assign(speech, speaker="林知远").number == 4
    assert read_fields(speech)["speaker"] == "林知远"


def test_no_word_left_is_refused_and_nothing_is_changed() -> None:
    speech = store_unread()
    title = speech.title
    raw = current(speech).raw
    values = [SetValue("title", "全文", (0, len(raw)))]
    whole = Removed("title", raw, 0, len(raw), "editor")
    with pytest.raises(RejectedFile):
        revise_text(speech, 2, [], [whole], values=values)
    speech.refresh_from_db()
    assert speech.title == title
    with pytest.raises(NothingChangedError):
        revise_text(speech, 2, [], [])


def test_it_survives_edits_outlines_restored_revisions_and_the_file_coming_again() -> None:
    speech = store_unread()
    assign(speech, title="抓落实要有一股韧劲", delivered="二〇二三年五月六日")
    base = current(speech)
    heads = open_outline(base.sections.order_by("position"), len(base.text))
    revise_outline(speech, 3, heads[:-1])
    assert current(speech).decisions["metadata"]["title"]["set_from"]
    restore_revision(speech, 2, 4)
    again = UNCLEAR.replace("云帆资料室 · 第三栏\n", "云帆资料室 · 第三栏\n2023-06-01\n")
    import_bytes(again.encode(), "韧劲.txt")
    revision = current(speech)
    assert revision.number == 6
    assert read_fields(speech)["title"] == "抓落实要有一股韧劲"
    assert read_fields(speech)["delivered"] == "2023-05-06"
    start, end = revision.decisions["metadata"]["delivered"]["set_from"]
    assert revision.raw[start:end] == "二〇二三年五月六日"


def test_a_value_whose_words_are_gone_stays_set() -> None:
    decided = EditorialDecisions([], [], [SetValue("title", "韧劲", (0, 2))])
    carried, lost = carry_editorial_decisions(decided, "韧劲。同志们", "同志们，大家好")
    assert carried.metadata == [SetValue("title", "韧劲", None)]
    assert lost == EditorialDecisions([], [])


PIECES = st.lists(st.tuples(st.integers(0, len(UNCLEAR)), st.integers(1, 30)), max_size=4)


@given(pieces=PIECES)
def test_whatever_is_set_no_character_is_lost(pieces: list[tuple[int, int]]) -> None:
    names = ("title", "speaker", "organisation", "source")
    revision = Revision(raw=UNCLEAR, text=UNCLEAR, removed=[])
    asked = [
        Assignment(name, start, min(start + length, len(UNCLEAR)))
        for name, (start, length) in zip(names, pieces, strict=False)
    ]
    try:
        values, taken = read_assignments(revision, asked)
    except UnreadableValueError:
        return
    assert len(values) >= len({one.name for one in asked})
    for span in taken:
        assert UNCLEAR[span.start : span.end] == span.text
        assert span.kind in ("title", "metadata")
