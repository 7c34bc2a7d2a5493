"""Made pages of strangers' sites: what holds for every page, and that the maker keeps its word."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, strategies as st

from benchmarks.page_reading.catalogue import (
    ASIDE_HANDS,
    LEARNT_HANDS,
    is_aside,
    list_aside,
    list_families,
    list_hand,
    list_tuning,
    list_unseen,
    make_page,
)
from benchmarks.page_reading.pages import FIELDS, Page
from benchmarks.page_reading.scoring import judge, score_page
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each
from tests.ingest.invariants import check_invariants, squeeze
from tests.thoroughness import draw, spare

# Seeds that neither training nor scoring uses.
SEED = 900_000
OTHERS = [name for hand in ASIDE_HANDS for name in list_hand(hand)]
FAMILIES = sorted(list_families())
QUICK = FAMILIES[::12]
# Files in a notation of their own (\u5404, <p> in a string), where words are not characters.
NOTATIONS = {"json-record", "json-with-html"}


def read(page: Page) -> Draft | None:
    try:
        return parse_bytes(page.data, page.name)
    except RejectedFile:
        # A dump may not be known by its name; nothing is lost by that, for it is told.
        assert list_families()[page.family] == "dumps"
        return None


def decode(page: Page) -> str:
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return page.data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{page.name} is in no encoding")


@for_each("family", FAMILIES)
def test_the_same_seed_gives_the_same_page(family: str) -> None:
    one, other = make_page(family, SEED), make_page(family, SEED)
    assert (one.data, one.fields, one.body) == (other.data, other.fields, other.body)
    assert one.data != make_page(family, SEED + 1).data


@for_each("family", FAMILIES)
def test_lines_and_body_of_a_page_agree_with_each_other(family: str) -> None:
    page = make_page(family, SEED)
    assert set(page.fields) <= set(FIELDS)
    assert page.body.strip()
    said = [line.clean for line in page.lines if line.role in ("salutation", "body")]
    assert squeeze("".join(said)) == squeeze(page.body)
    for gap in page.gaps:
        assert 0 <= gap.offset <= len(page.body)


@for_each("family", [f for f in FAMILIES if list_families()[f] not in ("dumps", "documents")])
def test_every_line_of_a_page_in_text_stands_in_its_bytes(family: str) -> None:
    page = make_page(family, SEED)
    if page.name.endswith((".html", ".htm", ".xhtml", ".docx", ".mht")):
        return
    text = squeeze(decode(page))
    for line in page.lines:
        assert squeeze(line.text) in text


def test_there_are_a_hundred_families_and_a_quarter_is_kept_aside() -> None:
    assert len(FAMILIES) >= 100
    assert {*list_tuning(), *list_aside(), *OTHERS} == set(FAMILIES)
    assert not set(list_tuning()) & {*list_aside(), *OTHERS}
    assert set(list_unseen()) <= set(list_tuning()), "the spent second set is learnt from"
    assert len(OTHERS) >= 15
    assert 0.1 < len([*list_aside(), *OTHERS]) / len(FAMILIES) < 0.35
    assert all(map(is_aside, list_aside()))
    carriers = Counter(list_families()[name] for name in list_aside())
    later = {*list_unseen(), *OTHERS}
    hands = {name for hand in LEARNT_HANDS for name in list_hand(hand)}
    known = {list_families()[name] for name in FAMILIES if name not in later | hands}
    assert set(carriers) == known, "a carrier has no family kept aside"


def check_page(page: Page) -> None:
    """Assert the contract's promises for one page, in both runs."""
    draft = read(page)
    if draft is None:
        return
    check_invariants(draft.to_json())
    assert parse_bytes(page.data, page.name).to_json() == draft.to_json()


@pytest.mark.parametrize("family", spare(FAMILIES, *QUICK))
def test_the_contract_holds_for_pages_of_every_family(family: str) -> None:
    for seed in (SEED, SEED + 1):
        check_page(make_page(family, seed))


@pytest.mark.parametrize(
    "family", spare([name for name in FAMILIES if name not in NOTATIONS], *QUICK)
)
def test_no_word_of_a_speech_is_lost_outside_flagged_places(family: str) -> None:
    for seed in (SEED, SEED + 1):
        page = make_page(family, seed)
        draft = read(page)
        assert draft is not None
        assert score_page(page, draft).lost == 0, page.name


@draw(60)
@given(family=st.sampled_from(FAMILIES), seed=st.integers(0, 10**9))
def test_the_contract_holds_for_any_page(family: str, seed: int) -> None:
    check_page(make_page(family, seed))


def test_a_value_that_the_page_does_not_state_is_wrong() -> None:
    assert judge(None, (), "在全市工作会议上的讲话") == "wrong"
    assert judge(None, (), None) == "none"
    assert judge("周明", (), None) == "missing"
    assert judge("周明", (), "周　明") == "right"
    assert judge("艾尔肯·吐尼亚孜", (), "艾尔肯．吐尼亚孜") == "right"
    assert judge("2024-01-09", ("2024-01",), "2024-01") == "right"
    assert judge("2024-01-09", (None,), None) == "none"


def test_a_body_without_a_sentence_counts_it_as_lost() -> None:
    page = make_page("word-pasted", SEED)
    draft = read(page)
    assert draft is not None
    sound = score_page(page, draft)
    sentence = next(iter(re.findall(r"[^。\n]{8,}。", draft.text)))
    draft.text = draft.text.replace(sentence, "", 1)
    assert score_page(page, draft).lost == sound.lost + len(squeeze(sentence))
