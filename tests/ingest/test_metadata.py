"""What the lines around a speech say. All texts, places and people are invented."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Metadata, PartialDate, Removed
from corpus_app.ingest.metadata.reader import read_head

BODY = (
    "各位代表、同志们：\n今天的会议开得很好，开出了团结，开出了干劲，开出了信心。大家要抓好落实。\n"
)


def read(head: str, foot: str = "") -> Metadata:
    return read_head(f"{head}\n{BODY}{foot}", []).meta


def left(head: str, foot: str = "") -> str:
    raw = f"{head}\n{BODY}{foot}"
    for span in reversed(read_head(raw, []).spans):
        assert raw[span.start : span.end] == span.text
        raw = raw[: span.start] + raw[span.end :]
    return raw.strip()


HEAD = "在全县人大代表工作会议上的讲话\n（2023年5月6日）\n云溪县人大常委会主任　陆 明远"


def test_it_reads_title_date_office_and_name() -> None:
    meta = read(HEAD)
    assert meta.title == "在全县人大代表工作会议上的讲话"
    assert meta.dates == {"delivered": PartialDate("2023-05-06", "day")}
    assert (meta.speaker_role, meta.speaker) == ("云溪县人大常委会主任", "陆明远")


def test_it_leaves_the_body_and_nothing_else() -> None:
    assert left(HEAD) == BODY.strip()


def test_it_marks_titles_and_other_lines_as_such() -> None:
    spans = read_head(f"{HEAD}\n{BODY}", []).spans
    assert [s.kind for s in spans] == ["title", "metadata", "metadata"]


@pytest.mark.parametrize("dash", ["——", "—", "－－", "--"])
def test_it_parts_title_and_subtitle_at_a_dash(dash: str) -> None:
    meta = read(f"凝心聚力开新局{dash}在全县人大工作会议上的讲话")
    assert (meta.title, meta.subtitle) == ("凝心聚力开新局", "在全县人大工作会议上的讲话")


@pytest.mark.parametrize("lead", ["——", "", "（"])
def test_it_takes_the_line_below_the_title_for_the_subtitle(lead: str) -> None:
    end = "）" if lead == "（" else ""
    meta = read(f"凝心聚力开新局\n{lead}在全县人大工作会议上的讲话{end}")
    assert (meta.title, meta.subtitle) == ("凝心聚力开新局", "在全县人大工作会议上的讲话")


def test_it_joins_a_title_broken_in_two_lines() -> None:
    assert read("在全县人大代表工作会议上的讲\n话").title == "在全县人大代表工作会议上的讲话"
    assert read("坚定制度自信展现人大担当\n奋力谱写云溪发展新篇章").title == (
        "坚定制度自信展现人大担当 奋力谱写云溪发展新篇章"
    )


def test_it_reads_a_dated_subtitle_with_office_and_name_on_two_lines() -> None:
    meta = read(
        "政府工作报告\n——2024年1月9日在云溪县第十八届人民代表大会第三次会议上\n县长\n陆　明"
    )
    assert meta.title == "政府工作报告"
    assert meta.dates["delivered"].value == "2024-01-09"
    assert meta.speaker == "陆明"


def test_it_reads_a_date_in_brackets_behind_the_title() -> None:
    meta = read("在全县人大工作会议上的讲话（2023年5月）")
    assert meta.title == "在全县人大工作会议上的讲话"
    assert meta.dates == {"delivered": PartialDate("2023-05", "month")}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("发布时间：2022-06-23 09:10", "published", "2022-06-23"),
        ("发布日期: 2022年6月23日", "published", "2022-06-23"),
        ("更新时间:2024-04", "updated", "2024-04"),
        ("日　期：2022/06/23", "published", "2022-06-23"),
        ("讲话时间：2021年12月", "delivered", "2021-12"),
        ("发布时间 2022-06-23", "published", "2022-06-23"),
        ("2022-06-23 09:10:11", "published", "2022-06-23"),
        ("2023年5月6日", "delivered", "2023-05-06"),
    ],
)
def test_it_tells_published_updated_and_delivered_apart(line: str, field: str, value: str) -> None:
    meta = read(f"在全县人大工作会议上的讲话\n{line}")
    assert {name: date.value for name, date in meta.dates.items()} == {field: value}
    assert left(f"在全县人大工作会议上的讲话\n{line}") == BODY.strip()


def test_it_reads_several_labels_on_one_line() -> None:
    meta = read(
        "在全县人大工作会议上的讲话\n"
        "发布时间：2022-06-23　来源：云溪人大网　作者：佚名　责任编辑：小陆　浏览次数：120"
    )
    assert meta.dates == {"published": PartialDate("2022-06-23", "day")}
    assert (meta.source_name, meta.source_url, meta.speaker) == ("云溪人大网", None, None)


@pytest.mark.parametrize("author", ["佚名", "网友投稿", "未知", "admin", "本站", "云溪县委办"])
def test_it_takes_no_stand_in_for_a_speaker(author: str) -> None:
    assert read(f"在全县人大工作会议上的讲话\n作者：{author}").speaker is None


@pytest.mark.parametrize(
    ("line", "role", "name"),
    [
        ("讲话人：陆明远", None, "陆明远"),
        ("【讲话人】陆明远", None, "陆明远"),
        ("讲话人：县人大常委会主任 陆明远", "县人大常委会主任", "陆明远"),
        ("县人大常委会党组书记、主任 陆明", "县人大常委会党组书记、主任", "陆明"),
        ("云溪县县长欧阳明远", "云溪县县长", "欧阳明远"),
        ("陆　明　远", None, "陆明远"),
        ("县人大常委会主任 陆XX", "县人大常委会主任", "陆XX"),
    ],
)
def test_it_reads_the_speaker_in_any_of_these_forms(line: str, role: str | None, name: str) -> None:
    meta = read(f"在全县人大工作会议上的讲话\n{line}")
    assert (meta.speaker_role, meta.speaker) == (role, name)


def test_it_reads_an_organisation_on_a_line_of_its_own() -> None:
    meta = read("依法履职的实践与探索\n云溪县人大常委会")
    assert (meta.title, meta.organisation) == ("依法履职的实践与探索", "云溪县人大常委会")


def test_it_reads_date_and_meeting_of_a_resolution() -> None:
    meta = read(
        "云溪县人民代表大会关于县人民政府工作报告的决议\n"
        "（2024年1月11日云溪县第十八届人民代表大会第三次会议通过）"
    )
    assert meta.dates["delivered"].value == "2024-01-11"
    assert meta.occasion == "云溪县第十八届人民代表大会第三次会议"


def test_it_reads_source_and_address_below_the_speech() -> None:
    foot = "来源：云溪人大网\n原文链接：http://www.example.cn/a/1.html"
    meta = read(HEAD, foot)
    assert (meta.source_name, meta.source_url) == ("云溪人大网", "http://www.example.cn/a/1.html")
    assert left(HEAD, foot) == BODY.strip()


def test_it_reads_an_address_from_a_line_that_was_removed_as_noise() -> None:
    line = "原文链接：http://www.example.cn/a/1.html"
    raw = f"{HEAD}\n{BODY}{line}"
    start = raw.index(line)
    head = read_head(raw, [Removed("link", line, start, len(raw), "test")])
    meta, spans = head.meta, head.spans
    assert meta.source_url == "http://www.example.cn/a/1.html"
    assert all(span.end <= start for span in spans)


def test_it_reads_a_signature_block() -> None:
    foot = "云溪县人大常委会\n2023年6月1日"
    meta = read("依法履职的实践与探索", foot)
    assert meta.organisation == "云溪县人大常委会"
    assert meta.dates == {"delivered": PartialDate("2023-06-01", "day")}
    assert left("依法履职的实践与探索", foot) == BODY.strip()


def test_it_keeps_thanks_and_names_at_the_end_that_are_no_signature() -> None:
    assert left(HEAD, "谢谢大家！").endswith("谢谢大家！")
    assert left(HEAD, "高山仰止\n陆明远").endswith("高山仰止\n陆明远")


def test_it_takes_a_title_repeated_below_the_first_only_once() -> None:
    line = "在全县人大工作会议上的讲话"
    assert read(f"{line}\n发布时间：2022-06-23\n{line}").title == line
    assert left(f"{line}\n发布时间：2022-06-23\n{line}") == BODY.strip()


@pytest.mark.parametrize(
    "body",
    [
        "同志们：\n今天我们开会。\n",
        "同志们，刚才大家作了很好的发言。\n请大家抓好落实。\n",
        "一、去年\n去年我们办成了三件大事。\n",
        "大会听取和审议了县长陆明所作的\n政府工作报告\n。会议充分肯定县政府的工作。\n",
    ],
)
def test_it_invents_no_title_and_takes_nothing_where_there_is_no_header(body: str) -> None:
    head = read_head(body, [])
    meta, spans = head.meta, head.spans
    assert (meta.title, spans) == (None, [])


def test_it_reads_the_header_of_a_file_that_is_one_long_line() -> None:
    head = "在县人大常委会学习会上的讲话 (2018年4月20日) 县人大常委会主任 陆明"
    raw = f"{head} 同志们: {'要学好。' * 80}"
    head = read_head(raw, [])
    meta, spans = head.meta, head.spans
    assert (meta.title, meta.speaker) == ("在县人大常委会学习会上的讲话", "陆明")
    assert meta.dates == {"delivered": PartialDate("2018-04-20", "day")}
    assert raw[spans[-1].end :].strip().startswith("同志们")


def test_it_reads_a_title_around_a_removed_watermark() -> None:
    raw = f"在全县人大【某某文库】工作会议上的讲话\n{BODY}"
    start = raw.index("【")
    mark = Removed("watermark", "【某某文库】", start, start + 6, "test")
    head = read_head(raw, [mark])
    meta, spans = head.meta, head.spans
    assert meta.title == "在全县人大工作会议上的讲话"
    assert [s.text for s in spans] == ["在全县人大", "工作会议上的讲话"]


def test_it_reads_nothing_from_nothing() -> None:
    for blank in ("", " \n\u3000\n"):
        head = read_head(blank, [])
        assert (head.meta, head.spans) == (Metadata(), [])


def test_it_parts_a_title_from_the_salutation_glued_to_it() -> None:
    raw = f"在全县人大工作会议上的讲话同志们：{'要学好。' * 80}"
    head = read_head(raw, [])
    meta, spans = head.meta, head.spans
    assert meta.title == "在全县人大工作会议上的讲话"
    assert raw[spans[-1].end :].startswith("同志们")


def test_it_takes_the_speaker_named_before_the_title() -> None:
    meta = read("县人大常委会主任 陆明远：在全县人大工作会议上的讲话")
    assert meta.title == "在全县人大工作会议上的讲话"
    assert (meta.speaker_role, meta.speaker) == ("县人大常委会主任", "陆明远")


@pytest.mark.parametrize("line", ["云溪人大网", "云溪人大网 www.example.cn", "目　录"])
def test_it_makes_no_title_of_a_site_name_or_a_table_of_contents(line: str) -> None:
    title = "在全县人大工作会议上的讲话"
    head = f"{title}\n{line}" if "录" in line else f"{line}\n{title}"
    assert read(head).title == title


def test_it_removes_a_line_about_the_author_below_the_speech() -> None:
    assert left(HEAD, "（作者系县人大常委会主任）") == BODY.strip()


def test_it_reads_a_title_behind_its_label() -> None:
    assert read("标题：在全县人大工作会议上的讲话\n时间：2022-06-23").title == (
        "在全县人大工作会议上的讲话"
    )
