"""Learn how likely values and texts are right, on pages of families that the reader was not shown.

    python -m benchmarks.page_reading.doubting [--pages N] [--heads DIR]

The reader knows the tuning families too well to be doubted on them. So these are parted in four;
four models of heads are trained, each without one part, and read that part's pages. What came out
right and wrong there teaches the weights, written as plain numbers to
corpus_app/ingest/rules/doubt_model.json. Run it after every training of the model of heads and
every change of the reader. --heads keeps the four models, for runs that change the signs alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final
from unittest.mock import patch

from benchmarks.page_reading.catalogue import list_tuning, make_page
from benchmarks.page_reading.fitting import Example, fit_weights, predict_unseen
from benchmarks.page_reading.pages import Line, Page
from benchmarks.page_reading.scoring import judge, read_fields, score_page
from benchmarks.page_reading.training import (
    FIRST_STRANGE,
    list_samples,
    list_strange,
    train,
    write_model,
)
from corpus_app.ingest.certainty.logistic import FILE, CertaintyModel, Logistic
from corpus_app.ingest.certainty.value_features import WEIGHED
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.labelling.model import HeadModel, build_model
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.pipeline import MeasuredDraft, parse_with_signs

# The name of the text among the fields.
TEXT: Final = "text"
PARTS: Final = 4
TAUGHT_PAGES: Final = 16
# Pages that no model of heads was trained on, nor will be scored.
FIRST_SEED: Final = 50_000
# Where the evidence of a field goes by another name than the benchmark's.
EVIDENCE: Final = {"role": "speaker_role", "url": "source_url"}
# Some pages stand under and above lines of other sites, titles of other speeches among them.
CROWDED: Final = 0.25
# On others a line of another page's head stands among its own.
CONTRADICTED: Final = 0.15
SPEECH: Final = frozenset({"salutation", "body"})
HEADS: Final = frozenset({"subtitle", "date", "speaker", "organisation"})
PENALTY: Final = 2.0
# One wrong value is as bad as so many that are missing: an empty field is seen at a glance, a false
# one only beside the raw text. One that is as likely right is stated.
PRICE: Final = 5
MOST_LEAST: Final = 0.5
LEAST_GAIN: Final = 10
# What a page states under a label (来源：网友上传) is told, however odd: an editor judges it.
LABELLED: Final = frozenset({"source", "source_url"})
READER: Final = "corpus_app.ingest.metadata.reader.load_model"
DOUBTS: Final = "corpus_app.ingest.certainty.probabilities.load_doubt_model"
# While the signs are gathered nothing is left unsaid.
BLIND: Final = CertaintyModel(Logistic({}), Logistic({}))


def gather_examples(families: Sequence[str], pages: int, model: HeadModel) -> Iterator[Example]:
    """Yield what the reader with this model says of the families' pages."""
    chance, strange = Random(2), list_strangers()
    with patch(READER, lambda: model), patch(DOUBTS, lambda: BLIND):
        for family in families:
            for seed in range(FIRST_SEED, FIRST_SEED + pages):
                plain = make_page(family, seed)
                made = spoil_page(plain, strange, chance)
                try:
                    doubted = parse_with_signs(made.data, made.name)
                except RejectedFile:
                    continue
                yield from list_examples(made, doubted, plain=made is plain)


def list_examples(made: Page, doubted: MeasuredDraft, *, plain: bool) -> Iterator[Example]:
    """Yield an example for each value said of a page that can be judged, and for its text."""
    said = read_fields(doubted.draft)
    for field, value in made.fields.items():
        verdict = judge(value, made.others.get(field, ()), said[field])
        signs = doubted.values.get(EVIDENCE.get(field, field))
        if said[field] and signs is not None:
            own = EVIDENCE.get(field, field)
            yield Example(made.family, own, dict(signs), verdict == "right", plain)
    score = score_page(made, doubted.draft)
    exact = not score.lost and not score.left and score.complete
    yield Example(made.family, TEXT, dict(doubted.text), exact, plain)


@dataclass(frozen=True, slots=True)
class Strange:
    """Lines of tuning families to be put on other pages: the sites' own and titles; of heads."""

    lines: Sequence[Line]
    heads: Sequence[Line]


def list_strangers() -> Strange:
    """Return what may be put on pages that it does not belong to."""
    own = [line for line in list_strange(list_tuning()) if not tell_person(line.text)]
    pages = (make_page(family, FIRST_STRANGE) for family in list_tuning())
    heads = [line for page in pages for line in page.lines if line.role in HEADS]
    return Strange(own, heads)


def spoil_page(made: Page, strange: Strange, chance: Random) -> Page:
    """Return most pages as they are, some with what belongs to other pages around or among it."""
    if not made.fields.get("title"):
        return made
    drawn = chance.random()
    if drawn < CROWDED:
        return crowd_page(made, strange.lines, chance)
    if drawn < CROWDED + CONTRADICTED:
        return contradict_page(made, strange.heads, chance)
    return made


def crowd_page(made: Page, strange: Sequence[Line], chance: Random) -> Page:
    """Return the page as plain text, with lines of other sites above and below it."""
    above = chance.sample(strange, chance.choice([1, 2, 3, 6]))
    below = chance.sample(strange, chance.choice([0, 0, 1, 3]))
    return _write_page(made, [*above, *made.lines, *below])


def contradict_page(made: Page, strange: Sequence[Line], chance: Random) -> Page:
    """Return the page as plain text with a line or two of another page's head among its own."""
    lines = list(made.lines)
    head = next((n for n, line in enumerate(lines) if line.role in SPEECH), 0)
    title = next((n for n, line in enumerate(lines) if line.role == "title"), 0)
    for line in chance.sample(strange, chance.choice([1, 1, 2])):
        lines.insert(chance.randint(min(title + 1, head), head), line)
    return _write_page(made, lines)


def _write_page(made: Page, lines: Sequence[Line]) -> Page:
    text = "\n".join(line.text.replace("\n", " ") for line in lines)
    return replace(made, name="made-up.txt", data=text.encode(), lines=tuple(lines))


def train_heads(folder: Path | None) -> list[HeadModel]:
    """Return the models that know all tuning families but those of one part, in their order."""
    models = []
    for part in range(PARTS):
        path = folder / f"heads-{part}.json" if folder else None
        if path is None or not path.is_file():
            others = [f for f in list_tuning() if find_part(f) != part]
            numbers = train(list_samples(others, TAUGHT_PAGES))
            if path is not None:
                write_model(numbers, path)
        else:
            numbers = json.loads(path.read_text(encoding="utf-8"))
        models.append(build_model(numbers))
    return models


def find_part(family: str) -> int:
    """Return the number of the part that a family is of, by a hash of its name."""
    return zlib.crc32(family.encode()) // PARTS % PARTS


def choose_least(said: Sequence[tuple[Example, float]]) -> float:
    """Return the probability below which a field's values are better left unsaid, else 0.

    Wrong ones cost their price; where little is gained, nothing is left unsaid.
    """
    ordered = sorted((probability, one.right) for one, probability in said)
    best, gain, least = LEAST_GAIN, 0, 0.0
    for (probability, right), (following, _) in pairwise(ordered):
        gain += -1 if right else PRICE
        if gain > best and following <= MOST_LEAST:
            best, least = gain, (probability + following) / 2
    return round(least, 3)


def choose_all(said: Sequence[tuple[Example, float]]) -> dict[str, float]:
    """Return the least probability of a value to be stated, by field; print what it changes."""
    plain = [pair for pair in said if pair[0].plain]
    chosen = {}
    for name in WEIGHED:
        own = [pair for pair in plain if pair[0].field == name]
        chosen[name] = 0.0 if name in LABELLED else choose_least(own)
        wrong = sum(not one.right for one, _ in own)
        avoided = sum(not one.right and p < chosen[name] for one, p in own)
        lost = sum(one.right and p < chosen[name] for one, p in own)
        print(
            f"  {name:<14} {len(own):5} said, {wrong:3} wrong; below {chosen[name]:.3f}"
            f" unsaid: {avoided} wrong ones, {lost} right ones"
        )
    return chosen


def main() -> int:
    """Train and write the model of doubt; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=12, help="pages of each family")
    parser.add_argument("--heads", type=Path, help="folder that keeps the four models of heads")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    examples: list[Example] = []
    for part, model in enumerate(train_heads(options.heads)):
        families = [f for f in list_tuning() if find_part(f) == part]
        examples += gather_examples(families, options.pages, model)
    values = [one for one in examples if one.field != TEXT]
    texts = [one for one in examples if one.field == TEXT]
    print(f"{len(values)} values, {sum(not one.right for one in values)} of them wrong")
    least = choose_all(list(zip(values, predict_unseen(values, PENALTY), strict=True)))
    print(f"{len(texts)} texts, {sum(not one.right for one in texts)} of them wrong")
    numbers = {
        "values": fit_weights(values, PENALTY),
        "text": fit_weights(texts, PENALTY),
        "least": least,
    }
    write_model(numbers, options.out)
    print(f"{options.out.stat().st_size:,} bytes: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
