"""How likely values and text are right: who speaks against them, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, strategies as st

from benchmarks.page_reading.catalogue import list_families, make_page
from corpus_app.ingest.certainty import probabilities
from corpus_app.ingest.certainty.logistic import CertaintyModel, Logistic, load_doubt_model
from corpus_app.ingest.certainty.value_features import WEIGHED
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.model import HeadModel, build_model
from corpus_app.ingest.labelling.second_reader import load_second_reader
from corpus_app.ingest.metadata import reader
from corpus_app.ingest.metadata.witness import read_values
from corpus_app.ingest.pipeline import MeasuredDraft, parse_bytes, parse_with_signs
from tests.ingest.invariants import check_invariants
from tests.places import ROOT
from tests.thoroughness import draw

FAMILIES = sorted(list_families())
# Seeds that neither training nor scoring uses.
SEED = 910_000
HEAD = "在青芜县人大工作会议上的讲话\n（2023年5月6日）\n青芜县人大常委会主任　林知远\n"
BODY = """同志们：
这次会议的任务，是研究怎样把代表联络站办得更实。下面，我讲两点意见。
一、把群众的话听完整
听话要有耐心，听完再记，记完再问，问清楚了再答复，答复不了的写进建议里。
二、把群众的事办扎实
建议交出去以后，还要盯着办、问到底，办结后一定向选民回话。
谢谢大家！
"""
PAGE = """<html><head><title>{window}</title>{stated}</head><body>
<h1>在青芜县人大工作会议上的讲话</h1><p>（2023年5月6日）</p>
<p>发布时间：2023-05-08　来源：青芜人大网</p>
{body}</body></html>"""
CLEAN = [p for p in sorted((ROOT / "fixtures/speeches").glob("*.txt")) if p.name[:2] != "02"]
# What sites write below a speech, in words that no list of the reader's has.
LEFT = ["苇讯传阅｜仅供同仁", "青芜一家言 第12弹", "▼", "收到，谢谢分享！", "已阅 已转", "12"]


def parse(text: str, name: str = "a.txt") -> Draft:
    return parse_bytes(text.encode(), name)


def parse_page(window: str, stated: str = "") -> MeasuredDraft:
    body = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    page = PAGE.format(window=window, stated=stated, body=body)
    return parse_with_signs(page.encode(), "a.html")


def sure(draft: Draft, name: str) -> float:
    probability = draft.metadata.evidence[name].probability
    assert probability is not None
    return probability


def sure_of_text(draft: Draft) -> float:
    assert draft.text_evidence is not None
    assert draft.text_evidence.probability is not None
    return draft.text_evidence.probability


@draw(40)
@given(st.sampled_from(FAMILIES), st.integers(0, 500))
def test_every_value_read_and_every_text_has_a_probability(family: str, seed: int) -> None:
    page = make_page(family, SEED + seed)
    try:
        draft = parse_bytes(page.data, page.name)
    except RejectedFile:
        return
    values = read_values(draft.metadata)
    for name in WEIGHED:
        if name in values and not (name == "title" and draft.metadata.title_inferred):
            assert 0 < sure(draft, name) < 1
    found = draft.text_evidence
    assert found is not None
    assert 0 < sure_of_text(draft) < 1
    assert found.text in draft.text
    assert found.start is not None
    assert found.end is not None
    assert 0 <= found.start < found.end <= len(draft.raw)
    check_invariants(draft.to_json())


def test_what_the_format_states_speaks_for_a_value_or_against_it() -> None:
    title = "在青芜县人大工作会议上的讲话"
    agreeing = parse_page(f"{title}_青芜人大网", '<meta name="PubDate" content="2023-05-08">')
    other = '<meta name="PubDate" content="2019-11-30">'
    contradicting = parse_page("青芜县2019年预算公开目录", other)
    for doubted in (agreeing, contradicting):
        assert doubted.draft.metadata.title == title
        assert doubted.draft.metadata.dates["published"].value == "2023-05-08"
    assert "page_title:same" in agreeing.values["title"]
    assert "page_title:other" in contradicting.values["title"]
    assert "published:same" in agreeing.values["published"]
    assert "published:other" in contradicting.values["published"]
    for name in ("title", "published"):
        assert sure(contradicting.draft, name) <= sure(agreeing.draft, name)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("delivered", "（2019年11月30日）"),
        ("speaker", "泽川县人大常委会副主任　洪伯言"),
        ("subtitle", "——2019年11月30日在泽川县乡镇人大工作推进会上的讲话"),
    ],
)
def test_a_second_day_speaker_or_subtitle_makes_the_value_less_sure(name: str, line: str) -> None:
    head = (
        HEAD.replace("（2023", "——在青芜县人大工作推进会上的讲话\n（2023")
        if name == "subtitle"
        else HEAD
    )
    plain, contradicted = parse(head + BODY), parse(f"{head}{line}\n{BODY}")
    if name in contradicted.metadata.evidence:
        assert sure(contradicted, name) < sure(plain, name) - 0.02


@pytest.mark.parametrize("line", LEFT)
@pytest.mark.parametrize("path", CLEAN[:4], ids=lambda path: path.name[:2])
def test_a_line_of_the_page_that_stays_makes_the_text_less_sure(path: Path, line: str) -> None:
    text = path.read_text("utf-8").rstrip()
    clean, left = parse(text), parse(f"{text}\n{line}\n")
    if left.text.endswith(line):
        assert sure_of_text(left) < sure_of_text(clean)
        assert left.text_evidence is not None
        assert left.text_evidence.text == line


def test_clean_samples_are_sure() -> None:
    drafts = [parse(path.read_text("utf-8")) for path in CLEAN]
    known = [sure_of_text(draft) for draft in drafts if draft.completeness == "complete"]
    assert min(known) > 0.5
    assert sum(one < 0.8 for one in known) * 10 <= len(known)


def test_the_second_reader_changes_no_value_but_how_sure_it_is() -> None:
    blind = build_model({"weights": {}, "transitions": [[0.0] * len(Label)] * len(Label)})
    model = load_doubt_model()
    stating = CertaintyModel(model.values, model.text)

    def read(second: HeadModel) -> Draft:
        with (
            patch.object(reader, "load_second_reader", lambda: second),
            patch.object(probabilities, "load_doubt_model", lambda: stating),
        ):
            return parse(HEAD + BODY)

    first, second = read(load_second_reader()), read(blind)
    assert read_values(first.metadata) == read_values(second.metadata)
    assert first.removed == second.removed
    names = ("title", "speaker", "speaker_role", "delivered")
    assert sum(sure(first, name) for name in names) > sum(sure(second, name) for name in names)


def test_the_second_reader_reads_a_plain_head_by_itself() -> None:
    with patch.object(reader, "load_model", load_second_reader):
        meta = parse(HEAD + BODY).metadata
    assert (meta.title, meta.speaker) == ("在青芜县人大工作会议上的讲话", "林知远")
    assert meta.dates["delivered"].value == "2023-05-06"


def test_a_value_that_is_probably_wrong_is_not_stated_and_its_line_is_told() -> None:
    model = CertaintyModel(
        Logistic({"field:speaker": -6.0, "bias": 3.0}), Logistic({}), {"speaker": 0.6}
    )
    with patch.object(probabilities, "load_doubt_model", lambda: model):
        draft = parse(HEAD.replace("青芜县人大常委会主任　", "") + BODY)
    assert draft.metadata.speaker is None
    assert "speaker" not in draft.metadata.evidence
    assert [span.text for span in draft.removed if span.kind == "unread"] == ["林知远"]
    assert "unread" in {notice.code for notice in draft.notices}
    assert draft.metadata.title == "在青芜县人大工作会议上的讲话"


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.floats(-50, 50)), st.floats(0, 20))
def test_what_speaks_for_a_value_never_makes_it_less_sure(
    signs: dict[str, float], more: float
) -> None:
    model = Logistic({"a": 2.0, "b": -3.0})
    probability = model.estimate(signs)
    assert 0 < probability < 1
    assert model.estimate(signs | {"a": signs.get("a", 0.0) + more}) >= probability
    assert model.estimate(signs | {"b": signs.get("b", 0.0) + more}) <= probability


def test_the_model_of_doubt_is_numbers_and_bears_no_words_of_a_text() -> None:
    model = load_doubt_model()
    assert set(model.least) == set(WEIGHED)
    assert all(0 <= least < 1 for least in model.least.values())
    page = make_page("gov-crumb" if "gov-crumb" in FAMILIES else FAMILIES[0], SEED)
    doubted = parse_with_signs(page.data, page.name)
    known = set(model.values.weights)
    assert all(set(signs) & known for signs in doubted.values.values())
    assert set(doubted.text) & set(model.text.weights)
