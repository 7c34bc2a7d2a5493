"""Set expressions: what is one, what is none, and where each stands."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.slogans import classify_slogan, find_slogans
from tests.ingest.shared_texts import SHARED, needs_shared


def find_texts(text: str) -> list[str]:
    return [slogan.text for slogan in find_slogans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("扎实推进“四个机关”建设。", "四个机关"),
        ("坚决做到两个维护,走在前列。", "两个维护"),
        ("支持“一府一委两院”依法履职", "一府一委两院"),
        ("领会“四个要看、四个更要看”的要义", "四个要看、四个更要看"),
        ("锻造“五种能力”", "五种能力"),
        ("按照“两聚力四强化”的路径", "两聚力四强化"),
        ('深化"三项机制"改革', "三项机制"),
        ("深化「三项机制」改革", "三项机制"),
    ],
)
def test_it_finds_counted_expressions(text: str, expected: str) -> None:
    assert [(s.text, s.kind) for s in find_slogans(text)] == [(expected, "counted")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("寻求立法“最大公约数”；", "最大公约数"),
        ("干好“瓷器活”，", "瓷器活"),
        ("贡献了“中国智慧”。", "中国智慧"),
        ("发展“互联网+”产业", "互联网+"),
        ("推进“双碳”工作", "双碳"),
    ],
)
def test_it_finds_quoted_expressions(text: str, expected: str) -> None:
    assert [(s.text, s.kind) for s in find_slogans(text)] == [(expected, "quoted")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("切实做到民有所呼、我有所应。", "民有所呼、我有所应"),
        ("切实做到民有所呼，我有所应。", "民有所呼，我有所应"),
        ("发挥把方向、管大局、保落实的领导作用", "把方向、管大局、保落实"),
        ("进一步接地气、察民情、聚民智、惠民生,当好桥梁", "接地气、察民情、聚民智、惠民生"),
        ("坚持在其位、谋其政、干其事、求其效,", "在其位、谋其政、干其事、求其效"),
        ("弘扬“源远流长、守望相助”的镇风", "源远流长、守望相助"),
        ("做到育人为本、德育为先。", "育人为本、德育为先"),
    ],
)
def test_it_finds_parallel_expressions(text: str, expected: str) -> None:
    assert [(s.text, s.kind) for s in find_slogans(text)] == [(expected, "parallel")]


@pytest.mark.parametrize(
    "text",
    [
        "强化代表“家”“站”建设，建好“家、站、点”。",
        "走访了三个乡镇，从五个方面推进，选出第四个机关支部。",
        "学习“七一”讲话，编制“十四五”规划，传达“两会”精神。",
        "他强调：“我们要把代表的意见办实。”",
        "有位代表说：“路灯亮起来更放心”，大家都点头。",
        "《“十四五”水利规划》印发后，代表问“为什么”。",
        "加强立法、监督、决定、任免工作，推进科学化、制度化、高效化。",
        "发展工业和农业、城市和农村，统筹绿色建筑、绿色能源、绿色交通。",
        "全区人大代表、政协委员、社区干部参加。",
        "就“全面实施青河县养老条例”开展询问。",
        "主任问“钱从哪里来”“什么是重大事项”，答“我完全同意”。",
        "老人说：“灯太昏暗，路也很窄”，代表记在本上。",
        "心中装着群众，没有忘记群众，既不能停步不前，也不能急于求成。",
        "传达“三中全会”精神。",
        "未闭合的“四个要点到此为止。",
    ],
)
def test_it_leaves_plain_words_names_dates_and_speech_alone(text: str) -> None:
    assert find_texts(text) == []


def test_it_gathers_quoted_and_bare_places_of_one_expression() -> None:
    text = "建好“民生茶馆”。民生茶馆办在村口，“民生茶馆”人气旺。"
    (slogan,) = find_slogans(text)
    assert slogan.mentions == [(3, 7), (9, 13), (19, 23)]
    assert {text[start:end] for start, end in slogan.mentions} == {"民生茶馆"}


def test_it_lets_the_longest_expression_win() -> None:
    text = "“四个要看、四个更要看”与“四个要看”不同。"
    found = {slogan.text: slogan.mentions for slogan in find_slogans(text)}
    assert found == {"四个要看、四个更要看": [(1, 11)], "四个要看": [(14, 18)]}


def test_it_lists_expressions_by_their_first_place() -> None:
    text = "做到两个维护，建设四个机关，再说两个维护。"
    assert find_texts(text) == ["两个维护", "四个机关"]


def test_it_does_not_take_the_end_of_a_bigger_number() -> None:
    assert find_texts("贯彻十四个坚持，列出二十四个机关。") == ["十四个坚持"]


def test_it_classifies_by_wording_alone() -> None:
    assert classify_slogan("五种能力") == "counted"
    assert classify_slogan("十年磨一剑") == "quoted"
    assert classify_slogan("察民情、解民忧") == "parallel"


WORDS = st.sampled_from(
    [*'“”‘’「」"、，。：\n一四个民我有所呼应要看x', "四个机关", "“四个要看”", "民有所呼、我有所应"]
)


@given(st.lists(WORDS, max_size=60).map("".join))
def test_spans_name_their_text_and_never_overlap(text: str) -> None:
    slogans = find_slogans(text)
    spans = sorted(span for slogan in slogans for span in slogan.mentions)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for slogan in slogans:
        assert all(text[start:end] == slogan.text for start, end in slogan.mentions)
    assert slogans == find_slogans(text)


@pytest.mark.parametrize("piece", ["“", "一二三、", "民有所呼，", '"四个', "“四个机关"])
def test_it_reads_one_endless_line(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert all(text[a:b] == s.text for s in find_slogans(text) for a, b in s.mentions)


SEEDS = {
    "000": {
        "counted": {
            "四个机关",
            "两个维护",
            "一府一委两院",
            "四个要看、四个更要看",
            "六个必须",
            "八个能否",
        },
        "quoted": {"中国智慧", "中国方案", "全过程人民民主"},
        "parallel": {"把方向、管大局、促落实"},
    },
    "001": {"counted": {"四个意识", "一府一委两院"}, "parallel": {"把方向、管大局、保落实"}},
    "002": {
        "counted": {"四个机关"},
        "quoted": {"最大公约数", "小快灵"},
        "parallel": {"民有所呼、我有所应", "接地气、察民情、聚民智、惠民生"},
    },
    "003": {
        "counted": {"四讲四有", "六稳", "六保", "一国两制"},
        "parallel": {"海纳百川、力争上游"},
    },
    "004": {
        "counted": {"五种能力", "一个认识", "三维问题"},
        "quoted": {"瓷器活", "金刚钻", "人大说质"},
        "parallel": {"在其位、谋其政、干其事、求其效"},
    },
}


@needs_shared
@pytest.mark.parametrize(("number", "expected"), SEEDS.items(), ids=list(SEEDS))
def test_it_finds_what_a_clerk_marks_in_real_files(
    number: str, expected: dict[str, set[str]]
) -> None:
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    found = find_slogans(path.read_text(encoding="utf-8"))
    for kind, texts in expected.items():
        assert texts <= {slogan.text for slogan in found if slogan.kind == kind}
    assert not {"家", "站", "七一", "十四五"} & {slogan.text for slogan in found}
