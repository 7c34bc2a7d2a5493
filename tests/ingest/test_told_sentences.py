"""Sentences of editors, announcers and captions tell who spoke, when and where."""

from __future__ import annotations

from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.reader import read_head
from corpus_app.ingest.metadata.told_sentences import announces, tell_sentence
from corpus_app.ingest.noise import remove_noise
from tests.folding import for_each
from tests.ingest.test_label_words import BODY

DAY, OFFICE, NAME, MEETING = "2023年5月6日", "县人大常委会主任", "周明", "枫林县人大工作会议"
TOLD = {"speaker": NAME, "speaker_role": OFFICE, "occasion": MEETING, "delivered": DAY}


@for_each(
    "sentence",
    [
        "编者按：{day}，{office}{name}在{meeting}上作了讲话。现予全文刊发。",
        "以下为{office}{name}{day}在{meeting}上的讲话全文：",
        "【播音员】听众朋友，下面请听{office}{name}{day}在{meeting}上的讲话录音。",
        "（这是{day}{office}{name}同志在{meeting}上的讲话，有删节）",
        "{day}上午，{office}{name}在{meeting}上发表讲话，全文如下：",
    ],
)
def test_a_sentence_about_the_speech_tells_all_that_it_names(sentence: str) -> None:
    words = sentence.format(day=DAY, office=OFFICE, name=NAME, meeting=MEETING)
    assert tell_sentence(words) == TOLD
    assert announces(words)


@for_each(
    "sentence, office, name",
    [
        ("▲枫林县副县长周明在会上讲话。李华/摄", "枫林县副县长", NAME),
        ("△县长艾尔肯·吐尼亚孜作政府工作报告。", "县长", "艾尔肯·吐尼亚孜"),
        (f"图为{OFFICE}{NAME}讲话。", OFFICE, NAME),
        (f"5月6日，{OFFICE}{NAME}出席会议并讲话，县长李华主持会议。", OFFICE, NAME),
    ],
)
def test_a_caption_tells_who_is_seen_speaking(sentence: str, office: str, name: str) -> None:
    assert tell_sentence(sentence) == {"speaker": name, "speaker_role": office}


@for_each(
    "sentence",
    [
        "各位代表，现在我代表县人民政府向大会报告工作。",
        "会议要求，要认真学习县委书记周明的讲话精神。",
        "刚才，县委书记周明作了讲话，县长李华作了报告，我完全赞成。",
        "县委书记周明讲话，县长李华作报告。",
        "要落实县委书记周明在县委全会上的报告。",
    ],
)
def test_sentences_of_speeches_and_of_several_speakers_tell_nothing(sentence: str) -> None:
    assert not announces(sentence)


def read(head: str) -> Metadata:
    raw = head + BODY
    return read_head(raw, remove_noise(raw).removed).meta


def test_what_an_editor_tells_is_read_where_no_line_tells_it() -> None:
    told = f"编者按：{DAY}，{OFFICE}{NAME}在{MEETING}上作了讲话。现予全文刊发。"
    meta = read(f"坚定信心 真抓实干\n{told}\n")
    assert (meta.speaker, meta.speaker_role, meta.occasion) == (NAME, OFFICE, MEETING)
    assert meta.dates["delivered"].value == "2023-05-06"
    assert meta.subtitle is None
    meta = read(f"坚定信心 真抓实干\n县长　李华\n{told}\n")
    assert (meta.speaker, meta.speaker_role) == ("李华", "县长"), "its own line comes first"


def test_a_title_that_names_office_and_speaker_tells_them() -> None:
    meta = read(f"{OFFICE}{NAME}在{MEETING}上的讲话\n")
    assert (meta.speaker, meta.speaker_role) == (NAME, OFFICE)


def test_a_subtitle_that_names_office_and_speaker_tells_them() -> None:
    meta = read(f"坚定信心 真抓实干\n——{OFFICE}{NAME}在{MEETING}上的讲话\n")
    assert (meta.speaker, meta.speaker_role) == (NAME, OFFICE)


def test_a_line_that_reports_a_speech_is_no_title_of_it() -> None:
    title = "在枫林县人大工作会议上的讲话"
    assert read(f"{title}\n县长{NAME}向大会作政府工作报告\n").title == title


@for_each(
    "foot",
    [
        f"（{NAME}系枫林县人大常委会主任）",
        f"本文根据{OFFICE}{NAME}2023年5月6日在县人大工作会议上的讲话录音整理",
    ],
)
def test_a_last_line_about_the_text_tells_who_spoke(foot: str) -> None:
    raw = f"在枫林县人大工作会议上的讲话\n{BODY}{foot}\n"
    head = read_head(raw, remove_noise(raw).removed)
    assert head.meta.speaker == NAME
    assert any(foot in span.text for span in head.spans)
