"""Train the model of heads and tails on the families that may be learnt from.

    python -m benchmarks.page_reading.training [--pages N] [--out FILE]

Needs python-crfsuite (a development dependency). Writes the model as plain numbers to
corpus_app/ingest/rules/head_model.json: weights of signs, none of them a word of a text. How sure
its values are is learnt after it: `python -m benchmarks.page_reading.doubting`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.page_reading.catalogue import list_tuning, make_page
from benchmarks.page_reading.pages import Line, Page as MadePage
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.reading import chain_features
from corpus_app.ingest.labelling.units import Unit, cut_page
from corpus_app.ingest.metadata.statements import survey
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.rule_files import RULES
from corpus_app.ingest.site import SiteEvidence
from corpus_app.text.chars import squeeze

MODEL: Final = RULES / "head_model.json"
ROLES: Final = {
    "title": Label.TITLE,
    "subtitle": Label.SUBTITLE,
    "date": Label.DATE,
    "speaker": Label.SPEAKER,
    "organisation": Label.ORGANISATION,
    "stated": Label.LABELLED,
    "label": Label.LABEL,
    "value": Label.VALUE,
    "caption": Label.CAPTION,
    "preface": Label.PREFACE,
    "salutation": Label.SALUTATION,
    "body": Label.BODY,
    "chrome": Label.CHROME,
    "signature": Label.SIGNATURE,
}
BELOW: Final = {
    Label.LABELLED: Label.TAIL_LABELLED,
    Label.LABEL: Label.TAIL_LABELLED,
    Label.VALUE: Label.TAIL_LABELLED,
    Label.DATE: Label.SIGNATURE,
    Label.SPEAKER: Label.SIGNATURE,
    Label.ORGANISATION: Label.SIGNATURE,
}
# So far ahead a unit's line is looked for.
REACH: Final = 12
# A part of the pages is shown as one of a batch, whose lines are counted: how many, how often.
BATCHED: Final = 0.4
FILES: Final = 50
LEAST: Final = 0.03
FIRST_STRANGE: Final = 40_000
# Some pages are learnt without the site around them, as files are that somebody cleaned before.
STRIPPED: Final = 0.35
BAITED: Final = 0.15
RETITLED: Final = 0.6
TITLES: Final = Path(__file__).with_name("learnt_titles.toml")
FEWEST: Final = 4
KEPT: Final = {
    "title": 0.95,
    "subtitle": 0.8,
    "date": 0.7,
    "speaker": 0.7,
    "organisation": 0.9,
    "salutation": 0.5,
    "body": 1.0,
    "stated": 0.3,
    "signature": 0.6,
    "chrome": 0.1,
    "caption": 0.3,
    "preface": 0.3,
}

Sample = tuple[list[list[str]], list[Label]]


def list_samples(families: Sequence[str], pages: int, first: int = 0) -> Iterator[Sample]:
    """Yield features and labels of the pages of these families."""
    chance = Random(1)
    strange = list_strange(families)
    for family in families:
        for seed in range(first, first + pages):
            made = make_page(family, seed)
            sample = read_sample(strip_page(made, strange, chance), chance)
            if sample is not None:
                yield sample


def list_strange(families: Sequence[str]) -> list[Line]:
    """Return lines that pages of the families say of themselves, and titles of their speeches."""
    lines = [line for family in families for line in make_page(family, FIRST_STRANGE).lines]
    return [
        replace(line, role="chrome", inner=())
        for line in lines
        if line.role == "chrome" or (line.role in ("title", "speaker") and len(line.text) <= 40)
    ]


def strip_page(made: MadePage, strange: Sequence[Line], chance: Random) -> MadePage:
    """Return the page, or some of its lines as plain text: of many a file little more is kept.

    Lines of other sites may stand above, one or two below the title and below the speech.
    """
    if chance.random() >= STRIPPED or len(made.lines) < FEWEST:
        return made
    kept = [line for line in made.lines if chance.random() < KEPT.get(line.role, 0.0)]
    if not any(line.role == "body" for line in kept):
        return made
    above, below = chance.choice([0, 0, 0, 1, 2, 3, 6]), chance.choice([0, 0, 1, 3])
    kept = retitle(kept, chance)
    inside = next((n + 1 for n, line in enumerate(kept) if line.role == "title"), 0)
    if inside and chance.random() < BAITED:
        kept.insert(inside, chance.choice(strange))
    lines = [*chance.sample(strange, above), *kept, *chance.sample(strange, below)]
    text = "\n".join(line.text.replace("\n", " ") for line in lines)
    return replace(made, name="stripped.txt", data=text.encode(), lines=tuple(lines))


def retitle(lines: list[Line], chance: Random) -> list[Line]:
    """Return the lines, on some pages with a title of a list: few are drawn on pages that speak."""
    places = [n for n, line in enumerate(lines) if line.role == "title"]
    if not places or chance.random() >= RETITLED:
        return lines
    words = chance.choice(load_titles())
    parts = [words]
    if len(places) > 1 and len(words) > 2 * FEWEST:
        at = chance.randint(FEWEST, len(words) - FEWEST)
        parts = [words[:at], words[at:]]
    new = [Line(part.strip(), "title") for part in parts]
    rest = [line for n, line in enumerate(lines) if n not in places]
    return [*rest[: places[0]], *new, *rest[places[0] :]]


@cache
def load_titles() -> list[str]:
    """Return titles that are on no page of the catalogue."""
    return list(tomllib.loads(TITLES.read_text(encoding="utf-8"))["titles"])


def read_sample(made: MadePage, chance: Random) -> Sample | None:
    """Return what the reader sees of a made page with the true labels; None where it is refused."""
    try:
        extracted = extract(made.data, made.name)
    except RejectedFile:
        return None
    page = cut_page(extracted.raw, remove_noise(extracted.raw, extracted.marks).removed)
    labels = align(page.units, made.lines)
    evidence = draw_evidence(page.units, labels, chance)
    features = chain_features(page, survey(extracted.stated, evidence))
    if not page.whole:
        labels.insert(page.head, Label.BODY)
    return features, labels


def align(units: Sequence[Unit], lines: Sequence[Line]) -> list[Label]:
    """Return the true label of each unit, found by its words among the lines of the page."""
    words = [squeeze(line.text) for line in lines]
    roles = list(name_labels(lines))
    found: list[Label] = []
    at = 0
    for unit in units:
        own = squeeze(unit.text)
        ahead = range(at, min(len(words), at + REACH))
        match = next((n for n in ahead if _is_same(own, words[n])), None)
        if match is None:
            match = next((n for n in range(at, len(words)) if own == words[n]), None)
        at = at if match is None else match
        found.append(roles[min(at, len(roles) - 1)])
        if match is not None and words[at].endswith(own[-6:]):
            at = min(at + 1, len(words) - 1)
    return found


def _is_same(own: str, line: str) -> bool:
    return bool(line) and (own in line or line in own or own[:12] == line[:12])


def name_labels(lines: Sequence[Line]) -> Iterator[Label]:
    """Yield the label of each line: what is the page's own has another name below the speech."""
    speech = [n for n, line in enumerate(lines) if line.role in ("salutation", "body")]
    first, last = (speech[0], speech[-1]) if speech else (len(lines), len(lines))
    for place, line in enumerate(lines):
        label = ROLES[line.role]
        if place > last:
            yield BELOW.get(label, label if label == Label.SIGNATURE else Label.TAIL_CHROME)
        elif place > first and label not in (Label.SALUTATION, Label.BODY):
            yield Label.INNER
        else:
            yield Label.CHROME if label == Label.SIGNATURE else label


def draw_evidence(units: Sequence[Unit], labels: Sequence[Label], chance: Random) -> SiteEvidence:
    """Return invented counts of lines, as if the page came with others of its site."""
    if chance.random() >= BATCHED:
        return SiteEvidence()
    often = chance.choice([0.2, 0.5, 0.9])
    repeated = {Label.CHROME: 0.8, Label.TAIL_CHROME: 0.8, Label.LABEL: 1.0, Label.SALUTATION: 0.5}
    rare = dict.fromkeys((Label.LABELLED, Label.TAIL_LABELLED, Label.VALUE, Label.TITLE), 0.06)
    lines = {}
    for unit, label in zip(units, labels, strict=True):
        if chance.random() < (repeated | rare).get(label, 0.0):
            share = min(1.0, max(0.0, chance.gauss(often, 0.2)))
            lines[squeeze(unit.text)] = round(FILES * share)
    return SiteEvidence("", FILES, lines)


def train(samples: Iterable[Sample], c1: float = 0.6, c2: float = 0.05) -> dict[str, Any]:
    """Return the numbers of a linear-chain model that was fitted to the samples."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in samples:
        trainer.append(features, [str(int(label)) for label in labels])
    limits = {"c1": c1, "c2": c2, "max_iterations": 150, "feature.minfreq": 3}
    trainer.set_params({**limits, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "heads.crf")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return read_numbers(tagger.info())


def read_numbers(info: Any) -> dict[str, Any]:
    """Return weights and transitions of a trained model, rounded; the least weights left out."""
    weights: dict[str, dict[str, float]] = {}
    for (name, label), weight in sorted(info.state_features.items()):
        if abs(weight) >= LEAST:
            weights.setdefault(name, {})[label] = round(weight, 2)
    moves = info.transitions
    rows = [[round(moves.get((str(int(a)), str(int(b))), 0.0), 2) for b in Label] for a in Label]
    return {"weights": weights, "transitions": rows}


def main() -> int:
    """Train and write the model; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=40, help="pages of each family")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    families = list_tuning()
    numbers = train(list(list_samples(families, options.pages)))
    write_model(numbers, options.out)
    print(f"{len(numbers['weights'])} signs, {options.out.stat().st_size:,} bytes: {options.out}")
    return 0


def write_model(numbers: dict[str, Any], path: Path) -> None:
    """Write the numbers as one line of JSON."""
    line = json.dumps(numbers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_text(line + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
