"""Words compared without white space."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.text.matching import find_alike, find_same

TEXTS = st.text(alphabet="人民代表大会\n \u3000，。", max_size=60)


@given(TEXTS, st.data())
def test_words_of_a_text_are_found_in_it_wherever_its_lines_break(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wanted = "".join(text[start:end].split())
    found = find_same(text, start, end, "\n".join(text))
    if not wanted:
        assert found is None
    else:
        assert found is not None
        assert "".join("\n".join(text)[slice(*found)].split()) == wanted


def test_of_several_places_the_one_in_like_surroundings_is_taken() -> None:
    old = "甲段说，要做到位。乙段说，要做到位。"
    start = old.rindex("要做到位")
    new = "新加一段，要做到位。甲段说，要做到位。乙段说，要做到位。丙段说，要做到位。"
    found = find_same(old, start, start + 4, new)
    assert found
    assert new[: found[0]].endswith("乙段说，")


def test_words_that_are_gone_are_not_found() -> None:
    assert find_same("办好实事", 0, 4, "办好民生实事") is None


def test_the_most_alike_stretch_is_found_in_a_longer_text() -> None:
    text = "第一，学好法律。\n第二，每季度至少走访二十户选民。\n第三，会转交。"
    found = find_alike("每季度至少走访十户选民", text, 0, len(text))
    assert found
    assert "走访二十户选民" in text[slice(*found)]


def test_a_long_passage_is_found_again_whole() -> None:
    passage = "".join(
        f"第{number}条，要走访{number}户选民，记{number}件事。" for number in range(200)
    )
    text = "前言。" * 500 + passage.replace("户选民", "家选民") + "后记。" * 900
    found = find_alike(passage, text, 0, len(text))
    assert found
    assert text[slice(*found)] == passage.replace("户选民", "家选民")


def test_a_passage_that_grew_is_found_with_both_its_ends() -> None:
    old = "一、做好新时代人大工作。党的领导是根本保证。群众满意是唯一标准。制度管用才能长久。"
    new = old.replace("工作", "事业").replace("。", "。并且要常抓不懈。", 2)
    text = "前面另有一段话，说的是天气。" + new + "后面还有一段话，说的是收成。"
    found = find_alike(old, text, 0, len(text))
    assert found
    assert text[slice(*found)].startswith("一、做好新时代")
    assert "制度管用才能长久。" in text[slice(*found)]


def test_nothing_alike_is_nothing() -> None:
    assert find_alike("甲乙丙丁戊己庚辛", "一二三四五六七八九十" * 9, 0, 90) is None
