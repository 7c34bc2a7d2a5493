"""Filling gaps in the real files beside the project: a part is hidden and must come back."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.checking.outline import find_outline_faults, is_traceable
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.revisions.filling.merging import fill_gaps
from tests.places import ROOT
from tests.thoroughness import spare

SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))

pytestmark = pytest.mark.django_db


def hide_part(text: str, low: int, high: int, chance: random.Random) -> str:
    """Return the text with a stretch between two places behind a notice."""
    size = high - low
    start = low + chance.randrange(size // 4, size // 2)
    end = start + chance.randrange(size // 10, size // 4)
    return f"{text[:start]}\n---此处隐藏{end - start}字,下载后查看---\n{text[end:]}"


def take_in(text: str, name: str) -> Speech:
    outcome = import_bytes(text.encode(), name)
    assert outcome.speech is not None
    return Speech.objects.get(pk=outcome.speech)


def check(path: Path, seed: int) -> None:
    whole = take_in(path.read_bytes().decode("utf-8"), "whole.txt")
    assert whole.current is not None
    text = whole.current.text
    # What the file itself hides cannot come back: the longest stretch that it has whole.
    cuts = [0, *(gap.offset for gap in whole.current.gaps.order_by("offset")), len(text)]
    low, high = max(pairwise(cuts), key=lambda pair: pair[1] - pair[0])
    copy = take_in(hide_part(text, low, high, random.Random(seed)), "copy.txt")
    assert copy.pk != whole.pk
    merged = fill_gaps(copy, whole).speech
    assert merged.current is not None
    assert "".join(merged.current.text.split()) == "".join(text.split())
    assert is_traceable(merged.current)
    assert list(find_outline_faults(merged.current)) == []


@pytest.mark.skipif(not SEEDS, reason="the real texts are not beside the project")
@pytest.mark.parametrize("seed", spare(range(2), 0))
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_what_was_hidden_of_a_real_text_comes_back(path: Path, seed: int) -> None:
    check(path, seed)


@pytest.mark.parametrize("path", SAMPLES[::5], ids=lambda path: path.name[:2])
def test_what_was_hidden_of_a_sample_comes_back(path: Path) -> None:
    check(path, 7)
