"""Header and footer lines as other sites and offices write them. All names are invented."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Metadata, PartialDate
from corpus_app.ingest.metadata.inference import infer_metadata
from corpus_app.ingest.metadata.reader import read_head
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.outline import split_sections

TITLE = "在枫林县人大工作会议上的讲话"
BODY = (
    "同志们：\n今天的会议很重要，请大家认真讨论，把各项任务抓紧抓好，抓出成效。\n"
    "一、提高认识\n要把思想统一到会议精神上来，把力量凝聚到重点任务上来，真抓实干。\n"
)


def read(head: str, foot: str = "") -> Metadata:
    raw = head + BODY + foot
    return read_head(raw, remove_noise(raw).removed).meta


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("时间：2023年5月6日", "delivered", "2023-05-06"),
        ("时间：2023-05-06 15:20", "published", "2023-05-06"),
        ("时间：2023年5月6日　作者：管理员", "published", "2023-05-06"),
        ("（二○二三年五月六日）", "delivered", "2023-05-06"),
    ],
)
def test_it_tells_whose_date_a_line_gives(line: str, field: str, value: str) -> None:
    assert read(f"{TITLE}\n{line}\n").dates == {field: PartialDate(value, "day")}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"{TITLE}_图文_青坡文库", TITLE),
        (f"[公文交流] {TITLE}", TITLE),
        (f"📢{TITLE}🎉", TITLE),
        (f"Speech at the County Conference\n{TITLE}", TITLE),
        (f"{TITLE}\n枫办发〔2023〕12号", TITLE),
        ("加强代表工作 — 写在换届之后", "加强代表工作"),
    ],
)
def test_it_takes_the_title_without_what_a_page_adds(line: str, title: str) -> None:
    assert read(line + "\n").title == title


def test_it_reads_the_speaker_named_in_the_title() -> None:
    meta = read(f"陈启明{TITLE}\n")
    assert (meta.speaker, meta.title) == ("陈启明", f"陈启明{TITLE}")


def test_it_reads_the_speech_below_a_notice_that_hands_it_out() -> None:
    head = (
        f"中共枫林县委办公室关于印发《陈启明同志{TITLE}》的通知\n各乡镇党委：\n"
        f"现将陈启明同志的讲话印发给你们，请认真贯彻落实。\n中共枫林县委办公室\n2023年5月10日\n"
        f"{TITLE}\n（2023年5月6日）\n陈启明\n"
    )
    meta = read(head)
    assert (meta.title, meta.speaker) == (TITLE, "陈启明")
    assert meta.dates == {"delivered": PartialDate("2023-05-06", "day")}


def test_it_reads_the_speech_below_a_mail_that_hands_it_on() -> None:
    head = (
        f"主　题：{TITLE}（定稿）\n发件人：枫林县人大常委会办公室\n时　间：2023年5月4日\n"
        f"各位主任：\n现将定稿发给你们，请阅。\n{TITLE}\n（2023年5月6日）\n（县长　陈启明）\n"
    )
    meta = read(head)
    assert (meta.title, meta.speaker, meta.speaker_role) == (TITLE, "陈启明", "县长")
    assert meta.dates == {"delivered": PartialDate("2023-05-06", "day")}


def test_it_reads_a_signature_above_the_notes() -> None:
    foot = "枫林县人大常委会主任　陈启明\n二〇二三年一月十二日\n注释：\n[1]　见县委文件。\n"
    meta = read(f"{TITLE}\n", foot)
    assert (meta.speaker, meta.speaker_role) == ("陈启明", "枫林县人大常委会主任")
    assert meta.dates["delivered"].value == "2023-01-12"


def test_it_reads_the_office_from_a_line_about_the_author() -> None:
    meta = read(f"{TITLE}\n作者：陈启明\n", "（作者系枫林县委书记）\n")
    assert (meta.speaker, meta.speaker_role) == ("陈启明", "枫林县委书记")


def test_a_source_ends_before_the_buttons_behind_it() -> None:
    assert read(f"{TITLE}\n来源：枫林人大网   点击：35次   我要投稿\n").source_name == "枫林人大网"
    assert read(f"{TITLE}\n来源：本站原创\n").source_name is None


@pytest.mark.parametrize(
    ("opening", "organisation"),
    [
        ("我受常委会党组委托，就一年来的工作作个汇报。", None),
        ("我代表枫林县人大常委会，向大会报告工作。", "枫林县人大常委会"),
    ],
)
def test_a_body_without_a_place_is_no_organisation(opening: str, organisation: str | None) -> None:
    text = f"同志们：\n{opening}"
    assert infer_metadata(Metadata(), text, split_sections(text)).organisation == organisation


def test_a_hall_is_no_place() -> None:
    assert read(f"{TITLE}\n地点：县会议中心\n").place is None


def test_a_made_up_title_says_what_the_speech_is_about() -> None:
    text = "同志们：\n刚才，几位同志发了言。下面，就加强机关建设，我谈几点意见。"
    meta = infer_metadata(Metadata(), text, split_sections(text))
    assert (meta.title, meta.title_inferred) == ("关于加强机关建设的讲话", True)
