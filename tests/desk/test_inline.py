"""Citations in the text: numbers, author and year, notes at the foot of the page."""

import pytest

from corpus_app.desk.citation.inline import (
    format_author_date,
    format_footnote,
    format_numeric,
    number_footnote,
)
from corpus_app.desk.citation.items import read_item


def make_item(*authors, year=2024, title="云溪市人大工作要点：2024年", **fields):
    names = [{"literal": author} if isinstance(author, str) else author for author in authors]
    issued = {"date-parts": [[year]]} if year else None
    return read_item({"type": "book", "title": title, "author": names, "issued": issued, **fields})


ZHENG = make_item("郑远山")
LIN = make_item("林晚舟", "郑远山", year=2021)
HILL = {"family": "Hill", "given": "Ann"}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1], "[1]"),
        ([2, 1], "[1-2]"),
        ([1, 3, 4, 5, 9], "[1,3-5,9]"),
        ([4, 4], "[4]"),
        ([], ""),
    ],
)
def test_it_runs_consecutive_numbers_together(numbers, expected):
    assert format_numeric(numbers) == expected


def test_pages_stand_behind_the_number():
    assert format_numeric([1], pages="12-15") == "[1]12-15"


@pytest.mark.parametrize(
    ("item", "new", "old"),
    [
        (ZHENG, "（郑远山，2024）", "(郑远山, 2024)"),
        (LIN, "（林晚舟等，2021）", "(林晚舟 等, 2021)"),
        (make_item(HILL, title="Reeds"), "（Hill，2024）", "(Hill, 2024)"),
        (make_item(HILL, HILL, title="Reeds"), "（Hill et al.，2024）", "(Hill et al., 2024)"),
        (make_item("郑远山", year=None), "（郑远山，无日期）", "(郑远山, 无日期)"),
        (make_item("佚名"), "（《云溪市人大工作要点》，2024）", "(《云溪市人大工作要点》, 2024)"),
        (make_item(title="Reeds", year=None), "（Reeds，n.d.）", "(Reeds, n.d.)"),
    ],
)
def test_it_names_the_first_author_and_the_year(item, new, old):
    assert format_author_date(item) == new
    assert format_author_date(item, edition="2015") == old


def test_only_the_year_stands_where_the_sentence_names_the_author():
    assert format_author_date(ZHENG, author_named=True, pages="12") == "（2024）12"


def test_a_suffix_tells_works_of_one_year_apart():
    assert format_author_date(ZHENG, year_suffix="a") == "（郑远山，2024a）"


def test_a_footnote_is_the_reference_behind_its_mark():
    assert format_footnote(ZHENG, mark="①").startswith("① 郑远山. 云溪市人大工作要点：2024年[M]. ")
    assert format_footnote(ZHENG).startswith("郑远山. ")


@pytest.mark.parametrize(
    ("number", "mark"), [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (51, "[51]")]
)
def test_footnotes_have_circled_numbers(number, mark):
    assert number_footnote(number) == mark
