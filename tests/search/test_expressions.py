from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest
import regex
from hypothesis import given, settings, strategies as st

import search
from corpus_app.catalog.models import Speech
from search import QueryError, SearchRequest
from search.concordance import ConcordanceRequest, build_concordance
from search.counting.marks import find_marks
from search.matching.expressions import Clock, find_matches
from search.query.expressions import compile_expression, list_required
from search.query.nodes import Regex
from search.trends import ExpressionError, count_trend
from tests.search.asking import ask
from tests.search.factories import Part, make_speech

pytestmark = pytest.mark.django_db

LETTERS = "代表會a A1，\n"
PIECES = ("代", "表", "會", "会", "a", r"\d", r"\s", ".", "[代表]", "[^a]", r"\w", "，", "^", "$")
REPEATS = ("", "", "", "*", "+", "?", "{1,2}", "*?")


def draw_pattern(chance: random.Random, depth: int = 0) -> str:
    parts = []
    for _ in range(chance.randint(1, 3)):
        if depth < 2 and chance.random() < 0.2:
            parts.append(f"({draw_pattern(chance, depth + 1)})")
        else:
            parts.append(chance.choice(PIECES))
        if parts[-1] not in "^$":
            parts[-1] += chance.choice(REPEATS)
    pattern = "".join(parts)
    return f"{pattern}|{chance.choice(PIECES[:5])}" if chance.random() < 0.15 else pattern


def draw_text(chance: random.Random, longest: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(0, longest)))


def draw_speech(chance: random.Random, date: int) -> Speech:
    parts = [
        Part(draw_text(chance, 4), draw_text(chance, 12), [Part("", draw_text(chance, 8))] * 2)
        for _ in range(chance.randint(1, 3))
    ]
    title, subtitle = draw_text(chance, 6) or "代", draw_text(chance, 4)
    return make_speech(title, parts, subtitle=subtitle, date=f"{2020 + date % 3}")


def trim(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return the span without white space at its ends, None where nothing is left."""
    inside = text[slice(*span)]
    left = len(inside) - len(inside.lstrip())
    return (span[0] + left, span[0] + len(inside.rstrip())) if inside.strip() else None


def match_plainly(pattern: str, text: str) -> list[tuple[int, int]]:
    spans = [found.span() for found in regex.finditer(pattern, text, regex.MULTILINE)]
    return [kept for span in spans if (kept := trim(text, span))]


def list_zones(speech: Speech) -> tuple[str, str, str]:
    assert speech.current is not None
    return speech.title, speech.subtitle, speech.current.text


def find_sections(pattern: str, speech: Speech) -> set[str | None]:
    """Return the key of the deepest section around each match, None where no section holds one."""
    assert speech.current is not None
    title, subtitle, text = list_zones(speech)
    spans = match_plainly(pattern, text)
    sections = {row.key: trim(text, (row.start, row.end)) for row in speech.current.sections.all()}
    deepest: set[str | None] = set()
    for low, high in spans:
        around = [
            key
            for key, bounds in sections.items()
            if bounds and bounds[0] <= low and high <= bounds[1]
        ]
        deepest |= {max(around, key=lambda key: key.count("."))} if around else set()
    anywhere = spans or match_plainly(pattern, title) or match_plainly(pattern, subtitle)
    return deepest or ({None} if anywhere else set())


@pytest.fixture
def speeches(index_folder: object) -> list[Speech]:
    chance = random.Random(7)
    made = [draw_speech(chance, at) for at in range(16)]
    search.rebuild_index()
    late = [draw_speech(chance, at) for at in range(4)]
    search.index_speeches([speech.pk for speech in late])
    return made + late


@pytest.mark.parametrize("seed", range(3))
def test_an_expression_finds_what_it_matches_in_the_source_and_nothing_else(
    speeches: list[Speech], seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        pattern = draw_pattern(chance)
        query = f"正则:/{pattern}/"
        sections = {(s.pk, key) for s in speeches for key in find_sections(pattern, s)}
        hits = ask(query, unit="section", per_page=None).hits
        assert {(hit.speech_id, hit.section_key) for hit in hits} == sections, pattern
        hits = ask(query, per_page=None).hits
        assert {hit.speech_id for hit in hits} == {pk for pk, _ in sections}, pattern
        without = ask(f"* -{query}", per_page=None).hits
        assert len(without) == len(speeches) - len(hits), pattern


def test_concordance_and_trends_count_every_match(speeches: list[Speech]) -> None:
    chance = random.Random(11)
    for _ in range(30):
        pattern = draw_pattern(chance)
        total = sum(len(match_plainly(pattern, zone)) for s in speeches for zone in list_zones(s))
        request = SearchRequest(text=f"正则:/{pattern}/")
        assert build_concordance(ConcordanceRequest(request)).total == total, pattern
        trend = count_trend([request.text])
        assert trend.series[0].total.occurrences == total, pattern


@given(st.randoms(use_true_random=False), st.text(LETTERS, max_size=20))
@settings(max_examples=300, deadline=None)
def test_what_an_expression_requires_stands_in_all_its_matches(
    chance: random.Random, text: str
) -> None:
    pattern = draw_pattern(chance)
    for found in regex.finditer(pattern, text, regex.MULTILINE):
        assert all(required in found[0] for required in list_required(pattern)), pattern


@pytest.mark.parametrize(
    ("pattern", "required"),
    [
        ("第.{1,3}次会?议", ["第", "次", "议"]),
        (r"依法\.履职", ["依法.履职"]),
        ("代表|委员", []),
        ("(代表|委员)履职", ["履职"]),
        ("(?i)ab", []),
        (r"\x41b", []),
        ("[[]代", ["代"]),
        ("[]代]表", ["表"]),
        (r"\p{Han}代", []),
        ("(?#[)代]", []),
        ("代{e<=1}表", ["表"]),
    ],
)
def test_required_strings_are_read_with_care(pattern: str, required: list[str]) -> None:
    assert list_required(pattern) == required


def test_the_wording_of_the_source_is_matched(corpus: dict[str, Speech]) -> None:
    assert ask("正则:/機關黨建/").total == 1
    assert ask("正则:/机关党建/").total == 0
    assert ask("正则:/會講話$/").hits[0].speech_id == corpus["old"].pk


def test_an_expression_joins_with_words_fields_and_not(corpus: dict[str, Speech]) -> None:
    assert ask("正则:/代.履?/ OR 正则:/代表/").total == 2
    assert ask("正则:/代表.{0,2}履职/ 级别:乡级").hits[0].speech_id == corpus["station"].pk
    assert ask("代表 -正则:/信访/").hits[0].speech_id == corpus["work"].pk


def test_matches_are_marked_in_text_and_snippet(corpus: dict[str, Speech]) -> None:
    text = list_zones(corpus["work"])[2]
    marks = find_marks(r"正则:/[一二]是\s*要/", corpus["work"].pk)
    assert [text[slice(*mark)] for mark in marks] == ["一是\n要", "二是\n要"]
    hit = ask("正则:/依法.职/", unit="section").hits[0]
    assert [piece.text for piece in hit.pieces if piece.marked] == ["依法履职"]


def test_a_title_changed_since_it_was_indexed_gives_no_match(corpus: dict[str, Speech]) -> None:
    Speech.objects.filter(pk=corpus["work"].pk).update(title="在砚桥镇人大工作会议上的讲话")
    assert ask("正则:/砚桥镇人大工作/").total == 0
    assert ask("正则:/建好“..机关”/").total == 1


RUNAWAYS = ("(a+)+$", "(.*)*", "(a|a)*b", "(?s)(?=(.*)*Q)", "(a?){40}a{40}", "(?r)(a+)+^b")


@pytest.mark.parametrize("pattern", RUNAWAYS)
def test_a_runaway_expression_ends_by_the_limit(
    pattern: str, index_folder: object, settings: object
) -> None:
    settings.REGEX_SECONDS = 1  # type: ignore[attr-defined]
    make_speech("代表", [f"{'a' * 60}，代表。\n" * 40])
    search.rebuild_index()
    started = time.monotonic()
    with suppress(QueryError):
        ask(f"正则:/{pattern}/")
    # Far from the hours it would take, with room for a busy machine.
    assert time.monotonic() - started < 20


def test_the_limit_is_told_with_the_place(index_folder: object, settings: object) -> None:
    settings.REGEX_SECONDS = 1  # type: ignore[attr-defined]
    make_speech("代表", [f"{'a' * 60}，代表。" * 40])
    search.rebuild_index()
    with pytest.raises(QueryError) as refusal:
        ask("代表 正则:/(?s)(?=(.*)*Q)/")
    assert refusal.value.position == 6
    assert refusal.value.reason == "正则表达式用时超过 1 秒，请缩小范围或改写"


def test_a_trend_names_the_expression_whose_time_is_over(
    index_folder: object, settings: object
) -> None:
    settings.REGEX_SECONDS = 1  # type: ignore[attr-defined]
    make_speech("代表", [f"{'a' * 60}，代表。" * 40], date="2022")
    search.rebuild_index()
    with pytest.raises(ExpressionError) as refusal:
        count_trend(["代表", "正则:/(?s)(?=(.*)*Q)/"])
    assert refusal.value.expression.startswith("正则")


def test_all_expressions_of_a_query_share_one_limit() -> None:
    clock = Clock(0.2)
    assert find_matches(Regex("a"), "ba", clock) == [(1, 2)]
    time.sleep(0.25)
    with pytest.raises(QueryError, match=r"用时超过 0.2 秒"):
        find_matches(Regex("b"), "ba", clock)


def test_other_conditions_narrow_what_an_expression_is_looked_for_in(
    index_folder: object, settings: object
) -> None:
    settings.REGEX_SECONDS = 1  # type: ignore[attr-defined]
    make_speech("代表", [f"{'a' * 60}，代表。" * 40], date="2022")
    slow = "正则:/(?s)(?=(.*)*Q)|委员/"
    quiet = make_speech("委员", ["aab，委员。"], date="2023")
    search.rebuild_index()
    with pytest.raises(QueryError):
        ask(slow)
    assert ask(f"{slow} 日期:2023").hits[0].speech_id == quiet.pk


def test_an_expression_is_compiled_once() -> None:
    assert compile_expression("代.表") is compile_expression("代.表")


def test_the_page_shows_where_an_expression_is_wrong(
    client: object, corpus: dict[str, Speech]
) -> None:
    answer = client.get("/search/", {"q": "代表 正则:/(履/"})  # type: ignore[attr-defined]
    assert answer.status_code == 400
    assert "左括号没有配对" in answer.content.decode()
