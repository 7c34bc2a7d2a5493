"""Lines of strangers' heads and feet that no label explains. All names are invented."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.witness import read_values
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.plausibility.heads import find_unread_head

TITLE = "在全县人大代表工作会议上的讲话"
SALUTATION = "各位代表、同志们："
BODY = (
    "今天的会议开得很好，开出了团结，开出了干劲，开出了信心。大家回去以后要抓好落实。\n"
    "过去一年，我们依法履行职责，办理代表建议一百二十件，群众是满意的，也还有不少差距。\n"
    "下一步，要把会议精神传达到每一个乡镇，用实际行动回答群众的期盼，不辜负大家的信任。\n"
)


def parse(*head: str, foot: str = "", name: str = "a.txt") -> Draft:
    lines = [*head, SALUTATION, BODY.rstrip("\n"), *filter(None, [foot])]
    return parse_bytes("\n".join(lines).encode(), name)


@pytest.mark.parametrize(
    ("lines", "source", "day"),
    [
        (["来源 | 枫岭日报"], "枫岭日报", None),
        (["时间 | 2023-05-10　来源 | 枫岭日报"], "枫岭日报", "2023-05-10"),
        (["2023-05-10 | 来源 | 枫岭日报"], "枫岭日报", "2023-05-10"),
        (["来源丨枫岭日报"], "枫岭日报", None),
        (["日期：2023年5月10日来源：枫岭县府办公室作者：周明"], "枫岭县府办公室", "2023-05-10"),
        (["[ 发布日期 ] 2023-05-10　[ 来源 ] 枫岭日报"], "枫岭日报", "2023-05-10"),
        (["2023-05-10 09:12　来源：枫岭日报　举报"], "枫岭日报", "2023-05-10"),
        (["枫岭县人大办", "2023-05-10 09:12"], "枫岭县人大办", "2023-05-10"),
        (["2023-05-10 09:12", "枫岭县人民政府办公室"], "枫岭县人民政府办公室", "2023-05-10"),
        (["枫岭人大 发布于 2023-05-10"], "枫岭人大", "2023-05-10"),
        (["枫岭晚报 · 2023年5月10日"], "枫岭晚报", "2023-05-10"),
        (["挂网时间：2023-05-10　信息提供：枫岭发布"], "枫岭发布", "2023-05-10"),
        (["《枫岭日报》（2023年5月10日　第 03 版）"], "枫岭日报", "2023-05-10"),
    ],
)  # fmt: skip
def test_source_and_day_stand_beside_each_other_in_many_ways(
    lines: list[str], source: str, day: str | None
) -> None:
    values = read_values(parse(TITLE, *lines).metadata)
    assert (values.get("source"), values.get("published")) == (source, day)
    assert "delivered" not in values


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("（2023-05-08）", "published"),
        ("[2023-05-08]", "published"),
        ("【2023.05.08】", "published"),
        ("（2023.5.8）", "delivered"),
        ("（2023年5月8日）", "delivered"),
        ("（2023年5月8日15:00）", "delivered"),
        ("修改于 2023-05-08", "updated"),
        ("最后修改：2023-05-08", "updated"),
    ],
)
def test_how_a_day_is_printed_tells_whose_it_is(line: str, field: str) -> None:
    dates = parse(TITLE, line, "周明").metadata.dates
    assert {name: date.value for name, date in dates.items()} == {field: "2023-05-08"}


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (["枫岭日报　2023年5月10日　星期三", "第02版：要闻"], "2023-05-10"),
        (["枫岭县人大常委会办公室　　2023年5月10日"], "2023-05-10"),
    ],
)
def test_a_day_above_the_title_is_that_of_the_paper(head: list[str], day: str) -> None:
    dates = parse(*head, TITLE, "（2023年5月8日）", "县委书记　周明").metadata.dates
    assert (dates["published"].value, dates["delivered"].value) == (day, "2023-05-08")


def test_a_day_that_others_kept_the_page_on_is_no_day_of_the_speech() -> None:
    assert parse(TITLE, "剪藏时间 2025年3月1日", "周明").metadata.dates == {}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["关于代表建议", "、批评办理情况的报告", "周明"], "关于代表建议、批评办理情况的报告"),
        (["以高质量履职服务", "高质量发展", "（2023年5月8日）"], "以高质量履职服务高质量发展"),
        (["枫岭县人大办", "把板凳搬到群众家门口去", "2023-05-10 09:12"], "把板凳搬到群众家门口去"),
        (["把板凳搬到群众家门口去", "作者　周明"], "把板凳搬到群众家门口去"),
        (["#学习园地# " + TITLE, "周明"], TITLE),
        ([TITLE + "〔1〕", "（2023年5月8日）"], TITLE),
        (["64人在看", TITLE, "2023-05-10 09:12"], TITLE),
    ],
)  # fmt: skip
def test_a_title_is_whole_and_nothing_else(head: list[str], title: str) -> None:
    assert (parse(*head).metadata.title or "").replace(" ", "") == title.replace(" ", "")


def test_buttons_are_no_subtitle_and_no_speaker() -> None:
    meta = parse(TITLE, "2023-05-10 09:12", "A- A A+", "关注", "（送审稿）", "广东").metadata
    assert (meta.subtitle, meta.speaker) == (None, None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("陆明远代表", {"speaker": "陆明远"}),
        ("各位代表", {"speaker_role": "各位代表"}),
        ("* 作者系枫岭县委书记。", {"speaker_role": "枫岭县委书记"}),
        ("枫岭县代理县长旺堆次仁同志们好", {}),
    ],
)
def test_who_is_called_by_what_he_is_has_a_name(line: str, told: dict[str, str]) -> None:
    assert tell_person(line) == told


@pytest.mark.parametrize(
    ("foot", "values"),
    [
        ("陆明远\n二〇二三年五月八日", {"speaker": "陆明远", "delivered": "2023-05-08"}),
        ("枫岭县人民政府", {"organisation": "枫岭县人民政府"}),
        ("《枫岭日报》（2023年5月10日 第3版）", {"source": "枫岭日报", "published": "2023-05-10"}),
        ("发布于 2023-05-10 09:12", {"published": "2023-05-10"}),
    ],
)
def test_the_last_lines_sign_the_text_or_tell_where_it_was_printed(
    foot: str, values: dict[str, str]
) -> None:
    draft = parse(TITLE, foot=foot)
    known = read_values(draft.metadata)
    assert {name: known.get(name) for name in values} == values
    assert draft.text == f"{SALUTATION}\n{BODY.rstrip()}"


@pytest.mark.parametrize(
    "sentence",
    [
        "据统计，2023年全县地区生产总值完成768.34亿元，财政收入增长9.6%。",
        "要认真学习《代表法》，把法律规定落到实处，让代表敢说话、说真话。",
        "让我们携手同行，开创枫岭工作新局！",
    ],
)
def test_a_last_sentence_of_the_speech_stays(sentence: str) -> None:
    draft = parse(TITLE, "周明", foot=sentence)
    assert draft.text.endswith(sentence)
    assert "source" not in read_values(draft.metadata)


@pytest.mark.parametrize(
    "foot",
    [
        "〔1〕这是陆明远同志在全县人大代表工作会议上的讲话要点。",
        "（原件存枫岭档案馆，抄录人陆明远，核对人周明）",
        "■枫岭日报记者陆明远",
        "导出自云笔记",
        "标注(97)　笔记(85)",
        "管理　编辑　删除",
        "个人观点，仅供参考",
        "本站是提供个人知识管理的网络存储空间",
        "收集于网络，如有侵权请联系管理员删除",
        "89 枫岭人大 2018.18",
        "陆明远(77939)  11:02:51\n辛苦了",
        "相似范文\n关于抓落实的讲话稿",
        "【点评】\n层次清楚",
        "------分隔线------",
    ],
)
def test_what_keepers_and_copiers_put_below_goes(foot: str) -> None:
    assert parse(TITLE, "周明", foot=foot).text == f"{SALUTATION}\n{BODY.rstrip()}"


@pytest.mark.parametrize(
    "again",
    ["{}（二十大）", "【{}】（全文）", "高举旗帜谱写新的篇章 全面建设社会主义现代化国家而奋斗"],
)
def test_a_title_printed_twice_is_no_line_unread(again: str) -> None:
    title = "高举旗帜谱写新的篇章 为全面建设社会主义现代化国家而奋斗"
    line = again.format(title)
    span = {"kind": "unread", "rule": "header", "text": line, "start": 0}
    assert find_unread_head(f"{SALUTATION}\n{BODY}", [span], [title]) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["讲话人：周明", "讲话地点：县会议中心", "讲话内容："],
        ["周明", "（本刊根据录音整理，未经本人审阅）"],
    ],
)
def test_lines_that_tell_no_field_are_understood_all_the_same(lines: list[str]) -> None:
    draft = parse(TITLE, *lines)
    assert draft.metadata.speaker == "周明"
    assert "unread" not in {span.kind for span in draft.removed}


def test_what_was_handed_out_with_a_speech_is_shown_as_unread() -> None:
    draft = parse(TITLE, "周明", foot="附件：任务分工表")
    assert [span.kind for span in draft.removed if "附件" in span.text] == ["unread"]
    assert "unread" in {notice.code for notice in draft.notices}


def test_a_day_as_people_write_it_below_the_speaker_is_the_speechs() -> None:
    dates = parse(TITLE, "县长　周明", "2023.5.6").metadata.dates
    assert {name: date.value for name, date in dates.items()} == {"delivered": "2023-05-06"}


@pytest.mark.parametrize(
    "line", ["《枫岭人大》2016年第16期", "枫岭县人大常委会办公室　　2023年5月18日印发"]
)
def test_an_issue_or_who_printed_copies_is_no_source(line: str) -> None:
    values = read_values(parse(line, TITLE, "（2023年5月8日）", "周明").metadata)
    assert ("source" in values, "published" in values) == (False, False)


def test_cards_of_archives_and_libraries_are_read_by_their_labels() -> None:
    card = (
        "篇　名：在枫岭县代表工作会议上的讲话",
        "责任者：周明远",
        "责任者职务：枫岭县人大常委会主任",
        "形成时间：2012年5月6日",
        "文献来源：枫岭日报",
        "载体形态：复印件，16开",
    )
    meta = parse(*card).metadata
    assert meta.title == "在枫岭县代表工作会议上的讲话"
    assert (meta.speaker, meta.speaker_role) == ("周明远", "枫岭县人大常委会主任")
    assert meta.dates["delivered"].value == "2012-05-06"
    assert meta.source_name == "枫岭日报"
