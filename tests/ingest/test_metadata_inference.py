"""What title and text tell beyond the header. All texts, places and people are invented."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Metadata, PartialDate
from corpus_app.ingest.metadata.inference import infer_metadata
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each

BODY = "同志们：\n今天的会议开得很好。大家要抓好落实。"


def infer(title: str | None = None, text: str = BODY, **known: str) -> Metadata:
    return infer_metadata(Metadata(title=title, **known), text, [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "occasion"),
    [
        ("在全县人大工作会议上的讲话", "全县人大工作会议"),
        (
            "在云溪县第十八届人民代表大会第三次会议闭幕时的讲话",
            "云溪县第十八届人民代表大会第三次会议",
        ),
        ("在全市代表培训班开班式上的讲话", "全市代表培训班开班式"),
        ("在县人大机关庆祝“七一”座谈会上的发言（摘要）", "县人大机关庆祝“七一”座谈会"),
        ("论在新形势下做好人大工作", None),
    ],
)
def test_it_reads_the_occasion_from_the_title(title: str, occasion: str | None) -> None:
    assert infer(title).occasion == occasion


@for_each(
    ("opening", "occasion"),
    [
        ("今天，我们召开全县人大工作会议，主要任务是总结工作。", "全县人大工作会议"),
        ("今天我们在这里举行代表培训班开班式。", "代表培训班开班式"),
        ("经同意，今天市人大常委会在这里召开代表工作座谈会。", "代表工作座谈会"),
        ("这次全市乡镇人大规范化建设推进会，是党组决定召开的。", "全市乡镇人大规范化建设推进会"),
        (
            "青芜县第十八届人民代表大会第三次会议，在县委领导下，今天就要闭幕了。",
            "青芜县第十八届人民代表大会第三次会议",
        ),
        ("这次会议的主要任务是，贯彻落实全省人大工作会议精神。", None),
        ("去年，我们召开全县人大工作会议，部署了工作。", None),
        ("上个月我们召开了全县人大工作会议，部署了工作。", None),
        ("刚才，青芜县第十八届人民代表大会第三次会议胜利闭幕了。", None),
        ("市委召开常委会会议，研究人大工作。", None),
    ],
)
def test_the_first_sentences_name_their_own_meeting_and_no_other(
    opening: str, occasion: str | None
) -> None:
    text = f"牢记嘱托，办好民生实事\n林知远\n同志们：\n{opening}我们要抓好落实。\n"
    draft = parse_bytes(text.encode(), "稿.txt")
    assert draft.metadata.occasion == occasion
    if occasion is not None:
        # And it is said that they do: the place of the words, and how the value was found.
        found = draft.metadata.evidence["occasion"]
        assert (found.rule, draft.raw[found.start : found.end]) == ("opening", occasion)


def test_it_reads_the_occasion_from_the_subtitle_first() -> None:
    meta = infer("在奋斗中前行", subtitle="2024年1月9日在云溪县第十八届人民代表大会第三次会议上")
    assert meta.occasion == "云溪县第十八届人民代表大会第三次会议"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "同志们：\n今天，我们召开机关作风建设会议，主要任务是部署工作。",
            "在机关作风建设会议上的讲话",
        ),
        ("各位代表：\n现在，我代表县人民政府，向大会报告政府工作，请予审议。", "政府工作报告"),
        (
            "各位代表：\n我向大会作关于全县预算执行情况的报告，请审议。",
            "关于全县预算执行情况的报告",
        ),
        (
            "云溪县第十八届人民代表大会第三次会议听取和审议了县长陆明所作的\n政府工作报告。会议决定批准这个报告。",
            "云溪县第十八届人民代表大会第三次会议关于政府工作报告的决议",
        ),
        ("同志们：\n这几天走村入户，感受很深。", "这几天走村入户"),
    ],
)
def test_it_makes_a_title_from_the_text(text: str, title: str) -> None:
    meta = infer(None, text)
    assert (meta.title, meta.title_inferred) == (title, True)


@pytest.mark.parametrize("salutation", ["同志们：", "各位代表、同志们！", "尊敬的各位领导，"])
def test_it_never_makes_a_title_of_the_salutation(salutation: str) -> None:
    meta = infer(None, f"{salutation}大家上午好！很高兴来到云溪。")
    assert meta.title is not None
    assert salutation[:2] not in meta.title


def test_it_keeps_a_title_that_the_file_bears() -> None:
    meta = infer("关于作风", "同志们：\n今天，我们召开作风建设会议，部署工作。")
    assert (meta.title, meta.title_inferred) == ("关于作风", False)


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("在全县人大工作会议上的讲话", "work_conference"),
        ("在县人大常委会党组理论学习中心组学习会上的讲话", "study_session"),
        ("在全市人大代表履职培训班开班式上的讲话", "training"),
        ("在云溪县第十八届人民代表大会第三次会议开幕会上的讲话", "congress_opening"),
        ("在云溪县第十八届人民代表大会第三次会议闭幕会上的讲话", "congress_closing"),
        ("在环境保护法执法检查情况反馈会上的讲话", "inspection_feedback"),
        ("代表联络站建设的做法", "deputy_station"),
        ("在全省人大工作经验交流会上的发言", "experience"),
        ("政府工作报告", "report"),
        ("云溪县人民代表大会关于批准预算的决议", "resolution"),
        ("严守纪律规矩——专题党课", "party_lesson"),
        ("云溪的春天", None),
    ],
)
def test_it_tells_the_genre_from_the_title(title: str, genre: str | None) -> None:
    assert infer(title).genre == genre


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("在全省人大工作会议上的讲话", "province"),
        ("在全市人大工作会议上的讲话", "prefecture"),
        ("在市人大机关学习贯彻全国两会精神会议上的讲话", "prefecture"),
        ("在全县人大工作会议上的讲话", "county"),
        ("在区六届人大常委会会议上的讲话", "county"),
        ("在全镇人大代表会议上的讲话", "township"),
        ("在奋斗中前行", None),
    ],
)
def test_it_tells_the_level_from_the_organs_named(line: str, level: str | None) -> None:
    assert infer(line).level == level


def test_it_leaves_the_level_open_where_a_district_may_be_an_autonomous_region() -> None:
    text = f"{BODY}自治区党委对此高度重视。"
    assert infer("在全区人大工作会议上的讲话").level == "county"
    assert infer("在全区人大工作会议上的讲话", text).level is None


def test_it_tells_the_level_from_the_text_only_by_a_clear_majority() -> None:
    assert (
        infer("前行", "县人大要带头，县委有要求，县人大要落实，县委县人大一起抓。").level
        == "county"
    )
    assert infer("前行", "县人大、市人大、省人大、县委、市委、省委都有要求。").level is None


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"organisation": "云溪县人大常委会"}, "云溪县"),
        ({"speaker_role": "中共澜州市委书记"}, "澜州市"),
        ({"subtitle": "在云溪县人大工作会议上的讲话"}, "云溪县"),
        ({"subtitle": "在庆祝云溪县人民代表大会成立七十周年大会上的讲话"}, "云溪县"),
        ({"subtitle": "在庆祝全县人民代表大会成立七十周年大会上的讲话"}, None),
        ({"subtitle": "在全县人大工作会议上的讲话"}, None),
        ({"organisation": "县人大常委会"}, None),
        ({"speaker_role": "省市人大常委会主任"}, None),
    ],
)
def test_it_names_a_place_only_where_one_is_named(known: dict[str, str], place: str | None) -> None:
    assert infer("前行", **known).place == place


def test_it_reads_in_whose_name_a_report_is_given() -> None:
    text = "各位代表：\n我受云溪县人大常委会委托，向大会报告工作，请予审议。"
    assert infer("工作报告", text).organisation == "云溪县人大常委会"


def test_it_changes_nothing_in_the_metadata_it_was_given() -> None:
    given = Metadata(title="前行")
    infer_metadata(given, BODY, [])
    assert given == Metadata(title="前行")


def test_it_infers_nothing_from_nothing() -> None:
    assert infer(None, "") == Metadata()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("1999年国务院政府工作报告", "1999"),
        ("2024年云溪县政府工作报告", "2024"),
        ("（云溪省）2020年云溪县人民政府工作报告", "2020"),
        ("云溪县2008年政府工作报告", "2008"),
        ("二〇二四年政府工作报告", "2024"),
        ("政府工作报告（2024年）", "2024"),
        ("政府工作报告（2021）", "2021"),
        ("政府工作报告 2021年", "2021"),
        ("政府工作报告（2021年度）", None),
        ("政府工作报告（2021—2025年）", None),
        ("【2023年】云溪县政府工作报告", "2023"),
        ("云溪县2023年政府工作报告（摘要）", "2023"),
        ("在2023年全县人大工作会议上的讲话", "2023"),
        ("在学习贯彻2035年远景目标纲要会议上的讲话", None),
        ("在落实2030年前碳达峰方案推进会上的讲话", None),
        ("在纪念1949年云溪解放座谈会上的讲话", None),
        ("在2025年基本实现现代化动员会上的讲话", None),
        ("云溪县2023年国民经济和社会发展计划执行情况的报告", None),
        ("在2022年总结表彰大会上的讲话", None),
        ("云溪县2026—2030年规划的报告", None),
        ("在2022年度述职会上的讲话", None),
        ("关于云溪县2022年预算执行情况和2023年预算草案的报告", None),
        ("关于2000年环境状况的报告", None),
        ("云溪的2024年", None),
    ],
)
def test_the_year_that_a_title_begins_with_is_a_date(title: str, year: str | None) -> None:
    date = infer(title).dates.get("delivered")
    assert (date and (date.value, date.precision)) == (year and (year, "year"))


def test_a_day_in_brackets_behind_the_title_is_the_day() -> None:
    assert infer("政府工作报告（2021年2月8日）").dates["delivered"].value == "2021-02-08"


def test_a_title_that_the_file_bears_gives_its_year_and_one_that_was_composed_does_not() -> None:
    title = "1999年云溪县政府工作报告"
    borne = infer_metadata(Metadata(title=title, title_inferred=True), f"{title}\n{BODY}", [])
    composed = infer_metadata(Metadata(title=title, title_inferred=True), BODY, [])
    assert (set(borne.dates), set(composed.dates)) == ({"delivered"}, set())


def test_a_day_that_is_known_stands_before_the_year_of_the_title() -> None:
    known = Metadata(
        title="2024年政府工作报告", dates={"delivered": PartialDate("2024-01-09", "day")}
    )
    assert infer_metadata(known, BODY, []).dates == known.dates
