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
        "（片头出）各位听众，{meeting}{day}在县城召开，{office}{name}在会上讲了话。下面播出录音。",
        "编者按：{day}，{meeting}举行，{office}{name}到会讲话，一起来读全文。",
        "※据{office}{name}{day}在{meeting}上的讲话录音整理",
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
        (f"[09:03] [主持人] 下面请{OFFICE}{NAME}同志讲话，大家欢迎。", OFFICE, NAME),
        ("【主持人 李华】下面，让我们以热烈的掌声欢迎局长旺堆讲话。", "局长", "旺堆"),
        (f"09:02 小编 走上讲台的是{OFFICE}{NAME}。", OFFICE, NAME),
        (f"09:10 {OFFICE}{NAME}走上发言席。", OFFICE, NAME),
        (f"＊这是{NAME}同志任{OFFICE}期间的讲话，收入本书时有改动。", OFFICE, NAME),
        ("現在由縣長周明作報告。", "縣長", NAME),
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
        "根据县委书记周明的讲话，我们要抓好落实。",
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


def test_the_meeting_of_the_title_comes_before_a_prefaces_shorter_name() -> None:
    session = "枫林县第十八届人民代表大会第三次会议"
    told = f"编者按：现将{OFFICE}{NAME}在人大工作会议上的讲话刊发。"
    assert read(f"在{session}上的讲话\n{told}\n").occasion != "人大工作会议"
    meta = read(f"坚定信心 真抓实干\n{told}\n")
    assert meta.occasion == "人大工作会议"


def test_the_day_of_an_agency_is_no_day_of_the_speech() -> None:
    wire = f"本社枫林县2023年5月7日电　{MEETING}{DAY}召开。{OFFICE}{NAME}在会上讲了话，全文如下："
    assert tell_sentence(wire) == TOLD | {"published": "2023年5月7日"}
    dates = read(f"坚定信心 真抓实干\n{wire}\n").dates
    assert {name: date.value for name, date in dates.items()} == {
        "delivered": "2023-05-06",
        "published": "2023-05-07",
    }


def test_the_day_of_a_sentence_is_more_than_the_year_of_a_title() -> None:
    told = f"《2023年政府工作报告》是{NAME}于{DAY}在{MEETING}上发表的公开文献。"
    assert read(f"2023年政府工作报告\n{told}\n").dates["delivered"].value == "2023-05-06"


def test_who_is_named_without_an_office_has_spoken_too() -> None:
    told = tell_sentence(f"《政府工作报告》是{NAME}于{DAY}在{MEETING}上发表的重要文献。")
    assert told == {"speaker": NAME, "occasion": MEETING, "delivered": DAY}
    assert tell_sentence(f"［1］本篇是{NAME}同志的讲话。") == {"speaker": NAME}


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
