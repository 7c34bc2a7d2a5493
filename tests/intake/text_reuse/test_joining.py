"""Making two speeches one, and parting them again."""

import pytest
from django.contrib.auth.models import User

from corpus_app.catalog.models import Kinship, Revision, Speech, SpeechAlias, Upload
from corpus_app.catalog.relocation import resolve_alias
from corpus_app.intake.models import TextSignature
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.editing import decide
from corpus_app.intake.revisions.joining import JoiningError, absorb, list_joinings, part
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import store
from tests.intake.text_reuse.texts import COPY, DIGEST, FULL, NOTES

pytestmark = pytest.mark.django_db

LEFT_OUT = ("changed_at",)


def describe(speech_id: int) -> dict[str, object]:
    """Return all that a speech's row and its revisions say, but for the time of the last change."""
    row = Speech.objects.filter(pk=speech_id).values().get()
    revisions = Revision.objects.filter(speech=speech_id).order_by("number")
    return {key: value for key, value in row.items() if key not in LEFT_OUT} | {
        "revisions": list(revisions.values_list("pk", "number")),
        "pins": list(ThemePin.objects.filter(speech=speech_id).values_list("theme", "decision")),
        "files": list(Upload.objects.filter(copy_of=speech_id).values_list("pk", flat=True)),
    }


def test_the_fuller_text_stays_and_the_other_is_an_older_revision() -> None:
    full, digest = store(FULL, "a.txt"), store(DIGEST, "b.txt")
    user = User.objects.create_user("editor")
    joining = absorb(full, digest, user=user)
    speech = Speech.objects.get()
    assert speech.pk == full.pk == joining.speech_id
    assert speech.current_id == full.current_id
    assert speech.revisions.count() == 2
    assert resolve_alias(digest.pk) == full.pk
    assert joining.joined_by == user
    assert list_joinings(speech) == [joining]
    assert TextSignature.objects.count() == 1


def test_a_fuller_draft_gives_its_text_to_the_published_one() -> None:
    digest = store(DIGEST, "a.txt")
    full = store(FULL, "b.txt")
    assert full.status == "draft"
    absorb(full, digest)
    speech = Speech.objects.get()
    assert (speech.pk, speech.status, speech.current_id) == (
        digest.pk,
        "published",
        full.current_id,
    )
    # What nobody corrected on the digest now comes from the whole text.
    assert (speech.title, speech.delivered) == (full.title, "2023-05-06")


def test_what_was_corrected_on_the_one_that_stays_is_not_overwritten() -> None:
    digest = store(DIGEST, "a.txt")
    editing.correct(digest, {"title": "改过的题目"}, {})
    absorb(store(FULL, "b.txt"), Speech.objects.get(pk=digest.pk))
    speech = Speech.objects.get()
    assert (speech.title, speech.delivered) == ("改过的题目", "2023-05-06")


@pytest.mark.parametrize("swapped", [False, True])
def test_parting_leaves_both_as_they_were(swapped: bool) -> None:
    texts = (DIGEST, FULL) if swapped else (FULL, DIGEST)
    first, second = store(texts[0], "a.txt"), store(texts[1], "b.txt")
    store(texts[1] + "\n", "again.txt")
    theme = Theme.objects.create(slug="a", name="代表家站")
    ThemePin.objects.create(theme=theme, speech=second, decision="pin")
    before = describe(first.pk), describe(second.pk)
    joining = absorb(Speech.objects.get(pk=first.pk), Speech.objects.get(pk=second.pk))
    user = User.objects.create_user("editor")
    part(joining, user=user)
    assert describe(second.pk) == before[1]
    after = describe(first.pk)
    # The pin that went along stays: it may have been meant for the text by now.
    assert after | {"pins": []} == before[0]
    assert not SpeechAlias.objects.exists()
    assert TextSignature.objects.count() == 2
    joining.refresh_from_db()
    assert joining.parted_by == user
    assert list_joinings(first) == []


def test_what_was_edited_since_stays_where_it_is() -> None:
    full, digest = store(FULL, "a.txt"), store(DIGEST, "b.txt")
    joining = absorb(full, digest)
    kept = Speech.objects.get()
    editing.correct(kept, {"occasion": "新场合"}, {})
    part(joining)
    assert Speech.objects.get(pk=full.pk).occasion == "新场合"
    assert Speech.objects.get(pk=digest.pk).occasion != "新场合"


def test_a_joining_is_undone_once() -> None:
    joining = absorb(store(FULL, "a.txt"), store(DIGEST, "b.txt"))
    part(joining)
    with pytest.raises(JoiningError, match="已经撤销过"):
        part(joining)


def test_what_was_decided_about_the_one_that_went_comes_back() -> None:
    full, digest, notes = (store(t, f"{n}.txt") for n, t in enumerate((FULL, DIGEST, NOTES)))
    joining = absorb(full, notes)
    part(joining)
    decide(full, notes, "unrelated")
    part(absorb(digest, Speech.objects.get(pk=notes.pk)))
    row = Kinship.objects.get(speech=full, other=notes)
    assert row.decision == "unrelated"


def test_chains_of_joinings_can_be_undone_one_by_one() -> None:
    full, copy, digest = (store(t, f"{n}.txt") for n, t in enumerate((FULL, COPY, DIGEST)))
    inner = absorb(copy, digest)
    outer = absorb(full, Speech.objects.get(pk=copy.pk))
    assert resolve_alias(digest.pk) == full.pk
    part(outer)
    assert resolve_alias(digest.pk) == copy.pk
    inner.refresh_from_db()
    part(inner)
    assert {full.pk, copy.pk, digest.pk} == set(Speech.objects.values_list("pk", flat=True))
    assert not SpeechAlias.objects.exists()


def test_an_inner_joining_can_be_undone_before_the_outer_one() -> None:
    full, copy, digest = (store(t, f"{n}.txt") for n, t in enumerate((FULL, COPY, DIGEST)))
    before = {speech.pk: describe(speech.pk) for speech in (full, copy, digest)}
    inner = absorb(copy, digest)
    outer = absorb(full, Speech.objects.get(pk=copy.pk))
    inner.refresh_from_db()
    part(inner)
    part(outer)
    assert {pk: describe(pk) for pk in before} == before


def test_the_history_says_why_the_values_changed() -> None:
    full, digest = store(FULL, "a.txt"), store(DIGEST, "b.txt")
    part(absorb(full, digest))
    reasons = set(Speech.history.filter(id=full.pk).values_list("history_change_reason", flat=True))
    assert {f"并入编号 {digest.pk}", f"撤销并入编号 {digest.pk}"} <= reasons
