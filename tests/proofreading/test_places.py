"""Places left over from another draft, by the divisions since 1981."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.divisions import load_divisions, strip_unit
from corpus_app.proofreading.places import find_foreign_places


def find(
    text: str, own: str = "浙江省杭州市萧山区", year: int = 2026
) -> list[tuple[str, str | None]]:
    return [(one.text, one.suggestion) for one in find_foreign_places(text, own, year)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("江阴市人大常委会要带头落实。", [("江阴市", None)]),
        ("奋力谱写江阴高质量发展新篇章。", [("江阴", "萧山")]),
        ("要结合祁阳市实际，抓好落实。", [("祁阳市", None)]),
        ("建设富强美丽祁阳，是我们共同的责任。", [("祁阳", "萧山")]),
        ("为江阴的发展作出新的贡献。", [("江阴", "萧山")]),
    ],
)
def test_a_place_elsewhere_spoken_of_as_ones_own_is_told(
    text: str, found: list[tuple[str, str | None]]
) -> None:
    assert find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        # What is, was, holds or lies in one's own.
        "萧山区人大常委会要带头落实，谱写萧山高质量发展新篇章。",
        "杭州市人大常委会要带头落实，服务浙江高质量发展。",
        # Another place, spoken of as such.
        "赴江阴市学习考察，要借鉴江阴高质量发展的经验。",
        "江阴市、祁阳市人大常委会要加强联系。",
        "江阴市的企业很多。",
        # No names: 县级市, and what is done by the city.
        "市、县级市人民政府应当划定区域，提交市人民代表大会全体会议表决。",
        # Words of the language that are names as well.
        "推动和平发展，促进合作发展，建设美丽富裕的家园。",
        "为祖国统一大业而奋斗，推动资源高质量发展。",
    ],
)
def test_what_is_ones_own_or_spoken_of_as_anothers_is_left_alone(text: str) -> None:
    assert find(text) == []


def test_a_county_turned_district_bears_both_names_for_a_while() -> None:
    text = "祁阳县人大常委会要带头落实。"
    assert find(text, "祁阳市", 2022) == []
    assert find(text, "祁阳市", 2025) == [("祁阳县", "祁阳市")]
    assert find("祁阳县当年的做法值得回顾。", "祁阳市", 2025) == []


def test_what_lies_in_a_city_is_the_citys_own() -> None:
    assert find("建德市人大常委会要抓好落实。", "杭州市") == []
    assert find("建德市人大常委会要抓好落实。", "宁波市") == [("建德市", "宁波市")]


def test_the_last_division_of_an_address_is_meant() -> None:
    table = load_divisions()
    (district,) = table.resolve("江苏省徐州市鼓楼区")
    assert district.code == "320302"
    assert len(table.resolve("鼓楼区")) > 1
    assert table.resolve("浙江省望岫县") == []
    assert table.are_kin(table.find("萧山县"), table.find("萧山区"))


def test_every_code_that_is_named_is_there_and_every_row_has_its_years() -> None:
    table = load_divisions()
    for name in table.list_names().values():
        for one in table.find(name):
            assert one.start >= 1981
            assert not one.end or one.end > one.start
            assert len(table.list_lineage(one)) >= 1


@pytest.mark.parametrize(
    ("name", "core"),
    [("江都区", "江都"), ("延边朝鲜族自治州", "延边"), ("沧县", "沧"), ("宁夏回族自治区", "宁夏")],
)
def test_a_name_goes_without_its_unit(name: str, core: str) -> None:
    assert strip_unit(name) == core
