"""A profile brought to a site's files, and undone: everything is as it was before."""

from __future__ import annotations

from typing import Any

import pytest

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.models import Doubt, SiteProfile
from corpus_app.intake.profiles.applying import (
    StateError,
    apply_portion,
    approve_profile,
    discard_profile,
    list_undone,
    retire_profile,
    undo_portion,
)
from corpus_app.intake.profiles.learning import propose_profile
from corpus_app.intake.rereading.storing import read_again
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.revising import revise_text
from tests.intake.profiles.odd_pages import NAMES, store_odd, store_site
from tests.intake.rereading.older_reading import misread, read, read_current
from tests.intake.scraped import take

pytestmark = pytest.mark.django_db


def describe(speech: Speech) -> dict[str, Any]:
    """Return everything that readers and editors see of the speech."""
    row, revision = read(speech), read_current(speech)
    return {
        "fields": read_fields(row),
        "inferred": row.title_inferred,
        "status": row.status,
        "completeness": row.completeness,
        "text": revision.text,
        "removed": revision.removed,
        "metadata": revision.metadata,
        # Values that a person typed are kept by name from the first rereading on.
        "decisions": {k: v for k, v in revision.decisions.items() if k != "metadata"},
        "notices": revision.notices,
        "sections": list(revision.sections.order_by("position").values("key", "heading", "start")),
        "score": Doubt.objects.get(speech=speech).score,
    }


def bring(profile: SiteProfile) -> None:
    approve_profile(profile, None)
    while apply_portion(profile, None, 2).more:
        pass


def take_back(profile: SiteProfile) -> None:
    retire_profile(profile)
    while undo_portion(profile, None, 2).more:
        pass


@pytest.fixture
def site() -> list[Speech]:
    return store_site()


@pytest.fixture
def profile(site: list[Speech]) -> SiteProfile:
    made = propose_profile(site[0], None)
    assert made is not None
    return made


def speaker(speech: Speech) -> str:
    return str(read(speech).speaker or "")


def test_what_one_file_taught_holds_for_the_others(
    site: list[Speech], profile: SiteProfile
) -> None:
    assert [speaker(one) for one in site[1:]] == ["", "", ""]
    bring(profile)
    assert [speaker(one) for one in site] == [NAMES[n] for n in (1, 2, 3, 4)]
    evidence = read_current(site[1]).metadata["evidence"]["speaker"]
    assert evidence["rule"] == "profile"
    assert read_current(site[1]).raw[evidence["start"] : evidence["end"]] == NAMES[2]


def test_a_file_that_comes_later_is_read_by_it(profile: SiteProfile) -> None:
    bring(profile)
    assert speaker(store_odd(5)) == NAMES[5]


def test_undone_everything_is_as_it_was(site: list[Speech], profile: SiteProfile) -> None:
    before = [describe(one) for one in site]
    bring(profile)
    assert [describe(one) for one in site] != before
    take_back(profile)
    assert [describe(one) for one in site] == before
    assert not list_undone(profile)
    later = store_odd(5)
    assert speaker(later) == ""


def test_what_was_edited_since_stays_when_it_is_undone(
    site: list[Speech], profile: SiteProfile
) -> None:
    bring(profile)
    edited, named = site[1], site[2]
    revision = read_current(edited)
    revise_text(edited, revision.number, [], [take(revision.raw, "我讲")])
    editing.correct(named, {"speaker": "另一位"}, {})
    take_back(profile)
    assert "我讲" not in read_current(edited).text
    assert speaker(edited) == ""
    assert speaker(named) == "另一位"


def test_what_came_in_while_it_held_is_undone_too(site: list[Speech], profile: SiteProfile) -> None:
    bring(profile)
    later = store_odd(5)
    assert speaker(later) == NAMES[5]
    take_back(profile)
    assert speaker(later) == ""


def test_a_published_head_is_not_contradicted_by_a_profile(
    site: list[Speech], profile: SiteProfile
) -> None:
    shown = misread(site[1], {"speaker": "顾长风", "delivered": "2019-01-02"})
    editing.publish(shown)
    bring(profile)
    assert speaker(shown) == "顾长风"
    entry = profile.applications.get(speech=shown)
    assert (entry.outcome, entry.revision) == ("skipped", None)
    assert "题头矛盾" in entry.note


def test_a_later_profile_stands_in_for_the_one_before_and_gives_way_again(
    site: list[Speech], profile: SiteProfile
) -> None:
    bring(profile)
    other = SiteProfile.objects.create(site=profile.site, values=profile.values, lines=["早晚两播"])
    approve_profile(other, None)
    profile.refresh_from_db()
    assert profile.state == "retired"
    retire_profile(other)
    profile.refresh_from_db()
    assert profile.state == "approved"
    assert read_again(site[1].pk).status == "unchanged"


def test_steps_that_the_state_does_not_allow_are_refused(profile: SiteProfile) -> None:
    for step in (
        lambda: retire_profile(profile),
        lambda: apply_portion(profile, None),
        lambda: undo_portion(profile, None),
    ):
        with pytest.raises(StateError):
            step()
    discard_profile(profile)
    assert not SiteProfile.objects.exists()
