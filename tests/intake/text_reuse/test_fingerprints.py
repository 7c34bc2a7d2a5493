"""Fingerprints of texts."""

from hypothesis import given, strategies as st

from corpus_app.intake.text_reuse.fingerprints import (
    BANDS,
    SHINGLE,
    estimate_likeness,
    take_fingerprint,
)
from corpus_app.text.chars import keep_words
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE


def list_shingles(text: str) -> set[str]:
    words = keep_words(text)
    return {words[at : at + SHINGLE] for at in range(max(1, len(words) - SHINGLE + 1))}


def test_white_space_does_not_change_the_sha_and_a_comma_does() -> None:
    sha = take_fingerprint(WORK_CONFERENCE).text_sha
    assert take_fingerprint(WORK_CONFERENCE.replace("\n", "\n\n　　")).text_sha == sha
    assert take_fingerprint(WORK_CONFERENCE.replace("，", ",", 1)).text_sha != sha


def test_the_estimate_is_near_the_true_share_of_shingles() -> None:
    changed = WORK_CONFERENCE.replace("代表", "委员").replace("群众", "百姓")
    first, second = list_shingles(WORK_CONFERENCE), list_shingles(changed)
    truth = len(first & second) / len(first | second)
    estimate = estimate_likeness(
        take_fingerprint(WORK_CONFERENCE).minhash, take_fingerprint(changed).minhash
    )
    assert 0.3 < truth < 0.95
    assert abs(estimate - truth) < 0.15


def test_like_texts_share_a_band_and_others_do_not() -> None:
    corrected = WORK_CONFERENCE.replace("二十二", "二十三").replace("每月", "每周")
    bands = take_fingerprint(WORK_CONFERENCE).bands
    alike = take_fingerprint(corrected).bands
    other = take_fingerprint(TRAINING).bands
    assert sum(a == b for a, b in zip(bands, alike, strict=True)) > BANDS / 2
    assert sum(a == b for a, b in zip(bands, other, strict=True)) <= 2


def test_a_fingerprint_means_the_same_in_every_release() -> None:
    # Stored signatures are compared with new ones: this value must never change.
    assert take_fingerprint("全过程人民民主").bands[:2] == PINNED


PINNED = [3381271867989623283, 2038999411206858604]


@given(st.text(max_size=40))
def test_every_text_has_a_fingerprint(text: str) -> None:
    fingerprint = take_fingerprint(text)
    assert len(fingerprint.bands) == BANDS
    assert all(-(2**63) <= value < 2**63 for value in fingerprint.bands)
    assert estimate_likeness(fingerprint.minhash, fingerprint.minhash) == 1.0


def test_minhashes_of_another_size_are_not_compared() -> None:
    assert estimate_likeness(b"", take_fingerprint("文").minhash) == 0.0


def test_equal_characters_give_equal_shingles_and_texts_of_their_own() -> None:
    one = take_fingerprint("阿依努尔·吐尔逊谈全过程人民民主：要把意见办到群众心里。" * 3)
    other = take_fingerprint("阿依努爾‧吐爾遜談全過程⼈民⺠主︰要把意⻅辦到群眾⼼裡。" * 3)
    assert (other.minhash, other.sketch) == (one.minhash, one.sketch)
    assert other.text_sha != one.text_sha
