"""How likely something stated is false: what counts for it, what does not, and who settles it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from corpus_app.intake.models import Doubt
from corpus_app.intake.quality.facts import QualityFacts
from corpus_app.intake.quality.flags import has_current_flags, refresh_flags
from corpus_app.intake.quality.misreading import estimate_misread
from corpus_app.intake.quality.reasons import Reason, find_reasons
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.revisions import editing
from tests.catalog.speeches import store
from tests.intake.quality.test_reasons import CLEAN
from tests.review.desk import store_clean

PARTS = st.floats(0.01, 0.999)
FIELDS = ["title", "speaker", "delivered", "source", "occasion"]
HEAD = "在青芜县人大工作会议上的讲话\n（2023年5月6日）\n青芜县人大常委会主任　林知远\n同志们：\n"
BODY = "听话要有耐心，听完再记，记完再问，问清楚了再答复，答复不了的写进建议里。" * 9
LEFT = "苇讯传阅｜仅供同仁"


def estimate(facts: QualityFacts) -> float:
    return estimate_misread(facts, find_reasons(facts))


@given(st.dictionaries(st.sampled_from(FIELDS), PARTS), PARTS, st.sampled_from(FIELDS), PARTS)
def test_it_is_a_probability_and_a_less_sure_value_never_lowers_it(
    known: dict[str, float], text: float, name: str, share: float
) -> None:
    facts = replace(CLEAN, probabilities=known, text_probability=text)
    probability = estimate(facts)
    assert 0 <= probability <= 1
    # It is at least that of the least sure part, as far as four places tell.
    assert probability >= 1 - min([*known.values(), text]) - 0.0001
    lower = known | {name: known.get(name, 1.0) * share}
    assert estimate(replace(facts, probabilities=lower)) >= probability
    assert estimate(replace(facts, text_probability=text * share)) >= probability


def test_what_nobody_measured_says_nothing() -> None:
    assert estimate(CLEAN) == 0


@pytest.mark.parametrize("code", sorted(load_rules().misread))
def test_what_no_made_page_can_show_adds_to_it(code: str) -> None:
    facts = replace(CLEAN, probabilities={"title": 0.9})
    reason = Reason(code, load_rules().weights[code])
    assert estimate_misread(facts, [reason]) > estimate_misread(facts, [])


@pytest.mark.parametrize("code", ["no_date", "no_speaker", "gap", "near_duplicate", "suspects"])
def test_what_is_missing_or_to_be_decided_is_not_false(code: str) -> None:
    reason = Reason(code, load_rules().weights[code])
    assert estimate_misread(CLEAN, [reason]) == 0


def test_a_text_that_is_probably_not_clean_is_a_reason_that_shows_the_line() -> None:
    facts = replace(CLEAN, text_probability=0.37, text_words=LEFT)
    (reason,) = find_reasons(facts)
    assert (reason.code, reason.weight) == ("text_doubtful", 63)
    assert LEFT in reason.message
    assert "63%" in reason.message
    assert find_reasons(replace(facts, text_probability=0.9)) == []


@pytest.mark.django_db
def test_it_is_stored_with_the_flags_and_is_what_a_new_look_finds() -> None:
    clean, left = store(HEAD + BODY, "a.txt"), store(HEAD + BODY[::-1] + "。\n" + LEFT, "b.txt")
    probabilities = dict(Doubt.objects.values_list("speech", "probability"))
    assert 0 < probabilities[clean.pk] < probabilities[left.pk] < 1
    assert left.current is not None
    assert has_current_flags(left, left.current)
    Doubt.objects.filter(speech=left).update(probability=0.001)
    assert not has_current_flags(left, left.current)
    refresh_flags(left)
    assert Doubt.objects.get(speech=left).probability == probabilities[left.pk]


@pytest.mark.django_db
def test_what_a_person_has_set_is_not_doubted_any_more() -> None:
    speech = store_clean()
    revision = speech.current
    assert revision is not None
    revision.metadata["evidence"]["title"]["probability"] = 0.4
    revision.save()
    refresh_flags(speech)
    assert Doubt.objects.get(speech=speech).probability > 0.6
    editing.correct(speech, {"title": "在青芜县另一次会议上的讲话"}, {})
    assert Doubt.objects.get(speech=speech).probability < 0.6


@pytest.mark.django_db
def test_a_text_is_not_doubted_any_more_for_a_line_that_is_gone() -> None:
    speech = store_clean()
    revision = speech.current
    assert revision is not None
    found = revision.metadata["text_evidence"]
    revision.metadata["text_evidence"] = found | {"probability": 0.3, "text": LEFT}
    revision.save()
    refresh_flags(speech)
    doubt = Doubt.objects.get(speech=speech)
    assert "text_doubtful" not in set(doubt.reasons.values_list("code", flat=True))
    assert doubt.probability < 0.3
