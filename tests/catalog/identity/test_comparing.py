"""Two heads as a whole: one speech, two, or not told; all names are invented."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from corpus_app.catalog.identity import Agreement, Head, compare_heads
from corpus_app.catalog.identity.comparing import compare_dates
from corpus_app.catalog.identity.parties import (
    compare_organisations,
    compare_places,
    compare_speakers,
)

AGREE, UNKNOWN, CONTRADICT = Agreement.AGREE, Agreement.UNKNOWN, Agreement.CONTRADICT
HEAD = Head(
    title="在青芜县人大工作会议上的讲话",
    speaker="林知远",
    organisation="青芜县人大常委会",
    place="青芜县",
    occasion="青芜县人大工作会议",
    delivered="2023-05-06",
)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("林知远", "林　知　远", AGREE),
        ("林知远", "林知遠", AGREE),
        ("林知远", "林知远（主任）", AGREE),
        ("林知远", "林知远同志", AGREE),
        ("林知远", "县人大常委会主任 林知远", AGREE),
        ("阿依古丽·买买提", "阿依古丽•买买提", AGREE),
        ("安东尼奥·古特", "古特", AGREE),
        ("林知远", "林某某", UNKNOWN),
        ("林知远", "", UNKNOWN),
        ("林知远", "苏某某", CONTRADICT),
        ("林知远", "苏晚晴", CONTRADICT),
        ("林知远", "林知近", CONTRADICT),
        ("林知远", "青芜县人大常委会党组书记、主任 林知远", AGREE),
        ("林知远", "县委副书记、县长林知远", AGREE),
        ("林知远", "讲话人：林知远", AGREE),
        ("林知远", "林知远 2023年5月6日", AGREE),
        ("林知远", "林主任", UNKNOWN),
        ("司马光明", "司马主任", UNKNOWN),
        ("林知远", "何主任", CONTRADICT),
        ("林知远", "佚名", UNKNOWN),
        ("林知远", "网络", UNKNOWN),
        ("林知远", "县人大常委会主任", UNKNOWN),
        ("林知远", "青芜县人大常委会办公室", UNKNOWN),
        ("白榆县人大常委会", "青芜县人大常委会", CONTRADICT),
        ("林知远、何远川", "何远川、林知远", AGREE),
    ],
)
def test_speakers(first: str, second: str, wanted: Agreement) -> None:
    assert compare_speakers(first, second).agreement is wanted
    assert compare_speakers(second, first).agreement is wanted


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("溪北市人大常委会", "溪北市人民代表大会常务委员会", AGREE),
        ("溪北市人大常委会", "江东省溪北市人大常委会", AGREE),
        ("中共溪北市委员会", "溪北市委", AGREE),
        ("溪北市人民政府", "溪北市政府", AGREE),
        ("人大常委会", "溪北市人大常委会", UNKNOWN),
        ("溪北市人大", "溪北市人大常委会", UNKNOWN),
        ("溪北市人大常委会办公室", "溪北市人大常委会", UNKNOWN),
        ("溪北市人大常委会", "白榆县人大常委会", CONTRADICT),
        ("溪北市人大常委会", "溪北市政府", CONTRADICT),
    ],
)
def test_organisations(first: str, second: str, wanted: Agreement) -> None:
    assert compare_organisations(first, second).agreement is wanted
    assert compare_organisations(second, first).agreement is wanted


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("溪北市", "江东省溪北市", AGREE),
        ("溪北", "溪北市", AGREE),
        ("江东省", "江东省溪北市", UNKNOWN),
        ("江东省", "溪北市", UNKNOWN),
        ("溪北市", "白榆县", UNKNOWN),
        ("青芜县", "白榆县", CONTRADICT),
    ],
)
def test_places_may_lie_in_one_another(first: str, second: str, wanted: Agreement) -> None:
    assert compare_places(first, second).agreement is wanted
    assert compare_places(second, first).agreement is wanted


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (Head(delivered="2023"), Head(delivered="2023-05-06"), AGREE),
        (Head(delivered="2023-05"), Head(delivered="2023-05-06"), AGREE),
        (Head(delivered="2023-05-07"), Head(delivered="2023-05-06"), CONTRADICT),
        (Head(delivered="2023-05-06"), Head(published="2023-05-08"), UNKNOWN),
        (Head(delivered="2023-05-06"), Head(published="2021-05-08"), CONTRADICT),
        (Head(published="2023-05-06"), Head(published="2023-06-06"), UNKNOWN),
        (Head(published="2023-05-06"), Head(published="2023-05-06"), AGREE),
        (Head(title="在2021年总结会上的讲话"), Head(delivered="2023-05-06"), CONTRADICT),
        (Head(title="在2022年总结会上的讲话"), Head(delivered="2023-01-06"), UNKNOWN),
        (Head(), Head(delivered="2023-05-06"), UNKNOWN),
    ],
)
def test_dates_go_by_their_precision_and_kind(first: Head, second: Head, wanted: Agreement) -> None:
    assert compare_dates(first, second).agreement is wanted
    assert compare_dates(second, first).agreement is wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (HEAD, AGREE),
        (replace(HEAD, delivered="2023"), AGREE),
        (Head(title=HEAD.title, speaker="林知远"), AGREE),
        (Head(title="讲话", speaker="林知远", delivered="2023-05-06"), AGREE),
        (Head(title=HEAD.title), UNKNOWN),
        (Head(title="讲话"), UNKNOWN),
        (Head(), UNKNOWN),
        (Head(speaker="林知远"), UNKNOWN),
        (Head(organisation=HEAD.organisation, delivered="2023-05-06"), UNKNOWN),
        (replace(HEAD, speaker="苏晚晴"), CONTRADICT),
        (replace(HEAD, delivered="2021-05-06"), CONTRADICT),
        (replace(HEAD, organisation="白榆县人大常委会"), CONTRADICT),
    ],
)
def test_one_contradiction_makes_two_and_one_speech_takes_proof(
    other: Head, wanted: Agreement
) -> None:
    assert compare_heads(HEAD, other).agreement is wanted
    assert compare_heads(other, HEAD).agreement is wanted


def test_a_yearly_report_is_one_where_body_and_year_agree() -> None:
    report = Head(title="政府工作报告", organisation="溪北市人民政府", delivered="2023")
    assert compare_heads(report, report).agreement is AGREE
    undated = replace(report, delivered="")
    assert compare_heads(report, undated).agreement is UNKNOWN


def test_two_independent_contradictions_are_clear_and_one_is_not() -> None:
    speaker = replace(HEAD, speaker="苏晚晴")
    assert not compare_heads(HEAD, speaker).is_clear
    assert compare_heads(HEAD, replace(speaker, delivered="2021")).is_clear
    placed = replace(HEAD, organisation="白榆县人大常委会", place="白榆县")
    assert not compare_heads(HEAD, placed).is_clear


def test_the_reason_names_both_values() -> None:
    compared = compare_heads(HEAD, replace(HEAD, speaker="苏晚晴"))
    assert compared.reason == "讲话人不同（林知远／苏晚晴）"
    assert [one.name for one in compared.contradictions] == ["speaker"]


def test_what_the_other_head_does_not_bear_out_is_news() -> None:
    bare = Head(title="讲话", published="2024-01-01")
    assert not compare_heads(bare, HEAD).news
    assert {one.name for one in compare_heads(HEAD, bare).news} >= {"title", "speaker"}


VALUES = st.sampled_from(
    ["", "讲话", "在青芜县人大工作会议上的讲话", "林知远", "苏晚晴", "2023", "2024-05"]
)
HEADS = st.builds(
    Head, title=VALUES, subtitle=VALUES, speaker=VALUES, organisation=VALUES,
    delivered=VALUES, published=VALUES, occasion=VALUES, title_inferred=st.booleans(),
)  # fmt: skip


@given(HEADS, HEADS)
def test_the_order_of_two_heads_does_not_matter(first: Head, second: Head) -> None:
    assert compare_heads(first, second).agreement is compare_heads(second, first).agreement
