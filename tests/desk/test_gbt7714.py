"""References after GB/T 7714: the given examples, and each rule by a case of our own."""

import json

import pytest
from hypothesis import given, strategies as st

from corpus_app.desk.citation.gbt7714 import format_reference
from tests.desk.reference_cases import BOOK, CASES, WEB, change, list_literals
from tests.folding import for_each
from tests.places import SHARED, needs_shared

EXAMPLES = SHARED / "gbt7714" / "examples_2025.json"
# Examples that we write otherwise, by title, with the reason. None at present.
KNOWN_DIFFERENCES: dict[str, str] = {}


@pytest.mark.shared
@needs_shared
def test_it_writes_every_given_example_as_the_standard_has_it():
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    assert len(examples) >= 42
    wrong = [
        (format_reference(example["item"]), example["numeric_2025"])
        for example in examples
        if example["item"]["title"] not in KNOWN_DIFFERENCES
        and format_reference(example["item"]) != example["numeric_2025"]
    ]
    assert wrong == []


@pytest.mark.shared
@needs_shared
def test_the_examples_keep_their_form_in_the_other_edition_and_style():
    for example in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        for edition in ("2025", "2015"):
            for style in ("numeric", "author-date"):
                text = format_reference(example["item"], edition=edition, style=style)
                assert text.endswith(".")
                assert not text.endswith("..")
                assert "None" not in text
                assert "，，" not in text


@for_each("case", CASES)
def test_it_follows_the_rule_for(case):
    _, item, new, old = case
    assert format_reference(item) == new
    if old is not None:
        assert format_reference(item, edition="2015") == old


AUTHOR_DATE = [
    (BOOK, "郑远山，2019. 云溪县志[M]. 云溪：云岭出版社：12-15."),
    (
        change(WEB, author=list_literals("云溪市人大常委会")),
        "云溪市人大常委会，2024. 云溪市人大常委会工作要点[EB/OL]. （2024-03-01）[2026-07-02]. "
        "https://rd.yunxi.example/1.html.",
    ),
    # Without an author the work begins with its title: 佚名 is no author.
    (
        change(WEB, issued=None),
        "云溪市人大常委会工作要点[EB/OL]，[2026]. [2026-07-02]. https://rd.yunxi.example/1.html.",
    ),
    (change(BOOK, issued=None, page=None), "郑远山，无日期. 云溪县志[M]. 云溪：云岭出版社."),
]


@pytest.mark.parametrize(("item", "expected"), AUTHOR_DATE)
def test_author_date_puts_the_year_behind_the_author(item, expected):
    assert format_reference(item, style="author-date") == expected


def test_the_older_edition_writes_author_date_half_width():
    text = format_reference(BOOK, style="author-date", edition="2015")
    assert text == "郑远山, 2019. 云溪县志[M]. 云溪: 云岭出版社: 12-15."


def test_a_suffix_tells_works_of_one_year_apart():
    text = format_reference(BOOK, style="author-date", year_suffix="b")
    assert text.startswith("郑远山，2019b. ")


def test_a_number_stands_before_the_reference():
    assert format_reference(BOOK, number=3).startswith("[3] 郑远山. ")


def test_the_older_edition_uses_its_signs_before_other_title_information():
    item = change(BOOK, title="云溪县志：水利卷", page=None)
    assert format_reference(item, edition="2015").startswith("郑远山. 云溪县志: 水利卷[M]")


def test_the_newer_edition_widens_the_sign_before_other_title_information():
    item = change(BOOK, title="云溪县志: 水利卷", page=None)
    assert format_reference(item).startswith("郑远山. 云溪县志：水利卷[M]")


def test_a_title_over_two_lines_comes_out_in_one():
    assert format_reference(change(BOOK, title="云溪\n县志")).startswith("郑远山. 云溪 县志[M]")


def test_an_unknown_edition_is_refused():
    with pytest.raises(ValueError, match="2030"):
        format_reference(BOOK, edition="2030")


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="apa"):
        format_reference(BOOK, style="apa")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["type", "title", "author", "editor", "issued", "accessed", "URL", "page", "note", "volume"]
)
DATES = st.fixed_dictionaries({"date-parts": JSON})


@given(st.dictionaries(KEYS, JSON | DATES), st.sampled_from(["2025", "2015"]))
def test_whatever_an_item_holds_a_reference_comes_out(data, edition):
    for style in ("numeric", "author-date"):
        assert format_reference(data, edition=edition, style=style).endswith(".")
