from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone, translation

from corpus_app.catalog.models import Speech
from search.arrays.store import read_arrays
from search.index.access import arrays_folder
from search.presentation.coverage import measure_coverage
from search.presentation.statement import write_statement
from search.result import Coverage, Share
from tests.search.asking import ask
from tests.search.factories import make_theme, tag_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chinese() -> object:
    with translation.override("zh-hans"):
        yield


def test_a_search_says_of_which_levels_and_completeness_its_speeches_are(
    corpus: dict[str, Speech],
) -> None:
    searched = ask("量子纠缠").searched
    assert searched.levels == (
        Share("prefecture", "市级", 1),
        Share("township", "乡级", 1),
        Share("", "不详", 1),
    )
    assert searched.completeness == (
        Share("complete", "完整", 2),
        Share("gapped", "中间有缺失", 1),
    )
    assert searched.undated == 1


def test_every_share_adds_up_to_all_speeches_over_several_segments(
    corpus: dict[str, Speech],
) -> None:
    import search
    from tests.search.factories import make_speech

    late = make_speech("新", ["代表。"], level="township", date="2024")
    search.index_speeches([late.pk])
    index = read_arrays(arrays_folder())
    assert index is not None
    assert len(index.segments) == 2
    whole = measure_coverage(index, [live.alive for live in index.segments])
    assert sum(share.count for share in whole.levels) == whole.speeches == 4
    assert sum(share.count for share in whole.completeness) == 4
    assert Share("township", "乡级", 2) in whole.levels
    assert (whole.first_year, whole.last_year, whole.undated) == (2022, 2024, 1)
    nothing = measure_coverage(index, [live.alive & False for live in index.segments])
    assert nothing == Coverage()


def test_chosen_facets_narrow_what_counts_as_searched(corpus: dict[str, Speech]) -> None:
    result = ask("量子纠缠", level=("prefecture", "township"), year=("2022",))
    assert result.searched.speeches == 1
    assert result.searched.levels == (Share("township", "乡级", 1),)
    assert (result.searched.first_year, result.searched.undated) == (2022, 0)
    assert result.corpus.speeches == 3


def test_a_chosen_theme_narrows_what_counts_as_searched(corpus: dict[str, Speech]) -> None:
    tag_section(corpus["station"], "1", make_theme("stations", "代表家站"))
    import search

    search.rebuild_index()
    assert ask("量子纠缠", theme=("stations",)).searched.speeches == 1


def test_what_is_shown_and_found_agree_with_what_was_searched(corpus: dict[str, Speech]) -> None:
    for chosen in ({}, {"level": ("township",)}, {"completeness": ("gapped",)}):
        result = ask("*", **chosen)
        assert result.total == result.searched.speeches


def test_the_statement_can_be_cited_as_it_stands(corpus: dict[str, Speech]) -> None:
    text = write_statement(ask("“量子纠缠” -信访", completeness=("complete", "gapped")))
    lines = text.splitlines()
    assert lines[:5] == [
        "言库检索说明",
        "检索式：“量子纠缠” -信访",
        "检索含义：含“量子纠缠”原文，不含“信访”",
        "检索单位：讲话",
        "筛选条件：完整性：完整、中间有缺失",
    ]
    assert lines[5].startswith("检索范围：3 篇，7 个章节，")
    assert lines[5].endswith("2022—2023 年")
    assert lines[6:10] == [
        "级别：市级 1 篇、乡级 1 篇、不详 1 篇",
        "完整性：完整 2 篇、中间有缺失 1 篇",
        "日期不详：1 篇",
        "结果：没有找到",
    ]
    assert lines[10] == f"检索日期：{timezone.localdate().isoformat()}"


def test_the_statement_of_hits_counts_them_by_unit(corpus: dict[str, Speech]) -> None:
    assert "结果：找到 2 篇" in write_statement(ask("代表"))
    assert "结果：找到 2 个章节" in write_statement(ask("履职", unit="section"))


def test_the_empty_page_shows_the_statement_without_scripts(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = client.get("/search/", {"q": "“量子<b>”", "level": "township"}).content.decode()
    assert "乡级 1 篇" in page
    assert "复制检索说明" in page
    assert "检索式：“量子&lt;b&gt;”" in page


def test_the_index_tells_the_characters_of_all_speeches_as_the_database_does(
    corpus: dict[str, Speech],
) -> None:
    import search
    from tests.search.factories import make_speech

    def add_up() -> tuple[int, int]:
        rows = Speech.objects.narrow().values_list("title", "subtitle", "current__text")
        return len(rows), sum(len("".join("".join(row).split())) for row in rows)

    assert search.count_corpus_characters() == add_up()
    late = make_speech("新", ["代表。"], level="township", date="2024")
    search.index_speeches([late.pk])
    assert search.count_corpus_characters() == add_up()
