"""A page's lines labelled: cut, described, decided together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.labelling.features import Features, Surroundings, list_features
from corpus_app.ingest.labelling.labels import HEAD, SPEECH, Label
from corpus_app.ingest.labelling.margins import measure_margins
from corpus_app.ingest.labelling.model import HeadModel, Scores
from corpus_app.ingest.labelling.shapes import describe
from corpus_app.ingest.labelling.units import Page, Unit
from corpus_app.ingest.plausibility.titles import ends_as_document, find_title_fault
from corpus_app.text.chars import squeeze

# The text between head and tail, of which no line is looked at, stands as one unit in the chain.
BETWEEN: Final = "between"
NEVER_FIRST: Final = "，。、；！？”’"
# A reference to a note, its brackets on lines of their own.
REFERENCES: Final = "[]［］"
BROKEN_LINES: Final = 2
# A piece of a line follows the one before it at once.
SAME_LINE: Final = 0
CERTAIN: Final = 20.0
LONGEST_TITLE: Final = 60
# Of a file of so few lines the last is text, if it is so long and bears no sign of a head's line.
FEW_LINES, SHORTEST_TEXT = 5, 8
_TELLING: Final = (
    "date", "cndate", "numdate", "lab:", "label", "anylabel", "dash", "bracket", "document",
    "button", "office", "name", "maybe-name", "org", "caption", "agency", "on_meeting",
    "site-tail", "menu",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """The units of a page, the label of each, and how likely each label was."""

    units: tuple[Unit, ...]
    labels: tuple[Label, ...]
    chances: tuple[Mapping[Label, float], ...]
    margins: tuple[float, ...] = ()
    page_title: str = ""
    stated_title: str = ""

    def find_label(self, place: int) -> Label | None:
        """Return the label of a unit, None beyond the last."""
        return self.labels[place] if 0 <= place < len(self.labels) else None

    def weigh(
        self, places: Sequence[int], rival: float = 0.0, taken_for: Label | None = None
    ) -> float:
        """Return the chance that these units are what they were taken for, as the model has it.

        taken_for is the label whose line the first of them was read as, whatever its own is;
        rival is how likely another unit is that. What it is worth is weighed in certainty/.
        """
        labels = [self.labels[n] for n in places]
        if labels and taken_for is not None:
            labels[0] = taken_for
        chances = [self.chances[n].get(b, 0.0) for n, b in zip(places, labels, strict=True)]
        return min(chances, default=0.0) * (1 - rival / 2)

    def name_rule(self, places: Sequence[int]) -> str:
        """Return how a value of these units was read: from head, foot or a line taken out."""
        if any(self.units[n].gone for n in places):
            return "notice"
        spoken = next((n for n, label in enumerate(self.labels) if label in SPEECH), None)
        below = spoken is not None and any(n > spoken for n in places)
        return "footer" if below else "header"

    def describe(self, place: int) -> frozenset[str]:
        """Return the signs that a unit bears."""
        return describe(self.units[place].text)


def label_features(
    page: Page, features: Features, around: Surroundings, model: HeadModel
) -> LabelledPage:
    """Return the units of a page, whose features are those of chain_features, with their labels."""
    scores = _score(page, features, model)
    reached, steps = model.climb(scores)
    labels, chances = model.read_path(reached, steps), model.estimate(scores)
    margins = measure_margins(model, scores, reached, labels)
    if not page.whole:
        del labels[page.head], chances[page.head], margins[page.head]
    titles = around.page_title, around.stated_title
    return LabelledPage(page.units, tuple(labels), tuple(chances), tuple(margins), *titles)


def label_flatly(
    page: Page, features: Features, around: Surroundings, model: HeadModel
) -> LabelledPage:
    """Return the same without saying how sure the labels are: each is taken for certain."""
    labels = model.decode(_score(page, features, model))
    if not page.whole:
        del labels[page.head]
    chances = tuple({label: 1.0} for label in labels)
    titles = around.page_title, around.stated_title
    return LabelledPage(page.units, tuple(labels), chances, (), *titles)


def _score(page: Page, features: Features, model: HeadModel) -> Scores:
    """Return the scores of the labels, with what a line's words rule out or settle."""
    scores = model.score(features)
    offsets = [place + (place >= page.head and not page.whole) for place in range(len(page.units))]
    for place in list_broken(page):
        scores[offsets[place]][Label.BODY] += CERTAIN
    for place, unit in enumerate(page.units):
        # A label without value may stand above the salutation.
        if "salutation" in describe(unit.text) and unit.text[-1] in "：:！!":
            scores[offsets[place]][Label.VALUE] -= CERTAIN
    for place in find_only_text(page):
        for label in HEAD:
            scores[offsets[place]][label] -= CERTAIN
    return scores


def find_only_text(page: Page) -> list[int]:
    """Return the last of a few lines where it says nothing of the speech: it is the speech then.

    政府工作报告 / 代表家站要建在群众身边: a head says so much only with a text below it, whatever
    stop its last sentence lacks.
    """
    shown = [place for place, unit in enumerate(page.units) if not unit.gone]
    if not page.whole or not 1 < len(shown) <= FEW_LINES:
        return []
    text = page.units[shown[-1]].text
    signs = describe(text)
    plain = "sound" in signs and not any(sign.startswith(_TELLING) for sign in signs)
    return [shown[-1]] if plain and len(squeeze(text)) >= SHORTEST_TEXT else []


def list_broken(page: Page) -> set[int]:
    """Return the places of lines that are parts of one sentence: the next begins inside it.

    …所作的 / 政府工作报告 / 。会议充分肯定: a link or a footnote broke the sentence.
    """
    found: set[int] = set()
    for place, unit in enumerate(page.units):
        same_line = place and unit.start - page.units[place - 1].end <= SAME_LINE
        inside = unit.text[0] in NEVER_FIRST or unit.text in REFERENCES
        if inside and not unit.gone and not same_line and not _ends_title(page, place):
            found |= {n for n in range(place - BROKEN_LINES, place + 1) if n >= 0}
    return found


def _ends_title(page: Page, place: int) -> bool:
    """Say whether a line that begins with a mark ends the title that the one above began.

    关于代表建议 / 、批评和意见办理情况的报告.
    """
    words = page.units[place - 1].text + page.units[place].text if place else ""
    short = len(words) <= LONGEST_TITLE
    return short and ends_as_document(words) and find_title_fault(words) is None


def chain_features(page: Page, around: Surroundings) -> Features:
    """Return the features of the units, with one entry more where text stands between them."""
    features = list_features(page, around)
    if not page.whole:
        features.insert(page.head, [BETWEEN])
    return features
