"""Which themes sections are about: the rule against what a reader judged.

    python -m benchmarks.themes [--faults FAMILY]

Reads benchmarks/themes.toml; documents that are not at hand are left out and said. Prints by
family precision, recall and precision with open pairs counted as wrong; --faults lists each pair
that is wrong in a family (tuning, second, third, fourth, left_out, fifth, sixth, blind).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.themes.bearing import Verdict, judge_sections
from corpus_app.themes.matching import Term, TermMatcher
from corpus_app.themes.prominence import OwnWords

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "benchmarks/themes.toml"
REGISTRY = ROOT / "fixtures/themes.json"


@dataclass
class JudgedSection:
    """What a reader said of a section: the themes it is about, and those left open."""

    digest: str
    about: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)


@dataclass
class JudgedDocument:
    """A document with the judged sections by id."""

    path: Path
    family: str
    sections: dict[str, JudgedSection]


@dataclass(frozen=True)
class Pair:
    """A section and a theme: what the reader judged and what the rule says."""

    family: str
    document: str
    section: str
    theme: str
    kept_aside: bool
    judged: str
    verdict: Verdict | None

    @property
    def outcome(self) -> str:
        """Return right, wrong, missed, open or mention (rightly not about)."""
        if self.verdict is not None and self.verdict.reason:
            return {"about": "right", "open": "open"}.get(self.judged, "wrong")
        return "missed" if self.judged == "about" else "mention"


def load_matcher() -> TermMatcher:
    """Return the matcher over the shipped registry; a theme's id is its place in the file."""
    entries = json.loads(REGISTRY.read_text("utf-8"))
    terms = [
        Term(at, one["text"], one["weight"])
        for at, entry in enumerate(entries)
        for one in entry["terms"]
    ]
    hidden = [
        Term(at, text, 1.0, True) for at, entry in enumerate(entries) for text in entry["exclude"]
    ]
    return TermMatcher([*terms, *hidden])


def load_judged() -> tuple[list[JudgedDocument], set[str]]:
    """Return the judged documents that are at hand, and the themes kept aside."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    documents = [
        JudgedDocument(locate(one["file"]), one["family"], read_sections(one["sections"]))
        for one in table["documents"]
    ]
    return documents, set(table["left_out_themes"])


def locate(name: str) -> Path:
    """Return where a document of the table lies; what is shared lies beside the project."""
    return ROOT.parent / name if name.startswith("shared/") else ROOT / name


def read_sections(lines: str) -> dict[str, JudgedSection]:
    """Return the judged sections of a document by id."""
    return dict(read_section(line) for line in lines.splitlines())


def read_section(line: str) -> tuple[str, JudgedSection]:
    """Return the id and the judgement of one line of the table."""
    key, digest, *themes = line.split()
    about = {theme for theme in themes if not theme.startswith("?")}
    return key, JudgedSection(digest, about, {theme[1:] for theme in themes if theme not in about})


def list_passages(draft: Draft) -> list[OwnWords]:
    """Return the draft's sections as they are judged."""
    first: dict[str, int] = {}
    for section in draft.sections:
        if section.parent:
            first.setdefault(section.parent, section.start)
    return [
        OwnWords(
            one.id,
            one.parent or "",
            one.marker or "",
            one.heading or "",
            draft.text[one.start : first.get(one.id, one.end)],
            one.kind in ("opening", "closing"),
        )
        for one in draft.sections
    ]


def digest_words(own: str) -> str:
    """Return the ten digits by which the table knows a section's words."""
    return hashlib.sha256("".join(own.split()).encode()).hexdigest()[:10]


def judge_document(one: JudgedDocument, matcher: TermMatcher, aside: set[str]) -> Iterator[Pair]:
    """Yield the pairs of a document that the reader or the registry's terms bring up."""
    slugs = [entry["slug"] for entry in json.loads(REGISTRY.read_text("utf-8"))]
    draft = parse_bytes(one.path.read_bytes(), one.path.name)
    passages = list_passages(draft)
    verdicts = judge_sections(draft.metadata.title or "", passages, matcher)
    for passage in passages:
        judged = one.sections.get(passage.key)
        if judged is None:
            continue
        if digest_words(passage.own) != judged.digest:
            print(f"{one.path.name} {passage.key}: read otherwise than when it was judged")
            continue
        found = {slugs[theme]: verdict for theme, verdict in verdicts[passage.key].items()}
        for theme in sorted(found.keys() | judged.about):
            said = "about" if theme in judged.about else ""
            said = said or ("open" if theme in judged.open else "mention")
            verdict = found.get(theme)
            name = one.path.name[:24]
            yield Pair(one.family, name, passage.key, theme, theme in aside, said, verdict)


def print_scores(pairs: list[Pair]) -> None:
    """Print a row a family of documents and of themes."""
    print(
        "| family | pairs | about | right | wrong | missed | open | precision | recall | strict |"
    )
    print("| --- " * 10 + "|")
    for family in ("tuning", "second", "third", "fourth", "left_out", "fifth", "sixth", "blind"):
        for aside in (False, True):
            chosen = [pair for pair in pairs if (pair.family, pair.kept_aside) == (family, aside)]
            print_row(f"{family}, {'themes kept aside' if aside else 'other themes'}", chosen)
    print_row("blind, all themes", [pair for pair in pairs if pair.family == "blind"])


def print_row(name: str, pairs: list[Pair]) -> None:
    """Print the figures of some pairs."""
    counts = Counter(pair.outcome for pair in pairs)
    right, wrong, missed = (counts[word] for word in ("right", "wrong", "missed"))
    about = right + missed
    shares = [
        right / ((right + wrong) or 1),
        right / (about or 1),
        right / ((right + wrong + counts["open"]) or 1),
    ]
    cells = [name, len(pairs), about, right, wrong, missed, counts["open"]]
    print("| " + " | ".join([*map(str, cells), *(f"{share:.3f}" for share in shares)]) + " |")


def main() -> None:
    """Judge every document at hand and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--faults", metavar="FAMILY")
    asked = arguments.parse_args()
    documents, aside = load_judged()
    matcher = load_matcher()
    pairs: list[Pair] = []
    for one in documents:
        if one.path.exists():
            pairs += judge_document(one, matcher, aside)
        else:
            print(f"not at hand: {one.path.name}")
    for pair in pairs:
        if pair.family == asked.faults and pair.outcome in ("wrong", "missed"):
            print(pair.outcome, pair.document, pair.section, pair.theme, pair.verdict)
    print_scores(pairs)


if __name__ == "__main__":
    main()
