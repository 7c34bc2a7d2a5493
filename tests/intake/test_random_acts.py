"""Acts in any order on one speech: after each, what people decided is there or listed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Removed
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.removal.ruling import apply_portion, approve_rule, retire_rule, undo_portion
from corpus_app.intake.revisions.joining import absorb, list_joinings, part
from corpus_app.intake.revisions.losses import LOST
from corpus_app.intake.revisions.outline.acts import merge
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.intake.revisions.succession import NothingChangedError
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import store
from tests.intake.long_speeches import MARK, read, write_long
from tests.intake.scraped import current

pytestmark = pytest.mark.django_db
ACTS = 12


def squeeze(text: str) -> str:
    return "".join(text.split())


@dataclass
class Desk:
    """A speech, what an editor does to it at random, and what must be true after each act."""

    seed: int
    log: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    has_outline: bool = False

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.text = write_long(self.seed, parts=5, paragraphs=3)
        self.speech = store(self.text, "长篇.txt", draft=True)
        self.others = 0
        self.pins: dict[str, tuple[str, str]] = {}
        self.rule: RemovalRule | None = None

    @property
    def now(self) -> Revision:
        self.speech = Speech.objects.get(pk=self.speech.pk)
        return current(self.speech)

    def outline(self) -> None:
        revision = self.now
        heads = read(revision)
        if len(heads) > 3:
            index = self.draw.randrange(1, len(heads))
            revise_outline(self.speech, revision.number, merge(revision.text, heads, index))
            self.has_outline = True

    def cut(self) -> None:
        revision = self.now
        start = self.draw.randrange(len(revision.raw) // 3, len(revision.raw) - 30)
        words = revision.raw[start : start + 14]
        if revision.raw.count(words) == 1 and squeeze(words) in squeeze(revision.text):
            span = Removed("editor", words, start, start + 14, "editor")
            revise_text(self.speech, revision.number, [], [span])
            self.cuts.append(squeeze(words))

    def pin(self) -> None:
        revision = self.now
        row = self.draw.choice(list(revision.sections.all()))
        theme = Theme.objects.create(slug=f"t{len(self.pins)}", name=f"主题{len(self.pins)}")
        word = self.draw.choice(["pin", "exclude"])
        place = {"speech": self.speech, "section_key": row.key}
        ThemePin.objects.create(theme=theme, decision=word, **place)
        self.pins[theme.name] = (word, squeeze(revision.text[row.start : row.end]))

    def rule_on(self) -> None:
        self.rule = RemovalRule.objects.create(text=MARK, kind="watermark", whole_line=False)
        approve_rule(self.rule, None)
        apply_portion(self.rule, None)

    def rule_off(self) -> None:
        if self.rule is not None:
            retire_rule(self.rule, None)
            undo_portion(self.rule, None)
            self.rule = None

    def toggle_rule(self) -> None:
        self.rule_off() if self.rule else self.rule_on()

    def reimport(self) -> None:
        lines = self.text.split("\n")
        at = self.draw.randrange(3, len(lines))
        new = "".join(self.draw.choices("山水林田湖草沙", k=12))
        if self.draw.random() < 0.5:
            lines.insert(at, new + "。")
        else:
            lines[at] = lines[at][:40] + new + lines[at][40:]
        self.text = "\n".join(lines)
        assert store(self.text, "长篇.txt", draft=True).pk == self.speech.pk

    def join(self) -> None:
        self.others += 1
        text = self.text.replace("同志们：", f"同志们：\n{'甲乙丙丁戊'[self.others % 5] * 9}。")
        other = store(text, f"另{self.others}.txt", draft=True)
        if other.pk != self.speech.pk:
            if self.draw.random() < 0.5:
                revision = current(other)
                heads = read(revision)
                revise_outline(other, revision.number, merge(revision.text, heads, 2))
            fuller, lesser = self.speech, other
            if self.draw.random() < 0.5:
                fuller, lesser = lesser, fuller
            absorb(Speech.objects.get(pk=fuller.pk), Speech.objects.get(pk=lesser.pk))

    def part(self) -> None:
        joinings = list_joinings(self.speech)
        if joinings:
            part(joinings[0])

    def step(self) -> None:
        acts = [
            self.outline,
            self.cut,
            self.pin,
            self.toggle_rule,
            self.reimport,
            self.join,
            self.part,
        ]
        act = self.draw.choice(acts)
        self.log.append(act.__name__)
        try:
            act()
        except NothingChangedError:
            self.log.append("nothing")
        self.check()

    def check(self) -> None:
        revision = self.now
        losses = revision.decisions.get(LOST, [])
        kinds = {loss["kind"] for loss in losses}
        told = f"seed {self.seed}: {self.log}\n{losses}"
        if self.has_outline:
            assert revision.decisions.get("outline") or "outline" in kinds, told
        text = squeeze(revision.text)
        lost = [squeeze(loss["words"]) for loss in losses if loss["kind"] == "removed"]
        for words in self.cuts:
            assert words not in text or words in lost, f"{words} {told}"
        keys = {
            row.key: squeeze(revision.text[row.start : row.end]) for row in revision.sections.all()
        }
        rows = {
            row.theme.name: row
            for row in ThemePin.objects.filter(speech=self.speech).select_related("theme")
        }
        gone = " ".join(loss["words"] for loss in losses if loss["kind"] == "pin")
        for name, (decision, _words) in self.pins.items():
            if name not in rows:
                assert f"{name}（" in gone, f"{name} {told}"
                continue
            assert rows[name].decision == decision
            assert rows[name].section_key in keys, f"{name} {rows[name].section_key} {told}"


SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 20))]


@pytest.mark.parametrize("seed", SEEDS)
def test_acts_in_any_order_lose_nothing_that_is_not_listed(seed: int) -> None:
    desk = Desk(seed)
    for _ in range(ACTS):
        desk.step()
