"""Our own kinds of document: the table of references, and what the item tells besides."""

import tomllib
from pathlib import Path

import pytest

from corpus_app.desk.citation.gbt7714 import format_reference
from corpus_app.desk.citation.inline import format_author_date
from corpus_app.desk.citation.items import read_item, write_item
from corpus_app.desk.citation.speech_item import (
    CitedSpeech,
    guess_carrier,
    list_authors,
    make_speech_item,
)
from tests.folding import for_each
from tests.places import ROOT

TABLE = tomllib.loads((Path(__file__).parent / "speech_cases.toml").read_text(encoding="utf-8"))
CASES = TABLE["cases"]
TITLE = "在云溪市人大工作会议上的讲话"


def make_record(case):
    """Return the record of a case: its base, changed."""
    fields = {**TABLE["bases"].get(case.get("base"), {}), **case["change"]}
    if "organisations" in fields:
        fields["organisations"] = tuple(fields["organisations"])
    return CitedSpeech(**fields)


def by_name(case):
    return case["shows"]


@for_each("case", CASES)
def test_a_speech_is_cited_as_the_standard_asks(case):
    item = make_speech_item(make_record(case))
    assert format_reference(item) == case["numeric_2025"]
    assert format_reference(item, edition="2015") == case["numeric_2015"]
    assert format_reference(item, style="author-date") == case["author_date_2025"]
    assert format_author_date(item) == case["in_text_2025"]


def test_the_table_has_at_least_forty_cases():
    assert len({case["shows"] for case in CASES}) == len(CASES) >= 40


@for_each("case", CASES)
def test_its_item_survives_csl_json(case):
    item = make_speech_item(make_record(case))
    assert read_item(write_item(item)) == item


def test_the_guide_shows_cases_as_they_are():
    shown = 0
    guide = (ROOT / "docs" / "citation.md").read_text(encoding="utf-8")
    known = {case["shows"]: case for case in CASES}
    for line in guide.splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] in known:
            case = known[cells[0]]
            assert cells[1:] == [case["numeric_2025"], case["numeric_2015"]]
            shown += 1
    assert shown >= 12


@pytest.mark.parametrize("name", ["佚名", "网友投稿", "（佚名）", "本站编辑"])
def test_nobody_is_never_an_author(name):
    speech = CitedSpeech(title=TITLE, speaker=name, organisations=(name,))
    assert list_authors(speech) == []
    assert name not in format_reference(make_speech_item(speech))


@pytest.mark.parametrize(
    ("fields", "carrier"),
    [
        ({"url": "https://a.example/1"}, "web"),
        ({"source_name": "云溪人大网"}, "web"),
        ({"source_name": "云溪人大发布"}, "web"),
        ({"source_name": "云溪日报"}, "newspaper"),
        ({"source_name": "《云溪日报》"}, "newspaper"),
        ({"source_name": "云溪日报", "url": "https://a.example/1"}, "newspaper"),
        ({"source_name": "云溪市人民代表大会常务委员会公报"}, "periodical"),
        ({"source_name": "《云溪人大》杂志"}, "periodical"),
        ({"publisher": "云岭出版社"}, "book"),
        ({"container_title": "会议文件汇编"}, "meeting"),
        ({"occasion": "云溪市人大工作会议"}, "internal"),
        ({}, "internal"),
    ],
)
def test_the_source_tells_what_kind_of_publication_it_is(fields, carrier):
    assert guess_carrier(CitedSpeech(title=TITLE, **fields)) == carrier


def test_the_notices_go_along_in_the_note():
    speech = CitedSpeech(
        title=TITLE,
        completeness="gapped",
        is_verified=False,
        permalink="https://yanku.example/p/7",
    )
    assert make_speech_item(speech).get("note").splitlines() == [
        "所据文本中间有缺失，引用前请核对原件。",
        "所据文本未经与原件核对。",
        "言库链接：https://yanku.example/p/7",
    ]


def test_a_text_that_breaks_off_says_so():
    speech = CitedSpeech(title=TITLE, completeness="truncated")
    assert make_speech_item(speech).get("note") == "所据文本结尾缺失，引用前请核对原件。"


def test_a_complete_text_has_no_notice():
    assert make_speech_item(CitedSpeech(title=TITLE)).get("note") == ""


def test_an_internal_text_is_not_given_the_permalink_as_its_address():
    speech = CitedSpeech(title=TITLE, permalink="https://yanku.example/p/7", accessed="2026-07-20")
    item = make_speech_item(speech)
    assert item.url == ""
    assert item.accessed is None
