"""Strings in mid-sentence that carry no wording: watermarks, addresses, tags, signs."""

from __future__ import annotations

import tomllib

import pytest

from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.rule_files import RULES
from tests.ingest.pages import BODY, HEAD, clean, list_kinds


def test_it_takes_a_known_watermark_injected_twice() -> None:
    raw = (HEAD + BODY).replace("总结", "总笔杆子参考结").replace("区委的", "区笔杆子参考委的")
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"watermark"}


def test_it_only_warns_where_a_doubtful_name_stands_once() -> None:
    raw = HEAD + BODY + "各单位的笔杆子参考执行，起草文件时要讲短话、讲实话、讲新话。\n"
    text, cleaned = clean(raw)
    assert text == raw.strip()
    assert [notice.code for notice in cleaned.notices] == ["possible_watermark"]


def test_it_finds_an_unknown_watermark_by_its_repetition() -> None:
    raw = (
        (HEAD + BODY)
        .replace("思想统一", "思想远山范文网统一")
        .replace("钉钉子", "钉钉远山范文网子")
    )
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert {span.text for span in cleaned.removed} == {"远山范文网"}


def test_it_keeps_a_site_that_the_speaker_names_in_quotes() -> None:
    raw = HEAD + BODY + "有人从《远山范文网》抄材料，又到“远山范文网”买讲稿，这种文风要坚决纠正。\n"
    assert clean(raw)[0] == raw.strip()


def test_it_takes_an_address_that_the_page_names_out_of_a_sentence_but_not_one_spoken_of() -> None:
    raw = (HEAD + BODY).replace("主要任务", "主要www.qinglan.example.com任务")
    raw += "群众可以通过网站（www.rd.example.cn）提出意见，有关部门要及时答复和处理。\n"
    raw += "更多内容请访问：www.qinglan.example.com\n"
    text, cleaned = clean(raw)
    assert "主要任务" in text
    assert "www.rd.example.cn" in text
    assert "url" in list_kinds(cleaned)


def test_it_keeps_an_address_that_nothing_outside_the_sentence_bears_out() -> None:
    raw = (HEAD + BODY).replace("主要任务", "主要www.qinglan.example.com任务")
    text, cleaned = clean(raw)
    assert text == raw.strip()
    assert [notice.code for notice in cleaned.notices] == ["possible_watermark"]


def test_it_lists_invisible_characters_and_joins_the_words() -> None:
    raw = (HEAD + BODY).replace("会议", "会\u200b议").replace("代表", "代\x00\ufeff表")
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"invisible"}


def test_every_removed_span_says_which_rule_took_it() -> None:
    raw = "首页 > 讲话\n" + HEAD + BODY + "此处隐藏30字\n（责任编辑：林某）\n|\n"
    assert all(span.rule for span in remove_noise(raw).removed)


def test_the_rule_files_are_sound() -> None:
    for name in ("noise_lines", "noise_phrases"):
        assert tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))


def test_it_takes_a_site_name_that_the_chrome_bears_out_even_once() -> None:
    raw = "远山公文网 > 讲话稿 > 正文\n" + (HEAD + BODY).replace(
        "一件事情", "一件远山公文网事情", 1
    )
    text, cleaned = clean(raw)
    assert text == (HEAD + BODY).strip()
    assert list_kinds(cleaned) == {"breadcrumb", "watermark"}


def test_it_takes_tags_out_of_plain_text_and_parts_paragraphs_at_them() -> None:
    raw = (
        HEAD
        + BODY
        + "&nbsp;&nbsp;<strong>三、加强领导</strong>\n要负责。</p><p>要担当。[b]要实[/b]干。\n"
    )
    text, cleaned = clean(raw)
    assert text.endswith("三、加强领导\n要负责。\n要担当。要实干。")
    assert list_kinds(cleaned) == {"markup"}
    assert [notice.code for notice in cleaned.notices] == ["markup"]


def test_it_keeps_angle_brackets_that_are_no_tags() -> None:
    raw = HEAD + BODY + "经济增速<8%的地区要加压，目标>5%的要稳住，<决定>要抓紧落实，做到a<b。\n"
    assert clean(raw)[0] == raw.strip()


def inject(name: str, *places: str) -> str:
    raw = HEAD + BODY
    for place in places:
        assert raw.count(place) == 1
        middle = len(place) // 2
        raw = raw.replace(place, place[:middle] + name + place[middle:])
    return raw


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("锦绣小楷", "breaks-words"),
        ("公 文 网", "spaced-name"),
        ("【青松材料网】", "bracketed-name"),
        ("gongwen88", "latin-name"),
    ],
)
def test_it_finds_a_name_in_no_list_between_the_halves_of_words(name: str, rule: str) -> None:
    text, cleaned = clean(inject(name, "总结", "部署"))
    assert text == (HEAD + BODY).strip()
    assert {span.rule for span in cleaned.removed} == {rule}


def test_it_keeps_phrases_of_the_speech_that_come_again() -> None:
    raw = HEAD + BODY + "对民生实事项目要盯紧，抓民生实事项目办理，让民生实事项目见效。\n"
    text, cleaned = clean(raw)
    assert text == raw.strip()
    assert cleaned.removed == []


def test_it_keeps_a_name_that_stands_in_a_sentence_once() -> None:
    raw = inject("锦绣小楷", "认真讨论")
    assert clean(raw)[0] == raw.strip()


def test_it_keeps_names_with_a_blank_in_them() -> None:
    raw = HEAD + BODY + "李　强、周 望 山等同志参加会议，周 望 山同志发了言。\n"
    assert clean(raw)[0] == raw.strip()


def test_it_takes_the_same_address_wherever_it_stands() -> None:
    raw = inject("www.gongwen88.com", "认真讨论") + "要抓好落实（www.gongwen88.com）。\n"
    assert clean(raw)[0] == (HEAD + BODY + "要抓好落实。").strip()
