"""Reading again: what today's reader knows better comes, what people decided stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.outline.sections import open_outline
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.intake.removal.ruling import apply_portion, approve_rule, retire_rule, undo_portion
from corpus_app.intake.rereading.storing import read_again
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.outline.acts import merge
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.themes.models import Theme, ThemePin
from tests.intake.rereading.older_reading import (
    misread,
    read,
    read_current,
    store_alone,
    store_others,
)
from tests.site_pages import BOTTOM
from tests.thoroughness import spare

pytestmark = pytest.mark.django_db

CHROME = BOTTOM[1]


@dataclass
class Decided:
    """A decision on a speech: how it is made, and whether it still holds."""

    make: Callable[[Speech], None]
    holds: Callable[[Speech], bool]
    notes: dict[str, str] = field(default_factory=dict)


def span_of(revision: Revision, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = revision.raw.index(words, start + 1)
    return start, start + len(words)


def remove(speech: Speech, words: str) -> None:
    revision = read_current(speech)
    span = Removed("editor", words, *span_of(revision, words), "editor")
    revise_text(speech, revision.number, [], [span])


def restore(speech: Speech, words: str) -> None:
    revision = read_current(speech)
    revise_text(speech, revision.number, [span_of(revision, words)], [])


def merge_second(speech: Speech) -> None:
    revision = read_current(speech)
    heads = open_outline(revision.sections.order_by("position"), len(revision.text))
    revise_outline(speech, revision.number, merge(revision.text, heads, 2))


def list_headings(speech: Speech) -> list[str]:
    return list(
        read_current(speech).sections.order_by("position").values_list("heading", flat=True)
    )


def decide_theme(speech: Speech, decision: str, *, section: bool) -> None:
    theme = Theme.objects.create(slug="a", name="履职")
    key = read_current(speech).sections.order_by("position")[1].key if section else ""
    ThemePin.objects.create(speech=speech, theme=theme, section_key=key, decision=decision)


def has_theme(speech: Speech, decision: str, *, section: bool) -> bool:
    pin = ThemePin.objects.get(speech=speech)
    keys = set(read_current(speech).sections.values_list("key", flat=True)) if section else {""}
    return pin.decision == decision and pin.section_key in keys


def choose_from_raw(speech: Speech) -> None:
    """A title chosen from the raw text is kept as the review page keeps it."""
    revision = read_current(speech)
    words = "在第1次联席会议上的讲话"
    start, end = span_of(revision, words)
    chosen = {"title": {"value": words, "set_from": [start, end]}}
    revision.decisions = revision.decisions | {"metadata": chosen}
    revision.save()
    editing.correct(speech, {"title": words}, {})


def keeps_choice(speech: Speech) -> bool:
    revision = read_current(speech)
    chosen = revision.decisions["metadata"]["title"]
    start, end = chosen["set_from"]
    return read(speech).title == chosen["value"] == revision.raw[start:end]


def make_rule(words: str, *, retired: bool = False, undone: bool = False) -> None:
    rule = RemovalRule.objects.create(text=words, kind="advert")
    approve_rule(rule, None)
    apply_portion(rule, None)
    if retired or undone:
        retire_rule(rule, None)
    if undone:
        undo_portion(rule, None)


WORDS = "我讲"
DECISIONS = {
    "a value typed": Decided(
        lambda s: editing.correct(s, {"speaker": "沈知远远", "occasion": "联席会议"}, {}) and None,
        lambda s: (str(read(s).speaker), read(s).occasion) == ("沈知远远", "联席会议"),
    ),
    "a value cleared": Decided(
        lambda s: editing.correct(s, {"speaker": ""}, {}) and None,
        lambda s: read(s).speaker is None,
    ),
    "a value chosen from the raw text": Decided(choose_from_raw, keeps_choice),
    "words removed": Decided(
        lambda s: remove(s, WORDS), lambda s: WORDS not in read_current(s).text
    ),
    "words restored": Decided(
        lambda s: restore(s, "沈知远"), lambda s: "沈知远" in read_current(s).text
    ),
    "an outline": Decided(merge_second, lambda s: "下步打算" not in list_headings(s)),
    "a theme pinned": Decided(
        lambda s: decide_theme(s, "pin", section=False),
        lambda s: has_theme(s, "pin", section=False),
    ),
    "a theme excluded from a section": Decided(
        lambda s: decide_theme(s, "exclude", section=True),
        lambda s: has_theme(s, "exclude", section=True),
    ),
    "published": Decided(lambda s: editing.publish(s), lambda s: read(s).status == "published"),
    "withdrawn": Decided(lambda s: editing.withdraw(s), lambda s: read(s).status == "withdrawn"),
    "a rule": Decided(lambda s: make_rule(WORDS), lambda s: WORDS not in read_current(s).text),
    "a rule retired whose removals stand": Decided(
        lambda s: make_rule(WORDS, retired=True), lambda s: WORDS not in read_current(s).text
    ),
    "a rule taken back": Decided(
        lambda s: make_rule(WORDS, undone=True), lambda s: WORDS in read_current(s).text
    ),
}


# One of each way in which a decision is kept.
FIRST = (
    *("a value chosen from the raw text", "words removed", "an outline"),
    *("a theme excluded from a section", "published", "a rule taken back"),
)


@pytest.mark.parametrize("name", spare(DECISIONS, *FIRST))
def test_each_decision_holds_when_the_reader_has_learnt(name: str) -> None:
    decided = DECISIONS[name]
    speech = store_alone()
    decided.make(speech)
    assert decided.holds(speech)
    assert CHROME in read_current(speech).text
    store_others()
    plan = read_again(speech.pk)
    assert plan.status == "changed"
    assert CHROME not in read_current(speech).text
    assert decided.holds(speech)
    number = read_current(speech).number
    assert read_again(speech.pk).status == "unchanged"
    assert read_current(speech).number == number
    assert decided.holds(speech)


def test_all_decisions_together_hold() -> None:
    speech = store_alone()
    both = {"a value typed", "a value cleared"}
    rules = {name for name in DECISIONS if name.startswith(("a rule", "with", "a theme excl"))}
    chosen = [one for name, one in DECISIONS.items() if name not in rules | both]
    chosen.append(chosen.pop(list(DECISIONS).index("a value chosen from the raw text") - 2))
    for one in chosen:
        one.make(speech)
    store_others()
    assert read_again(speech.pk).status == "changed"
    assert all(one.holds(speech) for one in chosen)
    assert read_again(speech.pk).status == "unchanged"


def test_a_value_typed_stays_though_the_reader_read_it_once_and_another_later() -> None:
    speech = misread(store_alone(), {"title": "鹿角栏目组"})
    editing.correct(speech, {"title": "在第1次联席会议上的讲话"}, {})
    assert read_again(speech.pk).status == "changed"
    revision = read_current(speech)
    assert revision.metadata["title"] == "在第1次联席会议上的讲话"
    revision.metadata["title"] = "又一种读法"
    revision.save()
    revision.metadata["title"] = revision.decisions["metadata"]["title"]["value"]
    assert read_again(speech.pk).fields == ()
    assert read(speech).title == "在第1次联席会议上的讲话"


def test_a_head_that_was_misread_is_read_right() -> None:
    speech = misread(store_alone(), {"title": "鹿角栏目组", "speaker": ""})
    plan = read_again(speech.pk)
    assert {one.name: (one.old, one.new) for one in plan.fields} == {
        "title": ("鹿角栏目组", "在第1次联席会议上的讲话"),
        "speaker": ("", "沈知远"),
    }
    assert str(read(speech).speaker) == "沈知远"


def test_a_title_that_only_was_the_files_name_gives_way() -> None:
    """Nobody chose it: where the reader finds one now, that is it."""
    speech = misread(store_alone(), {"title": "1"})
    revision = read_current(speech)
    revision.metadata |= {"title": None, "title_inferred": True}
    revision.save()
    Speech.objects.filter(pk=speech.pk).update(title_inferred=True)
    read_again(speech.pk)
    assert (read(speech).title, read(speech).title_inferred) == ("在第1次联席会议上的讲话", False)


def test_what_was_looked_at_stays_looked_at() -> None:
    speech = store_alone()
    mark_looked(speech, None)
    store_others()
    read_again(speech.pk)
    doubt = read(speech).doubt  # type: ignore[attr-defined]
    assert doubt.looked_at is not None
