"""Findings declare what they read: a change makes anew what reads it, and nothing goes stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from corpus_app.catalog.models import Kinship, Revision, Speech, SpeechChange
from corpus_app.ingest.outline.sections import open_outline
from corpus_app.intake.models import Doubt, DoubtReason, SampledShingle, TextSignature
from corpus_app.intake.revisions import derived, editing
from corpus_app.intake.revisions.derived import FINDINGS, Input, Subject, derive
from corpus_app.intake.revisions.outline.acts import merge, retitle
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.slogans.models import Mention, Slogan, SloganVariant
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.scraped import take

pytestmark = pytest.mark.django_db

Change = Callable[[Speech], None]

OF_OUTLINE = {
    *("tags", "sections of mentions", "parallel sentences", "quality flags of the outline"),
    "index",
}
OF_METADATA = {"tags", "text reuse", "quality flags", "quality flags around", "site", "index"}
OF_TEXT = {"mentions", "fingerprint"} | OF_METADATA


@pytest.fixture
def speech() -> Speech:
    """A speech beside one that has nearly its text, with a theme and a registered expression."""
    theme = Theme.objects.create(slug="a", name="代表工作")
    ThemeTerm.objects.create(theme=theme, text="代表家站", weight=3)
    Slogan.objects.create(text="代表轮流坐班", registered=True)
    store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt")
    return store(WORK_CONFERENCE, "a.txt", draft=True)


@pytest.fixture
def made(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the findings on the speech that are made anew from here on."""
    names: list[str] = []

    def note(name: str, find: Callable[[Subject], object]) -> Callable[[Subject], object]:
        def find_and_note(subject: Subject) -> object:
            names.append(name)
            return find(subject)

        return find_and_note

    table = tuple(replace(one, find=note(one.name, one.find)) for one in FINDINGS)
    monkeypatch.setattr(derived, "FINDINGS", table)
    return names


def read_current(speech: Speech) -> Revision:
    speech.refresh_from_db()
    assert speech.current is not None
    return speech.current


def move_border(speech: Speech) -> None:
    revision = read_current(speech)
    heads = open_outline(revision.sections.order_by("position"), len(revision.text))
    revise_outline(speech, revision.number, merge(revision.text, heads, len(heads) - 1))


def retitle_first(speech: Speech) -> None:
    revision = read_current(speech)
    heads = open_outline(revision.sections.order_by("position"), len(revision.text))
    at = next(at for at, head in enumerate(heads) if len(head.heading) > 3)
    shorter = heads[at].heading[:-1]
    revise_outline(speech, revision.number, retitle(revision.text, heads, at, shorter))


def remove_words(speech: Speech) -> None:
    revision = read_current(speech)
    revise_text(speech, revision.number, [], [take(revision.raw, "每月开放两天，")])


def set_occasion(speech: Speech) -> None:
    editing.correct(speech, {"occasion": "县人大工作会议", "delivered": "2021-04"}, {})


def set_title(speech: Speech) -> None:
    editing.correct(speech, {"title": "在全县人大工作会议上的讲话"}, {})


def pin_theme(speech: Speech) -> None:
    theme = Theme.objects.create(slug="b", name="监督")
    editing.correct(speech, {}, {theme.pk: ThemePin.Decision.PIN})


def register_wording(speech: Speech) -> None:
    slogan = Slogan.objects.get(text="代表轮流坐班")
    SloganVariant.objects.create(slogan=slogan, text="面对面听取意见")
    for one in Speech.objects.select_related("current"):
        derive(one, Input.SLOGANS)


CHANGES: list[tuple[Change, set[str]]] = [
    (retitle_first, OF_OUTLINE),
    (move_border, OF_OUTLINE),
    (remove_words, OF_OUTLINE | OF_TEXT),
    (set_occasion, OF_METADATA),
    (set_title, OF_METADATA),
    (pin_theme, {"tags", "index"}),
    (register_wording, {"mentions", "sections of mentions", "index"}),
]


@pytest.mark.parametrize(("change", "wanted"), CHANGES)
def test_a_change_makes_anew_exactly_what_reads_it(
    speech: Speech, made: list[str], change: Change, wanted: set[str]
) -> None:
    change(speech)
    assert set(made) == wanted


@pytest.mark.parametrize("change", [change for change, _wanted in CHANGES])
def test_what_is_left_is_as_if_all_had_been_made_anew(speech: Speech, change: Change) -> None:
    change(speech)
    kept = read_findings()
    assert kept["tags"]
    assert kept["mentions"]
    assert kept["pairs"]
    for one in Speech.objects.select_related("current").order_by("pk"):
        derive(one)
    assert read_findings() == kept


def test_every_input_is_read_and_every_finding_has_a_name_of_its_own() -> None:
    read = Input(0)
    for finding in FINDINGS:
        assert finding.reads
        if finding.name != "index":
            read |= finding.reads
    assert read == derived.ALL
    names = [finding.name for finding in FINDINGS]
    assert len(set(names)) == len(names)
    for at, finding in enumerate(FINDINGS):
        assert set(finding.follows) <= set(names[:at])


def test_the_index_waits_for_every_change(speech: Speech) -> None:
    SpeechChange.objects.all().delete()
    for one in Input:
        derive(speech, one)
    assert SpeechChange.objects.filter(speech_id=speech.pk).count() == len(Input)


def read_findings() -> dict[str, list[Any]]:
    """Return what is stored of all speeches, without the keys of rows that are made anew."""
    current = Speech.objects.values("current")
    tags = SectionTheme.objects.filter(section__revision__in=current)
    mentions = Mention.objects.filter(revision__in=current)
    reasons = DoubtReason.objects.values_list("doubt__speech", "code", "weight", "other", "details")
    pair = ("speech", "other", "kind", "share", "other_share", "likeness", "same_event")
    return {
        "tags": sorted(tags.values_list("theme__slug", "section", "score", "bearing", "reason")),
        "mentions": sorted(mentions.values_list("slogan__text", "section", "start", "end")),
        "signatures": sorted(TextSignature.objects.values_list("speech", "text_sha", "length")),
        "sketches": sorted(SampledShingle.objects.values_list("signature__speech", "value")),
        "pairs": sorted(Kinship.objects.values_list(*pair)),
        "flags": sorted(Doubt.objects.values_list("speech", "score")),
        "reasons": sorted(map(str, reasons)),
    }
