"""The five real files row by row: what a careful clerk sees in each."""

from __future__ import annotations

from functools import cache

import pytest

from corpus_app.ingest.draft import Draft, Section
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.invariants import check_invariants
from tests.ingest.shared_texts import SHARED, needs_shared

pytestmark = needs_shared
NUMBERS = ("000", "001", "002", "003", "004")


@cache
def parse(number: str) -> Draft:
    path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    return parse_bytes(path.read_bytes(), path.name)


def roots(number: str) -> list[Section]:
    return [s for s in parse(number).sections if s.parent is None]


def find_root(number: str, ordinal: int | None) -> Section:
    return next(s for s in roots(number) if s.kind == "section" and s.ordinal == ordinal)


def markers(number: str, parent: Section) -> list[str | None]:
    sections = parse(number).sections
    return [s.marker for s in sections if s.parent == parent.id and s.kind == "point"]


def removed(number: str, *kinds: str) -> str:
    return "\n".join(r.text for r in parse(number).removed if not kinds or r.kind in kinds)


@pytest.mark.parametrize("number", NUMBERS)
def test_it_keeps_the_invariants(number: str) -> None:
    check_invariants(parse(number).to_json())


@pytest.mark.parametrize("number", NUMBERS)
def test_it_leaves_no_noise_and_no_header_in_the_text(number: str) -> None:
    text = parse(number).text
    for words in (
        *("政讯通", "当前所在", "发布时间", "更新时间", "网友投稿", "原文链接", "免责声明"),
        *(
            "会员",
            "权限查看",
            "笔杆子参考",
            "酷乐文行",
            "QQ群",
            "禁止外传",
            "此处隐藏",
            "|",
            "http",
        ),
    ):
        assert words not in text


def test_seed_000_gets_a_title_made_from_its_text_never_the_salutation() -> None:
    meta = parse("000").metadata
    assert meta.title_inferred is True
    assert meta.title is not None
    assert "同志们" not in meta.title
    assert "会议" in meta.title


def test_seed_000_is_parted_into_paragraphs_and_begins_with_its_salutation() -> None:
    text = parse("000").text
    assert text.startswith("同志们:")
    assert text.count("\n") >= 6
    assert "区人大领导班子" in text.split("\n")[0] + text.split("\n")[1]


def test_seed_000_has_an_opening_with_three_points_the_third_after_a_semicolon() -> None:
    opening = roots("000")[0]
    assert opening.kind == "opening"
    assert markers("000", opening) == ["一是", "二是", "三是"]
    headings = [s.heading for s in parse("000").sections if s.parent == opening.id]
    assert headings == ["要学深悟透", "要突出重点", "要学以致用"]


def test_seed_000_has_two_sections_whose_headings_end_before_the_blank() -> None:
    first, second = find_root("000", 1), find_root("000", 2)
    assert first.heading == "坚持党的领导,建设对党忠诚的“政治机关”"
    assert second.heading == "坚持服务发展,建设依法履职的“权力机关”"
    assert [s.kind for s in roots("000")] == ["opening", "section", "section"]


def test_seed_000_has_mixed_markers_in_one_series() -> None:
    assert markers("000", find_root("000", 1)) == ["一要", "二是", "三是"]


def test_seed_000_is_truncated_behind_its_second_heading() -> None:
    draft = parse("000")
    assert draft.completeness == "truncated"
    assert [(g.kind, g.offset) for g in draft.gaps] == [("truncated", len(draft.text))]
    assert draft.text.endswith("“权力机关”")


def test_seed_001_has_title_organisation_date_and_source_but_no_speaker() -> None:
    meta = parse("001").metadata
    assert meta.title == (
        "深入学习贯彻习近平总书记关于坚持和完善人民代表大会制度的重要思想推动新时代人大工作高质量发展"
    )
    assert (meta.title_inferred, meta.speaker) == (False, None)
    assert (meta.organisation, meta.place) == ("房山区人大常委会", "房山区")
    assert {k: (d.value, d.precision) for k, d in meta.dates.items()} == {
        "published": ("2022-06-23", "day")
    }
    assert meta.source_name == "北京市人民代表大会常务委员会"
    assert meta.source_url == (
        "http://www.bjrd.gov.cn/rdzl/rdllysjhk/202201q/ml/202204/t20220405_2654062.html"
    )


def test_seed_001_loses_site_name_breadcrumb_and_disclaimer() -> None:
    assert parse("001").text.startswith("中央人大工作会议的召开")
    gone = removed("001")
    assert all(w in gone for w in ("政讯通中心", "当前所在", "免责声明", "作者:佚名"))
    assert "房山区人大常委会" in removed("001", "metadata").split("\n")


def test_seed_001_has_three_sections_of_two_three_and_five_points_and_a_closing() -> None:
    assert [s.kind for s in roots("001")] == ["opening", *["section"] * 3, "closing"]
    assert [len(markers("001", find_root("001", n))) for n in (1, 2, 3)] == [2, 3, 5]
    closing = roots("001")[-1]
    assert parse("001").text[closing.start :].startswith("总之,")


def test_seed_001_flags_its_slips_and_is_complete() -> None:
    draft = parse("001")
    assert draft.completeness == "complete"
    assert not draft.gaps
    slips = {s.text: s.suggestion for s in draft.suspects}
    assert slips["近平总书记"] == "习近平总书记"
    assert any("全过程民主" in slip for slip in slips)
    assert "习近平总书记" not in slips


def test_seed_002_has_title_subtitle_and_occasion() -> None:
    meta = parse("002").metadata
    assert meta.title == "昂首奋进新征程 奋力开创新局面"
    assert meta.subtitle == "在全市人大工作会议上的讲话"
    assert meta.occasion == "全市人大工作会议"


def test_seed_002_announces_four_sections_and_misses_two() -> None:
    (entry,) = parse("002").announced
    assert "四点意见" in entry.text
    assert (entry.expected, entry.found, entry.missing) == (4, 2, [2, 3])


def test_seed_002_hangs_the_points_behind_the_gap_under_an_unnamed_section() -> None:
    draft = parse("002")
    assert draft.completeness == "gapped"
    (gap,) = draft.gaps
    assert (gap.kind, gap.hidden_chars) == ("paywall", None)
    lost = find_root("002", None)
    assert (lost.marker, lost.heading) == (None, None)
    assert lost.start <= gap.offset <= lost.start + 1
    assert markers("002", lost) == ["一是", "二是", "三是", "四是"]
    assert markers("002", find_root("002", 1)) == []
    assert markers("002", find_root("002", 4)) == ["一是", "二是", "三是"]
    assert [s.ordinal for s in roots("002")] == [None, 1, None, 4]


def test_seed_002_keeps_the_asterisk_that_stands_for_a_place() -> None:
    assert parse("002").text.count("*") == 3


def test_seed_003_loses_advertising_and_watermarks_but_keeps_the_words_around_them() -> None:
    text = parse("003").text
    assert "审议通过的有关报告部署要求" in text
    assert "认真组织和指导机关全体党员" in text
    assert removed("003").count("笔杆子参考") == 2
    assert text.startswith("全国两会刚刚胜利闭幕")


def test_seed_003_has_its_title_and_three_sections_of_three_points() -> None:
    draft = parse("003")
    assert draft.metadata.title == "在市人大机关学习贯彻全国两会精神会议上的讲话"
    assert draft.metadata.occasion == "市人大机关学习贯彻全国两会精神会议"
    assert [len(markers("003", find_root("003", n))) for n in (1, 2, 3)] == [3, 3, 3]
    assert [(a.expected, a.found, a.missing) for a in draft.announced] == [(3, 3, [])]
    assert draft.completeness == "complete"
    assert "X书记" in draft.text


def test_seed_004_has_title_month_and_source_but_no_speaker() -> None:
    meta = parse("004").metadata
    assert meta.title == "在全区人大代表和人大工作者履职能力提升培训班开班式上的讲话"
    assert meta.occasion == "全区人大代表和人大工作者履职能力提升培训班开班式"
    assert {k: (d.value, d.precision) for k, d in meta.dates.items()} == {
        "updated": ("2024-04", "month")
    }
    assert (meta.source_name, meta.source_url, meta.speaker) == ("网友投稿", None, None)


def test_seed_004_ends_its_heading_before_the_point_glued_to_it() -> None:
    first = find_root("004", 1)
    assert first.heading is not None
    assert first.heading.startswith("深化“一个认识”")
    assert first.heading.endswith("重要性和必要性")
    assert markers("004", first) == ["一是", "二是", "三是"]
    assert markers("004", roots("004")[0]) == ["一是", "二是", "三是", "四是"]


def test_seed_004_has_a_gap_of_4864_characters_and_an_unnamed_section_behind_it() -> None:
    draft = parse("004")
    assert draft.completeness == "gapped"
    (gap,) = draft.gaps
    assert (gap.kind, gap.hidden_chars) == ("hidden", 4864)
    lost = find_root("004", None)
    assert lost.start <= gap.offset <= lost.start + 1
    assert markers("004", lost) == ["三要", "四要", "五要"]


def test_seed_004_closes_with_three_points() -> None:
    closing = roots("004")[-1]
    assert closing.kind == "closing"
    assert parse("004").text[closing.start :].startswith("最后,对此次培训班")
    assert markers("004", closing) == ["一要", "二要", "三要"]


def test_seed_004_keeps_the_masked_congress_and_flags_the_wrong_member_of_the_formula() -> None:
    draft = parse("004")
    assert "党的xx大" in draft.text
    assert any("崇尚法治" in s.text and "尊崇法治" in s.suggestion for s in draft.suspects)
