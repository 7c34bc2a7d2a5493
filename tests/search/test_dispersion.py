"""Dispersion: brute force over the stored texts is the oracle."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.catalog.models import Section, Speech
from search import ConcordanceRequest, SearchRequest
from search.concordance.building import locate_lines
from search.dispersion import DispersionRequest, answer_dispersion, export_dispersion
from search.dispersion.counting import measure_evenness
from tests.search.parted import count_characters, count_words, make_parted
from tests.thoroughness import draw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


@pytest.fixture
def speeches() -> list[Speech]:
    return make_parted()


def squeeze(text: str) -> str:
    return "".join(text.split())


def list_parts(speech: Speech) -> list[tuple[str, int, int]]:
    """Return each top part as addresses name it, with its ends in the text without blanks."""
    assert speech.current
    text = speech.current.text
    tops: QuerySet[Section] = speech.current.sections.filter(parent=None).order_by("position")
    parts, number = [], 0
    for section in tops:
        name = {"opening": "opening", "closing": "closing"}.get(section.kind, "")
        number += not name
        name = "undivided" if len(tops) == 1 else name or str(number)
        parts.append((name, *(len(squeeze(text[:at])) for at in (section.start, section.end))))
    return parts


def locate_plainly(speech: Speech, words: str) -> list[tuple[str, int]]:
    """Return part and tenth (0 in a title) of each occurrence."""
    assert speech.current
    text = squeeze(speech.current.text)
    heads = (squeeze(speech.title), squeeze(speech.subtitle))
    found = [("title", 0)] * sum(
        head.startswith(words, at) for head in heads for at in range(len(head))
    )
    for at in range(len(text)):
        if text.startswith(words, at):
            held = [
                n for n, low, high in list_parts(speech) if low <= at and at + len(words) <= high
            ]
            found.append((held[0] if held else "across", at * 10 // len(text) + 1))
    return found


@draw(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.sampled_from(["监督", "代", "立法", "督代", "表", "无此"]),
    level=st.sampled_from([(), ("county",)]),
)
def test_parts_tenths_and_evenness_are_as_a_plain_reading_has_them(
    speeches: list[Speech], words: str, level: tuple[str, ...]
) -> None:
    search = SearchRequest(text=f"“{words}”", level=level)
    answer = answer_dispersion(DispersionRequest(search))
    counted = [speech for speech in speeches if not level or speech.level in level]
    located = {speech.pk: locate_plainly(speech, words) for speech in counted}
    places = [place for found in located.values() for place in found]
    parts = Counter(part for part, _tenth in places)
    tenths = Counter(tenth for _part, tenth in places)
    assert answer.total == len(places)
    assert answer.speeches == sum(bool(found) for found in located.values())
    assert {one.position: one.occurrences for one in answer.parts if one.occurrences} == {
        f"part:{part}": count for part, count in parts.items()
    }
    assert [one.occurrences for one in answer.tenths] == [tenths[at] for at in range(1, 11)]
    for one in answer.parts:
        named = one.position.removeprefix("part:")
        assert one.speeches == sum(any(p == named for p, _ in found) for found in located.values())
        if named not in ("title", "across"):
            sizes = [h - low for s in counted for n, low, h in list_parts(s) if n == named]
            assert one.characters == sum(sizes)
        lines = locate_lines(ConcordanceRequest(search, where=one.position), range(0)).answer
        assert lines.total == one.occurrences
    counts = [count_words(speech, words) for speech in counted]
    assert (answer.dp, answer.dp_norm) == pytest.approx(
        measure_plainly(counts, [count_characters(speech) for speech in counted])
    )


def measure_plainly(counts: list[int], sizes: list[int]) -> tuple[float | None, float | None]:
    if not sum(counts):
        return None, None
    shares = [size / sum(sizes) for size in sizes]
    pairs = zip(counts, shares, strict=True)
    dp = sum(abs(count / sum(counts) - share) for count, share in pairs) / 2
    return dp, dp / (1 - min(shares))


def test_evenness_has_the_values_of_its_definition() -> None:
    even = measure_evenness(np.array([1, 2, 3]), np.array([10, 20, 30]))
    assert even == (pytest.approx(0), pytest.approx(0))
    # All in the smallest of three: as uneven as can be.
    assert measure_evenness(np.array([4, 0, 0]), np.array([10, 20, 30])) == pytest.approx(
        (5 / 6, 1)
    )
    assert measure_evenness(np.array([4]), np.array([10])) == (None, None)
    assert measure_evenness(np.array([0, 0]), np.array([10, 5])) == (None, None)
    assert measure_evenness(np.array([], dtype=int), np.array([], dtype=int)) == (None, None)


def test_the_file_has_a_row_for_each_part_and_tenth(speeches: list[Speech]) -> None:
    answer = answer_dispersion(DispersionRequest(SearchRequest(text="“监督”")))
    rows = list(export_dispersion(answer).rows)
    assert len(rows) == len(answer.parts) + 10
    assert sum(int(row[2] or 0) for row in rows if row[0] == "按部分") == answer.total
