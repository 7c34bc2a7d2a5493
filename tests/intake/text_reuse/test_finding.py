"""Which speeches are found to share text, and what is kept of it."""

import random

import pytest
from pytest_django import DjangoAssertNumQueries

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import SampledShingle
from corpus_app.intake.text_reuse.finding import (
    find_pair,
    list_reuse,
    record_missing,
    record_text_reuse,
)
from tests.catalog.speeches import TRAINING, store
from tests.intake.text_reuse.texts import COPY, DIGEST, FULL, NOTES, STRANGER
from tests.places import ROOT

pytestmark = pytest.mark.django_db

SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))
SEEDS = ROOT.parent / "shared" / "seeds"


def test_copy_digest_and_notes_are_kin_of_the_speech_and_a_stranger_is_not() -> None:
    full = store(FULL, "全文.txt")
    store(TRAINING, "b.txt")
    store(STRANGER, "c.txt")
    kinds = {}
    for name, text in (("copy", COPY), ("digest", DIGEST), ("notes", NOTES)):
        row = find_pair(store(text, f"{name}.txt").pk, full.pk)
        kinds[name] = row.kind if row else None
    assert kinds == {"copy": "part", "digest": "part", "notes": "quotes"}
    assert list_reuse(full.pk).count() == 3


def test_the_shares_belong_to_the_speech_with_the_smaller_id() -> None:
    digest, full = store(DIGEST, "a.txt"), store(FULL, "b.txt")
    row = find_pair(full.pk, digest.pk)
    assert row is not None
    assert (row.speech_id, row.other_id) == (digest.pk, full.pk)
    assert row.share > 0.8
    assert row.other_share < 0.5


def test_a_copy_with_a_part_hidden_waits_and_says_whose_it_is() -> None:
    full = store(FULL, "全文.txt")
    outcome = import_bytes(COPY.encode(), "copy.txt")
    assert (outcome.status, outcome.of) == ("near_duplicate", full.pk)
    assert full.title in outcome.message
    assert Speech.objects.get(pk=outcome.speech or 0).status == "draft"


def test_the_whole_text_waits_where_a_part_of_it_is_stored() -> None:
    copy = store(COPY, "copy.txt")
    outcome = import_bytes(FULL.encode(), "全文.txt")
    assert (outcome.status, outcome.of) == ("near_duplicate", copy.pk)
    assert "含有" in outcome.message


def test_notes_on_a_speech_are_published_as_a_text_of_their_own() -> None:
    store(FULL, "全文.txt")
    outcome = import_bytes(NOTES.encode(), "notes.txt")
    assert outcome.status == "imported"
    assert "可能同源" in outcome.message
    assert Kinship.objects.get().kind == "quotes"


def test_what_was_decided_stays_and_what_no_longer_holds_goes() -> None:
    full = store(FULL, "a.txt")
    digest, notes = store(DIGEST, "b.txt"), store(NOTES, "c.txt")
    Kinship.objects.filter(other=digest).update(decision="unrelated")
    assert full.current is not None
    type(full.current).objects.filter(pk=full.current.pk).update(text=STRANGER)
    full.refresh_from_db()
    assert record_text_reuse(full) == []
    assert [row.other_id for row in list_reuse(full.pk)] == [digest.pk]
    assert find_pair(full.pk, notes.pk) is None


def test_looking_again_changes_nothing() -> None:
    full = store(FULL, "a.txt")
    store(NOTES, "c.txt")
    before = list(Kinship.objects.values())
    record_text_reuse(full)
    assert list(Kinship.objects.values()) == before


def test_a_corpus_from_before_there_were_sketches_is_caught_up_with_once() -> None:
    full, digest = store(FULL, "a.txt"), store(DIGEST, "b.txt")
    SampledShingle.objects.all().delete()
    Kinship.objects.all().delete()
    assert record_missing() == 2
    assert find_pair(full.pk, digest.pk) is not None
    assert record_missing() == 0


def test_no_two_sample_speeches_are_kin() -> None:
    for path in SAMPLES:
        store(path.read_text("utf-8"), path.name)
    assert Speech.objects.count() == len(SAMPLES)
    assert not Kinship.objects.exists()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real texts are not beside the project")
def test_no_two_real_speeches_of_different_events_are_kin() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        import_bytes(path.read_bytes(), path.name)
    assert not Kinship.objects.exists()


@pytest.mark.parametrize("seed", range(4))
def test_a_digest_of_a_few_sentences_is_found_among_all_samples(seed: int) -> None:
    for path in SAMPLES[:12]:
        store(path.read_text("utf-8"), path.name)
    chosen = Speech.objects.order_by("pk")[seed * 2]
    assert chosen.current is not None
    sentences = [s for s in chosen.current.text.replace("\n", "").split("。") if len(s) > 25]
    digest = random.Random(seed).sample(sentences, 6)
    found = store("。".join(digest) + "。", "digest.txt")
    assert [row.kind for row in list_reuse(found.pk)] == ["part"]
    assert find_pair(found.pk, chosen.pk) is not None


def test_finding_asks_no_more_queries_with_more_speeches(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    full = store(FULL, "a.txt")
    for number, text in enumerate((COPY, DIGEST, NOTES, TRAINING, STRANGER)):
        store(text, f"{number}.txt")
    # The speech's own speaker and body make two of them.
    with django_assert_max_num_queries(16):
        record_text_reuse(full)
