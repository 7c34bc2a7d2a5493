"""Values as papers, stations, dumps and mirrors print them around a speech. All names invented."""

from __future__ import annotations

from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.labelling.parting import part_line
from corpus_app.ingest.metadata.addresses import read_address
from corpus_app.ingest.metadata.bylines import read_byline, read_citation, read_source
from corpus_app.ingest.metadata.label_values import apply_labels
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import is_organisation
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.reader import read_head
from corpus_app.ingest.metadata.title_choice import surely_goes_on
from corpus_app.ingest.metadata.title_lines import cut_site, read_title_words
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.plausibility.titles import find_title_fault
from tests.folding import for_each
from tests.ingest.test_label_words import ADDRESS, BODY, TITLE

OFFICE, NAME = "枫林县副县长", "周明"


def read(head: str, foot: str = "") -> Metadata:
    raw = head + BODY + foot
    return read_head(raw, remove_noise(raw).removed).meta


@for_each(
    "line, pairs",
    [
        (
            "发布日期是2024年1月9日，信息来源是枫林日报。",
            [("published", "2024年1月9日"), ("source", "枫林日报")],
        ),
        ("篇　名　" + TITLE, [("title", TITLE)]),
        ("提　要　见全文", [("other", "见全文")]),
        ("资料来源：枫林日報", [("source", "枫林日報")]),
        ("最后更改：2024-01-09", [("updated", "2024-01-09")]),
    ],
)
def test_a_line_of_labels_is_read_without_colons(line: str, pairs: list[tuple[str, str]]) -> None:
    assert read_labels(line) == pairs


@for_each(
    "value, source",
    [
        ("枫林日报　信息员：李华", "枫林日报"),
        ("发布于枫林融媒", "枫林融媒"),
        ("剪自枫林晚报", "枫林晚报"),
        ("@枫林发布", "枫林发布"),
        ("枫林日报数字报", "枫林日报"),
        ("枫林县人民政府办公室客户端", "枫林县人民政府办公室"),
        ("2024-01-09 17:35:02 · 678次浏览", None),
        ("枫林日报客户端客户端", "枫林日报客户端"),
        ("枫林手机报】早报", None),
        ("载]", None),
    ],
)
def test_the_name_of_a_source_is_cut_out_of_what_stands_beside_it(
    value: str, source: str | None
) -> None:
    meta = Metadata()
    apply_labels(meta, [("source", value)])
    assert meta.source_name == source


@for_each(
    "line, source",
    [
        ("本文来自公众号“枫林人大网”，版权归原作者所有", "枫林人大网"),
        ("以下文字转载自枫林新闻网", "枫林新闻网"),
        ("枫林日报供稿", "枫林日报"),
        ("原文来自枫林人大网", "枫林人大网"),
        ("出自枫林日报", "枫林日报"),
    ],
)
def test_a_line_tells_where_the_words_were_taken_from(line: str, source: str) -> None:
    assert read_citation(line) == [("source", source)]


def test_a_line_tells_where_and_when_the_text_was_posted() -> None:
    cited = [("source", "枫林政府网"), ("published", "2009.01.19")]
    assert (
        read_source("（原载枫林政府网，2009.01.19）")
        == read_source("录自枫林政府网 2009.01.19")
        == cited
    )
    assert read_source("据县统计局2009年1月19日的数字，粮食又增产了。") == []
    pairs = [("source", "枫林发布"), ("published", "2024-01-09")]
    assert read_citation("（2024-01-09发布于枫林发布）") == pairs
    assert read_citation("（2024-01-09发布于会议室）") == []


@for_each("line", ["听写：周明　复听：李华", "制卡　周明　2024年1月9日"])
def test_who_did_something_else_is_no_author(line: str) -> None:
    assert "author" not in dict(read_byline(line, Metadata()))


@for_each(
    "line, told",
    [
        (f"[{OFFICE}　{NAME}]　09:06", {"speaker": NAME, "speaker_role": OFFICE}),
        (f"讲话人：{OFFICE}，{NAME}", {"speaker": NAME, "speaker_role": OFFICE}),
        ("院长旺堆次仁", {"speaker": "旺堆次仁", "speaker_role": "院长"}),
        ("区长（代）", {"speaker_role": "区长（代）"}),
        (f"讲话实录：{OFFICE} {NAME}", {"speaker": NAME, "speaker_role": OFFICE}),
        (f"{NAME}（时任{OFFICE}）", {"speaker": NAME, "speaker_role": OFFICE}),
        (f"【同期】{NAME}　{OFFICE}", {"speaker": NAME, "speaker_role": OFFICE}),
        (f"（2024年1月9日，{OFFICE}{NAME}）", {"speaker": NAME, "speaker_role": OFFICE}),
        (f"主持人李华对话{OFFICE}{NAME}", {}),
        ("【文献来源】枫林县人民政府办公室", {}),
    ],
)
def test_a_line_tells_office_and_holder_in_any_order(line: str, told: dict[str, str]) -> None:
    assert tell_person(line) == told


def test_an_office_beside_the_name_is_the_speakers() -> None:
    meta = read(f"{TITLE}\n文 / {NAME}\n（{OFFICE}）\n")
    assert (meta.speaker, meta.speaker_role) == (NAME, OFFICE)
    meta = read(f"{TITLE}\n来源：枫林日报　作者：{NAME}\n", f"（作者：{NAME}，{OFFICE}）\n")
    assert (meta.speaker, meta.speaker_role) == (NAME, OFFICE)


@for_each(
    "line, parts",
    [
        (f"{TITLE} | {NAME} | 枫林日报 | 2024-01-09", 4),
        (f"政府工作报告（2024.1.9在枫林县七届人大七次会议上）县长　{NAME}", 3),
        ("首页 | 要闻 | 通知公告 | 领导讲话", 1),
        (f"上一版 下一版\t谈谈代表建议办理(2024年01月09日){NAME}", 4),
        (f"查看: 48 | 回复: 3\t[领导讲话] {TITLE}", 3),
    ],
)
def test_a_line_of_title_person_source_and_day_is_parted(line: str, parts: int) -> None:
    assert len(part_line(line)) == parts


@for_each(
    "words",
    [
        *("共177字　分三次发", "速记稿，未经本人审核", "已结束 907人看过", "建议在WiFi下阅读"),
        *("正在直播 3058人围观", "已读 49　未读 70", "剪藏自 网页剪报", "枫林广播 FM 98.7"),
        *(
            "阅读需81分钟",
            "字数826字　一次发完",
            "录音整理（内部，勿外传）",
            "本帖最后由 老李 编辑",
        ),
    ],
)
def test_what_a_page_counts_or_keeps_is_no_title(words: str) -> None:
    assert find_title_fault(words) is not None


def test_a_title_is_joined_where_a_word_breaks_and_not_with_its_author() -> None:
    assert surely_goes_on("新时代县级人", "大建设：成就、挑战与路径")
    assert surely_goes_on("枫林县第十届人民代表大会", "第六次会议关于县法院工作报告的决议")
    assert not surely_goes_on("预算审查监督怎样审到点子上", "班兴")
    assert cut_site(f"{TITLE} (转载)") == cut_site(f"{TITLE}（定稿）") == TITLE


def test_a_hall_is_no_body_and_an_office_no_unit() -> None:
    assert not is_organisation("图文直播厅")
    meta = Metadata()
    apply_labels(meta, read_labels(f"单位：{OFFICE}"))
    assert (meta.speaker_role, meta.organisation) == (OFFICE, None)


def test_the_meeting_again_below_a_title_is_not_the_title() -> None:
    meta = read(f"跳至导航\n{TITLE}\n作者：{NAME}\n底本来源：枫林日报\n{TITLE[:-3]}\n")
    assert (meta.title, meta.speaker, meta.source_name) == (TITLE, NAME, "枫林日报")


def test_a_title_is_read_without_the_label_that_no_list_knows() -> None:
    assert read_title_words(f"资源描述：《{TITLE}》") == TITLE


@for_each(
    "head, foot",
    [
        (f"该页地址：{ADDRESS}\n快照时间：2029-03-02\n{TITLE}\n", ""),
        (f"https://archive.example/web/20290302/{ADDRESS}\n{TITLE}\n", ""),
        (f"{TITLE}\n", f"{ADDRESS}　　1/3\n"),
        (f"{TITLE}\n", f"{ADDRESS}　第 1 页，共 8 页\n"),
        (f"{TITLE}\n", f"来源：枫林日报（{ADDRESS}）\n"),
    ],
)
def test_a_line_names_the_address_of_the_original(head: str, foot: str) -> None:
    assert read(head, foot).source_url == ADDRESS


@for_each(
    "foot",
    [
        f"{ADDRESS}\n",
        f"附件下载：{ADDRESS}\n",
        "转载自：http://www.fl.example.cn/index.html\n",
        f"原文：{ADDRESS}\n来源：https://www.other.example.cn/b/202401/7.html\n",
    ],
)
def test_other_addresses_are_none_of_the_page(foot: str) -> None:
    meta = Metadata()
    raw = f"{TITLE}\n{BODY}{foot}"
    read_address(meta, raw)
    assert meta.source_url is None


def test_the_last_change_of_a_post_is_the_day_of_update() -> None:
    meta = read(f"{TITLE}\n老笔头\n发表于 2024-01-09 10:17\n本帖最后由 老笔头 于 2024/02/01 编辑\n")
    assert meta.dates["updated"].value == "2024-02-01"


def test_cells_are_read_by_the_labels_above_them_whatever_they_were_taken_for() -> None:
    cells = f"总登记号\nW20680\n讲话人\n{NAME}\n职务\n{OFFICE}\n质地\n纸本\n收藏单位\n枫林博物馆\n"
    meta = read(f"{TITLE}\n{cells}")
    assert (meta.speaker, meta.speaker_role) == (NAME, OFFICE)


def test_an_editors_note_below_the_speech_tells_who_spoke() -> None:
    meta = read(f"{TITLE}\n", f"本文系{OFFICE}{NAME}讲话的记录稿，收入时作了文字订正。\n")
    assert (meta.speaker, meta.speaker_role) == (NAME, OFFICE)


def test_the_head_of_a_wire_tells_paper_and_day() -> None:
    line = "〔枫林日报枫林县2024年1月9日电〕"
    assert read_citation(line) == [("source", "枫林日报"), ("published", "2024年1月9日")]


def test_the_day_of_who_typed_a_text_is_none_of_the_speech() -> None:
    meta = read(f"{TITLE}\n", f"听写：{NAME}　　复听：李华　　2024年1月9日\n")
    assert (meta.speaker, meta.dates) == (None, {})
