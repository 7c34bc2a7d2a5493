"""Punctuation made full-width: in Chinese context only, and nothing else touched."""

import pytest
from hypothesis import given, strategies as st

from corpus_app.desk.citation.punctuation import FULL_WIDTH, to_full_width

WIDE = {**FULL_WIDTH, '"': "“”"}
MIXED = st.text(alphabet="人大代表，。“”（）,.;:?!()\"'% 1230aBc\n—…/@-", max_size=60)

CASES = [
    ("坚持党的领导,依法履职.", "坚持党的领导，依法履职。"),
    ("他问:怎么办?大家答:一起干!", "他问：怎么办？大家答：一起干！"),
    ("一是学习;二是调研;", "一是学习；二是调研；"),
    ('把握"最大公约数",画好"同心圆".', "把握“最大公约数”，画好“同心圆”。"),
    ("(一)加强学习", "（一）加强学习"),
    ("(1)加强学习", "（1）加强学习"),
    ("（二)抓好落实", "（二）抓好落实"),
    ("地区生产总值(GDP)增长5.2%,高于预期.", "地区生产总值（GDP）增长5.2%，高于预期。"),
    ("如GDP,CPI等指标", "如GDP，CPI等指标"),
    ("占67.7%,共1,234人", "占67.7%，共1,234人"),
    ("会议于10:30开始,2024.3.1结束", "会议于10:30开始，2024.3.1结束"),
    ("1.加强学习.2.抓好落实.", "1.加强学习。2.抓好落实。"),
    ("比例为3:1", "比例为3:1"),
    ("见https://rd.yunxi.example/a,b?x=1:2,谢谢!", "见https://rd.yunxi.example/a,b?x=1:2，谢谢！"),
    ("写信到a.b@yunxi.example,谢谢", "写信到a.b@yunxi.example，谢谢"),
    ("附件见 方案.docx", "附件见 方案.docx"),
    ("Hello, world (x); f(x)=1.", "Hello, world (x); f(x)=1."),
    ('The "people" come first.', 'The "people" come first.'),
    ('少一个"引号,不动它', '少一个"引号，不动它'),
    ("等等...", "等等..."),
    ("", ""),
    ("代表,\n委员,", "代表，\n委员，"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_it_widens_signs_in_chinese_context_only(text, expected):
    assert to_full_width(text) == expected


@given(MIXED)
def test_doing_it_twice_is_doing_it_once(text):
    once = to_full_width(text)
    assert to_full_width(once) == once


@given(st.one_of(MIXED, st.text()))
def test_it_changes_signs_in_place_and_nothing_else(text):
    changed = to_full_width(text)
    assert len(changed) == len(text)
    for before, after in zip(text, changed, strict=True):
        assert after == before or after in WIDE[before]


@given(st.text(alphabet="abcXYZ 0123456789,.;:?!()\"'\n-/"))
def test_latin_text_stays_as_it_is(text):
    assert to_full_width(text) == text


@given(MIXED)
def test_brackets_that_pair_stay_a_pair(text):
    text = text.replace("（", "(").replace("）", ")")
    changed = to_full_width(text)
    for line in changed.splitlines():
        opened = []
        for sign in line:
            if sign in "(（":
                opened.append(sign)
            elif sign in ")）" and opened:
                assert (opened.pop(), sign) in {("(", ")"), ("（", "）")}
