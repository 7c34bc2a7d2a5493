"""What two titles, subtitles and occasions say about one speech; all names are invented."""

import pytest
from hypothesis import given, strategies as st

from corpus_app.catalog.identity import Agreement, Head
from corpus_app.catalog.identity.naming import compare_occasions, compare_titles
from corpus_app.catalog.identity.titles import read_name

AGREE, UNKNOWN, CONTRADICT = Agreement.AGREE, Agreement.UNKNOWN, Agreement.CONTRADICT
ORATH = "在柳浦县2021年新任人员宪法宣誓仪式上的讲话"


def compare(first: str, second: str) -> Agreement:
    one, other = Head(title=first), Head(title=second)
    agreement = compare_titles(one, other).agreement
    assert compare_titles(other, one).agreement is agreement
    return agreement


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("在青芜县人大工作会议上的讲话", "在青蕪縣人大工作會議上的講話"),
        ("在全县卫生工作会议上的讲话", "在全縣衞生工作會議上的講話"),
        ("在青芜县人大工作会议上的讲话", "在青芜县人大工作会议上的讲话（摘编）"),
        ("在青芜县人大工作会议上的讲话", "林知远：在全县人大工作会议上的讲话"),
        ("在青芜县人大工作会议上的讲话", "在 青芜县 人大工作会议上的讲话稿"),
        ("青芜县2023年政府工作报告", "青芜县二〇二三年政府工作报告"),
        (
            "十三届江东省人大一次会议关于预算的决议",
            "第十三届江东省人民代表大会第一次会议关于预算的决议",
        ),
        ("把站点建到群众的心坎上", "“把站点建到群众的心坎上”"),
        ("把站点建到群众的心坎上", "把站点建到群众的心坎上——青芜县代表家站建设的实践与思考"),
        ("在全县人大代表家站建设推进会上的讲话", "在全县人大代表之家建设推进会上的讲话"),
    ],
)
def test_titles_spelt_in_two_ways_agree(first: str, second: str) -> None:
    assert compare(first, second) is AGREE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("讲话", "讲话"),
        ("政府工作报告", "政府工作报告"),
        ("在全市工作会议上的讲话", "在全市工作会议上的讲话"),
        ("在座谈会上的讲话", "在座谈会上的讲话"),
        ("讲话", "在青芜县人大工作会议上的讲话"),
        ("讲话", "深入学习贯彻会议精神 把代表工作做到群众身边"),
        ("", "在青芜县人大工作会议上的讲话"),
        ("把站点建到群众的心坎上", "在青芜县代表家站现场会上的发言"),
        ("把站点建到群众的心坎上", "关于批准《把站点建到群众的心坎上》一文的决议"),
    ],
)
def test_generic_and_different_kinds_of_titles_prove_nothing(first: str, second: str) -> None:
    assert compare(first, second) is UNKNOWN


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ORATH, ORATH.replace("2021", "2023")),
        (ORATH, ORATH.replace("柳浦县", "白榆县")),
        ("在霁川市第六届人民代表大会第二次会议上的讲话", "在霁川市六届人大三次会议上的讲话"),
        ("在霁川市六届人大一次会议开幕时的讲话", "在霁川市六届人大一次会议闭幕时的讲话"),
        ("在全市教育工作会议上的讲话", "在全市卫生工作会议上的讲话"),
        ("关于2023年预算执行情况的报告", "关于2024年预算执行情况的报告"),
        ("江东省政府工作报告", "岭川省政府工作报告"),
        ("政府工作报告", "江东省第十三届人民代表大会第一次会议关于政府工作报告的决议"),
        ("在青芜县人大工作会议上的讲话", "学习《在青芜县人大工作会议上的讲话》的体会"),
    ],
)
def test_other_ordinals_places_topics_and_documents_contradict(first: str, second: str) -> None:
    assert compare(first, second) is CONTRADICT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("在代表培训班上的讲话（一）", "在代表培训班上的讲话（二）"),
        ("在代表培训班上的讲话(1)", "在代表培训班上的讲话(2)"),
        ("代表履职漫谈之一", "代表履职漫谈之三"),
        ("根本制度的来路与前路（上）", "根本制度的来路与前路（下）"),
        ("根本制度的来路与前路（上篇）", "根本制度的来路与前路（下篇）"),
        ("代表履职辅导第一讲", "代表履职辅导第二讲"),
        ("在代表述职测评第一场会议上的讲话", "在代表述职测评第二场会议上的讲话"),
        ("在教育活动第一阶段总结会上的讲话", "在教育活动第三阶段总结会上的讲话"),
        ("在上半年工作总结会上的讲话", "在下半年工作总结会上的讲话"),
        ("在一季度经济形势分析会上的讲话", "在三季度经济形势分析会上的讲话"),
    ],
)
def test_parts_of_one_series_contradict(first: str, second: str) -> None:
    assert compare(first, second) is CONTRADICT
    assert compare(first, first) is not CONTRADICT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("在全市人大工作会议上的讲话", "在全县人大工作会议上的讲话"),
        ("在溪北市人大赴城东区调研座谈会上的讲话", "在溪北市人大赴城西区调研座谈会上的讲话"),
        ("在财经委会议上的讲话", "在法制委会议上的讲话"),
        ("溪北市人民法院工作报告", "溪北市人民检察院工作报告"),
        ("在梨园社区代表接待日活动上的讲话", "在桃源社区代表接待日活动上的讲话"),
    ],
)
def test_titles_that_differ_in_a_name_alone_contradict(first: str, second: str) -> None:
    assert compare(first, second) is CONTRADICT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("在实施乡村振兴战略推进会上的讲话", "在推进乡村振兴战略推进会上的讲话"),
        ("在学习贯彻全国两会精神会议上的讲话", "在全市学习贯彻全国两会精神会议上的讲话"),
        ("在全县人大代表三站建设推进会上的讲话", "在全县人大代表家站建设推进会上的讲话"),
        ("在青芜县人大作会议上的讲话", "在青芜县人大工作会议上的讲话"),
        ("在代表培训班上的讲话（全文）", "在代表培训班上的讲话（一）"),
        ("在三讲教育动员会上的讲话", "在“三讲”教育动员会上的讲话"),
    ],
)
def test_a_slip_or_another_verb_makes_no_other_event(first: str, second: str) -> None:
    assert compare(first, second) is not CONTRADICT


def test_a_title_made_up_from_the_text_proves_nothing() -> None:
    made_up = Head(title=ORATH, title_inferred=True)
    assert compare_titles(made_up, Head(title=ORATH)).agreement is UNKNOWN
    assert compare_titles(made_up, Head(title="讲话")).agreement is UNKNOWN


def test_the_occasion_may_stand_in_title_or_subtitle() -> None:
    headed = Head(title="让代表的声音传到会场", subtitle="在望岫区委人大工作会议上的讲话")
    plain = Head(title="在望岫区委人大工作会议上的讲话")
    assert compare_titles(headed, plain).agreement is AGREE
    other = Head(title="在望岫区农业普查工作会议上的讲话")
    assert compare_titles(headed, other).agreement is not AGREE


def test_a_headline_may_stand_before_the_occasion_in_one_line() -> None:
    apart = Head(title="让代表的声音从家门口传到会场", subtitle="在区委人大工作会议上的讲话")
    joined = Head(title=f"{apart.title} {apart.subtitle}")
    assert compare_titles(apart, joined).agreement is AGREE


def test_subtitles_with_other_ordinals_part_reports_of_one_title() -> None:
    first, second = (
        Head(title="政府工作报告", subtitle=f"{year}年1月9日在江东省第{n}届人民代表大会上")
        for year, n in ((2017, "九"), (2021, "十"))
    )
    assert compare_titles(first, second).agreement is CONTRADICT


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("全市人大工作会议", "溪北市人大工作会议", AGREE),
        ("溪北市人大工作会议", "白榆县人大工作会议", CONTRADICT),
        ("市人大机关全体干部会", "市人大机关传达两会精神会议", UNKNOWN),
        ("青桐市2021年宣誓仪式", "青桐市2023年宣誓仪式", CONTRADICT),
        ("全市工作会议", "全市工作会议", UNKNOWN),
        ("", "全市人大工作会议", UNKNOWN),
    ],
)
def test_occasions_are_held_by_ordinals_host_and_topic(
    first: str, second: str, wanted: Agreement
) -> None:
    found = compare_occasions(Head(occasion=first), Head(occasion=second))
    assert found.agreement is wanted


@pytest.mark.parametrize("title", [ORATH, "把站点建到群众的心坎上", "青芜县2023年政府工作报告"])
def test_ordinals_with_a_place_or_a_long_headline_name_one_event(title: str) -> None:
    assert read_name(title).is_telling


@pytest.mark.parametrize("title", ["在青芜县人大工作会议上的讲话", "2023年政府工作报告", "开场白"])
def test_what_comes_every_year_names_no_event_alone(title: str) -> None:
    assert not read_name(title).is_telling


@given(st.text(alphabet="在县市人大第二三届次会议上的讲话报告政府2023年（）《》关于", max_size=30))
def test_no_title_contradicts_itself(title: str) -> None:
    assert compare(title, title) is not CONTRADICT
