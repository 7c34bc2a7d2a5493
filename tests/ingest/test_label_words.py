"""Labels that no list holds whole, and keys that programs write, are read by what they ask for."""

from __future__ import annotations

import json
from itertools import product

from corpus_app.ingest.metadata.keys import find_key_field, read_key_line
from corpus_app.ingest.metadata.label_cells import is_bare_label
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.persons import clean_name
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each

TITLE = "在枫林县人大工作会议上的讲话"
BODY = (
    "同志们：\n今天的会议很重要，请大家认真讨论，把各项任务抓紧抓好，抓出成效。\n"
    "一、提高认识\n要把思想统一到会议精神上来，把力量凝聚到重点任务上来，真抓实干。\n"
    "二、狠抓落实\n各级各部门要加强领导，密切配合，确保完成全年任务。\n谢谢大家！\n"
)
ASKED = [
    ("播出日期", "2024-01-09", "published"),
    ("节目首播时间", "2024-01-09", "published"),
    ("录制时间", "2024-01-09", "delivered"),
    ("特邀嘉宾", "周明", "speaker"),
    ("讲的人", "周明", "speaker"),
    ("嘉宾职务", "县委书记", "role"),
    ("资料来源", "枫林日报", "source"),
    ("来源公众号", "枫林人大", "source"),
    ("发布网站", "枫林网", "source"),
    ("该页地址", "https://www.fl.example.cn/a/1.html", "url"),
    ("帖子标题", TITLE, "title"),
    ("稿名", TITLE, "title"),
    ("底本来源", "枫林日报", "source"),
    ("作者单位及职务", "县委书记", "role"),
    ("上传", "2024-01-09", "published"),
    ("發表場合", "枫林县人大工作会议", "occasion"),
    ("上載日期", "2024-01-09", "published"),
]
IN_TWO = [
    ("讲话人 Speaker", "speaker"),
    ("Source 來源", "source"),
    ("Date of speech", "delivered"),
    ("Position", "role"),
    ("讲话（撰文）人", "speaker"),
]
# What is kept of a page: days and people of its own.
KEPT = [
    first + last
    for first, last in product(("剪藏", "快照", "抓取", "摘录", "镜像", "存档"), ("时间", "日期"))
]
ADDRESS = "https://www.fl.example.cn/art/202401/9.html"


@for_each("label, value, field", ASKED)
def test_a_label_put_together_of_known_words_asks_for_its_field(
    label: str, value: str, field: str
) -> None:
    assert read_labels(f"{label}：{value}") == [(field, value)]
    apart = "　".join(label)
    assert read_labels(f"【{apart}】{value}") == [(field, value)]


@for_each("label, field", IN_TWO)
def test_a_label_in_two_languages_or_of_two_acts_asks_for_its_field(label: str, field: str) -> None:
    assert is_bare_label(label)
    assert read_labels(label) == [(field, "")]


def test_a_nearly_json_record_and_a_table_of_two_languages_are_read() -> None:
    lines = [f'"标题": "{TITLE}",', '"讲话人": "周明",', f'"原网址": "{ADDRESS}",', '"正文": [']
    meta = parse_bytes(("{\n" + "\n".join(lines) + f"\n{BODY}]}}\n").encode(), "a.txt").metadata
    assert (meta.title, meta.speaker, meta.source_url) == (TITLE, "周明", ADDRESS)
    rows = [("讲话人 Speaker", "周明"), ("Position", "县委书记"), ("Event", "枫林县人大工作会议")]
    head = "".join(f"{label}\t{value}\n" for label, value in rows)
    meta = parse_bytes(f"{TITLE}\n{head}{BODY}".encode(), "a.txt").metadata
    assert (meta.speaker, meta.speaker_role) == ("周明", "县委书记")


@for_each("label", ["会议名称", "会议", "场合", "活动名称"])
def test_a_speech_named_where_its_meeting_is_asked_for_is_the_title(label: str) -> None:
    text = f"{label}：{TITLE}\n讲话人：周明\n日期：2024年1月9日\n{BODY}"
    meta = parse_bytes(text.encode(), "稿.txt").metadata
    assert (meta.title, meta.occasion) == (TITLE, "枫林县人大工作会议")
    assert (meta.title_inferred, meta.speaker) == (False, "周明")


@for_each("desk", ["宣传科", "党政办", "党群工作部", "计财科", "水利局", "司法所", "同上"])
def test_a_desk_that_begins_as_a_name_does_is_no_speaker(desk: str) -> None:
    text = f"{TITLE}\n来源：枫林人大网 作者：{desk} 日期：2024-01-09\n{BODY}"
    meta = parse_bytes(text.encode(), "稿.txt").metadata
    assert (meta.title, meta.speaker, meta.source_name) == (TITLE, None, "枫林人大网")


@for_each("label", KEPT)
def test_the_day_on_which_a_page_was_kept_is_none_of_its_days(label: str) -> None:
    assert read_labels(f"{label}：2029-03-02") == [("other", "2029-03-02")]


@for_each("word", ["讲话要求", "会议强调", "学习讲话", "报告指出", "来源于实践"])
def test_other_words_of_speeches_are_no_labels(word: str) -> None:
    assert not is_bare_label(word)
    assert read_labels(f"{word}：要真抓实干") == []


@for_each("word", ["演讲者", "网址", "来源库", "姓名"])
def test_no_label_is_a_name(word: str) -> None:
    assert clean_name(word) == ""


@for_each(
    "line, pair",
    [
        (f'title = "{TITLE}"', ("title", TITLE)),
        (f"#+TITLE: {TITLE}", ("title", TITLE)),
        ("speaker=周明", ("speaker", "周明")),
        ("  howpublished = {枫林日报},", ("source", "枫林日报")),
        ("AU  - 周明", ("author", "周明")),
        ("dc:publisher 枫林日报", ("source", "枫林日报")),
        (f'"标题": "{TITLE}",', ("title", TITLE)),
        (f"[title] {TITLE}", ("title", TITLE)),
        ("<媒体名称>=枫林日报", ("source", "枫林日报")),
        ("讲话人:: 周明", ("speaker", "周明")),
        ("- **讲话人**：周明", ("speaker", "周明")),
        (f"URL Source: {ADDRESS}", ("url", ADDRESS)),
        ("saved date: 2029-03-06", ("other", "2029-03-06")),
    ],
)
def test_a_line_of_a_program_is_a_key_with_its_value(line: str, pair: tuple[str, str]) -> None:
    assert read_key_line(line) == pair
    assert read_labels(line) == [pair]


@for_each(
    "key, field",
    [
        ("docTitle", "title"),
        ("pub_date", "published"),
        ("mediaName", "source"),
        ("crawl_time", "other"),
        ("讲话者", "speaker"),
        ("发布网站", "source"),
        ("Speaker's position", "role"),
        ("Originally published in", "source"),
        ("Last updated", "updated"),
        ("subtitle", ""),
        ("edition", ""),
    ],
)
def test_a_key_names_its_field_however_it_is_spelt(key: str, field: str) -> None:
    assert find_key_field(key) == field


def test_a_front_matter_is_read_by_all_keys_that_name_a_field() -> None:
    head = (
        f'---\ntitle: "{TITLE}"\n讲话人: 周明\nrole: 县委书记\npublisher: 枫林日报\n'
        f"link: {ADDRESS}\npublished: 2024-01-10\nclipped: 2029-03-02\n---\n"
    )
    meta = parse_bytes((head + BODY).encode(), "note.md").metadata
    assert (meta.title, meta.speaker, meta.speaker_role) == (TITLE, "周明", "县委书记")
    assert (meta.source_name, meta.source_url) == ("枫林日报", ADDRESS)
    assert {name: date.value for name, date in meta.dates.items()} == {"published": "2024-01-10"}


@for_each(
    "head",
    [
        "讲话人｜周明\n来源丨枫林日报\n",
        "来源 枫林日报 | 作者 周明\n",
        "author: 周明 | source: 枫林日报\n",
        "1. 讲话人：周明\n2. 来源：枫林日报\n",
        "# 讲话人: 周明\n# 来源: 枫林日报\n# 抓取: 2029-01-02\n",
        "讲话人 => 周明\n来源 => 枫林日报\n",
        "By 周明\nvia 枫林日报\n",
        "供图：李华 来源：枫林日报\n讲话：周明\n",
        "【讲话人简介】周明，县委书记\n首发：枫林日报\n",
    ],
)
def test_a_head_of_labels_tells_person_and_source_however_they_are_parted(head: str) -> None:
    draft = parse_bytes(f"{TITLE}\n{head}{BODY}".encode(), "a.txt")
    meta = draft.metadata
    assert (meta.title, meta.speaker, meta.source_name) == (TITLE, "周明", "枫林日报")
    assert not meta.dates
    assert draft.text == BODY.strip()


def test_a_record_tells_the_speaker_in_an_object_of_its_own() -> None:
    person = {"name": "周明", "title": "县委书记"}
    record = {"headline": TITLE, "speaker": person, "outlet": "枫林日报", "text": BODY}
    record |= {"datePublished": "2024-01-09", "fetched_at": "2029-01-02"}
    meta = parse_bytes(json.dumps(record, ensure_ascii=False).encode(), "a.json").metadata
    assert (meta.speaker, meta.speaker_role, meta.source_name) == ("周明", "县委书记", "枫林日报")
    assert {name: date.value for name, date in meta.dates.items()} == {"published": "2024-01-09"}


def test_the_day_of_a_snapshot_is_told_by_no_line() -> None:
    told = f"此网页由用户于2029年1月2日存档，原始网址为 {ADDRESS}\n"
    meta = parse_bytes(f"{told}{TITLE}\n枫林日报 2024-01-09\n{BODY}".encode(), "a.txt").metadata
    assert {name: date.value for name, date in meta.dates.items()} == {"published": "2024-01-09"}
    assert meta.source_url == ADDRESS
