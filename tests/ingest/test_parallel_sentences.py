"""Full parallel sentences: found by what their clauses begin with or pair off by."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from benchmarks.judged_sentences import load_judged
from corpus_app.ingest.parallel_sentences import find_parallel_sentences


@pytest.mark.parametrize(
    ("sentence", "members"),
    [
        ("既要算经济账，又要算民生账。", ["既要算经济账", "又要算民生账。"]),
        ("我们做事，不是给上级看的，而是给群众用的。", ["不是给上级看的", "而是给群众用的。"]),
        ("让老人有所养，让孩子有所教。", ["让老人有所养", "让孩子有所教。"]),
        ("有想干事的劲头，有能干事的本领。", ["有想干事的劲头", "有能干事的本领。"]),
        (
            "让路通到村口，车开到门前；让水引到田头，灯亮到屋里。",
            ["让路通到村口，车开到门前", "让水引到田头，灯亮到屋里。"],
        ),
        ("敢于碰硬，敢于较真，敢于担责。", ["敢于碰硬", "敢于较真", "敢于担责。"]),
    ],
)
def test_a_sentence_is_found_with_its_members(sentence: str, members: list[str]) -> None:
    text = f"同志们：\n{sentence}请大家讨论。"
    (found,) = find_parallel_sentences(text)
    assert text[found.start : found.end] == sentence
    assert [text[start:end] for start, end in found.members] == members


@pytest.mark.parametrize(
    "sentence",
    [
        "有关部门要研究，有条件的乡镇可以先行。",
        "既涉及十几个部门，又拖了三年多。",
        "要求按时上报，要点由办公室汇总。",
        "让我们再看一组数字。",
        "不是所有的村都适合种果树。",
    ],
)
def test_clauses_that_only_begin_alike_are_none(sentence: str) -> None:
    assert find_parallel_sentences(sentence) == []


def test_in_families_kept_aside_nine_of_ten_are_right_and_most_are_found() -> None:
    families = load_judged("parallel_sentences")
    aside = [one for one in families if one.name.startswith("aside")]
    counts = [family.count(find_parallel_sentences) for family in aside]
    right, wrong = map(sum, zip(*counts, strict=True))
    assert right >= 0.9 * (right + wrong)
    assert right >= 0.75 * sum(len(one.wanted) for one in aside)


LEADS = ["让", "把", "以", "坚持", "敢于"]
MEMBERS = [
    *("村道修到家门口", "老人吃上热饭菜", "孩子就近上好学", "河水清到能照人", "账目晒在阳光下"),
    *("小店开得更红火", "年轻人愿意回来", "办事只跑一个门", "矛盾解决在院坝", "好事件件有回音"),
]


@given(
    st.sampled_from(LEADS),
    st.lists(st.sampled_from(MEMBERS), min_size=6, max_size=9, unique=True),
    st.integers(0, 8),
    st.sampled_from(["", "十里八乡赶来的乡亲们看在眼里、记在心上的", "，不分早晚"]),
    st.sampled_from(["", "我们要", "同志们要"]),
)
def test_a_row_is_found_with_all_of_its_members(
    lead: str, members: list[str], odd: int, more: str, before: str
) -> None:
    """One may be much longer, one may hold a comma, the first may stand inside a clause."""
    at = 4 + odd % (len(members) - 5)
    told = [f"{lead}{member}{more if at == place else ''}" for place, member in enumerate(members)]
    text = before + "，".join(told) + "。"
    (found,) = find_parallel_sentences(text)
    shown = [text[start:end].removesuffix("。") for start, end in found.members]
    assert shown == told


PIECES = st.sampled_from(
    [*"让有既要又不是而，；。\n“", "让群众满意", "不是甲乙丙丁", "而是戊己庚辛"]
)


@given(st.lists(PIECES, max_size=50).map("".join))
def test_members_lie_in_their_sentence_in_order(text: str) -> None:
    end = 0
    for found in find_parallel_sentences(text):
        assert end <= found.start < found.end <= len(text)
        assert len(found.members) > 1
        places = [place for member in found.members for place in member]
        assert places == sorted(places)
        assert found.start <= places[0]
        assert places[-1] <= found.end
        assert all(first[1] <= second[0] for first, second in pairwise(found.members))
        end = found.end


@pytest.mark.parametrize(
    "piece", ["让群众满意，", "既要甲乙丙丁，又要", "不是", "有，；", "让甲乙丙，让丁戊己，又"]
)
def test_it_reads_one_endless_sentence(piece: str) -> None:
    find_parallel_sentences(piece * (200_000 // len(piece)))


def test_it_reads_one_endless_row() -> None:
    text = "，".join(
        f"让第{chr(0x4E00 + at % 5000)}组{chr(0x4E00 + at // 3)}满意" for at in range(15_000)
    )
    (found,) = find_parallel_sentences(text)
    assert len(found.members) > 1000
