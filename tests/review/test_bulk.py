"""Changes of many speeches: what is shown is what happens, and one undo takes it back."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given, strategies as st

from corpus_app.catalog.fields import EDITABLE
from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions import editing
from corpus_app.review.bulk import applying, values
from corpus_app.review.bulk.applying import apply_change, undo_change
from corpus_app.review.bulk.planning import AskedChange, plan_values, prepare_change
from corpus_app.review.models import BulkChange, BulkItem
from corpus_app.themes.models import SectionTheme, Theme, ThemePin
from tests.review.desk import store_clean

NAMES = st.sampled_from(["place", "level", "speaker", "occasion"])
VALUES = st.dictionaries(NAMES, st.sampled_from(["", "甲", "乙"]))


def make_speeches(count: int, **fields: Any) -> list[int]:
    """Make rows without texts: enough for metadata and status."""
    made = [Speech.objects.create(title=f"讲话{n}", **fields) for n in range(count)]
    return [speech.pk for speech in made]


def prepare(ids: list[int], asked: AskedChange, user: User | None = None) -> BulkChange:
    return prepare_change(ids, asked, user)


def count_states(change: BulkChange) -> dict[str, int]:
    states = list(change.items.values_list("state", flat=True))
    return {state: states.count(state) for state in set(states)}


@given(VALUES, VALUES, st.booleans())
def test_a_plan_turns_the_present_into_what_is_asked(
    present: dict[str, str], wanted: dict[str, str], only_blank: bool
) -> None:
    before, after = plan_values(present, AskedChange(fields=wanted, only_blank=only_blank))
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in after)
    result = present | after
    for name, value in wanted.items():
        kept = only_blank and present.get(name)
        assert result.get(name, "") == (present[name] if kept else value)
    assert {name: result[name] for name in present if name not in wanted} == {
        name: present[name] for name in present if name not in wanted
    }


def test_what_was_asked_is_stored_as_it_was() -> None:
    asked = AskedChange("published", {"place": "甲"}, {"3": "pin"}, only_blank=True)
    assert AskedChange.from_json(asked.to_json()) == asked
    assert not asked.is_empty
    assert AskedChange(only_blank=True).is_empty


@pytest.mark.django_db
class TestApplying:
    def test_preparing_changes_nothing_and_says_all(self) -> None:
        ids = make_speeches(2) + make_speeches(1, place="青芜县")
        change = prepare(ids, AskedChange(fields={"place": "青芜县", "organisation": "县人大"}))
        assert list(change.items.values_list("before", "after", "state")) == [
            (
                {"place": "", "organisation": ""},
                {"place": "青芜县", "organisation": "县人大"},
                "waiting",
            ),
        ] * 2 + [({"organisation": ""}, {"organisation": "县人大"}, "waiting")]
        assert Speech.objects.filter(place="").count() == 2
        assert BulkChange.objects.get().state == "prepared"

    def test_fields_themes_and_status_are_set_together(self) -> None:
        theme = Theme.objects.create(slug="a", name="机关党建")
        speech = store_clean()
        asked = AskedChange("published", {"level": "national"}, {str(theme.pk): "pin"})
        change = prepare([speech.pk], asked)
        assert apply_change(change)
        speech.refresh_from_db()
        assert (speech.status, speech.level) == ("published", "national")
        assert SectionTheme.objects.filter(theme=theme, pinned=True).exists()
        assert undo_change(change, None)
        speech.refresh_from_db()
        assert (speech.status, speech.level) == ("draft", "county")
        assert not ThemePin.objects.exists()
        assert not SectionTheme.objects.filter(theme=theme).exists()

    def test_what_is_so_already_is_left_alone(self) -> None:
        ids = make_speeches(2, place="青芜县")
        changed_at = list(Speech.objects.values_list("changed_at", flat=True))
        change = prepare(ids, AskedChange(fields={"place": "青芜县"}))
        assert apply_change(change)
        assert count_states(change) == {"same": 2}
        assert list(Speech.objects.values_list("changed_at", flat=True)) == changed_at

    def test_what_changed_since_the_preview_is_refused_and_said(self) -> None:
        first, second, third = make_speeches(3)
        change = prepare(
            [first, second, third], AskedChange(fields={"place": "甲县", "genre": "报告"})
        )
        Speech.objects.filter(pk=second).update(place="乙县")
        Speech.objects.filter(pk=third).update(place="甲县", genre="报告")
        assert apply_change(change)
        places = dict(Speech.objects.values_list("pk", "place"))
        assert places == {first: "甲县", second: "乙县", third: "甲县"}
        refused = change.items.get(speech=second)
        assert (refused.state, refused.found) == ("refused", {"place": "乙县"})
        assert change.items.get(speech=third).state == "same"

    def test_a_speech_deleted_since_the_preview_is_said(self) -> None:
        (gone,) = make_speeches(1)
        change = prepare([gone], AskedChange("published"))
        editing.delete(Speech.objects.get(pk=gone))
        assert apply_change(change)
        item = change.items.get()
        assert (item.state, item.title) == ("refused", "讲话0")

    def test_one_that_fails_stops_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = make_speeches(2)
        publish = values.ACTS["published"]

        def fail_on_first(speech: Speech) -> None:
            publish(speech)
            if speech.pk == first:
                raise RuntimeError("disk full")

        monkeypatch.setitem(values.ACTS, "published", fail_on_first)
        change = prepare([first, second], AskedChange("published"))
        assert apply_change(change)
        assert list(Speech.objects.published().values_list("pk", flat=True)) == [second]
        assert change.items.get(speech=first).found == {"failed": ""}

    def test_undoing_leaves_what_somebody_changed_since(self) -> None:
        first, second, third = make_speeches(3)
        change = prepare(
            [first, second, third], AskedChange(fields={"place": "甲县", "occasion": "会"})
        )
        apply_change(change)
        Speech.objects.filter(pk=second).update(place="乙县")
        Speech.objects.filter(pk=third).update(place="乙县", occasion="别的会")
        user = User.objects.create_user("editor")
        assert undo_change(change, user)
        rows = list(Speech.objects.order_by("pk").values_list("place", "occasion"))
        assert rows == [("", ""), ("乙县", ""), ("乙县", "别的会")]
        states = list(change.items.order_by("pk").values_list("state", flat=True))
        assert states == ["undone", "partly", "kept"]
        assert change.items.get(speech=second).found == {"place": "乙县"}
        assert (change.state, change.undone_by) == ("undone", user)

    def test_a_change_is_undone_once(self) -> None:
        (only,) = make_speeches(1)
        change = prepare([only], AskedChange(fields={"place": "甲县"}))
        apply_change(change)
        undo_change(change, None)
        Speech.objects.update(place="甲县")
        assert undo_change(change, None)
        assert apply_change(change)
        assert Speech.objects.get().place == "甲县"

    def test_nothing_is_undone_that_was_not_applied(self) -> None:
        (only,) = make_speeches(1, place="甲县")
        change = prepare([only], AskedChange(fields={"place": "乙县"}))
        assert undo_change(change, None)
        assert (change.state, Speech.objects.get().place) == ("prepared", "甲县")

    def test_a_long_change_goes_on_where_it_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(applying, "PORTION", 3)
        ids = make_speeches(8)
        change = prepare(ids, AskedChange("published"))
        assert not apply_change(change, seconds=0)
        assert count_states(change) == {"done": 3, "waiting": 5}
        assert change.state == "applying"
        assert not apply_change(change, seconds=0)
        assert apply_change(change)
        assert Speech.objects.published().count() == 8
        assert change.state == "applied"

    def test_one_that_was_interrupted_can_be_undone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(applying, "PORTION", 3)
        change = prepare(make_speeches(8), AskedChange("published"))
        apply_change(change, seconds=0)
        assert undo_change(change, None)
        assert not Speech.objects.published().exists()
        assert count_states(change) == {"undone": 3, "waiting": 5}

    def test_five_hundred_speeches_are_published_and_taken_back(self) -> None:
        ids = make_speeches(500)
        change = prepare(ids, AskedChange("published"))
        assert apply_change(change, seconds=600)
        assert Speech.objects.published().count() == 500
        assert undo_change(change, None, seconds=600)
        assert Speech.objects.filter(status="draft").count() == 500

    def test_the_history_tells_which_change_it_was(self) -> None:
        (only,) = make_speeches(1)
        change = prepare([only], AskedChange(fields={"place": "甲县"}))
        apply_change(change)
        newest = Speech.objects.get().history.first()
        assert newest is not None
        assert newest.place == "甲县"
        assert newest.history_change_reason == f"批量改动 {change.pk}"
        undo_change(change, None)
        newest = Speech.objects.get().history.first()
        assert newest is not None
        assert newest.history_change_reason == f"撤销批量改动 {change.pk}"

    @pytest.mark.parametrize("seed", range(12))
    def test_whatever_others_do_between_the_steps_nothing_of_theirs_is_lost(
        self, seed: int
    ) -> None:
        chance = random.Random(seed)
        names = ("place", "level", "occasion")

        def draw() -> dict[str, str]:
            chosen = chance.sample(names, chance.randint(1, 3))
            return {name: chance.choice(["", "甲", "乙"]) for name in chosen}

        def interfere() -> None:
            for pk in table:
                if chance.random() < 0.5:
                    theirs = draw()
                    Speech.objects.filter(pk=pk).update(**theirs)
                    table[pk] |= theirs

        ids = make_speeches(6)
        table = {pk: dict.fromkeys(names, "") for pk in ids}
        interfere()
        wanted = draw()
        shown = {pk: {name: table[pk][name] for name in wanted} for pk in ids}
        change = prepare(ids, AskedChange(fields=wanted))
        interfere()
        ours = {pk: {n: v for n, v in wanted.items() if v != shown[pk][n]} for pk in ids}
        applied = [
            pk for pk in ids if ours[pk] and all(table[pk][n] == shown[pk][n] for n in ours[pk])
        ]
        apply_change(change)
        for pk in applied:
            table[pk] |= ours[pk]
        assert self.read(names) == table
        interfere()
        undo_change(change, None)
        for pk in applied:
            back = {n: shown[pk][n] for n, v in ours[pk].items() if table[pk][n] == v}
            table[pk] |= back
        assert self.read(names) == table

    def read(self, names: tuple[str, ...]) -> dict[int, dict[str, str]]:
        return {row.pop("pk"): row for row in Speech.objects.values("pk", *names)}

    def test_previews_nobody_confirmed_are_forgotten(self) -> None:
        (only,) = make_speeches(1)
        old = prepare([only], AskedChange("published"))
        applied = prepare([only], AskedChange("published"))
        apply_change(applied)
        BulkChange.objects.update(made_at=timezone.now() - dt.timedelta(days=2))
        fresh = prepare([only], AskedChange("draft"))
        left = set(BulkChange.objects.values_list("pk", flat=True))
        assert left == {applied.pk, fresh.pk}
        assert old.pk not in left
        assert not BulkItem.objects.filter(change=old.pk).exists()


def test_everything_but_the_titles_can_be_set_on_many() -> None:
    assert {*values.FIELDS, "title", "subtitle"} == set(EDITABLE)
