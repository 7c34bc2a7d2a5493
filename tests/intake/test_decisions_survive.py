"""Rule × long text × decisions: each decision is kept exactly, or listed for the person."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, strategies as st

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.outline.sections import OutlineSection, find_ends
from corpus_app.ingest.recomposing import recompose
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.removal.ruling import apply_portion, approve_rule, retire_rule, undo_portion
from corpus_app.intake.revisions.decisions import read_editorial_decisions
from corpus_app.intake.revisions.outline.acts import merge
from corpus_app.intake.revisions.outline.settling import settle_outline
from corpus_app.intake.revisions.outlining import move_outline, revise_outline
from corpus_app.intake.revisions.restoring import restore_revision
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import store
from tests.intake.long_speeches import MARK, read, write_long
from tests.intake.scraped import current
from tests.thoroughness import draw

SEEDS = range(3)


def squeeze(text: str) -> str:
    return "".join(text.split())


def write_random(draw: random.Random, length: int) -> str:
    signs = "".join(chr(draw.randrange(0x4E00, 0x4E00 + 900)) for _ in range(length))
    breaks = sorted(draw.sample(range(1, length), length // 200))
    return "\n".join(signs[a:b] for a, b in zip([0, *breaks], [*breaks, length], strict=True))


def draw_heads(draw: random.Random, text: str, count: int) -> list[OutlineSection]:
    """Return an outline with a heading of the text's own words at each of its pieces."""
    places = [0, *sorted(draw.sample(range(1, len(text)), count))]
    places = [place for place in places if not text[place].isspace()]
    heads = []
    for place, behind in zip(places, [*places[1:], len(text)], strict=True):
        heading = squeeze(text[place : min(place + draw.randrange(30), behind)])
        heads.append(OutlineSection(place, 0, "section", heading=heading))
    return settle_outline(text, heads)


def draw_spans(draw: random.Random, raw: str, count: int) -> list[Removed]:
    spans = []
    for _ in range(count):
        start = draw.randrange(len(raw))
        end = min(len(raw), start + draw.choice([1, 3, 8, 40, 600]))
        spans.append(Removed("watermark", raw[start:end], start, end, "rule"))
    return spans


@draw(30)
@given(
    st.integers(0, 10**9),
    st.integers(3_000, 30_000),
    st.integers(0, 40),
    st.integers(0, 60),
)
def test_each_piece_begins_with_the_first_of_its_characters_left_or_is_listed(
    seed: int, length: int, count: int, cuts: int
) -> None:
    draw = random.Random(seed)
    raw = write_random(draw, length)
    old = recompose(raw, draw_spans(draw, raw, 2), file_format="html")
    cut = draw_spans(draw, raw, cuts)
    assume(sum(len(span.text) for span in cut) < length / 2)
    new = recompose(raw, [*old.removed, *cut], file_format="html")
    heads = draw_heads(draw, old.text, min(count, len(old.text) // 10))
    before, after = (trace_text(raw, d.removed, d.text) for d in (old, new))
    moved = move_outline(old.text, new.text, heads, before.then(after.inverse))
    left = {after.find(at) for at, char in enumerate(new.text) if not char.isspace()}
    kept = []
    for head, end in zip(heads, find_ends(heads, len(old.text)), strict=True):
        places = [before.find(at) for at in range(head.start, end)]
        first = next((place for place in places if place in left), None)
        # A piece of nothing but marks is none; the texts have no other characters here.
        if first is None:
            assert head in moved.gone
        else:
            kept.append((head, after.inverse.find(first)))
    assert len(kept) == len(moved.sections) == len(heads) - len(moved.gone)
    for (head, start), new_head in zip(kept, moved.sections, strict=True):
        assert new_head.start in (start, 0)
        assert new.text[new_head.start : start].strip() == ""
        if head.heading and head not in moved.bare:
            behind = [before.find(at) for at in range(head.start, len(old.text))]
            own = [place for place in behind if place is not None][: len(head.heading)]
            assert new_head.heading
            assert squeeze(new_head.heading) == "".join(raw[at] for at in own if at in left)


class Story:
    """A long speech on which things are decided at random, and what must be true of them."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.text = write_long(seed, parts=6, paragraphs=self.draw.randrange(3, 8))
        self.speech = store(self.text, "长篇.txt", draft=True)
        self.theme = Theme.objects.create(slug="a", name="履职")

    def decide(self) -> Revision:
        revision = current(self.speech)
        heads = read(revision)
        heads = merge(revision.text, heads, self.draw.randrange(1, len(heads)))
        revision = revise_outline(self.speech, revision.number, heads)
        for row in revision.sections.all():
            if self.draw.random() < 0.5:
                word = self.draw.choice(["pin", "exclude"])
                place = {"speech": self.speech, "section_key": row.key}
                ThemePin.objects.create(theme=self.theme, decision=word, **place)
        start = self.draw.randrange(len(revision.raw) // 2, len(revision.raw) - 30)
        span = Removed("editor", revision.raw[start : start + 9], start, start + 9, "editor")
        revision = revise_text(self.speech, revision.number, [], [span])
        back = (start + 2, start + 5)
        return revise_text(self.speech, revision.number, [back], [])

    def list_pins(self, revision: Revision) -> dict[str, str]:
        """Return the first words, all there is of them to tell a section by, of each pin's."""
        return {
            squeeze(revision.text[row.start : row.end]).replace(MARK, "")[-12:]: pin.decision
            for pin in ThemePin.objects.filter(speech=self.speech)
            for row in revision.sections.filter(key=pin.section_key)
        }

    def list_sections(self, revision: Revision) -> list[str]:
        rows = revision.sections.order_by("position")
        words = (squeeze(revision.text[row.start : row.end]) for row in rows)
        return [found.replace(MARK, "")[-12:] for found in words]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_was_decided_survives_a_rule_its_undoing_a_new_file_and_the_way_back(
    seed: int,
) -> None:
    story = Story(seed)
    old = story.decide()
    sections, pins = story.list_sections(old), story.list_pins(old)
    assert pins
    rule = RemovalRule.objects.create(text=MARK, kind="watermark", whole_line=False)
    approve_rule(rule, None)
    assert apply_portion(rule, None).applied == 1
    states = [current(story.speech)]
    retire_rule(rule, None)
    assert undo_portion(rule, None).applied == 1
    states.append(current(story.speech))
    assert read_editorial_decisions(states[1].decisions, old.raw) == read_editorial_decisions(
        old.decisions, old.raw
    )
    assert states[1].text == old.text
    corrected = story.text.replace("同志们：", "各位代表、同志们：\n先通报一件事情。", 1)
    assert store(corrected, "长篇.txt", draft=True).pk == story.speech.pk
    states.append(current(story.speech))
    states.append(restore_revision(story.speech, old.number, states[-1].number))
    for state in states:
        # Words came into the first piece of the corrected file.
        skipped = 1 if state.origin == "parsed" else 0
        assert story.list_sections(state)[skipped:] == sections[skipped:], state.origin
        assert state.decisions["outline"]
        assert "lost" not in state.decisions
        words = [span.text for span in read_editorial_decisions(state.decisions, state.raw).removed]
        assert words == [
            span.text for span in read_editorial_decisions(old.decisions, old.raw).removed
        ]
    assert story.list_pins(states[-1]) == pins
    assert Speech.objects.count() == 1
