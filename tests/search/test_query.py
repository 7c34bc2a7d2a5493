from __future__ import annotations

import datetime

import pytest
from django.utils import translation
from hypothesis import given, settings, strategies as st

from corpus_app.text.folding import fold
from search.errors import QueryError
from search.query import parse_query
from search.query.nodes import (
    And,
    DateRange,
    Everything,
    FieldCode,
    FieldText,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    SloganNamed,
    ThemeNamed,
    Words,
    walk_leaves,
)
from search.query.writing import quote_words, write_query
from tests.folding import for_each


def word(text: str) -> Words:
    return Words(text, (text,))


DEPUTY, DUTY, PETITION = word("代表"), word("履职"), word("信访")

SAME = [
    ("代表 履职", And((DEPUTY, DUTY))),
    ("代表\u3000履职", And((DEPUTY, DUTY))),
    ("代表 AND 履职", And((DEPUTY, DUTY))),
    ("代表ＡＮＤ", Words("代表ＡＮＤ", ("代表", "and"))),
    ("ＴＩＴＬＥ：代表", FieldText("title", "代表", ("代表",))),
    ("标题:标题:代表", FieldText("title", "标题:代表", ("标题", "代表"))),
    ("代表 ＡＮＤ 履职", And((DEPUTY, DUTY))),
    ("代表 OR 履职", Or((DEPUTY, DUTY))),
    ("代表|履职", Or((DEPUTY, DUTY))),
    ("代表 ｜ 履职", Or((DEPUTY, DUTY))),
    ("代表 || 履职", Or((DEPUTY, DUTY))),
    ("-信访", Not(PETITION)),
    ("－信访", Not(PETITION)),
    ("NOT 信访", Not(PETITION)),
    ("代表 -信访", And((DEPUTY, Not(PETITION)))),
    ("代表 OR 履职 -信访", Or((DEPUTY, And((DUTY, Not(PETITION)))))),
    ("(代表 OR 履职) -信访", And((Or((DEPUTY, DUTY)), Not(PETITION)))),
    ("（代表｜履职）－信访", And((Or((DEPUTY, DUTY)), Not(PETITION)))),
    ("-(代表 履职)", Not(And((DEPUTY, DUTY)))),
    ('"代表履职"', Phrase("代表履职")),
    ("“代表履职”", Phrase("代表履职")),
    ("＂代表履职＂", Phrase("代表履职")),
    ("”代表履职”", Phrase("代表履职")),
    ('"建设“四个机关”"', Phrase("建设“四个机关”")),
    ("“建设“四个机关””", Phrase("建设“四个机关”")),
    (r'"他说\"好\""', Phrase('他说"好"')),
    (r'"a\b"', Phrase(r"a\b")),
    ("人大*", Prefix("人大")),
    ("人大＊", Prefix("人大")),
    ("*", Everything()),
    ("  ", Everything()),
    ("党", word("党")),
    ("“代表”~5“履职”", Near(Phrase("代表"), Phrase("履职"), 5)),
    ('"代表"～５"履职"', Near(Phrase("代表"), Phrase("履职"), 5)),
    ("“代表” ~ 5 “履职”", Near(Phrase("代表"), Phrase("履职"), 5)),
    ("代表~5履职", Near(DEPUTY, DUTY, 5)),
    ("标题:代表", FieldText("title", "代表", ("代表",))),
    ("标题：代表", FieldText("title", "代表", ("代表",))),
    ("Title: “代表”", FieldText("title", "代表", ())),
    ("讲话人:王三", FieldText("speaker", "王三", ())),
    ("org:人大", FieldText("organisation", "人大", ("人大",))),
    ("级别:省级", FieldCode("level", "province", "省级")),
    ("level:province", FieldCode("level", "province", "省级")),
    ("级别:省", FieldCode("level", "province", "省级")),
    ("体裁:工作报告", FieldCode("genre", "report", "工作报告")),
    ("完整性:结尾缺失", FieldCode("completeness", "truncated", "结尾缺失")),
    ("主题:代表履职", ThemeNamed("代表履职")),
    ("提法:“四个机关”", SloganNamed("四个机关")),
    (
        "标题:(代表 OR 履职)",
        Or((FieldText("title", "代表", ("代表",)), FieldText("title", "履职", ("履职",)))),
    ),
    ("-标题:代表", Not(FieldText("title", "代表", ("代表",)))),
    ("代表，", Words("代表，", ("代表",))),
    ("，", Words("，", ())),
    ("代表 - 履职", And((DEPUTY, DUTY))),
    ("代表 履职 代表", And((DEPUTY, DUTY))),
    ("备注:", Words("备注:", ("备注",))),
]


@for_each(("text", "tree"), SAME)
def test_it_reads(text: str, tree: object) -> None:
    assert parse_query(text) == tree


DATES = [
    ("2022", (2022, 1, 1), (2022, 12, 31)),
    ("2022年", (2022, 1, 1), (2022, 12, 31)),
    ("2022-06", (2022, 6, 1), (2022, 6, 30)),
    ("2022年6月", (2022, 6, 1), (2022, 6, 30)),
    ("２０２２－０６", (2022, 6, 1), (2022, 6, 30)),
    ("二〇二二年六月", (2022, 6, 1), (2022, 6, 30)),
    ("2024-02", (2024, 2, 1), (2024, 2, 29)),
    ("2022-06-15", (2022, 6, 15), (2022, 6, 15)),
    ("2021..2023", (2021, 1, 1), (2023, 12, 31)),
    ("2021…2023", (2021, 1, 1), (2023, 12, 31)),
    ("2021～2023", (2021, 1, 1), (2023, 12, 31)),
    ("2021至2023", (2021, 1, 1), (2023, 12, 31)),
    ("2022-06-01..2022-06-30", (2022, 6, 1), (2022, 6, 30)),
    ("2021..", (2021, 1, 1), None),
    ("..2020", None, (2020, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), DATES, ids=[row[0] for row in DATES])
def test_it_reads_periods(
    text: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None
) -> None:
    expected = DateRange(
        datetime.date(*first) if first else None, datetime.date(*last) if last else None
    )
    assert parse_query(f"日期:{text}") == expected
    assert parse_query(f"date:“{text}”") == expected


REFUSED = [
    ("(代表", 0, "左括号"),
    ("代表 (", 3, "左括号"),
    ("代表)", 2, "右括号"),
    ("代表 OR", 3, "缺少"),
    ("OR 代表", 0, "前面缺少"),
    ("代表 AND OR 履职", 3, "缺少"),
    ("()", 0, "没有内容"),
    ('代表 "履职', 3, "引号"),
    ("“四个“机关”", 0, "引号"),
    ('""', 0, "没有文字"),
    ('"\u3000 "', 0, "没有文字"),
    ("标题:", 3, "缺少"),
    ("日期:昨天", 3, "日期"),
    ("日期:2023..2021", 3, "晚于"),
    ("日期:2022-13", 3, "日期"),
    ("日期:2021..2022..2023", 3, "范围"),
    ("级别:部级", 3, "省级"),
    ("“代表”~“履职”", 4, "字数"),
    ("“代表”~5", 4, "两边"),
    ("“代表”~500“履职”", 4, "最多"),
    ("“一”~5“二”~5“三”", 8, "两个"),
    ("标题:“代表”~5“履职”", 3, "邻近"),
    ("NOT", 0, "缺少"),
    ("(" * 40 + "党" + ")" * 40, 30, "层次"),
    ("党" * 2001, 2000, "太长"),
    ("党 " * 201, 400, "太多"),
]


@pytest.mark.parametrize(
    ("text", "position", "reason"), REFUSED, ids=[row[0][:20] for row in REFUSED]
)
def test_it_refuses_with_the_place_and_the_reason(text: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query(text)
    assert refusal.value.position == position
    assert reason in refusal.value.reason


def test_it_says_in_words_what_it_understood() -> None:
    with translation.override("zh-hans"):
        words = parse_query("代表 “四个机关” (监督 OR 立法) -信访 日期:2021..2023").describe()
    assert words == (
        "含“代表”，含“四个机关”原文，〔含“监督”，或含“立法”〕，不含“信访”，"
        "日期在 2021-01-01 至 2023-12-31 之间"
    )


def test_positive_leaves_leave_out_what_is_excluded() -> None:
    tree = parse_query("代表 -(信访 -履职)")
    assert list(walk_leaves(tree, positive_only=True)) == [DEPUTY, DUTY]


SIGNS = '()（）|｜"＂“”-－~～*＊:： \u3000\\.…5AND ORNOT标题日期主题代表党a'


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=40))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        outcome: tuple[int, str] = (0, parse_query(text).describe())
    except QueryError as refusal:
        outcome = (refusal.position, refusal.reason)
    assert 0 <= outcome[0] <= len(text)
    assert outcome[1]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters() | st.sampled_from('"＂“”\\'), max_size=50).filter(fold))
def test_any_string_can_be_quoted(text: str) -> None:
    assert parse_query(quote_words(text)) == Phrase(text)


@pytest.mark.parametrize(
    "text",
    [
        "代表 履职",
        "(代表 OR “委员”) -信访",
        "-(代表 履职) 人大*",
        "“代表”~5“履职” 标题:预算 讲话人:王三",
        "日期:2021..2023 级别:省级 主题:“代表 履职” 提法:四个机关",
        "日期:..2023 *",
        r'"他说\"好\""',
    ],
)
def test_a_query_written_back_reads_the_same(text: str) -> None:
    tree = parse_query(text)
    assert parse_query(write_query(tree)) == tree


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("正则:/第.次/", "第.次"),
        ("regex:/第.次/", "第.次"),
        ("正则：／第.次／", "第.次"),
        ("正则: /第 .{1,3} 次/", "第 .{1,3} 次"),
        (r"正则:/1\/2/", r"1\/2"),
        (r"正则:/\\/", r"\\"),
        ("正则:/1／2/", "1／2"),
        ("正则:／1/2／", "1/2"),
        ('正则:/(代表|委员)"“履” OR -/', '(代表|委员)"“履” OR -'),
    ],
)
def test_an_expression_is_read_as_it_stands_between_slashes(text: str, pattern: str) -> None:
    tree = parse_query(text)
    assert tree == Regex(pattern)
    again = parse_query(write_query(tree))
    assert isinstance(again, Regex)
    assert again.pattern.replace("\\/", "/") == pattern.replace("\\/", "/")


def test_an_expression_is_a_term_among_others() -> None:
    tree = parse_query("代表 -(正则:/a b/ OR 正则:/c/)标题:履职")
    assert [type(leaf).__name__ for leaf in walk_leaves(tree)] == [
        "Words",
        "Regex",
        "Regex",
        "FieldText",
    ]


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("正则:代表", 3, "例如：正则:/第"),
        ("正则:", 3, "字段名后面缺少内容"),
        ("正则:(/a/)", 3, "两条斜线之间"),
        ("正则:/a", 3, "斜线没有配对"),
        (r"正则:/a\/", 3, "斜线没有配对"),
        ("正则://", 4, "没有表达式"),
        ("代表 正则:/a(b/", 10, "左括号没有配对"),
        ("正则:/[a/", 6, "方括号没有配对"),
        ("正则:/*a/", 4, "重复号前面没有内容"),
        ("正则:/a(?R)/", 5, "不能调用自己"),
        ("正则:/a/i", 6, "(?i)"),
        ("正则:/a/~3“b”", 6, "两边只能是词语"),
        ("标题:(正则:/a/)", 4, "字段里不能再用字段"),
        (f"正则:/{'a' * 301}/", 304, "最多 300 字"),
    ],
)
def test_a_wrong_expression_is_refused_where_it_is_wrong(
    text: str, position: int, reason: str
) -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query(text)
    assert refusal.value.position == position
    assert reason in refusal.value.reason
