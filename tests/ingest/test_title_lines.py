"""Titles and subtitles among what else stands above a speech. All names are invented."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.reader import read_head

BODY = (
    "各位代表、同志们：\n今天的会议开得很好，开出了团结，开出了干劲，开出了信心。大家要抓好落实。\n"
)
MEETING = "在云溪县第十八届人民代表大会第三次会议上"


def read(head: str) -> Metadata:
    return read_head(f"{head}\n{BODY}", []).meta


@pytest.mark.parametrize("dash", ["——", "━━", "─", "—"])
def test_a_subtitle_stands_without_the_dashes_before_it(dash: str) -> None:
    meta = read(f"政府工作报告\n{dash}2024年1月9日{MEETING}\n县长　陆　明")
    assert (meta.title, meta.subtitle) == ("政府工作报告", f"2024年1月9日{MEETING}")


def test_a_title_printed_twice_is_not_its_own_subtitle() -> None:
    title = "在全县优化营商环境大会上的讲话"
    meta = read(f"{title}\n{title}\n发布时间：2024-01-09　来源：云溪日报\n陆明远\n2024年1月8日")
    assert (meta.title, meta.subtitle) == (title, None)


@pytest.mark.parametrize("link", ["致全县人民的一封信", "2023年度部门决算公开", "代表之家巡礼"])
def test_a_link_above_the_title_is_no_headline(link: str) -> None:
    title = "在全县警示教育大会上的讲话"
    meta = read(
        f"云溪人大网\n首页 > 会议之窗\n今日推荐\n{link}\n{title}\n"
        "发布时间：2024-01-09　来源：云溪日报\n县委书记　陆明远\n（2024年1月8日）"
    )
    assert (meta.title, meta.subtitle) == (title, None)


def test_a_link_above_the_title_is_no_half_of_it() -> None:
    meta = read(
        "云溪人大网\n首页 > 会议之窗\n政府工作报告任务分解表\n弘扬宪法精神　推进法治建设\n"
        "陆明远\n——在全县代表培训班上的发言\n2024年1月8日"
    )
    assert meta.title == "弘扬宪法精神　推进法治建设"


@pytest.mark.parametrize(
    "lines",
    [
        ("云溪县人民代表大会常务委员", "会工作报告"),
        ("云溪省第十届人民代表大会第七次会议关于云溪省人民", "检察院工作报告的决议"),
        ("云溪县第四届人民代表大会第四次会议关于", "政府工作报告的决议"),
        ("关于民生实事项目落实", "情况的专项报告"),
        ("云溪县2001", "年政府工作报告"),
        ("在云溪县人大常委会", "党组理论学习中心组学习会上的讲话"),
    ],
)
def test_a_title_broken_within_a_name_is_read_whole(lines: tuple[str, str]) -> None:
    meta = read("\n".join(lines) + "\n（2024年1月9日）\n县人大常委会主任　陆明远")
    assert (meta.title or "").replace(" ", "") == "".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        *(("政府工作报", "告"), ("政府工作", "报告"), ("云溪县政府", "工作报告")),
        *(("关于2023年财政预算执行情况的报", "告"), ("在开幕式上的致", "辞"), ("開幕", "詞")),
    ],
)
def test_a_title_broken_within_its_last_word_is_read_whole(lines: tuple[str, str]) -> None:
    meta = read("\n".join(lines) + "\n县长　陆明远\n（2024年1月9日）")
    assert (meta.title, meta.speaker) == ("".join(lines), "陆明远")


@pytest.mark.parametrize("lines", [("县长　陆明远", "讲话"), ("县人大召开代表大会。", "报告")])
def test_a_line_that_no_word_is_broken_at_is_no_half_of_a_title(lines: tuple[str, str]) -> None:
    assert not (read("\n".join(lines)).title or "").startswith(lines[0])


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("第37章 坚定制度自信　依法履职尽责", "坚定制度自信　依法履职尽责"),
        ("云溪晚报6月22日电 云溪县人大常委会工作报告", "云溪县人大常委会工作报告"),
        ("在全县警示教育大会上的讲话_云溪在线", "在全县警示教育大会上的讲话"),
    ],
)
def test_a_title_stands_without_what_the_carrier_wrote_around_it(printed: str, title: str) -> None:
    assert read(f"{printed}\n（2024年1月9日）\n县委书记　陆明远").title == title


def test_a_journals_name_is_no_half_of_a_headline() -> None:
    meta = read(
        "云溪县人民代表大会常务委员会公报\n弘扬宪法精神　推进法治建设\n"
        "——在全县警示教育大会上的讲话\n县人大常委会主任　陆明远"
    )
    assert meta.title == "弘扬宪法精神　推进法治建设"


def test_a_subtitle_goes_on_behind_a_bodys_name() -> None:
    meta = read(
        "2004年云溪县政府工作报告\n——2004年3月在云溪县第十七届人民代表大会\n第四次会议上\n"
        "县长　陆明远"
    )
    assert meta.subtitle == "2004年3月在云溪县第十七届人民代表大会第四次会议上"


@pytest.mark.parametrize("rest", ["：30", "15:00"])
def test_the_rest_of_a_broken_clock_is_no_subtitle(rest: str) -> None:
    meta = read(f"政府工作报告\n——2023年7月18日上午9\n{rest}{MEETING}\n县长　陆明远")
    assert not (meta.subtitle or "").startswith(rest)


def test_an_office_with_its_holder_is_no_title() -> None:
    meta = read(
        "凝心聚力　真抓实干\n陆明远 县委常委、宣传部部长\n——在县九届人大三次会议闭幕时的讲话\n"
        "【2006年1月21日】"
    )
    assert (meta.title, meta.speaker) == ("凝心聚力　真抓实干", "陆明远")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (
            "雲溪縣第三屆人民代表大會第四次會議關於政府工作報告的決議",
            "會議聽取和審議了政府工作報告。",
        ),
        ("在雲溪縣人大工作會議上的講話", "同志們：\n今天的會議開得很好。"),
    ],
)
def test_a_title_in_traditional_characters_is_read_as_one_in_simplified(
    title: str, words: str
) -> None:
    body = f"{words}\n會議充分肯定過去五年的工作，同意報告提出的總體要求和主要任務。\n"
    found = read_head(f"{title}\n\n{body}", []).meta
    assert (found.title, found.title_inferred) == (title, False)
