"""Finding like texts, against comparing with all of them."""

import random

import pytest
from rapidfuzz import fuzz

from corpus_app.catalog.models import Speech
from corpus_app.intake.text_reuse import duplicates
from corpus_app.intake.text_reuse.duplicates import LIKE, find_alike, has_file_name
from corpus_app.intake.text_reuse.fingerprints import take_fingerprint
from corpus_app.text.chars import keep_words
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.places import ROOT

pytestmark = pytest.mark.django_db


def change_words(text: str, share: float, seed: int) -> str:
    """Return the text with this share of its characters replaced by others of it."""
    chance = random.Random(seed)
    return "".join(chance.choice(text) if chance.random() < share else sign for sign in text)


def compare_with_all(text: str) -> dict[int, float]:
    rows = Speech.objects.values_list("pk", "current__text")
    rated = {pk: fuzz.ratio(keep_words(text), keep_words(other)) / 100 for pk, other in rows}
    return {pk: ratio for pk, ratio in rated.items() if ratio >= LIKE}


def test_what_is_found_is_what_comparing_with_all_finds() -> None:
    files = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))[:8]
    for path in files:
        store(path.read_text("utf-8"), path.name)
    texts = list(Speech.objects.values_list("current__text", flat=True))
    for seed, text in enumerate(texts):
        for share in (0.0, 0.03, 0.1):
            changed = change_words(text, share, seed)
            found = find_alike(changed, take_fingerprint(changed))
            truth = compare_with_all(changed)
            assert {likeness.speech_id for likeness in found} == set(truth)
            assert [likeness.ratio for likeness in found] == pytest.approx(
                sorted(truth.values(), reverse=True), abs=1e-3
            )
    stranger = "".join(random.Random(1).sample(texts[0], len(texts[0])))
    assert find_alike(stranger, take_fingerprint(stranger)) == []


def test_a_text_is_not_its_own_duplicate() -> None:
    speech = store(WORK_CONFERENCE)
    assert speech.current is not None
    text = speech.current.text
    assert find_alike(text, take_fingerprint(text), exclude=speech.pk) == []
    assert find_alike(text, take_fingerprint(text))[0].ratio == 1.0


def test_a_namesake_is_compared_even_where_the_minhash_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speech = store(WORK_CONFERENCE, "稿.txt")
    assert speech.current is not None
    text = speech.current.text
    monkeypatch.setattr(duplicates, "_choose_candidates", lambda _fingerprint: [])
    assert find_alike(text, take_fingerprint(text)) == []
    assert len(find_alike(text, take_fingerprint(text), name="稿.txt")) == 1


def test_a_very_long_text_is_judged_by_its_minhash(monkeypatch: pytest.MonkeyPatch) -> None:
    speech = store(WORK_CONFERENCE)
    store(TRAINING)
    assert speech.current is not None
    monkeypatch.setattr(duplicates, "LONGEST_COMPARED", 10)
    monkeypatch.setattr(duplicates.fuzz, "ratio", None)
    text = change_words(speech.current.text, 0.03, 1)
    (found,) = find_alike(text, take_fingerprint(text))
    assert found.speech_id == speech.pk
    assert LIKE <= found.ratio <= 1


def test_a_file_name_counts_for_its_speech_alone() -> None:
    first, second = store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")
    assert has_file_name(first.pk, "a.txt")
    assert not has_file_name(second.pk, "a.txt")
