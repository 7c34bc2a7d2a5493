"""Quotations of a draft against the corpus: word for word, altered, pieced together, nowhere."""

from __future__ import annotations

import random

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions.editing import withdraw
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.drafts import lay_out
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.quotations import (
    MOST_QUOTED,
    find_quotation_faults,
    list_quotations,
)
from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(index_folder: object) -> list[Speech]:
    speeches = [store(WORK_CONFERENCE, "work.txt"), store(TRAINING, "training.txt")]
    rebuild_index()
    return speeches


def take_sentences(speech: Speech) -> list[str]:
    """Return the long sentences of a speech, none of which has marks inside."""
    assert speech.current
    sentences = [line for line in speech.current.text.replace("。", "。\n").split("\n") if line]
    return [s for s in sentences if len(s) > 20 and not set(s) & set("“”")]


def find(words: str) -> list[DraftFinding]:
    return list(find_quotation_faults(f"有人指出：“{words}”我们要认真领会。"))


def test_faithful_quotations_are_never_told(corpus: list[Speech]) -> None:
    for speech in corpus:
        for sentence in take_sentences(speech):
            assert find(sentence) == []
            assert find(sentence.rstrip("。")) == []
            assert find(sentence.replace("，", ",")) == []
            assert find(sentence[:9] + "\n" + sentence[9:]) == []
            assert find(sentence.replace("会", "會").replace("众", "眾")) == []


def test_an_altered_quotation_is_told_with_the_wording_of_the_source(corpus: list[Speech]) -> None:
    draw = random.Random(5)
    sentences = [s for s in take_sentences(corpus[0]) if len(s) > 26]
    for sentence in sentences[:6]:
        at = draw.randrange(6, len(sentence) - 6)
        altered = sentence[:at] + "龘" + sentence[at + 1 :]
        (found,) = find(altered)
        assert found.suggestion is not None
        assert sentence.rstrip("。") in found.suggestion
        assert found.confidence >= 0.8
        (proof,) = found.evidence
        assert corpus[0].current
        assert corpus[0].current.text[proof.start : proof.end] == proof.text


def test_what_is_left_out_with_marks_is_no_alteration(corpus: list[Speech]) -> None:
    speech = corpus[0]
    one, other = [s for s in take_sentences(speech) if len(s) > 26][:2]
    for mark in ("……", "...", "⋯⋯"):
        assert find(f"{one[:9]}{mark}{one[-9:]}") == []
        assert find(f"{one}{mark}{other}") == []
        assert find(f"{mark}{one[5:]}") == []
    (turned,) = find(f"{one[-12:]}……{one[:12]}")
    (altered,) = find(f"{one[:10]}……龘{one[-12:]}")
    # What was left out on purpose is never to be put in again.
    assert (turned.suggestion, altered.suggestion) == (None, None)


def test_words_of_two_speeches_are_told_as_pieced_together(corpus: list[Speech]) -> None:
    first = max((s.rstrip("。").split("，")[0] for s in take_sentences(corpus[0])), key=len)
    second = max((s.rstrip("。").split("，")[0] for s in take_sentences(corpus[1])), key=len)
    (found,) = find(f"{first}，{second}。")
    assert "拼成" in found.message
    assert {proof.speech for proof in found.evidence} == {one.pk for one in corpus}


def test_words_that_nobody_said_are_told_as_a_doubt(corpus: list[Speech]) -> None:
    (found,) = find("鲸鱼在山顶上晾晒渔网，松鼠替它们看守灯塔。")
    assert found.confidence <= 0.5
    assert found.suggestion is None


def test_names_and_short_expressions_between_marks_are_no_quotations() -> None:
    text = "增强“四个意识”，做到“两个维护”，学习《关于加强“一把手”监督的意见》。"
    assert list(list_quotations(text)) == []


def test_of_very_many_quotations_the_rest_is_said_to_be_unchecked(corpus: list[Speech]) -> None:
    text = "".join(f"有人指出：“鲸鱼在第{n}座山上晾晒渔网，松鼠看守灯塔。”\n" for n in range(70))
    checked = check_draft(lay_out(text))
    told = [one for one in checked.findings if one.kind == "quotation"]
    assert len(told) == MOST_QUOTED
    assert any("以后的引文" in words for words in checked.not_checked)


def test_a_withdrawn_speech_proves_nothing(corpus: list[Speech]) -> None:
    sentence = take_sentences(corpus[0])[0]
    withdraw(corpus[0])
    assert len(find(sentence)) == 1


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    "before",
    ["老百姓常说：", "俗话说，", "孔子说过：", "《论语》中讲：", "古人云：", "正如群众所说，"],
)
def test_sayings_and_old_books_are_not_looked_for_among_speeches(before: str) -> None:
    words = "“其身正，不令而行；其身不正，虽令不从。”"
    assert list(find_quotation_faults(before + words)) == []
    assert [one.confidence for one in find_quotation_faults(f"有人强调：{words}")] == [0.5]
