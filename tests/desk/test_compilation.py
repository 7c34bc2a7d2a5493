"""The document that every export writes."""

from __future__ import annotations

import pytest

from corpus_app.desk.citation import CitedSpeech, make_speech_item
from corpus_app.desk.export.compilation import (
    CompilationHeading,
    Gathered,
    Quote,
    Settings,
    compile_basket,
    find_level,
)
from corpus_app.desk.export.texts import write_markdown, write_plain

LINK = "https://yanku.example/p/"


def quote(title: str, words: str, note: str = "", notices: tuple[str, ...] = ()) -> Gathered:
    record = CitedSpeech(title=title, speaker="郑远山", date="2024-04-05", place="云溪市")
    return Gathered(
        words,
        item=make_speech_item(record),
        work=title,
        note=note,
        notices=notices,
        permalink=LINK + title,
    )


SAMPLE = [
    Gathered("关于代表家站", level=1),
    quote("甲", "一、建好代表家站\n办好每一个站点。", note="可用于第二部分"),
    Gathered("关于联系群众", level=2),
    quote("乙", "常走访。", notices=("所引文字中有 1 处缺失。",)),
    Gathered("关于自身建设", level=1),
    quote("甲", "改进作风。"),
]


def test_headings_are_numbered_by_level() -> None:
    compilation = compile_basket("题", SAMPLE, Settings())
    headings = [block.text for block in compilation.blocks if isinstance(block, CompilationHeading)]
    assert headings == ["一、关于代表家站", "（一）关于联系群众", "二、关于自身建设"]


def test_the_third_level_is_numbered_in_figures_and_begins_anew() -> None:
    levels = [(1, "甲"), (3, "子"), (3, "丑"), (2, "乙"), (3, "寅"), (1, "丙"), (2, "丁")]
    gathered = [Gathered(words, level=level) for level, words in levels]
    headings = [one.text for one in compile_basket("题", gathered, Settings()).blocks]  # type: ignore[union-attr]
    assert headings == ["一、甲", "1.子", "2.丑", "（一）乙", "1.寅", "二、丙", "（一）丁"]


@pytest.mark.parametrize(
    "words", ["三、其他", "（四）其他", "5.其他", "一是改进作风", "第一，要实"]
)
def test_a_heading_that_brings_its_number_keeps_it(words: str) -> None:
    assert compile_basket("题", [Gathered(words)], Settings()).blocks == [
        CompilationHeading(words, 1)
    ]


def test_a_work_has_one_number_in_the_list_however_often_it_is_cited() -> None:
    compilation = compile_basket("题", SAMPLE, Settings("list"))
    assert [one.number for one in compilation.quotes] == [1, 2, 1]
    assert [one.position for one in compilation.quotes] == [1, 2, 3]
    assert [note[:4] for note in compilation.notes] == ["[1] ", "[2] "]


def test_every_passage_has_a_footnote_with_notices_and_link() -> None:
    compilation = compile_basket("题", SAMPLE, Settings())
    assert len(compilation.notes) == 3
    assert compilation.notes[1].startswith("[2] 郑远山. 乙[")
    assert "1 处缺失" in compilation.notes[1]
    assert compilation.notes[1].endswith(LINK + "乙")


def test_a_link_that_the_reference_gives_is_not_given_again() -> None:
    record = CitedSpeech(title="丙", source_name="云溪人大网", permalink=LINK + "丙")
    one = Gathered("话", item=make_speech_item(record), work="丙", permalink=LINK + "丙")
    (found,) = compile_basket("题", [one], Settings()).quotes
    assert found.footnote.count(LINK) == 1


def test_headings_inside_a_passage_are_seen() -> None:
    first = compile_basket("题", SAMPLE, Settings()).quotes[0]
    assert [line.level for line in first.lines] == [1, 0]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、建好代表家站", 1),
        ("（二）常走访", 2),
        ("3.改进作风", 3),
        ("3.5%的增长", 0),
        ("一是改进作风。", 0),
        ("一、改进作风。要常下去。", 0),
        ("一、" + "长" * 70, 0),
        ("同志们：", 0),
    ],
)
def test_a_line_is_a_heading_by_its_marker(line: str, level: int) -> None:
    assert find_level(line) == level


def test_markdown_has_headings_footnotes_and_notes() -> None:
    text = write_markdown(compile_basket("材料 *一*", SAMPLE, Settings()))
    assert text.startswith("# 材料 \\*一\\*\n\n## 一、关于代表家站\n")
    assert "办好每一个站点。[^1]" in text
    assert "\n[^3]: 郑远山" in text
    assert "> 批注：可用于第二部分" in text


def test_markdown_with_a_list_ends_with_the_references() -> None:
    text = write_markdown(compile_basket("题", SAMPLE, Settings("list")))
    assert "改进作风。\\[1\\]" in text
    assert text.index("## 参考文献") < text.index("\\[2\\] 郑远山. 乙")


def test_plain_text_has_indents_numbers_and_notes() -> None:
    text = write_plain(compile_basket("题", SAMPLE, Settings()))
    assert "\n\u3000\u3000办好每一个站点。[1]\n（批注：可用于第二部分）\n" in text
    assert text.index("\n注释\n[1] 郑远山") < text.index("\n[3] ")


def test_without_references_only_the_words_and_warnings_stay() -> None:
    text = write_plain(compile_basket("题", SAMPLE, Settings("none", notes=False)))
    assert "郑远山" not in text
    assert "批注" not in text
    assert "（所引文字中有 1 处缺失）" in text


def test_punctuation_is_made_full_width_by_choice() -> None:
    one = [quote("甲", "办好站点,常走访。")]
    words = compile_basket("题", one, Settings(full_width=True)).quotes[0].lines[0].text
    assert words == "办好站点，常走访。"


def test_settings_are_read_tolerantly() -> None:
    assert Settings.from_params({"references": "x", "edition": "y"}) == Settings()
    asked = {"references": "list", "edition": "2015", "full_width": "1", "notes": "0"}
    assert Settings.from_params(asked) == Settings("list", "2015", True, False)


def test_an_empty_basket_is_a_title() -> None:
    compilation = compile_basket("题", [], Settings())
    assert write_plain(compilation) == "题\n"
    assert not [block for block in compilation.blocks if isinstance(block, Quote)]
