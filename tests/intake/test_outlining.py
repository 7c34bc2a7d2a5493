"""What becomes of an editor's outline: stored, followed by what hangs on it, carried over."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from hypothesis import given, strategies as st

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.outline.sections import OutlineSection, open_outline, write_outline
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.intake.checking.outline import find_outline_faults, is_traceable
from corpus_app.intake.revisions.outline.acts import merge, split
from corpus_app.intake.revisions.outlining import (
    MovedOutline,
    apply_outline,
    move_outline,
    revise_outline,
)
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.slogans.models import Mention
from corpus_app.text.alignment import map_texts
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.ingest.invariants import check_sections
from tests.thoroughness import draw

pytestmark = pytest.mark.django_db

DRAFT = parse_bytes(WORK_CONFERENCE.encode(), "a.txt")
TEXT = DRAFT.text


def heads_of() -> list[OutlineSection]:
    return open_outline(DRAFT.sections, len(TEXT))


def move(changed: str) -> MovedOutline:
    return move_outline(TEXT, changed, heads_of(), map_texts(TEXT, changed))


def vars_of(section) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {name: getattr(section, name) for name in section.__slots__}


@draw(100)
@given(st.integers(0, len(TEXT)), st.integers(0, 60), st.text("人大代表，。\n一二、", max_size=20))
def test_an_outline_moved_to_a_changed_text_is_valid(start: int, cut: int, put: str) -> None:
    changed = (TEXT[:start] + put + TEXT[start + cut :]).strip()
    moved = move(changed).sections
    if changed and moved:
        check_sections([vars_of(s) for s in write_outline(moved, len(changed))], changed)


def test_a_moved_outline_keeps_its_headings_and_loses_only_what_is_gone() -> None:
    changed = TEXT.replace("每月集中学习一次，", "").replace("要以作风建设为抓手，", "要实干，")
    changed = changed.replace(
        "二是提高能力。每名干部都要熟悉宪法和组织法，会调研、会监督、会做群众工作。\n", ""
    )
    sections = write_outline(move(changed).sections, len(changed))
    kept = [s.heading for s in DRAFT.sections if s.heading != "提高能力"]
    assert [s.heading for s in sections] == kept
    for section in sections:
        assert changed.startswith(section.marker or "", section.start)


def edit(speech: Speech) -> list[OutlineSection]:
    assert speech.current is not None
    heads = open_outline(speech.current.sections.order_by("position"), len(speech.current.text))
    words = "二、发展"
    index = next(n for n, h in enumerate(heads) if TEXT.startswith(words, h.start))
    return merge(speech.current.text, heads, index)


def test_an_outline_is_stored_as_a_revision_that_says_who_and_from_what() -> None:
    speech = store(WORK_CONFERENCE)
    old = speech.current
    user = User.objects.create_user("editor")
    revision = revise_outline(speech, 1, edit(speech), user)
    assert (revision.number, revision.origin, revision.based_on) == (2, "outlined", old)
    assert (revision.created_by, revision.decisions) == (user, {"outline": True})
    assert old is not None
    assert (revision.raw, revision.text, revision.removed) == (old.raw, old.text, old.removed)
    assert not list(find_outline_faults(revision))
    assert is_traceable(revision)
    speech.refresh_from_db()
    assert speech.current == revision


def test_what_follows_from_the_outline_is_found_out_anew() -> None:
    speech = store(WORK_CONFERENCE)
    revision = revise_outline(speech, 1, edit(speech))
    assert revision.announced[0]["missing"] == [2]
    assert any(note["code"] == "announced_missing" for note in revision.notices)
    back = split(revision.text, read(revision), 1, revision.text.index("二、发展"))
    revision = revise_outline(speech, 2, back)
    assert revision.announced[0]["missing"] == []
    assert not any(note["code"] == "announced_missing" for note in revision.notices)


def read(revision: Revision) -> list[OutlineSection]:
    return open_outline(revision.sections.order_by("position"), len(revision.text))


def test_pins_tags_and_mentions_follow() -> None:
    theme = Theme.objects.create(slug="a", name="代表家站")
    ThemeTerm.objects.create(theme=theme, text="代表家站", weight=3)
    other = Theme.objects.create(slug="b", name="机关")
    speech = store(WORK_CONFERENCE)
    ThemePin.objects.create(theme=other, speech=speech, section_key="3.1", decision="pin")
    revision = revise_outline(speech, 1, edit(speech))
    assert ThemePin.objects.get().section_key == "2.1"
    keys = SectionTheme.objects.about().filter(theme=other).values_list("section__key", flat=True)
    assert list(keys) == ["2.1"]
    assert SectionTheme.objects.filter(theme=theme, section__revision=revision).exists()
    assert Mention.objects.filter(revision=revision).count() == (
        Mention.objects.filter(revision__number=1).count()
    )


def test_an_outline_made_on_an_older_revision_is_not_stored() -> None:
    speech = store(WORK_CONFERENCE)
    heads = edit(speech)
    revise_outline(speech, 1, heads)
    with pytest.raises(OutdatedError):
        revise_outline(speech, 1, heads)
    assert speech.revisions.count() == 2


def test_an_unchanged_outline_makes_no_revision() -> None:
    speech = store(TRAINING)
    assert speech.current is not None
    with pytest.raises(NothingChangedError):
        revise_outline(speech, 1, read(speech.current))
    assert speech.revisions.count() == 1


def test_only_an_outline_that_people_made_is_carried_over() -> None:
    speech = store(WORK_CONFERENCE)
    assert speech.current is not None
    changed = TEXT.replace("二十二个站点", "二十三个站点")
    draft = parse_bytes(WORK_CONFERENCE.replace("二十二个站点", "二十三个站点").encode(), "b.txt")
    assert draft.text == changed
    assert apply_outline(speech.current, draft) == {}
    revision = revise_outline(speech, 1, edit(speech))
    assert apply_outline(revision, draft) == {"outline": True}
    stored = revision.sections.order_by("position").values_list("key", "heading")
    assert [(s.id, s.heading or "") for s in draft.sections] == list(stored)
