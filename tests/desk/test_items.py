"""Reading CSL-JSON: tolerant of what exporters write, and losing nothing it knows."""

import pytest

from corpus_app.desk.citation.dates import CitationDate, read_date, write_date
from corpus_app.desk.citation.items import Item, PersonName, is_nobody, read_item, write_item


def test_it_reads_names_in_all_their_forms():
    item = read_item(
        {
            "type": "book",
            "author": [
                {"family": "郑", "given": "远山"},
                {"family": "Veen", "given": "Pieter", "dropping-particle": "van der"},
                {"literal": "云溪市人民代表大会常务委员会"},
            ],
        }
    )
    assert [name.join() for name in item.get_names("author")] == [
        "郑远山",
        "Pieter van der Veen",
        "云溪市人民代表大会常务委员会",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"date-parts": [["2024", "4", 5]]}, CitationDate(2024, 4, 5)),
        ({"date-parts": [[2024, 4]]}, CitationDate(2024, 4)),
        ({"date-parts": [["2024"]]}, CitationDate(2024)),
        ({"date-parts": [[2024, 13, 5]]}, CitationDate(2024)),
        ({"date-parts": [2024, 4]}, CitationDate(2024, 4)),
        ({"date-parts": ["2024"]}, CitationDate(2024)),
        ({"date-parts": [[1957], [1990]]}, CitationDate(1957, end_year=1990)),
        ({"date-parts": [[1936]], "circa": True}, CitationDate(1936, estimated=True)),
        ({"raw": "2024-04"}, CitationDate(2024, 4)),
        ({"literal": "c1988"}, CitationDate(words="c1988")),
        ("2024年4月5日", CitationDate(2024, 4, 5)),
        ("2024-04-05", CitationDate(2024, 4, 5)),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [["去年"]]}, None),
        ({}, None),
        (None, None),
        ("", None),
    ],
)
def test_it_reads_dates_as_precisely_as_they_are_given(value, expected):
    assert read_date(value) == expected


@pytest.mark.parametrize(
    "date",
    [
        CitationDate(2024),
        CitationDate(2024, 4),
        CitationDate(2024, 4, 5),
        CitationDate(1957, end_year=1990),
        CitationDate(1957, end_year=1990, end_estimated=True),
        CitationDate(1936, estimated=True),
        CitationDate(words="1995印刷"),
    ],
)
def test_a_written_date_reads_the_same(date):
    assert read_date(write_date(date)) == date


def test_it_takes_fields_from_the_note_but_lets_the_item_overrule_them():
    item = read_item(
        {"type": "book", "page": "3", "note": "page: 9\nCSTR: 1.2.3\ntype: periodical\n随手记"}
    )
    assert item.get("page") == "3"
    assert item.get("CSTR") == "1.2.3"
    assert item.type == "periodical"
    assert item.get("note").endswith("随手记")


@pytest.mark.parametrize(
    "name", ["佚名", "（佚名）", " 网友投稿 ", "Anonymous", "佚 名", "本站编辑"]
)
def test_names_of_nobody_are_no_names(name):
    assert is_nobody(name)
    assert read_item({"author": [{"literal": name}, "郑远山"]}).get_names("author") == (
        PersonName(literal="郑远山"),
    )


def test_it_passes_over_what_is_malformed():
    item = read_item({"author": 7, "issued": [], "title": None, "volume": 3, "custom": {"a": 1}})
    assert item == Item(type="document", fields={"volume": "3"})


def test_a_written_item_reads_the_same():
    item = read_item(
        {
            "id": "yanku-7",
            "type": "chapter",
            "title": "在云溪市人大工作会议上的讲话",
            "author": [{"family": "郑", "given": "远山"}],
            "editor": [{"literal": "云溪市人大常委会研究室"}],
            "issued": {"date-parts": [[2024, 4]]},
            "note": "第二次印刷",
        }
    )
    assert read_item(write_item(item)) == item
