"""What two texts are to each other."""

import datetime as dt

import pytest

from corpus_app.intake.text_reuse.judging import Facts, Overlap, judge
from corpus_app.intake.text_reuse.quoting import Quotes

MAY = (dt.date(2023, 5, 6), dt.date(2023, 5, 6))
LATER = (dt.date(2023, 9, 6), dt.date(2023, 9, 6))
SPEECH = Facts("在青芜县人大工作会议上的讲话", "", MAY)


def overlap(length: int, *runs: int, formula: int = 0) -> Overlap:
    """Return an overlap with stretches of these lengths, and so much that all texts say."""
    places, at = [], 0
    for run in runs:
        places.append((at, at + run))
        at += run + 1
    quoted = [*places, (at, at + formula)] if formula else places
    return Overlap(Quotes(tuple(quoted), length), Quotes(tuple(places), length))


def name_kind(
    first: Overlap, second: Overlap, facts: Facts, other: Facts = SPEECH, likeness: float = 0.0
) -> str | None:
    verdict = judge(first, second, likeness, facts, other)
    assert verdict == judge(first, second, likeness, facts, other)
    return verdict.kind if verdict else None


def test_a_text_held_by_another_is_its_part_whatever_the_dates_say() -> None:
    kind = name_kind(overlap(400, 350), overlap(4000, 350), Facts("摘编", "", LATER))
    assert kind == "part"


def test_half_a_text_is_a_part_where_the_dates_allow_it() -> None:
    held = overlap(400, 120, 100), overlap(4000, 120, 100)
    assert name_kind(*held, Facts("摘编")) == "part"
    assert name_kind(*held, Facts("讲话", "", LATER)) != "part"
    assert name_kind(*held, Facts("学习讲话的体会")) == "quotes"


def test_documents_of_a_series_are_not_of_one_family() -> None:
    third, fourth = (Facts(f"第{n}届人民代表大会关于工作报告的决议") for n in "三四")
    held = overlap(400, 150, 120), overlap(420, 150, 120)
    assert name_kind(*held, third, fourth) is None
    assert name_kind(*held, Facts("决议"), Facts("决议")) == "part"


def test_quoting_at_length_makes_notes_and_a_formula_does_not() -> None:
    quoting = overlap(1500, 120, 90, 40), overlap(6000, 120, 90, 40)
    assert name_kind(*quoting, Facts("读后有感")) == "quotes"
    formulas = overlap(1500, 16, 17, formula=300), overlap(6000, 16, 17, formula=300)
    assert name_kind(*formulas, Facts("读后有感")) is None


def test_fewer_quotations_do_where_the_title_names_the_speech() -> None:
    quoting = overlap(2000, 100, 40), overlap(6000, 100, 40)
    assert name_kind(*quoting, Facts("读后有感")) is None
    assert name_kind(*quoting, Facts("学习《在青芜县人大工作会议上的讲话》的体会")) == "quotes"


def test_two_long_texts_that_share_a_tenth_are_strangers() -> None:
    assert name_kind(overlap(9000, 900, 500), overlap(9500, 900, 500), Facts("报告")) is None


def test_nearly_the_same_is_near_and_shares_go_with_their_texts() -> None:
    verdict = judge(overlap(100, 80), overlap(200, 80), 0.85, SPEECH, SPEECH)
    assert verdict is not None
    assert (verdict.kind, verdict.share, verdict.other_share) == ("near", 0.8, 0.4)
    assert verdict.same_event
    assert verdict.is_state_of_one


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Facts(delivered=MAY), Facts(delivered=MAY), True),
        (Facts(delivered=MAY), Facts(delivered=LATER), False),
        (Facts(occasion="工作会议"), Facts(occasion="工作会议"), True),
        (Facts(occasion="会议", delivered=MAY), Facts(occasion="会议", delivered=LATER), False),
        (Facts(), Facts(), False),
        # A year says nothing about a day.
        (
            Facts(delivered=(dt.date(2023, 1, 1), dt.date(2023, 12, 31))),
            Facts(delivered=MAY),
            False,
        ),
    ],
)
def test_one_event_is_one_occasion_or_the_same_days(
    first: Facts, second: Facts, same: bool
) -> None:
    assert first.is_same_event(second) is same
    assert second.is_same_event(first) is same
